"""Bins: days gathered into the dots of a line. A bin without anything in it stays a gap."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rekindle.insights.finding import Frame
from rekindle.records import Json, Tally

MIN_ENTRIES = 5
"""No line, bar or share is drawn from fewer entries than this."""

MIN_DOTS = 3
"""No line is drawn through fewer dots than this."""

MOST_DOTS, MOST_BARS = 120, 30
"""So many of them still can be told apart; days are gathered into wider bins before there are more."""

_STEPS = (1, 7, 14, 28, 56, 112, 224, 448, 896)

Point = tuple[dt.date, float, int]
"""A day, a number, and how many entries hold it."""


@dataclass(frozen=True, slots=True)
class Bins:
    """Bins of so many whole days, from the one at `first` on. Bins of weeks begin on Mondays."""

    first: int
    days: int
    count: int

    @property
    def starts(self) -> list[str]:
        """The first day of each bin, in ISO form."""
        return [dt.date.fromordinal((self.first + n) * self.days + 1).isoformat() for n in range(self.count)]

    def place(self, day: dt.date) -> int:
        """Return the number of the bin that a day falls into."""
        return _bin(day, self.days) - self.first


def bins(days: Iterable[dt.date], least: int = 1, most: int = MOST_DOTS) -> Bins:
    """Return the narrowest bins, of `least` days or more, in which these days (there is one) make at most `most`."""
    known = set(days)
    first, last = min(known), max(known)
    for step in (step for step in _STEPS if step >= least):
        found = Bins(_bin(first, step), step, _bin(last, step) - _bin(first, step) + 1)
        if found.count <= most:
            break
    return found


def _bin(day: dt.date, days: int) -> int:
    # Day 1 of the ordinal calendar was a Monday, so whole weeks from there start on Mondays.
    return (day.toordinal() - 1) // days


def number(value: Json) -> int | None:
    """Return a whole number from 0 to 10, or None."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value <= 10 else None


def points(tallies: Iterable[Tally], at: int = 0) -> list[Point]:
    """Return the numbers that entries hold at one place of their values."""
    return [(t.day, n, t.count) for t in tallies if (n := number(t.values[at])) is not None]


def day_means(found: Iterable[Point]) -> dict[dt.date, float]:
    """Return the mean of each day that has a number, to one place."""
    sums: dict[dt.date, tuple[float, int]] = {}
    for day, value, count in found:
        total, so_far = sums.get(day, (0.0, 0))
        sums[day] = total + value * count, so_far + count
    return {day: round(total / count, 1) for day, (total, count) in sorted(sums.items())}


def means(found: Iterable[Point], into: Bins) -> list[float | None]:
    """Return the mean of each bin, to one place; None for a gap."""
    sums: list[tuple[float, int]] = [(0.0, 0)] * into.count
    for day, value, count in found:
        total, so_far = sums[into.place(day)]
        sums[into.place(day)] = total + value * count, so_far + count
    return [round(total / count, 1) if count else None for total, count in sums]


def entries_of(found: Sequence[Point]) -> int:
    """Return how many entries these numbers come from."""
    return sum(count for _, _, count in found)


def bars(chosen: Sequence[tuple[dt.date, str, int]], ids: Sequence[str], least: int = 14) -> Frame:
    """Return `day`, the start of each bin, and a count for each id; a bin without any entry holds None in all."""
    into = bins((day for day, _, _ in chosen), least, MOST_BARS)
    tallies: list[Counter[str]] = [Counter() for _ in range(into.count)]
    for day, id_, count in chosen:
        tallies[into.place(day)][id_] += count
    columns: dict[str, list[str | int | float | None]] = {
        id_: [tally[id_] if tally else None for tally in tallies] for id_ in ids
    }
    return {"day": into.starts, **columns}


def chosen_of(tallies: Iterable[Tally], ids: Sequence[str], at: int = 0) -> list[tuple[dt.date, str, int]]:
    """Return the known ids that entries hold at one place of their values."""
    return [(t.day, v, t.count) for t in tallies if isinstance(v := t.values[at], str) and v in ids]


def counted_ids(chosen: Iterable[tuple[dt.date, str, int]]) -> Counter[str]:
    """Return how many entries hold each id."""
    tally: Counter[str] = Counter()
    for _, id_, count in chosen:
        tally[id_] += count
    return tally


def width(into: Bins) -> tuple[str, int]:
    """Return how a bin is named, "day", "week" or "weeks", and how many weeks it has."""
    return ("day", 0) if into.days == 1 else ("week", 1) if into.days == 7 else ("weeks", into.days // 7)
