"""The calendar file: quiet times on days that the person chose. Nothing in it tells what for, or who made it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rekindle.records import Moment

if TYPE_CHECKING:
    from icalendar import Event

HALF_A_YEAR = 26
"""Weeks for which a weekly one comes; who wants more takes the file again."""

LASTS = dt.timedelta(minutes=15)
YEAR = dt.timedelta(days=366)
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
MAKER = "-//calendar//EN"
"""A calendar names the program that made it, and any app may show that. It must be there, and ours says nothing."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: a weekday for each week (0 is Monday; None: no weekly one), days by their names, and a time."""

    weekday: int | None
    days: Mapping[str, dt.date] = field(default_factory=dict)
    at: dt.time = dt.time(19)


def calendar_file(chosen: Chosen, title: str, secret: str, now: Moment) -> bytes:
    """Return the file, in the zone of `now`. `secret` is the journal's own: with it, a name gives the same UID again.

    So a file that is taken in a second time moves what is there and doubles nothing, and yet no UID can be guessed.
    Days before today are left out.
    """
    # Read only here: no page and no start of the book waits for it.
    from icalendar import Calendar  # noqa: PLC0415 - as said

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    days = {name: day for name, day in chosen.days.items() if day >= now.local_date}
    ends = max(days.values(), default=now.local_date)
    if chosen.weekday is not None:
        days["weekly"] = next_weekday(chosen, now)
        ends = max(ends, days["weekly"] + dt.timedelta(weeks=HALF_A_YEAR))
    for name, day in sorted(days.items()):
        event = _event(_uid(secret, name), dt.datetime.combine(day, chosen.at), title, now)
        if name == "weekly":
            event.add("rrule", {"freq": "weekly", "count": HALF_A_YEAR})
        calendar.add_component(event)
    if now.zone != "UTC":
        calendar.add_missing_timezones(first_date=now.local_date - YEAR, last_date=ends + YEAR)
    return bytes(calendar.to_ical())


def _event(uid: str, clock: dt.datetime, title: str, now: Moment) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    event, alarm, stamp = Event(), Alarm(), now.utc.replace(microsecond=0)
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("sequence", int((stamp - EPOCH) / dt.timedelta(minutes=1)))  # a later file goes before an earlier one
    event.add("summary", title)
    event.add("dtstart", clock.replace(tzinfo=dt.UTC if now.zone == "UTC" else ZoneInfo(now.zone)))
    event.add("duration", LASTS)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", dt.timedelta(0))
    event.add_component(alarm)
    return event


def next_weekday(chosen: Chosen, now: Moment) -> dt.date:
    """Return the next day that is that weekday, today if its time is still to come."""
    today = now.local_date
    ahead = ((chosen.weekday or 0) - today.weekday()) % 7
    if not ahead and now.local.time() >= chosen.at:
        ahead = 7
    return today + dt.timedelta(days=ahead)


def _uid(secret: str, name: str) -> str:
    found = hmac.new(secret.encode(), name.encode(), hashlib.sha256).digest()
    return str(uuid.UUID(bytes=found[:16], version=4))
