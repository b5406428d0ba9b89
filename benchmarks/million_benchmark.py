"""What the first chart of a log with a million entries costs its kernel, beside an empty log, plain and with a lock.

Each page is a fresh process, as a kernel is, with everything imported before the clock starts: it runs from the
opening of the journal until the chart's message. The processor's time counts all threads; the wall clock counts the
disk, too, where the file is not in memory. Told apart are the first opening ever, which counts the log once, the later
ones, and the check of the whole file, which comes when the page stands and is made once an hour.
Run: python -m benchmarks.million_benchmark [ENTRIES [ROUNDS]]
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.log_benchmark import ANSWERS, made_up
from rekindle.charts.look import MIME
from rekindle.content import catalog
from rekindle.forms.card import Card
from rekindle.journal import Journal, Key
from rekindle.journal.checksum import canonical, checksum
from rekindle.journal.entries import COLUMNS
from rekindle.journal.rows import moment_row, names
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.records import Moment
from rekindle.settings import JOURNAL_NAME, SOUND_NOTES

ENTRIES, ROUNDS, YEARS = 1_000_000, 7, 10
LOGS = ("mood-check-in", "urge-log")
"""One of which a chart looks at the last week, and one that is counted as a whole."""
LOCKS = {"plain": None, "with a lock": Key.from_raw(bytes(range(48)))}
MOST = 300
TIMES = ("processor", "wall")
DIFFERENT = 1000
"""So many entries differ in what they hold; then they begin again."""


def fill(path: Path, log: str, size: int) -> None:
    """Make a journal with a log that was written in over ten years, at even distances until now."""
    now, luck = dt.datetime.now(dt.UTC), random.Random(7)  # noqa: S311 - made-up days are no secret
    texts = [canonical(made_up(log, number, luck)) for number in range(DIFFERENT)]

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(size):
            back = dt.timedelta(days=365.25 * YEARS) / size * (size - number)
            when = moment_row(Moment.at(now - back, "Europe/Berlin"))
            content = (f"{number:032x}", log, texts[number % DIFFERENT], *when, 1, "", *when, 0, 0, 0)
            yield (*content, checksum(*content))

    with Journal.open(path, never_kept=()) as journal:
        for (page, field), value in ANSWERS.items():
            journal.save(page, field, value, base=0, wording="", sitting="s", moment=Moment.at(now))
        journal.note("they-proposed", {}, moment=Moment.at(now))
        insert = f"INSERT INTO entry ({names(COLUMNS)}) VALUES ({', '.join('?' * (len(COLUMNS) + 1))})"  # noqa: S608 - our own names
        with journal._store.transaction():  # noqa: SLF001 - one transaction, straight into the table, for all of them
            journal._store._connection.executemany(insert, rows())  # noqa: SLF001 - as above


def visit(path: Path, key: Key | None, log: str) -> dict[str, float]:
    """Show a page, open a log's card on it, and have its file looked over after that; return what each took."""
    words = catalog()
    page = Page(words, Book(words, lambda: Journal.open(path, never_kept=words.never_kept, key=key, check_later=True)))
    page.exercise(log)
    card = page.cards[log]
    begun = time.perf_counter(), time.process_time()
    page.presence.on_shown("Europe/Berlin", frozenset())
    card.open()
    ended = time.perf_counter(), time.process_time()
    page._checkup.look(page.book.journal, lambda act: act())  # noqa: SLF001 - the page's own loop would do it
    checked = time.perf_counter() - ended[0]
    lines = points(card)
    page.book.let_go()
    return {
        "wall": (ended[0] - begun[0]) * 1000,
        "processor": (ended[1] - begun[1]) * 1000,
        "check": checked * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "points": max(lines, default=0),
    }


def points(card: Card) -> list[int]:
    """Return how many points each line, bar or dotted row of a card's charts has."""
    assert card._insight  # noqa: SLF001 - what the browser is sent
    boxes = card._insight._charts.children  # noqa: SLF001 - as above
    figures = [box.children[0].outputs[0]["data"][MIME] for box in boxes]
    return [len(line["x"]) for figure in figures for line in figure["data"]]


def in_a_kernel(path: Path, lock: str, log: str, notes: Path) -> dict[str, float]:
    """Visit in a process of its own, in which nothing was read before."""
    command = [sys.executable, "-m", "benchmarks.million_benchmark", "visit", str(path), lock, log]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, SOUND_NOTES: str(notes)}
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def row(name: str, *found: float, digits: int = 0) -> str:
    """Return one line of the table."""
    return f"{name:<28}{''.join(f'{one:>12.{digits}f}' for one in found)}"


def table(first: dict[str, float], later: list[dict[str, float]], empty: list[dict[str, float]]) -> str:
    """Return what the first opening took, and the medians of the later ones, beside those of an empty log."""
    shown = (*TIMES, "memory")
    middles = [[statistics.median(one[what] for one in found) for what in shown] for found in (later, empty)]
    ratios = [statistics.median(a[what] / b[what] for a, b in zip(later, empty, strict=True)) for what in TIMES]
    most = max(one["processor"] for one in later)
    lines = (
        f"{'':<28}{''.join(f'{one:>12}' for one in (*TIMES, 'memory MB'))}",
        row("the first opening ever", *(first[what] for what in shown)),
        f"  its file was looked over afterwards, in {first['check']:.0f} ms",
        row("later openings", *middles[0]),
        row("  the empty log", *middles[1]),
        row("  × empty", *ratios, digits=2),
        f"  the longest {most:.0f} ms of the processor ({'within' if most <= MOST else 'OVER'} {MOST})",
        f"  at most {first['points']:.0f} points in a line",
    )
    return "\n".join(lines)


def measured(folder: Path, lock: str, log: str, rounds: int) -> str:
    """Open a full log and an empty one in turns; return the table."""
    notes, seen = folder / f"notes {lock}", dict[str, list[dict[str, float]]](full=[], empty=[])
    notes.mkdir()
    for _ in range(rounds + 1):
        for name, found in seen.items():
            found.append(in_a_kernel(folder / name / lock / JOURNAL_NAME, lock, log, notes))
    return table(seen["full"][0], seen["full"][1:], seen["empty"][1:])


def main(entries: int = ENTRIES, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    print(f"From the opening of a journal until a log's first chart, ms; {entries:,} entries over {YEARS} years")
    for log in LOGS:
        with tempfile.TemporaryDirectory() as home:
            for name, size in (("full", entries), ("empty", 0)):
                plain, locked = (Path(home) / name / lock / JOURNAL_NAME for lock in LOCKS)
                fill(plain, log, size)
                locked.parent.mkdir(mode=0o700)
                locked.touch(mode=0o600)
                with Journal.open(plain, never_kept=()) as journal:
                    journal._store.export_to(locked, LOCKS["with a lock"])  # noqa: SLF001 - as the lock does
            for lock in LOCKS:
                print(f"\n{log}, {lock}; {rounds} rounds\n{measured(Path(home), lock, log, rounds)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["visit"]:
        print(json.dumps(visit(Path(sys.argv[2]), LOCKS[sys.argv[3]], sys.argv[4])))
    else:
        main(*map(int, sys.argv[1:]))
