"""How long the logs take to open and to save in, with forty thousand entries in each of them, beside empty ones.

Times are the kernel's, from an act to the last message to the page; they count the processor's time, so that a busy
machine does not change them much, and so leave out waiting for the disk. All logs of one size are in one journal. The
first opening of a long log counts it once; it is told apart. Run: python -m benchmarks.log_benchmark [ENTRIES [ROUNDS
[LOG …]]]: with logs named, only those are filled and opened.
"""

from __future__ import annotations

import datetime as dt
import functools
import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rekindle.content import catalog
from rekindle.content import fields as asked
from rekindle.forms.card import Card
from rekindle.forms.log import LogForm
from rekindle.journal import Journal
from rekindle.journal.checksum import canonical
from rekindle.journal.entries import save
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.records import Json, Moment
from tests.visit import STANDINGS

ENTRIES, FEW, ROUNDS = 40_000, 50, 20
LOGS = (
    *("mood-check-in", "urge-log", "promise-log", "contact-log", "honesty-log", "repair-log", "responsive-moments"),
    *("habit-tracker", "weekly-goals", "space-counter", "listen-well", "good-moments", "proof-of-change"),
    *("move-my-body", "weekly-review"),
)
PAGES = ("doubt-triggers", "trust-review", "closing-report")
"""Pages that look at logs and have none of their own."""
SEARCHED = "mood-check-in"
WORDS = "a grey day, then the café on the corner and a long walk home", "slept badly", "Their song came on; I stayed"
ANSWERS: dict[tuple[str, str], Json] = {
    **STANDINGS["open and ready"][0],
    ("space-agreement", "start"): "2026-01-01",
    ("doubt-triggers", "rows"): [{"act": "late again", "instead": "write when I leave"}],
    ("closing-report", "outcome"): "apart",
}
Times = dict[tuple[str, int], list[float]]


def made_up(log: str, number: int, luck: random.Random) -> dict[str, Json]:
    """Return the values of an entry, most of its fields filled in."""
    values: dict[str, Json] = {}
    for part in parts_of(log):
        ids = [option.id for option in part.options]
        if luck.random() < 0.2 or part.type in ("when", "day"):
            continue
        if log == "contact-log" and part.id in ("wanted", "safe"):
            continue  # a stop or a fear would fold most pages
        if part.type == "multi_choice":
            values[part.id] = [id_ for id_ in ids if luck.random() < 0.3]
        elif part.type == "single_choice" and ids:
            values[part.id] = luck.choice(ids)
        elif part.type == "scale_0_10":
            values[part.id] = luck.randrange(11)
        elif part.type == "short_text":
            values[part.id] = f"{WORDS[number % 3]} {number}"
    return values


def parts_of(log: str) -> list[asked.LogField]:
    """Return the fields of one entry."""
    return [part for field in catalog().exercise(log).fields if isinstance(field, asked.Log) for part in field.fields]


