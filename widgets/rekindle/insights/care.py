"""Care: whether the last check-ins and moods were a lot to carry, so that a page with help comes to the top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from rekindle.insights.logs import low_days
from rekindle.insights.reading import scale
from rekindle.insights.selfhood import LOW_HAPPY
from rekindle.records import Entry

Heavy = Literal["", "low_days", "low_weeks", "on_edge"]

ON_EDGE_FROM = 6
_STILL_TRUE = dt.timedelta(days=14)
"""A check-in that is older than this says nothing about today."""


def heavy(check_ins: Sequence[Entry], moods: Sequence[Entry], today: dt.date) -> Heavy:
    """Return what was a lot to carry: three low days, two low check-ins running, or low and on edge at once.

    `check_ins` hold the first and the weekly ones, in any order. Nothing else is looked at, least of all words.
    """
    if low_days(moods, today):
        return "low_days"
    alive = sorted((e for e in check_ins if not e.deleted), key=lambda e: e.happened.utc)
    rated = {e.happened.local_date: e for e in alive if scale(e.values, "happy") is not None}
    last = [rated[day] for day in sorted(rated)][-2:]
    if not last or today - last[-1].happened.local_date > _STILL_TRUE:
        return ""
    happy = [scale(e.values, "happy") or 0 for e in last]
    if len(happy) == 2 and max(happy) <= LOW_HAPPY:
        return "low_weeks"
    anxious = scale(last[-1].values, "anxious")
    return "on_edge" if happy[-1] <= LOW_HAPPY and anxious is not None and anxious >= ON_EDGE_FROM else ""
