"""Looking back on a week: its one line, what was promised for it, the days of room, and stop signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.insights.finding import Context, Finding
from rekindle.insights.periods import week_of
from rekindle.insights.pile import Pile
from rekindle.insights.reading import choice, day, text
from rekindle.insights.weeks import weekly_review
from rekindle.records import Entry

WEEK = dt.timedelta(days=7)
_OUTCOMES = ("kept", "partly", "missed", "changed")
_DOTS = 35


def week_in_one_line(context: Context) -> Finding | None:
    """Return the last seven days as one line of counts, or None where nothing was noted."""
    return next((f for f in weekly_review({}, Pile.of("weekly-review", ()), context) if f.sentence == "story"), None)


def stop_signs(found: Sequence[Finding]) -> list[Finding]:
    """Return the stop signs among the findings of the decision check."""
    return [each for each in found if each.sentence in ("stop_fear", "stop_order", "stop_no")]


def facts_by_path(found: Sequence[Finding]) -> list[Finding]:
    """Return how many facts point to each path, from the findings of the decision check. No path is added up."""
    return [each for each in found if each.sentence in ("points_try", "points_wait", "points_let_go")]


def promised_in(entries: Sequence[Entry], today: dt.date) -> list[tuple[Entry, dt.date | None]]:
    """Return the promises for the week of a day, with the day they are due: open ones first, then by that day.

    A promise belongs to the week in which it is due. One without a day belongs to the week in which it was made.
    """
    monday = week_of(today)
    found = []
    for entry in entries:
        due = day(entry.values, "due")
        when = due or day(entry.values, "promised") or entry.happened.local_date
        if text(entry.values, "promise") and monday <= when < monday + WEEK:
            found.append((entry, due))
    return sorted(found, key=lambda one: (bool(choice(one[0].values, "outcome", _OUTCOMES)), one[1] or dt.date.max))


def day_states(kept: Mapping[dt.date, bool], end: dt.date | None, today: dt.date) -> list[tuple[dt.date, str]]:
    """Return the last weeks of room, day by day: "kept", "contact" where the person began it, "ahead" up to its end."""
    past = [(each, "kept" if was else "contact") for each, was in kept.items()]
    left = (end - today).days if end else 0
    ahead = [(today + dt.timedelta(days=n), "ahead") for n in range(1, left + 1)][: _DOTS // 5]
    return [*past[len(ahead) - _DOTS :], *ahead]
