"""The records that every layer shares: moments, answers, entries, their counts, events."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""Any value that JSON can hold. `None` is "skipped on purpose"; "" is "cleared"; 0 is an answer."""

FieldId = tuple[str, str]
"""An exercise's id and a field's key."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as a person saw it: UTC, the zone of their browser, and the date on their calendar."""

    utc: dt.datetime
    zone: str
    local_date: dt.date

    @classmethod
    def at(cls, utc: dt.datetime, zone: str = "UTC") -> Moment:
        """Return the moment of an aware `utc` instant in IANA `zone`; an unknown zone counts as UTC."""
        try:
            place = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone, place = "UTC", ZoneInfo("UTC")
        instant = utc.astimezone(dt.UTC)
        return cls(instant, zone, instant.astimezone(place).date())

    @classmethod
    def now(cls, zone: str = "UTC") -> Moment:
        """Return the present moment in IANA `zone`."""
        return cls.at(dt.datetime.now(dt.UTC), zone)

    @classmethod
    def on(cls, told: str, zone: str) -> Moment:
        """Return the moment of a wall-clock time in IANA `zone`, in ISO form; a date alone stands for its noon.

        Raises ValueError for a text that is neither.
        """
        clock = dt.datetime.fromisoformat(told if "T" in told else f"{told}T12:00")
        return cls.at(clock.replace(tzinfo=ZoneInfo(zone)), zone)

    @property
    def instant(self) -> str:
        """The instant in UTC, written down."""
        return self.utc.astimezone(dt.UTC).isoformat(timespec="microseconds")

    @property
    def local(self) -> dt.datetime:
        """The wall-clock time that the person saw, aware."""
        return self.utc.astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Answer:
    """One version of one answer."""

    exercise: str
    field: str
    value: Json = dataclasses.field(repr=False)
    revision: int = 0
    moment: Moment | None = None
    wording: str = ""
    sitting: str = ""
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry, in its current version."""

    id: str
    exercise: str
    values: Mapping[str, Json] = dataclasses.field(repr=False)
    happened: Moment
    revision: int = 0
    moment: Moment | None = None
    deleted: bool = False
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """So many entries of one day that hold the same values; None is a value that is not there."""

    day: dt.date
    values: tuple[Json, ...] = dataclasses.field(repr=False)
    count: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in the book: a gate, a state, an export. Never a person's words."""

    kind: str
    detail: Mapping[str, Json]
    moment: Moment


@dataclass(frozen=True, slots=True)
class Saved:
    """What the journal says after a commit: the revision that is now current, and what it did not build on.

    `conflict` is the version that somebody else had saved meanwhile; it is kept in the history.
    """

    revision: int
    conflict: Answer | Entry | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a person looks for in a log: words, and the days to look at, both included. An empty look finds all.

    `own` names the fields that hold a person's own text; `shown` is what an option reads, by field and option id.
    """

    words: str = dataclasses.field(default="", repr=False)
    since: dt.date | None = None
    until: dt.date | None = None
    own: frozenset[str] = frozenset()
    shown: Mapping[tuple[str, str], str] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def finds_all(self) -> bool:
        """If nothing is looked for."""
        return not self.words.strip() and self.since is None and self.until is None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a log, newest first: its entries, how many the look found, and how many the log holds."""

    entries: Sequence[Entry]
    found: int
    total: int


@dataclass(frozen=True, slots=True)
class Finds:
    """One page of what a search came upon, and how much it came upon in all.

    A place is a page's id and an entry's; where the second is "", it stands for the answers of that page.
    """

    places: Sequence[tuple[str, str]]
    found: int
