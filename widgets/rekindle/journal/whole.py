"""Everything that a journal holds, as records: for export, and for looking at all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rekindle.records import Answer, Entry, Event, Json


@dataclass(frozen=True, slots=True)
class Whole:
    """One consistent reading of a journal. Lists are oldest first."""

    answers: list[Answer] = field(repr=False)
    """Every kept version of every answer; the highest revision of a field is the current one."""
    entries: list[Entry] = field(repr=False)
    """Every log entry in its current version, the deleted ones too."""
    earlier_entries: list[Entry] = field(repr=False)
    """Kept earlier versions of log entries."""
    events: list[Event] = field(repr=False)
    settings: Mapping[str, Json] = field(repr=False)


EMPTY = Whole([], [], [], [], {})
"""A journal that holds nothing."""
