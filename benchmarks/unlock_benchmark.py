"""How long a locked book takes from the press that opens it until its page is ready, beside the same page unlocked.

Both in one browser and one running book, in turns: the page is opened from another one; then the book is locked, the
passphrase is typed, and the clock runs from the press. Times are the browser's own, from the press to `rekindle-ready`.
What the passphrase itself costs (256,000 rounds, once, in the program that asks for it) and what opening the file with
the key costs (each kernel) is told apart. Run: python -m benchmarks.unlock_benchmark [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from rekindle.content import catalog, say
from rekindle.journal import Journal, Key, new_key
from tests.browser.harness import FLAGS, LONG, Book, started
from tools.chromium import find_chromium

ROUNDS, LIMIT = 7, 300
PASSPHRASE = "six plain words on some paper"  # noqa: S105 - it locks nothing of anybody
PAGE = "/voila/render/dashboard.ipynb"
OTHER = "/voila/render/your-data.ipynb"
READY = "html[data-rk-ready='1']"
"""A selector: the page that asks for the passphrase lets nothing be evaluated on it."""
MARK = "performance.timeOrigin + performance.getEntriesByName('rekindle-ready')[0].startTime"
PRESSED = "() => { addEventListener('submit', () => { name = String(performance.timeOrigin + performance.now()); }); }"
WARM = 12.0
"""Seconds in which the pool makes its next kernels ready, or a new worker all of them; the same before both."""


def lasted(page: Page) -> float:
    """Return ms from the moment that stands in the window's name to the page's ready mark."""
    page.locator(READY).wait_for(state="attached", timeout=LONG)
    return float(page.evaluate(f"{MARK} - Number(name)"))


def unlocked(page: Page) -> float:
    """Open the page from another page of the open book."""
    page.goto(OTHER)
    page.locator(READY).wait_for(state="attached", timeout=LONG)
    time.sleep(WARM)
    page.evaluate(f"() => {{ name = String(performance.timeOrigin + performance.now()); location.href = '{PAGE}'; }}")
    page.wait_for_url(f"**{PAGE}")
    return lasted(page)


def unlocking(page: Page) -> float:
    """Lock the book, and open it again with the passphrase."""
    page.get_by_role("button", name=say("interface.frame.lock"), exact=True).click()
    heading = page.get_by_role("heading", name=say("lock.title"))
    expect(heading).to_be_visible(timeout=LONG)
    time.sleep(WARM)
    page.goto(PAGE)
    expect(heading).to_be_visible()
    page.evaluate(PRESSED)
    page.get_by_label(say("lock.passphrase")).fill(PASSPHRASE)
    page.get_by_role("button", name=say("lock.open")).click()
    return lasted(page)


def in_the_browser(book: Book, rounds: int) -> list[tuple[float, float]]:
    """Return the times of both, round by round; the first round warms both and is not counted."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(base_url=book.base).new_page()
        page.goto(book.address)
        page.goto(PAGE)
        page.get_by_label(say("lock.passphrase")).fill(PASSPHRASE)
        page.get_by_role("button", name=say("lock.open")).click()
        page.locator(READY).wait_for(state="attached", timeout=LONG)
        found = [(unlocked(page), unlocking(page)) for _ in range(rounds + 1)]
        browser.close()
    return found[1:]


def of_the_key(path: Path, key: Key, rounds: int) -> tuple[float, float]:
    """Return ms for making the key of a passphrase, and for opening the file with the key (medians)."""
    made, opened = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        new_key(PASSPHRASE)
        made.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        with Journal.open(path, never_kept=(), key=key) as journal:
            journal.answers()
        opened.append(time.perf_counter() - begun)
    return statistics.median(made) * 1000, statistics.median(opened) * 1000


def main(rounds: int = ROUNDS) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home, key = Path(folder), new_key(PASSPHRASE)
        path = home / "rekindle" / "journal.rekindle"
        Journal.open(path, never_kept=catalog().never_kept, key=key).close()
        derived, opened = of_the_key(path, key, rounds)
        with started(home) as book:
            found = in_the_browser(book, rounds)
    print(table(found, derived, opened))


def table(found: list[tuple[float, float]], derived: float, opened: float) -> str:
    """Return what to print: medians, the median ratio and difference inside each round, and the limit."""
    open_, unlock = (statistics.median(each) for each in zip(*found, strict=True))
    ratio = statistics.median(b / a for a, b in found)
    more = statistics.median(b - a for a, b in found)
    verdict = "within" if more <= LIMIT else "OVER"
    return "\n".join(
        [
            f"{len(found)} rounds, medians, ms from the press to ready",
            f"{'the page, unlocked':<36}{open_:>8.0f}",
            f"{'the same after the passphrase':<36}{unlock:>8.0f}",
            f"{'ratio, round by round':<36}{ratio:>8.2f}",
            f"{'more, round by round':<36}{more:>8.0f}   ({verdict} {LIMIT})",
            f"{'the key of the passphrase, once':<36}{derived:>8.1f}",
            f"{'opening and reading with the key':<36}{opened:>8.1f}",
        ]
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
