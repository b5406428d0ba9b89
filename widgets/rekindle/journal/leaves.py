"""Leaves: one page of a log, of all entries or of those that a look finds, read in one statement."""

from __future__ import annotations

import contextlib
import datetime as dt

from rekindle.journal.entries import COLUMNS, entry_of
from rekindle.journal.rows import names
from rekindle.journal.searching import Searching
from rekindle.journal.seeking import holds
from rekindle.journal.store import Store
from rekindle.records import Entry, Leaf, Look

_ALL = "exercise = ? AND deleted = 0"
_NEWEST = "happened_utc DESC, number DESC"


class Leaves:
    """The logs of one journal, a page at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def everywhere(self) -> Searching:
        """All logs and all answers at once, and what can be found in them."""
        return Searching(self._store)

    def of(self, exercise: str, look: Look, *, limit: int, offset: int = 0, total: int | None = None) -> Leaf:
        """Return the entries of one page, what happened last first, and how many there are, found and in all.

        Whoever knows the `total` says so: to count a million entries takes longer than all the rest.

        The words that are looked for reach SQLite as a function, which is taken away again: they are in no statement.
        """
        where, content = _where(exercise, look)
        sought = bool(look.words.strip())
        # Looking into each entry is done once, into a table in memory; else the index counts and skips by itself.
        once, held = ("MATERIALIZED", ' AND holds("values")') if sought else ("NOT MATERIALIZED", "")
        number_found = "NULL" if look.finds_all and total is not None else "(SELECT count(*) FROM found)"
        asks = not look.finds_all and total is None
        every = f"(SELECT count(*) FROM entry WHERE {_ALL})" if asks else "NULL"  # noqa: S608 - as below
        sql = f"""
            WITH found AS {once} (SELECT number, happened_utc FROM entry WHERE {where}{held})
            SELECT {number_found}, {every}, number, {names(COLUMNS)}
            FROM (SELECT 1) LEFT JOIN entry
                ON number IN (SELECT number FROM found ORDER BY {_NEWEST} LIMIT ? OFFSET ?)
            ORDER BY {_NEWEST}"""  # noqa: S608 - our own conditions
        with self._store.knowing("holds", holds(look)) if sought else contextlib.nullcontext():
            rows = self._store.rows(sql, (*content, *([exercise] if asks else []), limit, offset))
        found, in_all, *_ = rows[0]
        in_all = total if total is not None else found if look.finds_all else in_all
        entries = [entry_of(self._store, row) for _, _, *row in rows if row[0] is not None]
        return Leaf(entries, in_all if found is None else found, in_all)

    def newest(self, limit: int) -> list[Entry]:
        """Return the newest entries of all logs together; the index gives the newest of each log at once."""
        there = """WITH RECURSIVE log (name) AS (SELECT min(exercise) FROM entry UNION ALL
            SELECT (SELECT min(exercise) FROM entry WHERE exercise > name) FROM log WHERE name IS NOT NULL)
            SELECT name FROM log WHERE name IS NOT NULL"""
        one = f"SELECT happened_utc, number FROM entry WHERE {_ALL} ORDER BY {_NEWEST} LIMIT ?"  # noqa: S608 - our own
        logs = [name for (name,) in self._store.rows(there)]
        best = sorted((row for log in logs for row in self._store.rows(one, (log, limit))), reverse=True)[:limit]
        marks = ", ".join("?" * len(best))
        rows = f"SELECT number, {names(COLUMNS)} FROM entry WHERE number IN ({marks})"  # noqa: S608 - our own names
        found = self._store.rows(f"{rows} ORDER BY {_NEWEST}", [number for _, number in best])
        return [entry_of(self._store, row) for row in found]

    def months(self, exercise: str) -> list[str]:
        """Return the months in which a log has entries, as "2026-03", newest first."""
        month = "substr(happened_date, 1, 7)"
        sql = f"SELECT DISTINCT {month} FROM entry WHERE {_ALL} ORDER BY 1 DESC"  # noqa: S608 - our own condition
        return [str(row[0]) for row in self._store.rows(sql, (exercise,))]


def _where(exercise: str, look: Look) -> tuple[str, list[object]]:
    """Return the condition of a look. Days are those that the person saw.

    The index knows instants: a day anywhere on earth lies within a day of the same day in UTC.
    """
    where, content = _ALL, list[object]([exercise])
    for sign, day, apart in ((">=", look.since, -1), ("<=", look.until, 2)):
        if day is not None:
            where += f" AND happened_date {sign} ? AND happened_utc {sign} ?"
            content += [day.isoformat(), _beside(day, apart).isoformat()]
    return where, content


def _beside(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:  # at the ends of the calendar
        return day if days > 0 else dt.date.min
