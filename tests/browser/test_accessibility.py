"""Open to everyone: on every page and in every state, in every size, light and dark, nothing is at fault.

`make test-all` walks the whole catalogue and every state; a run of `make test` takes a few of them, others each day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from rekindle.content import catalog
from rekindle.server.calm import NAMES, CalmPages
from tests.browser.groups import Group, groups
from tests.browser.harness import Book, Watch, logged_in, started
from tests.browser.lab import end_kernel, opened, run_notebook, started_lab
from tests.browser.looks import ALL, CONTRAST, DARK, PHONE, WIDE, Look, faults_of
from tests.browser.shelves import filled, in_state
from tests.browser.states import STATES, State, open_cards
from tests.turns import TURN

GROUPS = groups()
OPTIONS: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "en-GB",
    "timezone_id": "Europe/Vienna",
}
SOME = (PHONE, DARK)
NOT_IN_HIDING = {"hidden": (CONTRAST,)}
"""Rules that a state breaks on purpose: hidden words are not to be read."""

Figure = Callable[[str, object], None]


def tell(faults: list[str], figure: Figure, looks: int) -> None:
    """Note the figure, and fail with every fault in a line of its own."""
    figure("faults", f"{len(faults)} in {looks} looks")
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, BrowserContext]]:
    with (
        started(tmp_path_factory.mktemp("eyes")) as book,
        closing(logged_in(browser, book, Watch(), OPTIONS)) as context,
    ):
        yield book, context


def walk(book: Book, page: Page, group: Group, looks: tuple[Look, ...]) -> list[str]:
    """Look at a group's cards, all open and all answered, with the words in sight.

    Some answers hide the words. How they look then is a state of its own, `hidden`: it breaks the rule of contrast.
    """
    filled(book.home, group, TURN)
    open_cards(page, group)
    page.evaluate("document.documentElement.removeAttribute('data-rk-hide')")
    return faults_of(page, *looks)


@pytest.mark.full
@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_every_exercise_open_and_answered(shown: tuple[Book, BrowserContext], group: Group, figure: Figure) -> None:
    book, context = shown
    with closing(context.new_page()) as page:
        tell(walk(book, page, group, ALL), figure, len(ALL))


@pytest.mark.full
@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_every_exercise_open_and_empty(shown: tuple[Book, BrowserContext], group: Group, figure: Figure) -> None:
    book, context = shown
    in_state(book.home, group.stands, days=0, words=False)
    with closing(context.new_page()) as page:
        open_cards(page, group)
        tell(faults_of(page, *SOME), figure, len(SOME))


@pytest.mark.full
@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_state(shown: tuple[Book, BrowserContext], browser: Browser, state: State, figure: Figure) -> None:
    book, context = shown
    state.begin(book.home)
    kept = context.storage_state()
    with closing(browser.new_context(base_url=book.base, storage_state=kept, **OPTIONS)) as alone:
        page = alone.new_page()
        state.come(page)
        without = NOT_IN_HIDING.get(state.name, ())
        tell(faults_of(page, *ALL, without=without), figure, len(ALL))


@pytest.mark.full
@pytest.mark.parametrize("name", NAMES)
def test_every_calm_page(browser: Browser, name: str, figure: Figure) -> None:
    words = {one: catalog().words.under(f"command.pages.{one}") for one in NAMES}
    calm = CalmPages(words)
    with closing(browser.new_context(**OPTIONS)) as context:
        page = context.new_page()
        page.set_content(calm.page(name).replace('<meta http-equiv="refresh" content="0;url=/">', ""))
        tell(faults_of(page, *ALL), figure, len(ALL))


def test_some_exercises_and_a_state(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], figure: Figure
) -> None:
    page = visit(fresh_server).new_page()
    faults = walk(fresh_server, page, GROUPS[TURN % len(GROUPS)].some(TURN, 2), SOME)
    state = STATES[TURN % len(STATES)]
    state.begin(fresh_server.home)
    state.come(page)
    tell(faults + faults_of(page, WIDE, without=NOT_IN_HIDING.get(state.name, ())), figure, 3)


# In JupyterLab: our roots; what stands around them is not ours


@pytest.mark.full
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_our_roots_in_jupyterlab(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, figure: Figure, *, dark: bool
) -> None:
    faults: list[str] = []
    folder = tmp_path_factory.mktemp("eyes-lab")
    with started_lab(folder) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        for group in GROUPS:
            filled(book.home, group, TURN)
            with closing(context.new_page()) as page:
                page.on("dialog", lambda dialog: dialog.accept())
                run_notebook(page, group.notebook, group.exercises[0].id)
                for exercise in group.exercises:
                    opened(page, exercise.id)
                if dark:
                    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
                look = DARK if dark else WIDE
                faults += [f"{group}: {fault}" for fault in faults_of(page, look, within=".rk")]
                end_kernel(page)
    tell(faults, figure, len(GROUPS))
