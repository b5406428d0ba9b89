"""Days as a person counts them: the same time by the clock on the wall, so that a change of the clocks moves no day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from rekindle.records import Moment


def ago(days: float, zone: str = "Europe/Berlin", now: dt.datetime | None = None) -> Moment:
    """Return the moment some days before now (or another moment), by the clocks of a zone."""
    there = (now or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(zone))
    return Moment.at((there - dt.timedelta(days=days)).astimezone(dt.UTC), zone)
