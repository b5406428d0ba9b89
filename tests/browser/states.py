"""States: every page and state of the book by name, what stands in the journal then, and how a visitor comes there.

The accessibility tests walk them, and `make gallery` makes a picture of each.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from rekindle.content import catalog
from tests.browser import shelves
from tests.browser.groups import Group
from tests.browser.harness import LONG
from tests.browser.keeping import seed
from tests.browser.looks import DRAWN
from tests.browser.sight import path, show

SAY = catalog().say
OPEN_FOLDS = """() => { for (const one of document.querySelectorAll('#rendered_cells details, .rk-exercise details'))
  one.open = true; }"""
FOLDS = ("lines", "pulls", "doings", "trust", "contacts", "then", "trials", "find")
"""The folds of one's own story on the dashboard; the first stands open."""
GATES = ("unknown", "space", "quiet", "closed", "order", "order unsure", "paused")


@dataclass(frozen=True)
class State:
    """A name, what stands in the journal, and how a visitor comes to it."""

    name: str
    begin: Callable[[Path], None]
    come: Callable[[Page], None]

    def __str__(self) -> str:
        return self.name


def settle(page: Page) -> None:
    """Wait until nothing more is on its way: charts are drawn, letters are there."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(DRAWN)
    page.evaluate("document.fonts.ready")


def fresh(page: Page, notebook: str, anchor: str = "") -> None:
    """Show a page from nothing: what was open before is not."""
    page.goto("about:blank")
    show(page, notebook, anchor)
    settle(page)


def open_cards(page: Page, group: Group) -> None:
    """Show a group's page with every one of its cards open, and every fold in them."""
    fresh(page, group.notebook)
    for exercise in group.exercises:
        root = page.locator(f".rk-exercise--{exercise.id}")
        if "rk-is-open" not in (root.get_attribute("class") or "").split():
            root.locator("button").first.click(timeout=LONG)
        page.locator(f".rk-exercise--{exercise.id}.rk-is-open").wait_for(timeout=LONG)
        more = root.locator(".rk-more > button")
        if more.count() and not root.locator(".rk-more .rk-form").count():
            more.click()
            root.locator(".rk-more .rk-form").wait_for()
    page.evaluate(OPEN_FOLDS)
    settle(page)


def _card(notebook: str, exercise: str) -> Callable[[Page], None]:
    return functools.partial(fresh, notebook=notebook, anchor=exercise)


def _page(notebook: str) -> Callable[[Page], None]:
    return functools.partial(fresh, notebook=notebook)


def help_dialog(page: Page) -> None:
    """Open Help now."""
    fresh(page, "dashboard")
    page.locator(".rk-btn--help").first.click()
    expect(page.locator("#rk-help")).to_be_visible()


def contents(page: Page) -> None:
    """Open the list of parts, as a phone shows it."""
    page.set_viewport_size({"width": 390, "height": 844})
    fresh(page, "01-acknowledge")
    page.locator(".rk-contents > summary").click()


def hidden(page: Page) -> None:
    """Hide the words of an open card."""
    fresh(page, "01-acknowledge", "why-it-ended")
    page.locator("[data-rk=hide]").first.click()


def whole_story(page: Page) -> None:
    """Show the dashboard with every fold open, and something found."""
    fresh(page, "dashboard")
    for name in FOLDS[1:]:
        fold = page.locator(f".rk-story--{name}")
        fold.get_by_role("button").first.click()
        expect(fold.locator(".rk-charts").first).not_to_be_empty(timeout=LONG)
    page.locator(".rk-story--find").get_by_label(SAY("interface.seek.find_words")).fill("late")
    expect(page.locator(".rk-story--find .rk-entry").first).to_be_visible(timeout=LONG)
    page.evaluate(OPEN_FOLDS)
    settle(page)


def deleting(page: Page) -> None:
    """Ask to delete everything: the question is there, and nothing is done."""
    fresh(page, "your-data")
    page.evaluate(OPEN_FOLDS)
    page.locator("[data-act=all]").click()
    expect(page.get_by_label(SAY("your-data.delete.type"))).to_be_visible()


