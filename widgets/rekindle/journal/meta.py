"""The journal's own settings, by name: what the workbook remembers that is no answer."""

from __future__ import annotations

from rekindle.journal.checksum import checksum
from rekindle.journal.rows import value_of, verified
from rekindle.journal.store import Store
from rekindle.records import Json


def settings(store: Store) -> dict[str, Json]:
    """Return all settings."""
    rows = [verified(store, row, setting=row[0]) for row in store.rows("SELECT * FROM meta ORDER BY name")]
    return {name: value_of(text) for name, text in rows}


def setting(store: Store, name: str) -> Json:
    """Return one setting; None if it was never set."""
    rows = store.rows("SELECT * FROM meta WHERE name = ?", (name,))
    return value_of(verified(store, rows[0], setting=name)[1]) if rows else None


def set_setting(store: Store, name: str, text: str) -> None:
    """Remember `text`, JSON, under a name; inside a transaction."""
    store.rows("INSERT OR REPLACE INTO meta VALUES (?, ?, ?)", (name, text, checksum(name, text)))
