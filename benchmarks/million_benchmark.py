"""What the first chart of a log with a million entries costs its kernel, beside an empty log, plain and with a lock.

Each page is a fresh process, as a kernel is, with everything imported before the clock starts: it runs from the
opening of the journal until the chart's message. The processor's time counts all threads; the wall clock counts the
disk, too, where the file is not in memory. Told apart are the first opening of a file that was never counted (an older
one, or one of other rules), until its card stands and until the log is counted bit by bit and the chart is there; the
first one after an import, on the page that takes words in, which counts the log itself; and the later ones. The check
of the whole file goes on while the log is counted, and is made once an hour.
Run: python -m benchmarks.million_benchmark [ENTRIES [ROUNDS]]
"""

from __future__ import annotations

import asyncio
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
from rekindle.page.bringing_in import BringingIn
from rekindle.page.part import Page
from rekindle.portable.export import to_json
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

IMPORTED = 100_000
"""So many of the entries come with a file: no more go into one."""


def fill(path: Path, log: str, size: int, some: slice = slice(None)) -> None:
    """Make a journal with a log, or some of one, that was written in over ten years, at even distances until now."""
    now, luck = dt.datetime.now(dt.UTC), random.Random(7)  # noqa: S311 - made-up days are no secret
    texts = [canonical(made_up(log, number, luck)) for number in range(DIFFERENT)]

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(size)[some]:
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
    page._checkup.soon = lambda: None  # type: ignore[method-assign]  # noqa: SLF001 - it is made below, and timed
    found = asyncio.run(stands(page, card))
    lines = points(card)
    page.book.let_go()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {**found, "memory": memory, "points": max(lines, default=0)}


async def stands(page: Page, card: Card) -> dict[str, float]:
    """Return what it took until a card stood, until its chart was there, and how long nothing else could be done."""
    begun = time.perf_counter(), time.process_time()
    page.presence.on_shown("Europe/Berlin", frozenset())
    card.open()
    stood = ended = time.perf_counter(), time.process_time()
    times: list[float] = []
    tell = asyncio.get_running_loop().call_soon_threadsafe
    check = asyncio.create_task(asyncio.to_thread(page._checkup.look, page.book.journal, tell))  # noqa: SLF001 - what the page starts itself is timed
    check.add_done_callback(lambda _check: times.append(time.perf_counter() - stood[0]))
    still, last = 0.0, time.perf_counter()
    while page.book.counting.goes_on:
        await asyncio.sleep(0)
        still, last = max(still, time.perf_counter() - last), time.perf_counter()
        ended = last, time.process_time()
    await check
    await asyncio.sleep(0)
    return {
        "stands": (stood[1] - begun[1]) * 1000,
        "wall": (ended[0] - begun[0]) * 1000,
        "processor": (ended[1] - begun[1]) * 1000,
        "check": times[0] * 1000,
        "still": still * 1000,
    }


def bring(path: Path, key: Key | None, other: Path) -> dict[str, float]:
    """Take another journal's file in as its page does; return what that took, and what of it was the counting."""
    with Journal.open(other, never_kept=()) as journal:
        file = to_json(journal.whole())
    words, moments = catalog(), [time.process_time()]
    book = Book(words, lambda: Journal.open(path, never_kept=words.never_kept, key=key, check_later=True))
    card = BringingIn(words, book, *[lambda: moments.append(time.process_time())] * 2)
    card.taking.on_file(file)
    card._act("take")  # noqa: SLF001 - the press of its button
    book.let_go()
    _, _, taking, counting, done = moments
    return {"took": done - taking, "counted": done - counting}


def points(card: Card) -> list[int]:
    """Return how many points each line, bar or dotted row of a card's charts has."""
    assert card._insight  # noqa: SLF001 - what the browser is sent
    boxes = card._insight._charts.children  # noqa: SLF001 - as above
    figures = [box.children[0].outputs[0]["data"][MIME] for box in boxes]
    return [len(line["x"]) for figure in figures for line in figure["data"]]


