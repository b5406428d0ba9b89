"""How long an edit takes from the field until it is on the disk, beside peers; and if it is there again.

The clock runs from the change in the browser, which leaves the field at once, until the file has changed, its rollback
journal is gone (that is SQLite's commit) and the new text can be read. Every program keeps its answers with the same
settings of SQLite. Then the page is closed and opened again at once, with kernels waiting and with none.
Run: python -m benchmarks.edit_benchmark [ROUNDS]
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, ElementHandle, Page, sync_playwright

from benchmarks import pairs
from benchmarks.ready_benchmark import WAIT, Peer
from tests.browser.harness import FLAGS, saved, started
from tests.browser.sight import area, show
from tools.chromium import find_chromium

PEERS = ("rekindle", "floor", "streamlit", "panel", "solara", "marimo")
DISK = "(4 kB to the disk)"
PAGE, EXERCISE, FIELD = "01-acknowledge", "it-is-over-for-now", "line"
LEAST = 0.0002
CALM = 0.3
"""Seconds between two edits: some programs run their page anew after each."""
FIND = """(text) => {
  const below = (el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])];
  const all = (root) => [...root.querySelectorAll("*")].flatMap(below);
  return all(document).find((el) => /^(INPUT|TEXTAREA)$/.test(el.tagName) && el.value === text);
}"""
NOW = "() => performance.timeOrigin + performance.now()"
WRITE = """(el, text) => {
  el.focus();
  el.select();
  const now = performance.timeOrigin + performance.now();
  document.execCommand("insertText", false, text);
  el.blur();
  return now;
}"""
"""Puts a text into a box as a paste would, and leaves it at once; returns when that was."""


@dataclass
class Kept:
    """Where a program keeps an answer, and how it is asked for."""

    file: Path
    query: str

    def holds(self, text: str) -> bool:
        """Return whether the text can be read; only asked after a change, so that reading is in nobody's way."""
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as store:
            return any(text in row[0] for row in store.execute(self.query))

    def seen(self) -> int:
        """Return a mark of the file as it stands."""
        return self.file.stat().st_mtime_ns

    def wait(self, text: str, before: int, patience: float = 10) -> float:
        """Return when the text was on the disk, in seconds since 1970; it has been read by then."""
        rollback, limit = self.file.with_name(f"{self.file.name}-journal"), time.time() + patience
        while time.time() < limit:
            changed = self.seen()
            if changed == before or rollback.exists():
                time.sleep(LEAST)
                continue
            done, before = time.time(), changed
            if self.holds(text):
                return done
        raise TimeoutError("an edit did not reach the disk")


def lag(page: Page) -> float:
    """Return by how many seconds the browser's clock is ahead of this program's."""
    seen: list[tuple[float, float]] = []
    for _ in range(20):
        begun = time.time()
        there = page.evaluate(NOW) / 1000
        ended = time.time()
        seen.append((ended - begun, there - (begun + ended) / 2))
    return min(seen)[1]


def line(peer: Peer) -> tuple[Page, ElementHandle, Kept]:
    """Open the peer's page; return it, the box to write in, and where the answer is kept."""
    page = peer.browser.new_context(base_url=peer.base, storage_state=peer.state).new_page()
    if peer.name == "rekindle":
        show(page, PAGE, EXERCISE)
        query = "SELECT value FROM answer WHERE exercise = 'it-is-over-for-now' ORDER BY number DESC LIMIT 1"
        return page, _box(area(page, EXERCISE, FIELD).element_handle()), Kept(peer.home / "journal.rekindle", query)
    page.goto(peer.plan.PATH, timeout=WAIT)
    page.add_script_tag(content=f"window.benchFind = {FIND}")
    box = page.wait_for_function("() => window.benchFind('Row 5')", timeout=WAIT).as_element()
    return page, _box(box), Kept(peer.home / "answers.sqlite", "SELECT value FROM answer WHERE key = 'row5'")


def _box(found: ElementHandle | None) -> ElementHandle:
    assert found, "the page has no box to write in"
    return found


def edit(box: ElementHandle, kept: Kept, text: str, ahead: float) -> float:
    """Put a text into a box, leave it, and return the ms until it is durable."""
    before = kept.seen()
    written: float = box.evaluate(WRITE, text)
    ended = kept.wait(text, before)
    time.sleep(CALM)
    return (ended - (written / 1000 - ahead)) * 1000


def bare(file: Path) -> float:
    """Write 4 kB into a file, to the disk, and return the ms: what the disk itself takes now."""
    begun = time.perf_counter()
    with file.open("wb") as open_file:
        open_file.write(os.urandom(4096))
        open_file.flush()
        os.fsync(open_file.fileno())
    return (time.perf_counter() - begun) * 1000


def edits(browser: Browser, rounds: int, peers: tuple[str, ...] = PEERS) -> dict[str, list[float]]:
    """Return the ms of each edit; the programs take turns, and the first three rounds are not counted.

    Beside them stands a bare write in each round: a disk that stalls does so for whoever comes just then.
    """
    found: dict[str, list[float]] = {name: [] for name in (*peers, DISK)}
    with contextlib.ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        lines = []
        for name in peers:
            (home / name).mkdir(mode=0o700)
            peer = opened.enter_context(Peer(name, browser, home / name).started())
            lines.append((name, *line(peer)))
        for number in range(rounds + 3):
            for name, page, box, kept in lines if number % 2 else reversed(lines):
                page.bring_to_front()
                took = edit(box, kept, f"Edit number {number} of {name}", lag(page))
                if number >= 3:
                    found[name].append(took)
            if number >= 3:
                found[DISK].append(bare(home / "bare"))
    return found


def again(browser: Browser, home: Path, rounds: int, warm: str) -> int:
    """Answer, close the page and open it again at once; return how often the answer stood there."""
    there = 0
    with started(home, REKINDLE_WARM=warm) as book:
        context = browser.new_context(base_url=book.base)
        context.new_page().goto(book.address)
        for number in range(rounds):
            page = context.new_page()
            show(page, PAGE, EXERCISE)
            area(page, EXERCISE, FIELD).fill(f"Answer {number}")
            saved(page, EXERCISE)
            page.close()
            page = context.new_page()
            show(page, PAGE, EXERCISE)
            there += area(page, EXERCISE, FIELD).input_value() == f"Answer {number}"
            page.close()
        context.close()
    return there


def main(rounds: int = 30, visits: int = 10) -> None:
    """Measure and print."""
    with sync_playwright() as play, tempfile.TemporaryDirectory() as home:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found = edits(browser, rounds)
        print(pairs.table("From an edit until it is on the disk, ms", found, ("floor", "streamlit"), 1))
        for warm, name in (("1", "kernels waiting"), ("0", "none waiting")):
            there = again(browser, Path(home) / warm, visits, warm)
            print(f"answered, closed, opened again at once, {name}: there {there} of {visits} times")
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
