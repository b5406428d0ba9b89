"""How long the dashboard takes with ten years of daily logs (about 40,000 entries), beside an empty book, in one run.

Run: python -m benchmarks.dashboard_benchmark [ROUNDS]. The two take turns, so that a busy moment hits both. With
Chromium at hand (`make setup`) the time is that from the start of navigation to `rekindle-ready`; the kernel's own
share, in processor time, is printed in any case.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from rekindle.content import catalog
from rekindle.journal import Journal, entries
from rekindle.journal.checksum import canonical
from rekindle.records import Moment
from tests.made_up import PEOPLE, _values, _week
from tests.visit import HomeVisit
from tools.chromium import find_chromium

DAYS = 3650
LOGS = (
    *("mood-check-in", "urge-log", "habit-tracker", "promise-log", "weekly-goals", "honesty-log", "repair-log"),
    *("contact-log", "move-my-body", "good-moments", "weekly-check-in"),
)
READY = "document.documentElement.dataset.rkReady === '1'"
MARK = "performance.getEntriesByName('rekindle-ready')[0].startTime"


def fill(path: Path) -> int:
    """Write an entry a day into each log, and return how many there are."""
    luck, person, now = random.Random(7), PEOPLE[4], dt.datetime.now(dt.UTC)  # noqa: S311 - made-up days are no secret
    with Journal.open(path, never_kept=catalog().never_kept) as journal:
        start = (now.date() - dt.timedelta(days=DAYS)).isoformat()
        for exercise, key, value in (
            ("consent-gate", "asked", "in-touch"),
            ("consent-gate", "order", "no"),
            ("space-agreement", "start", start),
        ):
            journal.save(exercise, key, value, base=0, wording="", sitting="s", moment=Moment.at(now))
        store = journal._store  # noqa: SLF001 - one transaction for all of them
        with store.transaction():
            for back in range(DAYS):
                at = Moment.at(now - dt.timedelta(days=back), "Europe/Berlin")
                for log in LOGS:
                    week = log == "weekly-check-in"
                    values = _week(luck, person, back % 365) if week else _values(luck, person, log, back % 365)
                    entries.save(store, f"{log}-{back}", log, canonical(values), 0, at, "s", at)
        return journal.count_entries()


def in_the_kernel(home: Path) -> float:
    """Return the processor time, in ms, from "shown" to everything told."""
    os.environ["REKINDLE_HOME"] = str(home)
    one = HomeVisit()
    began = time.process_time()
    one.show()
    spent = (time.process_time() - began) * 1000
    one.close()
    return spent


def in_the_search(home: Path) -> float:
    """Return the processor time, in ms, from a word that is looked for in all that was written to what is told."""
    os.environ["REKINDLE_HOME"] = str(home)
    one = HomeVisit()
    one.show()
    find = one.page._story.sections["find"]  # type: ignore[attr-defined]  # noqa: SLF001 - the browser's end of the line
    find.open()
    began = time.process_time()
    one.hear(find._seek, t="seek", n=1, words="DAD sunday", span="all")  # noqa: SLF001 - as above
    spent = (time.process_time() - began) * 1000
    one.close()
    return spent


def in_the_browser(browser: Browser, homes: list[Path], rounds: int) -> list[list[float]]:
    """Return the times to ready, in ms, of each book."""
    servers, pages, times = [], [], [[] for _ in homes]  # type: ignore[var-annotated]  # lists of numbers
    try:
        for home in homes:
            command = [str(Path(sys.executable).with_name("rekindle")), "--no-browser", "--home", str(home)]
            servers.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            said = servers[-1].stdout.readline() if servers[-1].stdout else ""
            context = browser.new_context()
            page = context.new_page()
            page.goto(said.rpartition(" ")[2].strip())
            pages.append((page, f"{page.url.split('/voila/')[0]}/voila/render/dashboard.ipynb"))
        for number in range(rounds + 1):
            for at, (page, address) in enumerate(pages):
                page.wait_for_timeout(1500)  # the pool warms its next kernel
                page.goto(address)
                page.wait_for_function(READY, timeout=60_000)
                if number:  # the first round warms both
                    times[at].append(page.evaluate(MARK))
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    return times


def told(name: str, empty: list[float], full: list[float]) -> None:
    """Print medians, and the median of the ratios round by round."""
    ratio = statistics.median(b / a for a, b in zip(empty, full, strict=True))
    print(f"{name:30} {statistics.median(empty):9.0f} {statistics.median(full):9.0f} {ratio:7.2f}")


def main(rounds: int = 7) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder) / name for name in ("empty", "full")]
        Journal.open(homes[0] / "journal.rekindle", never_kept=()).close()
        count = fill(homes[1] / "journal.rekindle")
        print(f"{count} entries, {rounds} rounds\n{'ms (medians)':30} {'empty':>9} {'full':>9} {'ratio':>7}")
        kernel = [[in_the_kernel(home) for home in homes] for _ in range(rounds)]
        told("kernel, processor time", *map(list, zip(*kernel, strict=True)))
        search = [[in_the_search(home) for home in homes] for _ in range(rounds)]
        told("a word in all, processor time", *map(list, zip(*search, strict=True)))
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
            told("browser, until ready", *in_the_browser(browser, homes, rounds))
            browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
