"""The lock in a browser: set on a page, asked for, left, and gone from the screen when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import say
from rekindle.journal import Journal, is_locked, key_for, new_key
from tests.browser.harness import LONG, Book, Watch, open_exercise, saved, started
from tests.browser.sight import area, write
from tests.memory import memory_of

TYPED = "drei Wörter genügen"
CANARY = "Zaunkönigkanarie"


def journal(home: Path) -> Path:
    return home / "rekindle" / "journal.rekindle"


def set_lock(page: Page) -> None:
    """Type a passphrase where the book offers it, twice."""
    expect(page.get_by_role("heading", name=say("lock.set_title"))).to_be_visible(timeout=LONG)
    page.get_by_label(say("lock.new")).fill(TYPED)
    page.get_by_label(say("lock.again")).fill(TYPED)
    page.get_by_role("button", name=say("lock.set"), exact=True).click()
    expect(page.get_by_role("heading", name=say("lock.done_set_title"))).to_be_visible(timeout=LONG)
    page.get_by_role("link", name=say("lock.back")).click()


def unlock(page: Page, passphrase: str = TYPED) -> None:
    page.get_by_label(say("lock.passphrase")).fill(passphrase)
    page.get_by_role("button", name=say("lock.open")).click()


def asks(page: Page) -> None:
    expect(page.get_by_role("heading", name=say("lock.title"))).to_be_visible(timeout=LONG)


@pytest.fixture(autouse=True)
def cut_off(watch: Watch) -> None:
    """Let pass that a lock cuts off what a page asked just then: it ends the worker on purpose."""
    watch.forgive(r"ERR_CONNECTION|ERR_EMPTY|WebSocket|Failed to (fetch|load resource)|[Kk]ernel")


def holding(book: Book, text: str) -> list[str]:
    """Return the processes of a book in whose memory a text stands, in any form that Python gives it."""
    top = psutil.Process(book.process.pid)
    forms = [text.encode(form) for form in ("utf-8", "latin-1", "utf-16-le", "utf-32-le")]
    seen = ((process.cmdline()[-1], memory_of(process)) for process in [top, *top.children(recursive=True)])
    return [name for name, memory in seen if any(form in memory for form in forms)]


def lock_from_the_first_question(page: Page) -> None:
    """Say that somebody could see this screen, follow the offer, and come back to the page."""
    root = open_exercise(page, "00-before-you-begin", "screen-check")
    root.get_by_text("Maybe", exact=True).click()
    saved(page, "screen-check")
    root.get_by_role("link", name=say("lock.card.set")).click()
    set_lock(page)
    page.wait_for_url("**/voila/render/00-before-you-begin.ipynb", timeout=LONG)
    page.wait_for_function("document.documentElement.dataset.rkReady", timeout=LONG)


@pytest.mark.parametrize("what", ["leave", pytest.param("lock", marks=pytest.mark.full)])
def test_from_the_first_question_to_the_unlocked_page(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], what: str
) -> None:
    page, path = visit(fresh_server).new_page(), journal(fresh_server.home)
    lock_from_the_first_question(page)
    assert is_locked(path)
    open_exercise(page, "01-acknowledge", "why-it-ended")
    write(page, "why-it-ended", "deal", CANARY)
    saved(page, "why-it-ended")
    assert holding(fresh_server, CANARY), "the search finds it where it must be"
    area(page, "why-it-ended", "deal").press_sequentially(" und mehr")
    if what == "lock":
        page.get_by_role("button", name=say("interface.frame.lock"), exact=True).click()
    else:
        page.get_by_role("button", name=say("interface.frame.leave_now")).click()
        page.wait_for_url("about:blank")
        page.goto("/voila/render/01-acknowledge.ipynb")
    asks(page)
    assert page.title() == "Workbook"
    expect(page.locator("body")).not_to_contain_text(CANARY)
    page.wait_for_timeout(4000)
    assert holding(fresh_server, CANARY) == []
    assert holding(fresh_server, TYPED) == []
    unlock(page, "not it")
    expect(page.get_by_role("status")).to_contain_text(say("errors.journal-locked.safe"))
    assert page.get_by_label(say("lock.passphrase")).input_value() == ""
    unlock(page)
    page.wait_for_url("**/voila/render/01-acknowledge.ipynb", timeout=LONG)
    open_exercise(page, "01-acknowledge", "why-it-ended")
    expect(area(page, "why-it-ended", "deal")).to_have_value(f"{CANARY} und mehr")
    with Journal.open(path, never_kept=(), key=key_for(path, TYPED)) as opened:
        assert CANARY in str(opened.answers()["why-it-ended", "deal"].value)


@pytest.mark.full  # it waits for the clock of a lock; tests/kernel/test_server_lock.py sees the same without a page
def test_a_still_page_gives_way_by_itself_and_a_late_form_is_sent_nowhere(
    tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    home = tmp_path / "home"
    Journal.open(journal(home), never_kept=(), key=new_key(TYPED)).close()
    with started(home, "--lock-after", "0.6") as book:
        context = visit(book)
        page, late = context.new_page(), context.new_page()
        for one in (page, late):
            one.goto("/voila/render/06-always-here.ipynb")
            asks(one)
        page.bring_to_front()
        unlock(page)
        open_exercise(page, "06-always-here", "my-page")
        write(page, "my-page", "text", CANARY)
        saved(page, "my-page")
        posted: list[str] = []
        late.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
        unlock(late)
        expect(late.locator(".rk-exercise").first).to_be_visible(timeout=LONG)
        assert not [url for url in posted if "unlock" in url], "the book was open: no passphrase goes to it"
        late.close()
        asks(page)
        expect(page.locator("body")).not_to_contain_text(CANARY)


def test_the_offer_comes_after_the_first_page_and_goes_with_not_now(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    page = visit(fresh_server).new_page()
    page.goto("/voila/render/dashboard.ipynb")
    page.wait_for_function("document.documentElement.dataset.rkReady", timeout=LONG)
    offer = page.get_by_role("heading", name=say("lock.offer.title"))
    expect(offer).to_have_count(0)
    open_exercise(page, "06-always-here", "my-page")
    write(page, "my-page", "text", "one line")
    saved(page, "my-page")
    page.goto("/voila/render/dashboard.ipynb")
    expect(offer).to_be_visible(timeout=LONG)
    page.get_by_role("button", name=say("lock.offer.not_now")).click()
    expect(offer).to_be_hidden()
    assert not is_locked(journal(fresh_server.home))
