"""Digests: what a long log counts up to, kept beside it, so that it need not be read as a whole to tell of it.

A digest is of no worth by itself: it can be made again from the entries at any time, and triggers of the schema throw
it away as soon as anybody changes an entry that it covers. What it says, this module does not know.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rekindle.errors import JournalDamaged
from rekindle.journal.checksum import checksum
from rekindle.journal.entries import COLUMNS, entry_of
from rekindle.journal.rows import names, verified
from rekindle.journal.store import Store
from rekindle.records import Entry

A_MOMENT = 0.2
"""Seconds to wait for another program that writes: a digest can be kept another time."""


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

    def after(self, exercise: str, upto: int) -> tuple[list[Entry], int]:
        """Return the entries of a log that were added after a number, newest first, and the highest number of all."""
        where = "exercise = ? AND deleted = 0 AND +number > ? ORDER BY happened_utc DESC, number DESC"
        if upto:  # the newest rows of the file are fewer than the rows of a long log
            where = where.replace("exercise", "+exercise").replace("deleted", "+deleted").replace("+number", "number")
        sql = f"SELECT number, {names(COLUMNS)} FROM entry WHERE {where}"  # noqa: S608 - our own names
        highest = self._store.number("SELECT coalesce(max(number), 0) FROM entry")
        return [entry_of(self._store, row) for row in self._store.rows(sql, (exercise, upto))], highest

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
