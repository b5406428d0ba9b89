"""Browser tests: one Rekindle and one Chromium for all, a logged-in, watched page for each."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from tests.browser.harness import FLAGS, Book, Watch, logged_in, started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium."""
    path = os.environ.get("REKINDLE_CHROMIUM")
    assert path, "no Chromium: `make test` installs one, or REKINDLE_CHROMIUM names it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Give the Rekindle that tests share, with one journal; a test that breaks things asks for `fresh_server`."""
    with started(tmp_path_factory.mktemp("server")) as book:
        yield book


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Book]:
    """Give a Rekindle with an empty journal, for one test alone."""
    with started(tmp_path / "fresh") as book:
        yield book


@pytest.fixture
def options() -> dict[str, Any]:
    """Give the browser's settings; a test file or class says otherwise by a fixture of the same name."""
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Vienna"}


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Give the record of what the test's browsers asked for; the test fails on what it should not hold."""
    record = Watch()
    yield record
    assert not record.faults(), "\n".join(record.faults())


@pytest.fixture
def visit(browser: Browser, watch: Watch, options: dict[str, Any]) -> Iterator[Callable[[Book], BrowserContext]]:
    """Give a function that logs a new browser in to a Rekindle that was not logged in to before."""
    with contextlib.ExitStack() as opened:

        def enter(book: Book) -> BrowserContext:
            context = logged_in(browser, book, watch, options)
            opened.callback(context.close)
            return context

        yield enter


@pytest.fixture(scope="session")
def login(browser: Browser, server: Book) -> Any:
    """Give what a browser keeps of its login to the shared Rekindle."""
    context = logged_in(browser, server, Watch(), {})
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(browser: Browser, server: Book, login: Any, watch: Watch, options: dict[str, Any]) -> Iterator[Page]:
    """Give a page of a new browser, logged in to the shared Rekindle."""
    context = browser.new_context(base_url=server.base, storage_state=login, **options)
    watch.follow(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def dialogs() -> Iterator[Callable[[Page], None]]:
    """Give a function that watches a page for dialogs; there may be none."""
    seen: list[str] = []

    def note(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    yield lambda page: page.on("dialog", note)
    assert not seen