def bound(page: Page) -> None:
    """Make the private book, with all that can be chosen."""
    fresh(page, "your-data")
    for box in page.locator(".rk-bookcard input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name=SAY("keepsake.card.make")).click()
    expect(page.get_by_text(SAY("keepsake.card.ready"))).to_be_visible(timeout=LONG)
    page.evaluate(OPEN_FOLDS)


def unknown(page: Page) -> None:
    """Ask for a page that is not there."""
    page.goto(path("no-such-page"))


def stranger(page: Page) -> None:
    """Come without a login."""
    page.context.clear_cookies()
    page.goto(path("dashboard"))


def wait_for_kernel(page: Page) -> None:
    """Wait for a kernel that does not come, for as long as this page is shown."""
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.goto("about:blank")
    page.goto(path("01-acknowledge"), wait_until="commit")
    expect(page.locator("#loading")).to_be_visible()
    page.context.set_offline(True)


def loading(page: Page) -> None:
    """Wait for a kernel that does not come at first."""
    wait_for_kernel(page)
    page.context.set_offline(False)
    page.unroute_all()


def lose(page: Page) -> None:
    """Type while nothing is heard of the kernel any more, for as long as this page is shown."""
    fresh(page, "01-acknowledge", "why-it-ended")
    page.evaluate("document.querySelector('.rk-exercise--why-it-ended textarea').focus()")
    page.context.set_offline(True)
    page.keyboard.type(" and then")
    mark = page.locator(".rk-exercise--why-it-ended .rk-saved:is([data-state=lost], [data-state=unsaved])")
    mark.wait_for(timeout=15_000)


def lost(page: Page) -> None:
    """Type while nothing is heard of the kernel for a while."""
    lose(page)
    page.context.set_offline(False)


def _in(stands: str) -> Callable[[Path], None]:
    return functools.partial(shelves.in_state, stands=stands)


def _closed(stands: str) -> State:
    return State(f"gate-{stands}".replace(" ", "-"), _in(stands), _page("03-reconnect"))


def _letting_go(home: Path) -> None:
    shelves.in_state(home, "quiet")
    seed(home, {("decision-check", "choose"): "let-go"})


STATES: tuple[State, ...] = (
    State("first-screen", shelves.empty, _page("00-before-you-begin")),
    *(State(part.notebook[3:], _in("trying"), _page(part.notebook)) for part in catalog().parts),
    State("reflection", _in("quiet"), _card("01-acknowledge", "why-it-ended")),
    State("log-empty", shelves.empty, _card("06-always-here", "urge-log")),
    State("log", _in("quiet"), _card("06-always-here", "urge-log")),
    State("right-now", _in("quiet"), _card("06-always-here", "right-now")),
    State("support-card", _in("quiet"), _card("06-always-here", "support-card")),
    *(_closed(stands) for stands in GATES),
    State("letting-go", _letting_go, _page("01-acknowledge")),
    State("let-go-path", _letting_go, _card("06-always-here", "let-go-path")),
    State("dashboard-letting-go", _letting_go, _page("dashboard")),
    State("closing-report", _in("trying"), _card("05-take-it-slow", "closing-report")),
    State("dashboard-empty", shelves.empty, _page("dashboard")),
    State("dashboard", _in("open"), _page("dashboard")),
    State("dashboard-whole", _in("open"), whole_story),
    State("help", _in("open"), help_dialog),
    State("contents", _in("quiet"), contents),
    State("hidden", _in("quiet"), hidden),
    State("your-data-empty", shelves.empty, _page("your-data")),
    State("your-data", _in("open"), _page("your-data")),
    State("your-data-deleting", _in("open"), deleting),
    State("your-data-book", _in("open"), bound),
    State("loading", _in("open"), loading),
    State("lost", _in("quiet"), lost),
    State("unknown-page", _in("open"), unknown),
    State("stranger", _in("open"), stranger),
)
