"""How long a save takes in the journal alone, beside a bare commit of the same text with the same settings.

Run: python benchmarks/save_benchmark.py
"""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rekindle.journal import Journal, Key
from rekindle.journal.store import Store
from rekindle.records import Moment

ROUNDS = 400
NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
TEXT = "a word or two " * 30


def bare(folder: Path, key: Key | None) -> Callable[[int], None]:
    """One row rewritten in one transaction: the least that a durable save can be."""
    path = folder / "bare"
    path.touch()
    store = Store(path, key, new=True)
    store.prepare_to_write()
    store.rows("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT")
    store.rows("INSERT INTO answer VALUES (1, '')")
    connection = store._connection  # noqa: SLF001 - the journal's own way is what is compared with

    def save(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE answer SET value = ? WHERE id = 1", (f"{number} {TEXT}",))
        connection.execute("COMMIT")

    return save


def journal(folder: Path, key: Key | None, *, versions: bool) -> Callable[[int], None]:
    """A save through the journal: typing on in one sitting, or a new version each time."""
    opened = Journal.open(folder / "book" / "journal.rekindle", never_kept=(), key=key)
    revision = 0

    def save(number: int) -> None:
        nonlocal revision
        sitting = "" if versions else "s"
        value = f"{number} {TEXT}"
        saved = opened.save("e", "f", value, base=revision, wording="?", sitting=sitting, moment=NOON)
        revision = saved.revision

    return save


def measure(saves: list[Callable[[int], None]]) -> list[list[float]]:
    """Return milliseconds per save, all ways taking turns so that a busy moment hits each of them."""
    times: list[list[float]] = [[] for _ in saves]
    for number in range(ROUNDS):
        for save, found in zip(saves, times, strict=True):
            begun = time.perf_counter()
            save(number)
            found.append((time.perf_counter() - begun) * 1000)
    return times


def main() -> None:
    print(f"{ROUNDS} saves of {len(TEXT)} characters each, on one held connection; milliseconds")
    print(f"{'':<42}{'median':>8}{'p95':>8}{'ratio':>8}")
    for key, name in ((None, "plain"), (Key.from_raw(bytes(range(32))), "encrypted")):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            ways = {
                "bare commit": bare(Path(one), key),
                "journal, typing on": journal(Path(one), key, versions=False),
                "journal, a version each time": journal(Path(two), key, versions=True),
            }
            times = measure(list(ways.values()))
        least = statistics.median(times[0])
        for way, found in zip(ways, times, strict=True):
            middle, slow = statistics.median(found), statistics.quantiles(found, n=20)[-1]
            print(f"{name + ': ' + way:<42}{middle:>8.2f}{slow:>8.2f}{middle / least:>8.2f}")


if __name__ == "__main__":
    main()
