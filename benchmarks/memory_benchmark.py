"""What each further open page weighs: memory that no other process shares, beside stock Voilà.

The whole tree of the server is weighed with one page open and with five, each time once it is at rest: nothing has
changed by more than a megabyte in two seconds. Run: python -m benchmarks.memory_benchmark
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.peers.rekindle import seed
from benchmarks.ready_benchmark import WAIT, free_port, heard
from tests.browser.harness import FLAGS, started
from tests.trees import weigh
from tools.chromium import find_chromium

ROOT = Path(__file__).parents[1]
PLAIN, CHARTS = "01-acknowledge", "06-always-here"
READY = "document.documentElement.dataset.rkReady === '1'"
CHART = f"{READY} && document.querySelector('.rk-exercise--mood-check-in .rk-chart svg.main-svg')"
MORE = 4


def at_rest(pid: int) -> float:
    """Return what a tree weighs once it is at rest, in MB."""
    last, limit = 0.0, time.monotonic() + 60
    while time.monotonic() < limit:
        time.sleep(2)
        now = weigh([pid]).uss
        if abs(now - last) < 1:
            return now
        last = now
    return last


def each(browser: Browser, base: str, first: str, pid: int, path: str, ready: str, more: int = MORE) -> float:
    """Return by how much the tree grows with each further page, in MB."""
    context = browser.new_context(base_url=base)
    context.new_page().goto(first, timeout=WAIT)
    seen = []
    for number in range(more + 1):
        page = context.new_page()
        page.goto(path, timeout=WAIT)
        page.wait_for_function(ready, timeout=WAIT)
        if number in (0, more):
            seen.append(at_rest(pid))
    context.close()
    return (seen[1] - seen[0]) / more


def ours(browser: Browser, page: str, ready: str, more: int = MORE) -> float:
    """Weigh a page of ours, opened as a person opens it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "rekindle").mkdir(mode=0o700)
        seed(home / "rekindle")
        with started(home) as book:
            path = f"/voila/render/{page}.ipynb#mood-check-in"
            return each(browser, book.base, book.address, book.process.pid, path, ready, more)


@contextmanager
def stock(page: str, home: Path) -> Iterator[tuple[int, str]]:
    """Start stock Voilà with the same notebook; give its process and its address."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(ROOT / "notebooks" / f"{page}.ipynb"), "--no-browser"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [*command, f"--port={port}"], env={**os.environ, "REKINDLE_HOME": str(home)}, stdout=quiet, stderr=quiet
    )
    try:
        heard(port)
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def theirs(browser: Browser, page: str, ready: str) -> float:
    """Weigh the same page in stock Voilà."""
    with tempfile.TemporaryDirectory() as folder, stock(page, Path(folder)) as (pid, base):
        seed(Path(folder))
        return each(browser, base, "/voila/static/voila.js", pid, "/#mood-check-in", ready)


def main() -> None:
    """Measure and print."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        print("Memory for each further open page, MB that no other process shares (USS)")
        for name, page, ready, most in (("a page", PLAIN, READY, 45), ("a page with a chart", CHARTS, CHART, 90)):
            mine = ours(browser, page, ready)
            print(f"{name:<22}{mine:>6.1f}   ({'within' if mine <= most else 'OVER'} {most})")
            print(f"{'  in stock Voilà':<22}{theirs(browser, page, ready):>6.1f}")
        browser.close()


if __name__ == "__main__":
    main()
