"""Seals: a draft that sleeps until a time which the person chose, with no early way out. Worked out from events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.records import Event, Json, Moment

SEAL = "draft-sealed"
"""The event's kind; its detail is {"page": id of the page with the draft, "until": UTC instant in ISO form}."""

LENGTHS = {"day": dt.timedelta(hours=24), "three-days": dt.timedelta(days=3), "morning": dt.timedelta()}
"""How long a draft can sleep; "day" is the default. Whatever would end at night ends in the morning after."""

NIGHT_FROM, NIGHT_TO, MORNING = 22, 7, 8


def is_night(moment: Moment) -> bool:
    """Return if the clock that the person saw stood between ten in the evening and seven in the morning."""
    hour = moment.local.hour
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def wakes(now: Moment, length: str) -> Moment:
    """Return when a draft that is sealed `now` wakes: after its time, or at eight where that falls in the night.

    "morning" is the next eight in the morning, at least an hour away. Raises KeyError for an unknown length.
    """
    end = Moment.at(now.utc + LENGTHS[length], now.zone)
    if length != "morning":
        return _next_morning(end) if is_night(end) else end
    return _next_morning(Moment.at(now.utc + dt.timedelta(hours=1), now.zone))


def seal(page: str, until: Moment) -> dict[str, Json]:
    """Return the detail of the event that seals a page's draft."""
    return {"page": page, "until": until.utc.isoformat()}


def asleep_until(events: Sequence[Event], page: str, now: Moment) -> Moment | None:
    """Return when a page's draft wakes, if it is asleep; the latest seal counts, and one that has ended is over."""
    ends = [end for event in events if (end := _end(event, page)) is not None]
    last = max(ends, default=None)
    return Moment.at(last, now.zone) if last is not None and last > now.utc else None


def has_slept(events: Sequence[Event], page: str, now: Moment) -> bool:
    """Return if a page's draft was asleep and is awake again."""
    return asleep_until(events, page, now) is None and any(_end(event, page) is not None for event in events)


def _end(event: Event, page: str) -> dt.datetime | None:
    if event.kind != SEAL or event.detail.get("page") != page:
        return None
    try:
        end = dt.datetime.fromisoformat(str(event.detail.get("until")))
    except ValueError:
        return None
    return end if end.tzinfo else end.replace(tzinfo=dt.UTC)


def _next_morning(moment: Moment) -> Moment:
    """Return the first eight in the morning at `moment` or later."""
    local = moment.local
    at_eight = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if at_eight < local:
        at_eight = (at_eight.replace(tzinfo=None) + dt.timedelta(days=1)).replace(tzinfo=local.tzinfo)
    return Moment.at(at_eight, moment.zone)
