"""How long a long log takes to open, to page and to find in, beside a log of fifty entries, in one run.

Times are the kernel's, from an act to the last message to the page; they count the processor's time, so that a busy
machine does not change them much, and so leave out waiting for the disk. Run: python benchmarks/log_benchmark.py
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rekindle.content import catalog
from rekindle.forms.card import Card
from rekindle.journal import Journal
from rekindle.journal.checksum import canonical
from rekindle.journal.entries import save
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.records import Moment

SIZES = (50, 5_000, 40_000)
ROUNDS = 30
LOG = "mood-check-in"
WORDS = "a grey day, then the café on the corner and a long walk home", "slept badly", "Their song came on; I stayed"


class Desk:
    """One journal with a log of some size, and one page over it."""

    def __init__(self, folder: Path, size: int) -> None:
        path = folder / "book" / "journal.rekindle"
        Journal.open(path, never_kept=()).close()
        self.journal = Journal.open(path, never_kept=catalog().never_kept)
        now = dt.datetime.now(dt.UTC)
        with self.journal._store.transaction():  # noqa: SLF001 - forty thousand commits would take longer than the rest
            for number in range(size):
                when = Moment.at(now - dt.timedelta(hours=2 * number), "Europe/Berlin")
                text = canonical({"mood": number % 11, "word": f"{WORDS[number % 3]} {number}", "nearby": ["alone"]})
                save(self.journal._store, f"e{number}", LOG, text, 0, when, "", when)  # noqa: SLF001 - as above
        self._card: Card | None = None

    def open(self) -> None:
        """Show a new page and open the log on it, with what it shows back."""
        page = Page(catalog(), Book(catalog(), lambda: self.journal))
        page.exercise(LOG)
        page.presence.on_shown("Europe/Berlin", frozenset())
        self._card = page.cards[LOG]
        self._card.open()

    def act(self, act: str) -> Callable[[], None]:
        """Press a button of the list."""
        return lambda: self._log.history._on_act(act)  # noqa: SLF001 - the browser's end of the line

    def find(self, **wish: str) -> Callable[[], None]:
        """Look for something."""
        return lambda: self._log.history.finder.widget.on_seek(wish)

    def write(self) -> None:
        """Change a word of a new entry, with what the page shows back."""
        self._log.controls["entry/word"].store(f"word {time.perf_counter_ns()}")

    @property
    def _log(self):  # noqa: ANN202 - a benchmark's shortcut
        assert self._card
        assert self._card.log
        return self._card.log

    def ways(self) -> dict[str, Callable[[], None]]:
        """Return what is measured, in this order."""
        return {
            "open": self.open,
            "older page": self.act("older"),
            "oldest page": self.act("oldest"),
            "newest page": self.act("newest"),
            "find a word": self.find(words="CAFE corner"),
            "find what is not there": self.find(words="100%_sure"),
            "last 30 days": self.find(span="last-30"),
            "word and last 90 days": self.find(words="song", span="last-90"),
            "show all": self.find(),
            "save a word": self.write,
        }


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        desks = {size: Desk(Path(home) / str(size), size) for size in SIZES}
        times: dict[tuple[str, int], list[float]] = {}
        for _ in range(ROUNDS):  # sizes take turns, so that a busy moment hits each of them
            for size, desk in desks.items():
                for name, way in desk.ways().items():
                    begun = time.process_time()
                    way()
                    times.setdefault((name, size), []).append((time.process_time() - begun) * 1000)
        names = list(next(iter(desks.values())).ways())
    print(f"{ROUNDS} rounds; processor milliseconds at p50 and p95, and p95 beside that of {SIZES[0]} entries")
    print(f"{'':<26}" + "".join(f"{size:>10,} p50{'p95':>9}{'ratio':>8}" for size in SIZES))
    for name in names:
        cells = ""
        least = statistics.quantiles(times[name, SIZES[0]], n=20)[-1]
        for size in SIZES:
            found = times[name, size]
            slow = statistics.quantiles(found, n=20)[-1]
            cells += f"{statistics.median(found):>14.1f}{slow:>9.1f}{slow / least:>8.1f}"
        print(f"{name:<26}{cells}")


if __name__ == "__main__":
    main()
