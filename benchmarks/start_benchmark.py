"""How long a server takes from its command to its first answer, beside stock Voilà, round by round.

Rekindle says that it is ready only after it has checked itself from outside, with a kernel; stock Voilà when its first
file is served. Run: python -m benchmarks.start_benchmark [ROUNDS]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import pairs
from benchmarks.ready_benchmark import Peer
from tests.browser.harness import FLAGS
from tools.chromium import find_chromium

PEERS = ("rekindle", "rekindle_extension", "voila", "floor")


def starts(browser: Browser, rounds: int, peers: tuple[str, ...] = PEERS) -> dict[str, list[float]]:
    """Return the ms of each start; each has an empty folder of its own, and the first round is not counted."""
    found: dict[str, list[float]] = {name: [] for name in peers}
    for number in range(rounds + 1):
        for name in peers if number % 2 else reversed(peers):
            with tempfile.TemporaryDirectory() as home, Peer(name, browser, Path(home)).started() as peer:
                if number:
                    found[name].append(peer.start * 1000)
    return found


def main(rounds: int = 7) -> None:
    """Measure and print."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found = starts(browser, rounds)
        browser.close()
    print(pairs.table("Server start, ms", found, ("voila",)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
