"""Spans of time: what an answer was and is, and counts by two weeks or by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from rekindle.insights.finding import Context, Fact, Finding, Frame
from rekindle.insights.reading import scale

ABOUT_SAME = 2
"""A change of fewer points than this is called "about the same"."""

MIN_POINTS = 3
"""No line is drawn through fewer points than this."""

MIN_ENTRIES = 5
"""No chart of a log is drawn from fewer entries than this."""

_FORTNIGHT = 14
_SPANS_SHOWN = 6


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


def by_fortnight(tally: Counter[str], known: tuple[str, ...]) -> Frame:
    """Return `day`, the first Monday of each two weeks, and a count for each known id; at most the last six.

    A key of the tally is "number-of-the-fortnight id". Two weeks without an entry hold None.
    """
    spans = {int(span): counts for span, counts in _taken_apart(tally).items()}
    last = max(spans, default=0)
    shown = range(max(min(spans, default=0), last - _SPANS_SHOWN + 1), last + 1)
    return _frame({dt.date.fromordinal(n * _FORTNIGHT + 1): spans.get(n) for n in shown}, known)


def by_month(tally: Counter[str], known: tuple[str, ...]) -> Frame:
    """Return `day`, the first of each month, and a count for each known id; at most the last six months.

    A key of the tally is "first-day-of-the-month id".
    """
    spans = {dt.date.fromisoformat(span): counts for span, counts in _taken_apart(tally).items()}
    months: dict[dt.date, Counter[str] | None] = {}
    month = min(spans, default=dt.date.max)
    while spans and month <= max(spans):
        months[month] = spans.get(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return _frame(dict(list(months.items())[-_SPANS_SHOWN:]), known)


def _taken_apart(tally: Counter[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for key, count in tally.items():
        span, _, id_ = key.partition(" ")
        found.setdefault(span, Counter())[id_] += count
    return found


def _frame(starts: dict[dt.date, Counter[str] | None], known: tuple[str, ...]) -> Frame:
    frame: dict[str, list[str | int | float | None]] = {"day": [start.isoformat() for start in starts]}
    for id_ in known:
        frame[id_] = [tally[id_] if tally is not None else None for tally in starts.values()]
    return frame
