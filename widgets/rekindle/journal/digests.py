"""Digests: what a long log counts up to, kept beside it, so that it need not be read as a whole to tell of it.

A digest is of no worth by itself: it can be made again from the entries at any time, and triggers of the schema throw
it away as soon as anybody changes an entry that it covers. What it says, this module does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rekindle.errors import JournalDamaged
from rekindle.journal.checksum import checksum
from rekindle.journal.entries import COLUMNS, entry_of
from rekindle.journal.rows import names, verified
from rekindle.journal.store import Store
from rekindle.records import Entry

A_MOMENT = 0.2
"""Seconds to wait for another program that writes: a digest can be kept another time."""

PIECE = 2000
"""So many entries are read at a time."""

BIT = 500
"""So many rows of the file are looked at, at a time, where others are to have their turn in between."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the entries of one log up to a number count up to, in a text; `mark` tells by which rules."""

    exercise: str
    mark: str
    upto: int
    text: str = field(repr=False)


class Digests:
    """The digests of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def of(self, exercise: str, mark: str) -> Digest | None:
        """Return the digest of a log, if there is one by these rules."""
        found = self._sound("exercise = ?", exercise)
        return found if found and found.mark == mark else None

    def covering(self, id_: str) -> Digest | None:
        """Return the digest that an entry counts in."""
        of_it = "FROM entry e WHERE e.id = ? AND e.exercise = digest.exercise AND e.number <= upto"
        return self._sound(f"EXISTS (SELECT 1 {of_it})", id_)

    def highest(self) -> int:
        """Return the number of the entry that was added last, in any log; 0 for none."""
        return self._store.number("SELECT coalesce(max(number), 0) FROM entry")

    def after(self, exercise: str, upto: int) -> Iterator[Entry]:
        """Give the entries of a log that were added after a number, of those of one instant the first added first.

        They are read a piece at a time: a long log is never in memory as a whole, and nobody's save waits for it.
        """
        # The newest rows of the file are fewer than the rows of a long log; else the index gives the log's own.
        place, order = ("number > ?", "number") if upto else ("(happened_utc, number) > (?, ?)", "happened_utc, number")
        where = "+exercise = ? AND +deleted = 0" if upto else "exercise = ? AND deleted = 0"
        sql = f"SELECT number, {names(COLUMNS)} FROM entry WHERE {where} AND {place} ORDER BY {order} LIMIT {PIECE}"  # noqa: S608 - our own names
        last: tuple[object, ...] = (upto,) if upto else ("", 0)
        while rows := self._store.rows(sql, (exercise, *last)):
            yield from (entry_of(self._store, row) for row in rows)
            if len(rows) < PIECE:
                return
            number, happened = rows[-1][0], rows[-1][1 + COLUMNS.index("happened_utc")]
            last = (number,) if upto else (happened, number)

    def bit_after(self, exercise: str, upto: int) -> tuple[list[Entry], int]:
        """Return those of a log's entries that are among the next rows of the file, and the number of the last row.

        A log that is read in this order is counted up to a number at any time. After the last row, that is `upto`.
        """
        row = f"SELECT number FROM entry WHERE number > ? ORDER BY number LIMIT {BIT}"  # noqa: S608 - our own number
        last = self._store.number(f"SELECT coalesce(max(number), ?) FROM ({row})", (upto, upto))  # noqa: S608 - as above
        which = "+exercise = ? AND +deleted = 0 AND number > ? AND number <= ? ORDER BY number"
        sql = f"SELECT number, {names(COLUMNS)} FROM entry WHERE {which}"  # noqa: S608 - our own names
        return [entry_of(self._store, row) for row in self._store.rows(sql, (exercise, upto, last))], last

    def are_more_after(self, exercise: str, upto: int, count: int) -> bool:
        """Return if more entries of a log than `count` were added after a number; looks at no more than that."""
        if self.highest() - upto <= count:
            return False
        where = "exercise = ? AND deleted = 0 AND +number > ? LIMIT ?"
        sql = f"SELECT count(*) FROM (SELECT 1 FROM entry WHERE {where})"  # noqa: S608 - our own words
        return self._store.number(sql, (exercise, upto, count + 1)) > count

    def is_within(self, id_: str, upto: int) -> bool:
        """Return if an entry is there, and was not added after a number."""
        return bool(self._store.rows("SELECT 1 FROM entry WHERE id = ? AND number <= ?", (id_, upto)))

    def count_after(self, exercise: str, upto: int) -> int:
        """Return how many entries of a log were added after a number."""
        own, number = ("+", "") if upto else ("", "+")  # as in `after`
        sql = f"SELECT count(*) FROM entry WHERE {own}exercise = ? AND {own}deleted = 0 AND {number}number > ?"  # noqa: S608 - our own words
        return self._store.number(sql, (exercise, upto))

    def keep(self, new: Digest, version: int) -> bool:
        """Keep a digest, unless somebody else has saved since the journal's `version`, or is at it just now."""
        content = new.exercise, new.mark, new.upto, new.text
        patience, self._store.patience = self._store.patience, A_MOMENT
        try:
            with self._store.transaction():
                fits = self._store.number("PRAGMA data_version") == version
                if fits:
                    sql = "INSERT OR REPLACE INTO digest VALUES (?, ?, ?, ?, ?)"
                    self._store.rows(sql, (*content, checksum(*content)))
            return fits
        finally:
            self._store.patience = patience

    def _sound(self, where: str, content: str) -> Digest | None:
        rows = self._store.rows(f"SELECT * FROM digest WHERE {where}", (content,))  # noqa: S608 - our own condition
        try:
            return Digest(*verified(self._store, rows[0])) if rows else None
        except JournalDamaged:  # it is made anew; the entries themselves are proven where they are read
            return None
