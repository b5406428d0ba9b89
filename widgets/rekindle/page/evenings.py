"""Evenings: a draft of an evening with a drink is kept for the morning. The drink itself is never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rekindle.contact.seals import SEAL, asleep_until, seal, wakes
from rekindle.records import Event, Json, Moment

ASKS, DRAFT = "send-or-sleep", ("first-hello", "draft")
"""The page that asks about a drink, and the draft that it is about."""

DRANK = "drank"


def kept_for_morning(
    exercise: str, ticks: Mapping[str, Json], draft: Json, events: Sequence[Event], now: Moment
) -> list[tuple[str, dict[str, Json]]]:
    """Return the event that seals the draft until the morning, if the person has had a drink and it is awake."""
    drank = exercise == ASKS and ticks.get("drink") == DRANK
    if not drank or not (isinstance(draft, str) and draft.strip()) or asleep_until(events, DRAFT[0], now):
        return []
    return [(SEAL, seal(DRAFT[0], wakes(now, "morning")))]
