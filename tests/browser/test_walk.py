"""A walk through the whole catalogue: every exercise opened, filled, saved, opened anew and shown again, everywhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from rekindle.content import catalog
from tests.browser.groups import Group, groups
from tests.browser.harness import LONG, Book, Watch, logged_in, started
from tests.browser.lab import end_kernel, run_notebook, started_lab
from tests.browser.sight import path, ready
from tests.browser.walker import Walker, begin
from tests.turns import TURN

GROUPS = groups()
OPTIONS = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Vienna"}
Figure = Callable[[str, object], None]


def test_the_groups_hold_the_whole_catalogue_once() -> None:
    walked = [exercise.id for group in GROUPS for exercise in group.exercises]
    assert sorted(walked) == sorted(exercise.id for exercise in catalog().exercises)
    assert len(walked) == 84


@contextlib.contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """Give a page on which nothing may complain, ask outside or open a dialog."""
    record, dialogs = Watch(), list[str]()
    record.follow(context)

    def answer(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # JupyterLab's own, for a notebook that has been run
            dialogs.append(dialog.message)
        dialog.accept()

    page = context.new_page()
    page.on("dialog", answer)
    yield page
    page.close()
    assert not record.faults(), "\n".join(record.faults())
    assert not dialogs


@dataclass(frozen=True)
class Surface:
    """Where the book is shown: a running program, a browser that is logged in to it, and how a page is shown there."""

    book: Book
    browser: BrowserContext
    show: Callable[[Page, Group], None]
    leave: Callable[[Page], None]


def in_voila(page: Page, group: Group) -> None:
    """Show the group's page, for the first time or anew."""
    page.goto("about:blank")
    page.goto(path(group.notebook), timeout=LONG)
    ready(page)


def in_jupyterlab(page: Page, group: Group) -> None:
    """Run the group's notebook in a kernel of its own, for the first time or anew."""
    end_kernel(page)
    run_notebook(page, group.notebook, group.exercises[0].id)


@pytest.fixture(scope="module")
def voila(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surface]:
    with (
        started(tmp_path_factory.mktemp("walk")) as book,
        closing(logged_in(browser, book, Watch(), OPTIONS)) as context,
    ):
        yield Surface(book, context, in_voila, lambda _page: None)


@pytest.fixture(scope="module")
def jupyterlab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surface]:
    folder = tmp_path_factory.mktemp("walk-lab")
    with started_lab(folder) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        yield Surface(book, context, in_jupyterlab, end_kernel)


def walk(there: Surface, group: Group, figure: Figure, *, late_too: bool = True) -> None:
    """Fill all cards of a group, look at them in a new page, and do the same with what would have folded some."""
    begin(there.book.home, group)
    with watched(there.browser) as page:
        walker = Walker(page, there.book.home, group, TURN)
        try:
            there.show(page, group)
            walker.fill()
            there.show(page, group)
            walker.look(group.exercises)
            if late_too and (late := walker.late()):
                there.show(page, group)
                walker.fill_late(late)
                there.show(page, group)
                walker.look(late)
        finally:
            there.leave(page)
        figure("exercises walked", f"{len(group.exercises)}, {len(walker.given)} fields, turn {TURN}")


@pytest.mark.full
@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_every_exercise_comes_back_in_voila(voila: Surface, group: Group, figure: Figure) -> None:
    walk(voila, group, figure)


@pytest.mark.full
@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_every_exercise_comes_back_in_jupyterlab(jupyterlab: Surface, group: Group, figure: Figure) -> None:
    walk(jupyterlab, group, figure)


def test_some_exercises_come_back_in_voila(voila: Surface, figure: Figure) -> None:
    walk(voila, GROUPS[(TURN + 3) % len(GROUPS)].some(TURN, 2), figure)


def test_some_exercises_come_back_in_jupyterlab(jupyterlab: Surface, figure: Figure) -> None:
    walk(jupyterlab, GROUPS[(TURN + 5) % len(GROUPS)].some(TURN, 1), figure, late_too=False)
