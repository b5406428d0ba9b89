"""Spans of time: what an answer was and is, and counts by two weeks or by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rekindle.insights.finding import Context, Fact, Finding, Frame
from rekindle.insights.reading import choice, scale
from rekindle.records import Entry

ABOUT_SAME = 2
"""A change of fewer points than this is called "about the same"."""

MIN_POINTS = 3
"""No line is drawn through fewer points than this."""

MIN_ENTRIES = 5
"""No chart of a log is drawn from fewer entries than this."""

_FORTNIGHT = 14
_SPANS_SHOWN = 6

Tallies = dict[dt.date, Counter[str]]


def own_line(context: Context, exercise: str, key: str, now: int, name: str, *, weekly: str = "") -> list[Finding]:
    """Return the sentences and the line of one number over time: `name_dot`, then `name_same` or `name_now`.

    The line, from three days on, is the chart of the last sentence; `name` is its column. `weekly` is the slider of
    the weekly check-in in which the same line goes on.
    """
    check_ins = context.log("weekly-check-in") if weekly else []
    points = {e.happened.local_date: n for e in check_ins if (n := scale(e.values, weekly)) is not None}
    points |= dict(context.line(exercise, key))
    given = context.given.get((exercise, key))
    points[given.local_date if given else context.today] = now
    days = sorted(points)
    found = [Finding(f"{name}_dot", {name: now})]
    if len(days) > 1:
        first = points[days[0]]
        values: dict[str, Fact] = {"date": days[0], "first": first, name: now}
        found.append(Finding(f"{name}_{'same' if abs(now - first) < ABOUT_SAME else 'now'}", values))
    if len(days) >= MIN_POINTS:
        frame: Frame = {"day": [day.isoformat() for day in days], name: [points[day] for day in days]}
        last = found.pop()
        found.append(Finding(last.sentence, last.values, chart="line-days", frame=frame))
    return found


def by_fortnight(entries: Sequence[Entry], key: str, known: tuple[str, ...]) -> Frame:
    """Return `day`, the first Monday of each two weeks, and a count for each known id; at most the last six.

    Two weeks without an entry hold None.
    """
    tallies: dict[int, Counter[str]] = {}
    for entry in entries:
        if id_ := choice(entry.values, key, known):
            # Day 1 of the ordinal calendar was a Monday, so whole fortnights from there start on Mondays.
            span = (entry.happened.local_date.toordinal() - 1) // _FORTNIGHT
            tallies.setdefault(span, Counter())[id_] += 1
    last = max(tallies, default=0)
    shown = range(max(min(tallies, default=0), last - _SPANS_SHOWN + 1), last + 1)
    starts = {dt.date.fromordinal(n * _FORTNIGHT + 1): tallies.get(n) for n in shown}
    return _frame(starts, known)


def by_month(entries: Sequence[Entry], key: str, known: tuple[str, ...]) -> Frame:
    """Return `day`, the first of each month, and a count for each known id; at most the last six months."""
    tallies: dict[dt.date, Counter[str]] = {}
    for entry in entries:
        if id_ := choice(entry.values, key, known):
            tallies.setdefault(entry.happened.local_date.replace(day=1), Counter())[id_] += 1
    months: dict[dt.date, Counter[str] | None] = {}
    month = min(tallies, default=dt.date.max)
    while tallies and month <= max(tallies):
        months[month] = tallies.get(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return _frame(dict(list(months.items())[-_SPANS_SHOWN:]), known)


def _frame(starts: dict[dt.date, Counter[str] | None], known: tuple[str, ...]) -> Frame:
    frame: dict[str, list[str | int | float | None]] = {"day": [start.isoformat() for start in starts]}
    for id_ in known:
        frame[id_] = [tally[id_] if tally is not None else None for tally in starts.values()]
    return frame


def mean(values: Sequence[int]) -> float:
    """Return the mean of some numbers, to one place."""
    return round(sum(values) / len(values), 1)
