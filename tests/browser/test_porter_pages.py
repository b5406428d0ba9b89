"""Accessibility of the pages that ask for a passphrase and set it: axe finds nothing, wide or narrow, light or dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import say
from rekindle.journal import Journal, new_key
from tests.browser.harness import LONG, Book, Watch, started
from tests.browser.looks import ALL, DARK, LARGE, PHONE, Look, faults_of

SIZES = tuple(look for look in ALL if look not in LARGE)
TYPED = "drei Wörter genügen"
Figure = Callable[..., None]


@pytest.fixture(autouse=True)
def cut_off(watch: Watch) -> None:
    """Let pass that a lock cuts off what a page asked just then: it ends the worker on purpose."""
    watch.forgive(r"ERR_CONNECTION|ERR_EMPTY|WebSocket|Failed to (fetch|load resource)|[Kk]ernel")


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Book]:
    """Give a Rekindle whose journal is locked: it asks before it shows anything."""
    home = tmp_path / "locked"
    Journal.open(home / "rekindle" / "journal.rekindle", never_kept=(), key=new_key(TYPED)).close()
    with started(home) as book:
        yield book


def asked(page: Page) -> None:
    page.goto("/voila/render/dashboard.ipynb")
    expect(page.get_by_role("heading", name=say("lock.title"))).to_be_visible(timeout=LONG)


def refused(page: Page) -> None:
    page.get_by_label(say("lock.passphrase")).fill("not it")
    page.get_by_role("button", name=say("lock.open")).click()
    expect(page.get_by_role("status")).to_contain_text(say("errors.journal-locked.safe"), timeout=LONG)


def nothing_at_fault(page: Page, looks: tuple[Look, ...], figure: Figure) -> None:
    """Assert that axe and our own measures find nothing in each look."""
    faults = faults_of(page, *looks)
    figure("faults", f"{len(faults)} in {len(looks)} looks")
    assert not faults, "\n".join(dict.fromkeys(faults))


def fits(page: Page) -> None:
    """Assert that nothing is wider than the narrowest screen."""
    page.set_viewport_size({"width": 320, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_that_asks_after_a_wrong_passphrase(
    locked: Book, visit: Callable[[Book], BrowserContext], figure: Figure
) -> None:
    page = visit(locked).new_page()
    asked(page)
    refused(page)
    nothing_at_fault(page, (PHONE, DARK), figure)


@pytest.mark.full
def test_every_state_of_the_page_that_asks(
    locked: Book, visit: Callable[[Book], BrowserContext], figure: Figure
) -> None:
    page = visit(locked).new_page()
    asked(page)
    nothing_at_fault(page, SIZES, figure)
    page.get_by_text(say("lock.lost"), exact=True).click()
    page.get_by_text(say("lock.never"), exact=True).click()
    page.get_by_role("button", name=say("lock.show")).click()
    expect(page.get_by_text(say("lock.never_do"))).to_be_visible()
    nothing_at_fault(page, SIZES, figure)
    fits(page)
    refused(page)
    nothing_at_fault(page, SIZES, figure)
    fits(page)
    page.get_by_role("button", name=say("lock.help_now")).click()
    nothing_at_fault(page, SIZES, figure)


@pytest.mark.full
def test_every_state_of_the_page_that_sets_a_passphrase(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], figure: Figure
) -> None:
    page = visit(fresh_server).new_page()
    page.goto("/voila/render/your-data.ipynb")
    page.get_by_role("link", name=say("lock.card.set")).click()
    expect(page.get_by_role("heading", name=say("lock.set_title"))).to_be_visible(timeout=LONG)
    nothing_at_fault(page, SIZES, figure)  # with the six words that were drawn
    fits(page)
    fill(page, "one", "another")
    expect(page.get_by_role("status")).to_contain_text(say("lock.differ"), timeout=LONG)
    nothing_at_fault(page, SIZES, figure)
    fill(page, TYPED, TYPED)
    expect(page.get_by_role("heading", name=say("lock.done_set_title"))).to_be_visible(timeout=LONG)
    nothing_at_fault(page, SIZES, figure)
    page.get_by_role("link", name=say("lock.back")).click()
    page.wait_for_function("document.documentElement.dataset.rkReady", timeout=LONG)
    page.get_by_role("link", name=say("lock.card.change")).click()
    expect(page.get_by_role("heading", name=say("lock.change_title"))).to_be_visible(timeout=LONG)
    nothing_at_fault(page, SIZES, figure)
    fits(page)


def fill(page: Page, new: str, again: str) -> Any:
    page.get_by_label(say("lock.new")).fill(new)
    page.get_by_label(say("lock.again")).fill(again)
    page.get_by_role("button", name=say("lock.set"), exact=True).click()