def in_a_kernel(path: Path, lock: str, what: str, notes: Path, act: str = "visit") -> dict[str, float]:
    """Visit, or bring words in, in a process of its own, in which nothing was read before."""
    command = [sys.executable, "-m", "benchmarks.million_benchmark", act, str(path), lock, what]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, SOUND_NOTES: str(notes)}
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def row(name: str, *found: float, digits: int = 0) -> str:
    """Return one line of the table."""
    return f"{name:<28}{''.join(f'{one:>12.{digits}f}' for one in found)}"


def within(found: float) -> str:
    """Return whether so many milliseconds are few enough."""
    return f"{'within' if found <= MOST else 'OVER'} {MOST}"


def table(first: dict[str, float], later: list[dict[str, float]], empty: list[dict[str, float]]) -> str:
    """Return what the first opening took, and the medians of the later ones, beside those of an empty log."""
    shown = (*TIMES, "memory")
    middles = [[statistics.median(one[what] for one in found) for what in shown] for found in (later, empty)]
    ratios = [statistics.median(a[what] / b[what] for a, b in zip(later, empty, strict=True)) for what in TIMES]
    most = max(one["processor"] for one in later)
    lines = (
        f"{'':<28}{''.join(f'{one:>12}' for one in (*TIMES, 'memory MB'))}",
        row("a file never counted: chart", *(first[what] for what in shown)),
        f"  its card stood after {first['stands']:.0f} ms of the processor ({within(first['stands'])})",
        f"  meanwhile an edit waited {first['still']:.0f} ms at most",
        f"  meanwhile its file was looked over, in {first['check']:.0f} ms",
        row("later openings", *middles[0]),
        row("  the empty log", *middles[1]),
        row("  × empty", *ratios, digits=2),
        f"  the longest {most:.0f} ms of the processor ({within(most)})",
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


def imported(folder: Path, lock: str, log: str, entries: int) -> str:
    """Bring the last of a log's entries into a journal that was never counted, and open it; return what both took."""
    coming = min(IMPORTED, entries // 2)
    path, other = (folder / name / lock / JOURNAL_NAME for name in ("most", "rest"))
    made = path if LOCKS[lock] is None else path.with_name("plain.rekindle")
    fill(made, log, entries, slice(None, -coming))
    fill(other, log, entries, slice(-coming, None))
    if made != path:
        lock_into(made, path)
    notes = folder / f"notes of the import {lock}"
    notes.mkdir()
    took = in_a_kernel(path, lock, str(other), notes, "bring")
    first = in_a_kernel(path, lock, log, notes)
    return "\n".join(
        (
            f"an import of {coming:,} of them took {took['took']:.1f} s of the processor",
            f"  {took['counted']:.1f} s of it for counting all",
            row("the first opening after it", *(first[what] for what in (*TIMES, "memory"))),
            f"  {first['processor']:.0f} ms of the processor ({within(first['processor'])})",
        )
    )


def lock_into(plain: Path, locked: Path) -> None:
    """Write a journal anew with the lock's key, as the lock does."""
    locked.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    locked.touch(mode=0o600)
    with Journal.open(plain, never_kept=()) as journal:
        journal._store.export_to(locked, LOCKS["with a lock"])  # noqa: SLF001 - as the lock does


def main(entries: int = ENTRIES, rounds: int = ROUNDS) -> None:
    """Measure and print."""
    print(f"From the opening of a journal until a log's first chart, ms; {entries:,} entries over {YEARS} years")
    for log in LOGS:
        with tempfile.TemporaryDirectory() as home:
            for name, size in (("full", entries), ("empty", 0)):
                plain, locked = (Path(home) / name / lock / JOURNAL_NAME for lock in LOCKS)
                fill(plain, log, size)
                lock_into(plain, locked)
            for lock in LOCKS:
                print(f"\n{log}, {lock}; {rounds} rounds\n{measured(Path(home), lock, log, rounds)}", flush=True)
                print(imported(Path(home), lock, log, entries), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["visit"]:
        print(json.dumps(visit(Path(sys.argv[2]), LOCKS[sys.argv[3]], sys.argv[4])))
    elif sys.argv[1:2] == ["bring"]:
        print(json.dumps(bring(Path(sys.argv[2]), LOCKS[sys.argv[3]], Path(sys.argv[4]))))
    else:
        main(*map(int, sys.argv[1:]))
