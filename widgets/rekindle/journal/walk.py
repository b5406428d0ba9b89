"""The walk: every row of a journal looked at, a piece at a time, so that a long one is never in memory as a whole.

Between two pieces others may save. What is said of each row is true of it; whoever needs one state of all sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from rekindle.errors import JournalDamaged
from rekindle.journal import answers, entries, events
from rekindle.journal.rows import names, verified
from rekindle.journal.store import Store

PIECE = 2000
"""So many rows are read at a time."""

_COLUMNS = {
    "answer": answers.COLUMNS,
    "entry": entries.COLUMNS,
    "entry_revision": entries.COLUMNS,
    "event": events.COLUMNS,
    "meta": ("name", "value"),
}
_PLACES = {"exercise": "exercise", "field": "field", "kind": "event", "name": "setting"}
"""Columns with ids that may be told of a damaged row, and what they are called there."""

TABLES = tuple(_COLUMNS)
"""The tables that hold what a person keeps."""


def prove(store: Store) -> bool:
    """Look at the checksum of every row; return whether there is any answer or entry. Raises JournalDamaged."""
    anything = False
    for table, columns in _COLUMNS.items():
        places = [(at, _PLACES[column]) for at, column in enumerate(columns) if column in _PLACES]
        for row in _rows(store, table, names(columns)):
            verified(store, row, **{name: row[at] for at, name in places})
            anything |= table in ("answer", "entry")
    return anything


def likeness(store: Store, tables: Iterable[str] = TABLES) -> bytes:
    """Return a checksum of all rows of some tables: two journals that hold the same have the same."""
    found = blake2b(digest_size=16)
    for table in tables:
        found.update(table.encode())
        for row in _rows(store, table, "*"):
            found.update(repr(row).encode())
    return found.digest()


def _rows(store: Store, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table in the order of the file."""
    sql = f'SELECT rowid, {columns} FROM "{table}" WHERE rowid > ? ORDER BY rowid LIMIT {PIECE}'  # noqa: S608 - our own names
    last = -(2**63)
    while rows := store.rows(sql, (last,)):
        if rows[-1][0] <= last:  # a damaged file can lead round in a ring
            raise JournalDamaged(path=str(store.path))
        last = rows[-1][0]
        yield from (tuple(content) for _, *content in rows)
