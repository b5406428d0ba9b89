"""Goals and habits over time. A habit's line rises with each day that had it; a blank day takes little away.

Lally and others (2010) found that missing one chance did not matter much, so nothing here counts days in a row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.insights.doing import HABITS
from rekindle.insights.finding import Finding, counted
from rekindle.insights.over_time.bins import (
    MIN_DOTS,
    MIN_ENTRIES,
    bars,
    bins,
    chosen_of,
    counted_ids,
    entries_of,
)
from rekindle.insights.slots import DONE
from rekindle.records import Tally

GAIN, BIT, LOSS = 0.05, 0.025, 0.01
"""What a day with it adds of the way that is left, what a day with a bit of it adds, and what a blank day takes off."""

_DAY = dt.timedelta(days=1)
_BEST = {"yes": 0, "bit": 1, "rest": 2}


def habits(tallies: Sequence[Tally], names: Mapping[str, str], today: dt.date) -> list[Finding]:
    """Return a line from 0 to 10 for each habit with five marked days or more. `names` are the person's own."""
    marks = {habit: _marks(tallies, at) for at, habit in enumerate(HABITS)}
    marked = sum(map(len, marks.values()))
    if not marked:
        return []
    lines = {habit: _line(found, today) for habit, found in marks.items() if len(found) >= MIN_ENTRIES}
    shown = {habit: line for habit, line in lines.items() if max(line.values(), default=0) > 0}
    if not shown:
        return [counted("habits_few", marked)]
    into = bins([day for line in shown.values() for day in line], least=7)
    frame: dict[str, Sequence[str | int | float | None]] = {"day": into.starts}
    for habit, line in shown.items():
        ends: list[float | None] = [None] * into.count
        for day, value in line.items():
            ends[into.place(day)] = value
        frame[habit] = ends
    if into.count < MIN_DOTS:
        return [counted("habits_few", marked)]
    own = any(names.get(habit) for habit in shown)
    line_made = Finding("habits_line", own_words=own, chart="small-lines", frame=frame)
    return [line_made, Finding("habits_how"), Finding("habits_study")]


def _marks(tallies: Sequence[Tally], at: int) -> dict[dt.date, str]:
    """Return the mark of each day; of several, the fullest."""
    found: dict[dt.date, str] = {}
    for tally in tallies:
        mark = tally.values[at]
        if isinstance(mark, str) and mark in _BEST and _BEST[mark] <= _BEST[found.get(tally.day, "rest")]:
            found[tally.day] = mark
    return found


def _line(marks: Mapping[dt.date, str], today: dt.date) -> dict[dt.date, float]:
    """Return how much a habit has become one's own, from 0 to 10, day by day; today is not over yet."""
    if not marks:
        return {}
    day, own = min(marks), 0.0
    found: dict[dt.date, float] = {}
    while day <= max(today, *marks):
        mark = marks.get(day)
        if mark in ("yes", "bit"):
            own += (GAIN if mark == "yes" else BIT) * (1 - own)
        elif mark is None and day < today:
            own -= LOSS * own
        found[day] = round(10 * own, 1)
        day += _DAY
    return found


def goals(tallies: Sequence[Tally]) -> list[Finding]:
    """Return the goals that were looked back on, by fortnight; from five on."""
    settled = chosen_of([t for t in tallies if t.values[1]], DONE)
    total = entries_of([(day, 0, count) for day, _, count in settled])
    if not total:
        return []
    if total < MIN_ENTRIES:
        return [counted("goals_few", total)]
    tally = counted_ids(settled)
    values = {"total": total, "done": tally["done"], "partly": tally["partly"], "later": tally["not-this-week"]}
    return [Finding("goals", values, chart="stack-days", frame=bars(settled, DONE))]
