"""Searching: all logs and all answers at once, a page at a time, in one statement. No copy of the words is kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable

from rekindle.journal.answers import NEWEST
from rekindle.journal.entries import not_before
from rekindle.journal.store import Store
from rekindle.records import Finds

Fits = Callable[[str, str, str], bool]
"""If something is looked for: its page, its field ("" for a log's entry), and its value, or values, in JSON."""

_AMONG = "exercise IN (SELECT value FROM json_each(?1))"
_SEARCH = f"""
    WITH found AS MATERIALIZED (
        SELECT exercise, id AS entry, happened_utc AS at, number FROM entry %s
        WHERE {_AMONG} AND deleted = 0
            AND happened_date BETWEEN ?2 AND ?3 AND happened_utc >= ?4
            AND (NOT json_valid("values") OR fits(exercise, '', "values"))
        UNION ALL
        SELECT exercise, '', max(utc), max(number) FROM answer
        WHERE {_AMONG} AND {NEWEST} AND local_date BETWEEN ?2 AND ?3
            AND (NOT json_valid(value) OR fits(exercise, field, value))
        GROUP BY exercise)
    SELECT (SELECT count(*) FROM found), exercise, entry
    FROM (SELECT 1) LEFT JOIN (SELECT * FROM found ORDER BY at DESC, number DESC LIMIT ?5 OFFSET ?6)
    ORDER BY at DESC, number DESC"""  # noqa: S608 - our own conditions


class Searching:
    """What one journal holds, looked through where it lies."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def of(
        self,
        pages: Iterable[str],
        fits: Fits,
        since: dt.date | None = None,
        until: dt.date | None = None,
        *,
        limit: int,
        offset: int = 0,
    ) -> Finds:
        """Return what fits on some pages, the newest first: entries one by one, the answers of a page together.

        Days are those that the person saw, both included; an answer's is that of its last change. What is looked for
        reaches SQLite as a function, which is taken away again: it is in no statement. A damaged row comes up
        always, so that it is noticed where it is read.
        """
        first, last = since or dt.date.min, until or dt.date.max
        days = (first.isoformat(), last.isoformat(), not_before(first))
        # An index goes from log to log, and comes back to each page of the file each time: for all of it, read through.
        sql = _SEARCH % ("" if since else "NOT INDEXED")
        with self._store.knowing("fits", fits, takes=3):
            rows = self._store.rows(sql, (json.dumps([*pages]), *days, limit, offset))
        return Finds([(page, entry) for _, page, entry in rows if page is not None], rows[0][0])

    def months(self, pages: Iterable[str]) -> list[str]:
        """Return the months in which anything was written on some pages, as "2026-03", newest first."""
        sql = f"""
            SELECT substr(happened_date, 1, 7) FROM entry WHERE {_AMONG} AND deleted = 0
            UNION SELECT substr(local_date, 1, 7) FROM answer WHERE {_AMONG} AND {NEWEST} ORDER BY 1 DESC"""  # noqa: S608 - as above
        return [str(row[0]) for row in self._store.rows(sql, (json.dumps([*pages]),))]
