"""Needs: how much of a log a page's findings look at, so that a log of ten years costs what its last week costs.

A log that is not named here is looked at as a whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rekindle.insights import doing, logs
from rekindle.records import Entry


def _always(_entries: Sequence[Entry], _today: dt.date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Need:
    """The entries from one day on, as far as they are enough; where they are not, older ones count too."""

    since: Callable[[dt.date], dt.date]
    enough: Callable[[Sequence[Entry], dt.date], bool] = _always


def _week(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=6)


_NEEDS: dict[tuple[str, str], Need] = {
    ("mood-check-in", "mood-check-in"): Need(_week, logs.week_is_told),
    ("habit-tracker", "habit-tracker"): Need(doing.habits_since, doing.habits_are_told),
    **{("weekly-review", log): Need(_week) for log in logs.OF_THE_WEEK},
}


def need_of(exercise: str, log: str) -> Need | None:
    """Return how much of a log the findings of a page look at; None for all of it."""
    return _NEEDS.get((exercise, log))
