"""Own small experiments: the mood of two kinds of day, side by side as ranges. What went together, and never why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from rekindle.insights.finding import Fact, Finding, Frame
from rekindle.insights.over_time.spread import Spread, spread, told

KINDS = ("online", "urge", "contact", "moved", "good", "kept", "rest")
"""Kinds of day that a log can tell apart."""

MIN_DAYS = 10
"""So many days of each kind it takes before anything is said."""

SHOWN = dt.timedelta(days=365)


def trial(kind: str, days: Collection[dt.date], moods: Mapping[dt.date, float], later: int) -> list[Finding]:
    """Return the moods of days of one kind beside those of the other days; with `later` 1, of the days after them.

    Both kinds are taken from the days that have a mood of their own, so that silent days count for neither.
    """
    pairs = [(day in days, moods[day + _days(later)]) for day in moods if day + _days(later) in moods]
    groups = [[mood for of_kind, mood in pairs if of_kind is side] for side in (True, False)]
    counts: dict[str, Fact] = {"with": len(groups[0]), "without": len(groups[1])}
    if min(map(len, groups)) < MIN_DAYS:
        return [Finding("trial_few", counts)]
    sides = [spread(group) for group in groups]
    values = counts | {
        f"{name}_{side}": told(getattr(found, name))
        for side, found in zip(("with", "without"), sides, strict=True)
        for name in ("low", "high")
    }
    made = Finding("trial_after" if later else "trial_same", values, chart="ranges", frame=_frame(kind, sides))
    apart = sides[0].low > sides[1].high or sides[1].low > sides[0].high
    return [made, Finding("trial_apart" if apart else "trial_overlap"), Finding("trial_only")]


def _days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def _frame(kind: str, sides: list[Spread]) -> Frame:
    frame: dict[str, list[str | int | float | None]] = {"group": [f"trial_{kind}", "trial_other"]}
    for name in ("count", "lowest", "low", "middle", "high", "highest"):
        frame[name] = [getattr(side, name) for side in sides]
    return frame
