"""Bad input: a journal that cannot be read or written is told in calm sentences, and nothing is lost."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import say
from rekindle.journal import entries
from rekindle.journal.soundness import AT_ONCE
from rekindle.journal.store import PAGE as STORE_PAGE
from rekindle.records import Moment
from tests.browser.harness import Book, open_exercise, saved, started
from tests.browser.keeping import Held, journal_of, opened, opened_at, seed, stored
from tests.browser.sight import area, mark, ready, show, write
from tests.browser.troubles import closed_folder, fill_up, make_newer, small_disk

NOTEBOOK, PAGE, FIELD = "01-acknowledge", "why-it-ended", "deal"
as_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs the administrator")


def calm(page: Page, code: str) -> None:
    """Assert that the page says what happened, what is safe and what to do, and shows no traceback."""
    note = page.locator(".rk-note[role=alert]").first
    expect(note).to_be_visible(timeout=15_000)
    for part in ("happened", "safe", "todo"):
        words = re.sub(r"\{\w+\}.*", "", say(f"errors.{code}.{part}", path="{path}"))
        expect(note).to_contain_text(words.strip())
    quiet(page)


def quiet(page: Page) -> None:
    text = page.locator("body").inner_text()
    assert "Traceback" not in text
    assert "Error:" not in text


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _random(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def test_a_damaged_journal_looks_locked_and_the_page_that_asks_says_so(
    tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    seed(tmp_path, {(PAGE, FIELD): "written before"})
    _random(journal_of(tmp_path))
    before = fingerprint(journal_of(tmp_path))
    with started(tmp_path) as book:
        page = visit(book).new_page()
        page.goto(f"/voila/render/{NOTEBOOK}.ipynb")
        expect(page.get_by_role("heading", name=say("lock.title"))).to_be_visible()
        page.get_by_text(say("lock.never")).click()
        expect(page.get_by_text(say("lock.never_text"))).to_be_visible()
        page.get_by_label(say("lock.passphrase")).fill("never chosen")
        page.get_by_role("button", name=say("lock.open")).click()
        for part in ("happened", "safe", "todo"):
            expect(page.get_by_text(say(f"errors.journal-locked.{part}"))).to_be_visible(timeout=15_000)
        quiet(page)
        page.close()
    assert fingerprint(journal_of(tmp_path)) == before


def test_a_newer_journal_is_told_and_not_touched(tmp_path: Path, visit: Callable[[Book], BrowserContext]) -> None:
    code = "journal-newer"
    seed(tmp_path, {(PAGE, FIELD): "written before"})
    make_newer(journal_of(tmp_path))
    before = fingerprint(journal_of(tmp_path))
    with started(tmp_path) as book:
        page = visit(book).new_page()
        show(page, NOTEBOOK)
        calm(page, code)
        page.locator(f".rk-exercise--{PAGE} button").first.click()
        page.wait_for_timeout(500)
        quiet(page)
        show(page, "dashboard")
        calm(page, code)
        page.close()
    assert fingerprint(journal_of(tmp_path)) == before


def fill_large(home: Path) -> Path:
    """Have a journal hold so much that a page has it checked only after it is shown."""
    seed(home, {(PAGE, FIELD): "written before"})
    now = Moment.now("Europe/Berlin")
    with opened(home) as journal, journal._store.transaction():
        for number in range(7000):
            entries.save(journal._store, f"e{number}", "urge-log", f'{{"x":"{"y" * 500}"}}', 0, now, "", now)
    assert journal_of(home).stat().st_size > AT_ONCE
    return journal_of(home)


def test_a_large_journal_that_is_damaged_is_told_when_the_page_stands_and_never_written_to(
    tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    path = fill_large(tmp_path)
    held = bytearray(path.read_bytes())
    middle = len(held) // STORE_PAGE // 2 * STORE_PAGE
    held[middle : middle + 200] = os.urandom(200)
    path.write_bytes(held)
    before = fingerprint(path)
    with started(tmp_path) as book:
        page = visit(book).new_page()
        open_exercise(page, NOTEBOOK, PAGE)
        assert area(page, PAGE, FIELD).input_value() == "written before"
        area(page, PAGE, FIELD).fill("written into a damaged file")
        expect(mark(page, PAGE)).to_have_attribute("data-state", "unsaved", timeout=15_000)
        calm(page, "journal-damaged")
        assert area(page, PAGE, FIELD).input_value() == "written into a damaged file"
        quiet(page)
        show(page, "your-data")
        calm(page, "journal-damaged")
        page.close()
    assert fingerprint(path) == before
    assert not list(path.parent.glob("backups/*"))


def test_a_large_journal_is_checked_once_for_all_pages_of_a_server(
    tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    file = fill_large(tmp_path).stat()
    with started(tmp_path) as book:
        page = visit(book).new_page()
        show(page, NOTEBOOK)
        limit, notes = time.monotonic() + 15, list[Path]()
        while not notes and time.monotonic() < limit:
            page.wait_for_timeout(100)
            notes = list(Path(tempfile.gettempdir()).glob(f"rk-*/sound/{file.st_dev}-{file.st_ino}"))
        (note,) = notes
        made = note.stat().st_mtime_ns
        show(page, "dashboard")
        page.wait_for_timeout(2000)
        open_exercise(page, NOTEBOOK, PAGE)
        write(page, PAGE, FIELD, "written after")
        assert note.stat().st_mtime_ns == made
        page.close()
    assert not note.parent.exists()
    assert stored(tmp_path, PAGE, FIELD) == "written after"


@pytest.fixture
def disk() -> Iterator[Path]:
    with small_disk() as folder:
        if folder is None:
            pytest.skip("this machine lets nobody mount a small disk")
        yield folder


@as_root
def test_a_full_disk_is_told_and_the_words_stay_until_there_is_room(
    disk: Path, tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    with started(tmp_path, REKINDLE_HOME=str(disk / "rekindle")) as book:
        page = visit(book).new_page()
        root = open_exercise(page, NOTEBOOK, PAGE)
        write(page, PAGE, FIELD, "saved before it was full")
        filler = disk / "filler"
        fill_up(filler)
        area(page, PAGE, FIELD).fill("written when it was full " * 40)
        expect(mark(page, PAGE)).to_have_attribute("data-state", "unsaved", timeout=15_000)
        expect(mark(page, PAGE)).to_contain_text(say("errors.disk-full.happened"))
        expect(root.locator(".rk-copy")).to_be_visible()
        assert area(page, PAGE, FIELD).input_value() == "written when it was full " * 40
        quiet(page)
        filler.unlink()
        saved(page, PAGE, 20)
        page.close()
        with opened_at(disk / "rekindle" / "journal.rekindle") as journal:
            assert journal.answers()[PAGE, FIELD].value == "written when it was full " * 40


@as_root
def test_a_folder_that_became_read_only_is_told_and_the_words_stay(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    page = visit(fresh_server).new_page()
    root = open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "saved before")
    with closed_folder(journal_of(fresh_server.home).parent) as closed:
        if not closed:
            pytest.skip("this disk has no read-only folders for the administrator")
        area(page, PAGE, FIELD).fill("written where nothing can be written")
        expect(mark(page, PAGE)).to_have_attribute("data-state", "unsaved", timeout=15_000)
        expect(root.locator(".rk-copy")).to_be_visible()
        quiet(page)
        assert area(page, PAGE, FIELD).input_value() == "written where nothing can be written"
    saved(page, PAGE, 20)
    assert stored(fresh_server.home, PAGE, FIELD) == "written where nothing can be written"


def test_a_journal_that_another_program_holds_for_long_is_told_and_tried_again(server: Book, page: Page) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "before")
    with Held(server.home, PAGE, FIELD).hold(13.0):
        area(page, PAGE, FIELD).fill("while another program held it")
        expect(mark(page, PAGE)).to_have_attribute("data-state", re.compile("unsaved|lost"), timeout=6000)
        assert area(page, PAGE, FIELD).input_value() == "while another program held it"
    saved(page, PAGE, 20)
    assert stored(server.home, PAGE, FIELD) == "while another program held it"


def test_a_journal_that_was_moved_away_is_told_and_not_written_anew(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    page = visit(fresh_server).new_page()
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "before")
    there = journal_of(fresh_server.home)
    away = there.with_name("elsewhere")
    there.rename(away)
    area(page, PAGE, FIELD).fill("after it was moved")
    expect(mark(page, PAGE)).to_have_attribute("data-state", "unsaved", timeout=15_000)
    expect(mark(page, PAGE)).to_contain_text(say("errors.journal-moved.happened"))
    assert not there.exists()
    away.rename(there)
    saved(page, PAGE, 20)
    assert stored(fresh_server.home, PAGE, FIELD) == "after it was moved"
    with opened(fresh_server.home) as journal:
        assert len(journal.history(PAGE, FIELD)) >= 1
    ready(page)
