"""Events, in the order in which they were noted."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rekindle.journal.rows import MOMENT, insert, mapping_of, moment_of, moment_row, names, verified
from rekindle.journal.store import Store
from rekindle.records import Event

COLUMNS = ("kind", "detail", *MOMENT)
_AMONG = "?1 IS NULL OR kind IN (SELECT value FROM json_each(?1))"
_SELECT = f"SELECT {names(COLUMNS)} FROM event WHERE {_AMONG}"  # noqa: S608 - our own column names


def events(store: Store, kinds: Iterable[str] | None = None) -> list[Event]:
    """Return all events, or those of some kinds, oldest first. A clock that was set back changes no order."""
    among = None if kinds is None else json.dumps(list(kinds))
    found = []
    for row in store.rows(f"{_SELECT} ORDER BY number", (among,)):
        kind, text, *moment = verified(store, row, event=row[0])
        found.append(Event(kind, mapping_of(text), moment_of(*moment)))
    return found


def note(store: Store, event: Event, text: str) -> None:
    """Add an event, whose detail is `text` in JSON; inside a transaction."""
    insert(store, "event", COLUMNS, (event.kind, text, *moment_row(event.moment)))