class Desk:
    """One journal with logs of some size, and one page over it."""

    def __init__(self, folder: Path, size: int, logs: Sequence[str], pages: Sequence[str]) -> None:
        self.logs, self.pages = logs, pages
        path = folder / "book" / "journal.rekindle"
        Journal.open(path, never_kept=()).close()
        self.journal = Journal.open(path, never_kept=catalog().never_kept)
        self.path = path
        now, luck = dt.datetime.now(dt.UTC), random.Random(7)  # noqa: S311 - made-up days are no secret
        for (page, key), value in ANSWERS.items():
            self.journal.save(page, key, value, base=0, wording="", sitting="s", moment=Moment.at(now))
        self.journal.note("they-proposed", {}, moment=Moment.at(now))
        for log in logs:
            with self.journal._store.transaction():  # noqa: SLF001 - so many commits would take longer than the rest
                for number in reversed(range(size)):
                    when = Moment.at(now - dt.timedelta(hours=2 * number), "Europe/Berlin")
                    text = canonical(made_up(log, number, luck))
                    save(self.journal._store, f"{log}{number}", log, text, 0, when, "", when)  # noqa: SLF001 - as above
        self._card: Card | None = None

    def open(self, page_id: str) -> None:
        """Show a new page and open a card on it, with what it shows back."""
        page = Page(catalog(), Book(catalog(), lambda: self.journal))
        page.exercise(page_id)
        page.presence.on_shown("Europe/Berlin", frozenset())
        self._card = page.cards[page_id]
        self._card.open()
        assert self._card.is_open, f"{page_id} is folded"

    def reopen(self, *, check_later: bool) -> float:
        """Open the journal once more, as each page does or with the check of its file; return ms of the processor."""
        begun = time.process_time()
        Journal.open(self.path, never_kept=catalog().never_kept, check_later=check_later).close()
        return (time.process_time() - begun) * 1000

    def act(self, act: str) -> Callable[[], None]:
        """Press a button of the list."""
        return lambda: self._log.history._on_act(act)  # noqa: SLF001 - the browser's end of the line

    def find(self, **wish: str) -> Callable[[], None]:
        """Look for something."""
        return lambda: self._log.history.finder.widget.on_seek(wish)

    def write(self) -> None:
        """Change a word, or a number, of a new entry, with what the page shows back."""
        words = [
            part.id for part in parts_of(self._card.exercise.id if self._card else "") if part.type == "short_text"
        ]
        assert words
        self._log.controls[f"{self._log._field.key}/{words[0]}"].store(  # noqa: SLF001 - the browser's end of the line
            f"word {time.perf_counter_ns()}"
        )

    @property
    def _log(self) -> LogForm:
        assert self._card
        assert self._card.log
        return self._card.log

    def ways(self) -> dict[str, Callable[[], None]]:
        """Return what is measured, in this order."""
        found: dict[str, Callable[[], None]] = {}
        for log in self.logs:
            found[f"{log}: open"] = functools.partial(self.open, log)
            found[f"{log}: save a word"] = self.write
            if log == SEARCHED:
                found |= self._seeking()
        return found | {f"{page}: open": functools.partial(self.open, page) for page in self.pages}

    def _seeking(self) -> dict[str, Callable[[], None]]:
        return {
            "  older page": self.act("older"),
            "  oldest page": self.act("oldest"),
            "  newest page": self.act("newest"),
            "  find a word": self.find(words="CAFE corner"),
            "  find what is not there": self.find(words="100%_sure"),
            "  last 30 days": self.find(span="last-30"),
            "  word and last 90 days": self.find(words="song", span="last-90"),
            "  show all": self.find(),
        }


def measured(desks: Mapping[int, Desk], rounds: int) -> Times:
    """Return milliseconds by way and size; sizes take turns, so that a busy moment hits each of them."""
    times: Times = {}
    for _ in range(rounds + 1):  # the first one counts what is counted once
        gc.collect()
        gc.disable()  # it would strike the same act in each round, for what all the others left behind
        ways = {size: desk.ways() for size, desk in desks.items()}
        for name in next(iter(ways.values())):
            for size, found in ways.items():
                begun = time.process_time()
                found[name]()
                times.setdefault((name, size), []).append((time.process_time() - begun) * 1000)
        gc.enable()
    return times


def table(times: Times, sizes: tuple[int, ...]) -> str:
    """Return medians, their ratios inside each round to the empty journal and to the one with few, and first times."""
    head = "".join(f"{size:>10,}" for size in sizes)
    lines = [f"{'ms of the processor, medians':<34}{head}{'× empty':>10}{'× few':>9}{'the first time':>17}"]
    for name in dict.fromkeys(name for name, _ in times):
        found = {size: times[name, size][1:] for size in sizes}
        ratios = [
            statistics.median(b / a for a, b in zip(found[base], found[sizes[-1]], strict=True)) for base in sizes[:2]
        ]
        cells = "".join(f"{statistics.median(found[size]):>10.1f}" for size in sizes)
        lines.append(f"{name:<34}{cells}{ratios[0]:>10.2f}{ratios[1]:>9.2f}{times[name, sizes[-1]][0]:>17.0f}")
    return "\n".join(lines)


def main(entries: int = ENTRIES, rounds: int = ROUNDS, named: Sequence[str] = ()) -> None:
    """Measure and print."""
    sizes = (0, min(FEW, entries), entries)
    logs, pages = (named, ()) if named else (LOGS, PAGES)
    with tempfile.TemporaryDirectory() as home:
        desks = {size: Desk(Path(home) / str(size), size, logs, pages) for size in sizes}
        print(f"{rounds} rounds, {len(logs)} logs with so many entries each\n{table(measured(desks, rounds), sizes)}")
        for later, name in ((True, "opening the journal, as a page does"), (False, "the same with the check")):
            opened = [statistics.median(desk.reopen(check_later=later) for _ in range(3)) for desk in desks.values()]
            print(f"{name:<34}{''.join(f'{one:>10.1f}' for one in opened)}")
        for desk in desks.values():
            desk.journal.close()


if __name__ == "__main__":
    counts = [int(word) for word in sys.argv[1:3]] + [ENTRIES, ROUNDS][len(sys.argv[1:3]) :]
    main(counts[0], counts[1], sys.argv[3:])
