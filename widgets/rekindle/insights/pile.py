"""The pile: one log as its findings look at it, counted as a whole, with its newest entries on top.

A finding that needs more of a log than its counts takes the last so many entries that pass a test; how far down the
pile is read for that is the pile's own affair. A pile of entries that lie in memory answers in the same way.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rekindle.insights.tallies import Tallies
from rekindle.records import Entry

_TOP, _DEEPER = 60, 4

Newest = Callable[[int | None], Sequence[Entry]]
"""Gives so many of a log's newest entries, or all; the newest first."""
Between = Callable[[dt.date, dt.date | None], Sequence[Entry]]
"""Gives a log's entries of the days from one to another that the person saw, the newest first."""

One = Callable[[str], Entry | None]
"""Gives an entry by its id, deleted or not."""


class Pile:
    """One log. Lists of entries are oldest first, and of those of one instant the first added comes first."""

    def __init__(self, tallies: Tallies, newest: Newest, between: Between, one: One) -> None:
        self.tallies, self._newest, self._between, self._one = tallies, newest, between, one
        self._top: list[Entry] = []
        self._depth: int | None = 0
        self._weeks: dict[int, list[Entry]] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.tallies.log}>"

    @classmethod
    def of(cls, log: str, entries: Iterable[Entry] | Pile) -> Pile:
        """Return the pile of entries in any order; deleted ones are left out. A pile is its own."""
        if isinstance(entries, Pile):
            return entries
        alive = sorted((e for e in entries if not e.deleted), key=lambda e: e.happened.utc)
        down = alive[::-1]

        def between(first: dt.date, last: dt.date | None) -> list[Entry]:
            return [e for e in down if first <= e.happened.local_date <= (last or dt.date.max)]

        def one(id_: str) -> Entry | None:
            return next((e for e in down if e.id == id_), None)

        return cls(Tallies(log, alive), lambda count: down[:count], between, one)

    def __len__(self) -> int:
        return self.tallies.total

    def count(self, slot: str) -> Counter[str]:
        """Return how many entries hold each key of a slot."""
        return self.tallies.counts[slot]

    def newest(self) -> Entry:
        """Return the entry that happened last; there is one."""
        return self._down_to(1)[-1]

    def last(self, most: int, test: Callable[[Entry], object], of: int) -> list[Entry]:
        """Return the last entries that pass a test, `most` of them at most; `of` is how many pass in all."""
        wanted, depth = min(most, of), most
        while True:
            top = self._down_to(depth)
            found = [entry for entry in top if test(entry)]
            if len(found) >= wanted or self._depth is None:
                return found[len(found) - min(wanted, len(found)) :]
            depth = max(_TOP, len(top)) * _DEEPER

    def one_of(self, key: str, test: Callable[[Entry], object]) -> Entry:
        """Return an entry that passes a test; `key` is the one of the slot in `SHOWN_BY` that such entries count in."""
        known = self._one(self.tallies.shown.get(key, ""))
        if known and not known.deleted and test(known):
            return known
        return self.last(1, test, 1)[0]  # the one that was kept in mind has changed since

    def since(self, day: dt.date) -> list[Entry]:
        """Return the entries from a day on that the person saw."""
        return list(self._between(day, None))[::-1]

    def of_week(self, number: int) -> list[Entry]:
        """Return the entries of a week in UTC, by its number."""
        if number not in self._weeks:
            first = dt.date.fromordinal(number * 7 + 1)
            days = first - dt.timedelta(days=1), first + dt.timedelta(days=7)  # no place is a whole day away from UTC
            found = [e for e in self._between(*days) if 0 <= (e.happened.utc.date() - first).days < 7]
            self._weeks[number] = found[::-1]
        return self._weeks[number]

    def all(self) -> list[Entry]:
        """Return every entry: what no count can tell is read as a whole."""
        return self._down_to(None)

    def _down_to(self, depth: int | None) -> list[Entry]:
        if self._depth is not None and (depth is None or depth > self._depth):
            self._depth = None if depth is None else max(_TOP, depth)
            self._top = list(self._newest(self._depth))[::-1]
            if self._depth is not None and len(self._top) < self._depth:
                self._depth = None
        return self._top
