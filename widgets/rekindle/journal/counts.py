"""Counts: log entries counted by day inside the file, so that ten years of a log cost what its days cost.

Nothing here is proof of a row's soundness: a row's checksum is looked at where the row itself is read. What a damaged
row holds is left out of a count if it is no JSON, and the page that lists the entry says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from typing import cast

from rekindle.journal.digests import Digests
from rekindle.journal.entries import not_before
from rekindle.journal.limits import refuse_odd_ids
from rekindle.journal.store import Store
from rekindle.records import Json, Moment, Tally

_BLANKS = "char(9, 10, 11, 12, 13, 32, 160)"
_ALIVE = "FROM entry WHERE exercise = ? AND deleted = 0"


class Counts:
    """The log entries of one journal, counted. Entries that were taken out of their log do not count."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def digests(self) -> Digests:
        """What the long logs count up to, kept beside them."""
        return Digests(self._store)

    def logs(self) -> list[str]:
        """Return the ids of all logs that hold anything."""
        return [log for (log,) in self._store.rows("SELECT DISTINCT exercise FROM entry ORDER BY 1")]

    def by_day(self, exercise: str, *keys: str, written: Sequence[str] = ()) -> list[Tally]:
        """Return how many entries of each day hold the same values under `keys`, the oldest day first.

        A missing value is None. For each key in `written`, one more value says if anything is written there: True or
        False, and never the words.
        """
        refuse_odd_ids(exercise, *keys, *written)
        paths = [f'$."{key}"' for key in keys]
        # With two paths or more, SQLite returns a list of the values, lists and gaps among them, as one text.
        held = f'json_extract("values", {"?, " * len(paths)}\'$."-"\', \'$."-"\')'
        filled = "".join(f""", trim(coalesce(json_extract("values", ?), ''), {_BLANKS}) <> ''""" for _ in written)
        sql = (
            f"SELECT happened_date, {held}{filled}, count(*) {_ALIVE} "
            f'AND json_valid("values") GROUP BY {", ".join(map(str, range(1, 3 + len(written))))} ORDER BY 1'
        )
        content = (*paths, *(f'$."{key}"' for key in written), exercise)
        known: dict[str, list[Json]] = {}
        days: dict[str, dt.date] = {}
        found = []
        for day, text, *flags, count in self._store.rows(sql, content):
            if text not in known:
                known[text] = cast(list[Json], json.loads(text))[:-2]
            if day not in days:
                days[day] = dt.date.fromisoformat(day)
            found.append(Tally(days[day], (*known[text], *map(bool, flags)), count))
        return found

    def moments(self, exercise: str, since: dt.date) -> list[Moment]:
        """Return when the entries of a log happened, from a day on, the oldest first."""
        sql = f"SELECT happened_utc, happened_zone, happened_date {_ALIVE} AND happened_utc >= ?"
        rows = self._store.rows(
            f"{sql} AND happened_date >= ? ORDER BY 1", (exercise, not_before(since), since.isoformat())
        )
        return [Moment(dt.datetime.fromisoformat(utc), zone, dt.date.fromisoformat(day)) for utc, zone, day in rows]

    def written(self, exercise: str, key: str, lines: Collection[str]) -> set[str]:
        """Return those of some lines that an entry holds under a key, with or without blanks around it."""
        refuse_odd_ids(exercise, key)
        # Only entries with the line's own characters in them are read as JSON: most hold none of them.
        texts = [json.dumps(line, ensure_ascii=False)[1:-1] for line in lines]
        some = " OR ".join('instr("values", ?)' for _ in texts) or "0"
        sql = f'SELECT DISTINCT json_extract("values", ?) {_ALIVE} AND ({some}) AND json_valid("values")'
        rows = self._store.rows(sql, (f'$."{key}"', exercise, *texts))
        return {held.strip() for (held,) in rows if isinstance(held, str)} & set(lines)

    def version(self) -> int:
        """Return a number that is another one as soon as another page or program has saved to this journal."""
        return self._store.number("PRAGMA data_version")

    def changes(self) -> tuple[int, int]:
        """Return that number, and one that grows with each row that this connection has written itself."""
        return self.version(), self._store.own_changes
