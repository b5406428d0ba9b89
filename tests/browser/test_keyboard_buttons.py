"""With a keyboard alone: each button of a page is pressed, those that end something too; none loses the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as TookTooLong

from tests.browser.fingers import ANSWERED
from tests.browser.groups import Group, groups
from tests.browser.harness import LONG, Book, open_exercise
from tests.browser.shelves import in_state
from tests.browser.sight import show

pytestmark = pytest.mark.full  # hundreds of presses, and most of them are waited for

GROUPS = groups()
MOST = 40
"""Buttons of one card; their names tell them apart, and what a press brings is pressed as well."""
NEXT = """([card, tried]) => {
  const name = (el) => (el.getAttribute('aria-label') || el.textContent).trim();
  const el = [...document.querySelectorAll(`.rk-exercise--${card} button:enabled`)].find((el) => el.checkVisibility()
    && !el.matches('.widget-toggle-button, [role=radio]') && !tried.includes(name(el)));
  if (!el) return null;
  el.focus();
  return document.activeElement === el ? name(el) : `${name(el)} (cannot be reached)`;
}"""
SOMEWHERE = (
    "document.activeElement && document.activeElement !== document.body && document.activeElement.checkVisibility()"
)
SOON = 3000
"""Milliseconds in which what was drawn anew has the keyboard again."""


def pressed(page: Page, notebook: str, card: str) -> tuple[int, list[str]]:
    """Press each button of a card, opening it again where that has closed it; return how many, and what was wrong."""
    tried: list[str] = []
    faults: list[str] = []
    for _ in range(MOST):
        if page.locator(f".rk-exercise--{card}.rk-is-open").count() == 0:
            if page.locator(f".rk-exercise--{card}:is(.rk-card--shut, :has(.rk-card--shut)) button").count() == 0:
                break  # what was pressed folded it
            open_exercise(page, notebook, card)
        name = page.evaluate(NEXT, [card, tried])
        if name is None:
            break
        tried.append(name)
        page.keyboard.press("Enter")
        page.wait_for_function(ANSWERED, timeout=LONG)
        page.wait_for_timeout(300)
        try:
            page.wait_for_function(SOMEWHERE, timeout=SOON)
        except TookTooLong:
            faults.append(f"{card}: {name} loses the keyboard")
    return len(tried), faults


@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_each_button_leaves_the_keyboard_somewhere(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], group: Group, figure: Callable[[str, object], None]
) -> None:
    count, faults = 0, list[str]()
    context = visit(fresh_server)
    for exercise in group.exercises:
        in_state(fresh_server.home, group.stands, days=20)
        page = context.new_page()
        show(page, group.notebook)
        more, wrong = pressed(page, group.notebook, exercise.id)
        count, faults = count + more, faults + wrong
        page.close()
    figure("buttons pressed, faults", (count, len(faults)))
    assert count > 2 * len(group.exercises), "each card can be left in more ways than one"
    assert faults == []
