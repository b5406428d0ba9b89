"""Periods: answers that are given again and again, and log entries, sorted into weeks, fortnights and months.

A day is the local date that the person saw.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from rekindle.insights.finding import Context
from rekindle.records import Answer, Json

MIN_POINTS = 3
"""No line is drawn through fewer points than this."""

Point = tuple[dt.date, Json]


def week_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def fortnight_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's fortnight; whole fortnights count from a Monday, day 1 of the calendar."""
    return dt.date.fromordinal((day.toordinal() - 1) // 14 * 14 + 1)


def month_of(day: dt.date) -> dt.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def readings(context: Context, exercise: str, key: str) -> list[Point]:
    """Return what an answer held each time that its page was filled in or put away, the oldest first.

    A page that is put away unchanged counts too: the answer still stood. Needs `past` and `events` in the context.
    """
    versions = [v for v in reversed(context.past.get((exercise, key), ())) if v.moment]
    points = [(v.moment.utc, v.moment.local_date, v.value) for v in versions if v.moment]
    for event in context.events:
        if event.kind == "done" and event.detail.get("exercise") == exercise:
            stood = _as_of(versions, event.moment.utc)
            if stood is not None:
                points.append((event.moment.utc, event.moment.local_date, stood.value))
    return [(day, value) for _, day, value in sorted(points, key=lambda point: point[0])]


def last_in_each(points: Iterable[Point], period: Callable[[dt.date], dt.date]) -> list[Point]:
    """Return the last value of each period that has one, the oldest first."""
    found: dict[dt.date, Json] = {}
    for day, value in points:
        found[period(day)] = value
    return sorted(found.items(), key=lambda point: point[0])


def span(first: dt.date, last: dt.date, days: int, most: int) -> list[dt.date]:
    """Return the starts of whole periods from `first` to `last`, at most the last `most`."""
    count = (last - first).days // days + 1
    return [first + dt.timedelta(days=days * n) for n in range(max(0, count - most), count)]


def by_week(tally: Counter[str], ids: Sequence[str], most: int = 8) -> dict[str, list[str | int | float | None]]:
    """Return `day` (ISO, the Monday of each week) and how many entries hold each id; None in an empty one.

    A key of the tally is "monday id".
    """
    starts = {dt.date.fromisoformat(key.partition(" ")[0]) for key in tally}
    shown = span(min(starts), max(starts), 7, most)
    frame: dict[str, list[str | int | float | None]] = {"day": [day.isoformat() for day in shown]}
    for id_ in ids:
        frame[id_] = [tally[f"{day.isoformat()} {id_}"] if day in starts else None for day in shown]
    return frame


def _as_of(versions: Sequence[Answer], moment: dt.datetime) -> Answer | None:
    return next((v for v in reversed(versions) if v.moment and v.moment.utc <= moment), None)
