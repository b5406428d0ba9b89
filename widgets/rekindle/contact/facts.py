"""What the journal says about contact, read without trust: a value of the wrong shape is no answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.records import Entry, Event, FieldId, Json, Moment

UNKNOWN_TIME = dt.datetime.max.replace(tzinfo=dt.UTC)
"""An answer without a moment counts as newer than every event, so that nothing reopens by accident."""


def number(value: Json) -> float | None:
    """Return a number that was really given; a tick is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def recorded(entry: Entry) -> dt.datetime:
    """Return the later of when an entry happened and when it was written down."""
    return max(entry.happened.utc, entry.moment.utc) if entry.moment else entry.happened.utc


def day_of(value: Json) -> dt.date | None:
    """Return a date in ISO form, if it is one."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


class Facts:
    """Answers, entries of the contact log and events, each asked for by exercise and field."""

    def __init__(
        self,
        answers: Mapping[FieldId, Json],
        entries: Sequence[Entry],
        events: Sequence[Event],
        given: Mapping[FieldId, Moment],
    ) -> None:
        self._answers, self.events, self._given = answers, events, given
        self.entries = [e for e in entries if e.exercise == "contact-log" and not e.deleted]

    def choice(self, *at: str) -> str:
        """The id or text at an exercise and field, or ""."""
        value = self._answers.get((at[0], at[1]))
        return value if isinstance(value, str) else ""

    def ticks(self, *at: str) -> set[str]:
        """The ids that are ticked."""
        value = self._answers.get((at[0], at[1]))
        return {v for v in value if isinstance(v, str)} if isinstance(value, list) else set()

    def scale(self, *at: str) -> float | None:
        """The number that was given."""
        return number(self._answers.get((at[0], at[1])))

    def date(self, *at: str) -> dt.date | None:
        """The date, if it is one."""
        return day_of(self.choice(*at))

    def any(self, exercise: str, *keys: str) -> bool:
        """If any of these fields holds something."""
        return any(self._answers.get((exercise, k)) for k in keys)

    def when(self, *at: str) -> dt.datetime:
        """When an answer was given; an unknown time counts as later than all others."""
        moment = self._given.get((at[0], at[1]))
        return moment.utc if moment else UNKNOWN_TIME

    def answered_since(self, exercise: str, key: str, day: dt.date) -> bool:
        """If an answer was given on the local date `day` or later; at an unknown time, it was not."""
        moment = self._given.get((exercise, key))
        return moment is not None and moment.local_date >= day

    def last(self, kind: str, **detail: str) -> dt.datetime | None:
        """When an event of `kind` last happened, with this detail."""
        found = [e.moment.utc for e in self.events if e.kind == kind and detail.items() <= dict(e.detail).items()]
        return max(found, default=None)

    def after(self, kind: str, moment: dt.datetime | None) -> bool:
        """If an event of `kind` is later than `moment`; an event is later than no moment at all."""
        last = self.last(kind)
        return last is not None and (moment is None or last > moment)
