"""Due: events that a page should note when a card is put away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.contact.facts import UNKNOWN_TIME, Facts
from rekindle.contact.standing import ORDER, closings, named
from rekindle.records import Entry, Event, FieldId, Json, Moment

_A_YEAR = dt.timedelta(days=366)
Noted = tuple[str, dict[str, Json]]
"""The kind and the detail of an event."""


def events_due(
    answers: Mapping[FieldId, Json],
    entries: Sequence[Entry],
    events: Sequence[Event],
    given: Mapping[FieldId, Moment] | None = None,
) -> tuple[str, ...]:
    """Return the kinds of event that the page should note now.

    `closed`, while a "stop" or an order stands unnoted; `hello-sent`, while a day stands on which it was sent.
    Call it when a card is put away, not at each click: the events outlive a changed answer, so that choosing another
    answer is no way around them, and a slip of the finger must not do that.
    """
    facts = Facts(answers, entries, events, given or {})
    order = facts.choice(*ORDER) == "yes"
    stands = order or any(not facts.after("reached-out", when) for when in closings(facts, noted=False))
    noted = facts.last("closed")
    fresh = noted is None or facts.after("reached-out", noted)
    return ("closed",) * (stands and fresh) + ("hello-sent",) * _hello_unnoted(facts)


def space_due(answers: Mapping[FieldId, Json], events: Sequence[Event], today: dt.date) -> list[Noted]:
    """Return the event that the day which they named for their space is to be noted with, if it is new.

    Noted, it is not made shorter by another answer; only they end it sooner, by reaching out. A day that is more than
    a year away may be a slip of the finger, and is not held against anybody.
    """
    facts = Facts(answers, (), events, {})
    day = facts.date("consent-gate", "until") if facts.choice("consent-gate", "asked") == "until-date" else None
    if day is None or not dt.timedelta(0) < day - today <= _A_YEAR:
        return []
    held = named(facts)
    return [] if held and held >= day else [("space-named", {"until": day.isoformat()})]


def _hello_unnoted(facts: Facts) -> bool:
    """If the person has given a day on which the hello went, and no such event is newer than that answer."""
    at, noted = ("send-or-sleep", "sent_on"), facts.last("hello-sent")
    if facts.date(*at) is None:
        return False
    return noted is None or UNKNOWN_TIME > facts.when(*at) > noted
