"""A shut card: the page draws what stands on it, in the order of reading, and keeps the keyboard where it was."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from rekindle.content import catalog
from tests.browser.harness import LONG, open_exercise

PART, CARD = "01-acknowledge", "it-is-over-for-now"
ORDER = """(root) => [...root.children].map((el) =>
  el.matches('.rk-shut') ? 'head' : el.matches('button') ? 'button' : 'line')"""
say = catalog().say


def put_away(page: Page) -> Locator:
    """Open the card and put it away; return its root once the warm line stands on it."""
    root = open_exercise(page, PART, CARD)
    root.get_by_role("button", name=say("interface.buttons.done")).click()
    root.locator(".rk-tailwords[data-told]").wait_for(timeout=LONG)
    return root


def test_a_card_that_was_put_away_says_its_state_offers_to_open_and_then_says_the_warm_line(page: Page) -> None:
    root = put_away(page)
    expect(root.locator(".rk-shut .rk-meta")).to_contain_text(say("interface.card.done", date="").rstrip())
    assert root.evaluate(ORDER) == ["head", "button", "line"]
    expect(root.get_by_role("button", name=f"Open: {catalog().exercise(CARD).title}")).to_be_focused()


def test_a_card_that_opens_keeps_nothing_of_what_was_drawn_on_it(page: Page) -> None:
    root = put_away(page)
    page.keyboard.press("Enter")
    page.locator(f".rk-exercise--{CARD}.rk-is-open").wait_for(timeout=LONG)
    expect(root.locator("h2")).to_have_count(1)
    expect(root.locator(".rk-shut")).to_have_count(0)
    expect(root.locator(":scope > button")).to_have_count(0)


def test_what_comes_late_does_not_come_before_the_title(page: Page) -> None:
    root = put_away(page)
    root.evaluate("(root) => root.prepend(root.lastElementChild)")  # as a box of widgets does that counts only its own
    expect(root.locator(":scope > :first-child")).to_contain_class("rk-shut")
    assert root.evaluate(ORDER) == ["head", "button", "line"]
    expect(root.locator(":scope > button")).to_be_focused()
