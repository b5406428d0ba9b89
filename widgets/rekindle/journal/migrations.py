"""The history of the journal's schema: forward only, by name, each step in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rekindle.errors import JournalDamaged, JournalNewer
from rekindle.journal.checksum import checksum
from rekindle.journal.store import Store

APPLICATION_ID = int.from_bytes(b"Rkdl")

_MOMENT = "utc TEXT NOT NULL, zone TEXT NOT NULL, local_date TEXT NOT NULL"
_ENTRY = f"""
    id TEXT NOT NULL, exercise TEXT NOT NULL, "values" TEXT NOT NULL,
    happened_utc TEXT NOT NULL, happened_zone TEXT NOT NULL, happened_date TEXT NOT NULL,
    revision INTEGER NOT NULL, sitting TEXT NOT NULL, {_MOMENT},
    deleted INTEGER NOT NULL, conflict INTEGER NOT NULL, other INTEGER NOT NULL, checksum BLOB NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. A name is for ever; the order is the order of the list."""

    name: str
    statements: tuple[str, ...] = ()
    change: Callable[[Store], None] | None = None


FIRST_SCHEMA = Migration(
    "0001-first-schema",
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        """CREATE TABLE migration (
            number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, utc TEXT NOT NULL, schema BLOB NOT NULL) STRICT""",
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, checksum BLOB NOT NULL) STRICT",
        f"""CREATE TABLE answer (
            number INTEGER PRIMARY KEY, exercise TEXT NOT NULL, field TEXT NOT NULL, revision INTEGER NOT NULL,
            value TEXT NOT NULL, wording TEXT NOT NULL, sitting TEXT NOT NULL, {_MOMENT},
            conflict INTEGER NOT NULL, other INTEGER NOT NULL, checksum BLOB NOT NULL,
            UNIQUE (exercise, field, revision)) STRICT""",
        "CREATE INDEX answer_other ON answer (exercise, field) WHERE other = 1",
        f"CREATE TABLE entry (number INTEGER PRIMARY KEY, {_ENTRY}, UNIQUE (id)) STRICT",
        "CREATE INDEX entry_happened ON entry (exercise, deleted, happened_utc, number)",
        f"CREATE TABLE entry_revision (number INTEGER PRIMARY KEY, {_ENTRY}, UNIQUE (id, revision)) STRICT",
        f"""CREATE TABLE event (
            number INTEGER PRIMARY KEY, kind TEXT NOT NULL, detail TEXT NOT NULL, {_MOMENT},
            checksum BLOB NOT NULL) STRICT""",
    ),
)

_COVERED = "DELETE FROM digest WHERE exercise = {0}.exercise AND upto >= {0}.number"

DIGESTS = Migration(
    "0002-digests",
    (
        """CREATE TABLE digest (
            exercise TEXT PRIMARY KEY, mark TEXT NOT NULL, upto INTEGER NOT NULL, text TEXT NOT NULL,
            checksum BLOB NOT NULL) STRICT""",
        # Whoever changes an entry, with whatever program, takes away what no longer counts it rightly.
        f"CREATE TRIGGER digest_added AFTER INSERT ON entry BEGIN {_COVERED.format('new')}; END",
        f"CREATE TRIGGER digest_changed AFTER UPDATE ON entry BEGIN {_COVERED.format('old')}; END",
        f"CREATE TRIGGER digest_erased AFTER DELETE ON entry BEGIN {_COVERED.format('old')}; END",
    ),
)

MIGRATIONS: tuple[Migration, ...] = (FIRST_SCHEMA, DIGESTS)


def applied(store: Store) -> tuple[str, ...]:
    """Return the names of the steps that a file has behind it, in their order."""
    if not store.rows("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"):
        return ()
    return tuple(row[0] for row in store.rows("SELECT name FROM migration ORDER BY number"))


def pending(store: Store, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Return the steps that a file has still before it."""
    done = applied(store)
    return tuple(step for step in migrations if step.name not in done)


def version(store: Store) -> int:
    """Return how many steps a file says that it has behind it."""
    return store.number("PRAGMA user_version")


def refuse_newer(store: Store, migrations: Sequence[Migration]) -> None:
    """Raise JournalNewer if the file has steps behind it that this program does not know."""
    if version(store) > len(migrations):
        raise JournalNewer(path=str(store.path))


def admit(store: Store, migrations: Sequence[Migration]) -> None:
    """Raise JournalNewer or JournalDamaged unless the file is a sound journal, its schema as this program left it."""
    recognise(store, migrations)
    if not store.is_sound():
        raise JournalDamaged(path=str(store.path))


def recognise(store: Store, migrations: Sequence[Migration]) -> None:
    """Raise JournalNewer or JournalDamaged unless the file says that it is a journal, its schema as we left it."""
    with store.snapshot():  # another program may be moving the schema on just now
        known = store.number("PRAGMA application_id") == APPLICATION_ID and _is_known(store, migrations)
    if not known:
        raise JournalDamaged(path=str(store.path))


def migrate(store: Store, migrations: Sequence[Migration], back_up: Callable[[str], object]) -> None:
    """Take a file through its pending steps, after `back_up(name of the first one)` if it holds anything.

    A step that raises leaves nothing behind, and stays pending.
    """
    steps = pending(store, migrations)
    if steps and applied(store):
        back_up(steps[0].name)
    for step in steps:
        with store.transaction():
            # Another program may have been here first, while we waited for the lock.
            if step.name not in applied(store):
                _take(store, step)


def _take(store: Store, step: Migration) -> None:
    for statement in step.statements:
        store.rows(statement)
    if step.change:
        step.change(store)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    store.rows("INSERT INTO migration (name, utc, schema) VALUES (?, ?, ?)", (step.name, now, _fingerprint(store)))
    store.rows(f"PRAGMA user_version = {len(applied(store))}")


def _fingerprint(store: Store) -> bytes:
    """Return a checksum of the schema's own text: a flipped bit in it could change what a query finds."""
    rows = store.rows("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
    return checksum(*(part for row in rows for part in row))


def _is_known(store: Store, migrations: Sequence[Migration]) -> bool:
    refuse_newer(store, migrations)
    names = applied(store)
    same = names == tuple(step.name for step in migrations[: len(names)])
    return same and 0 < len(names) == version(store) and _noted_fingerprint(store) == _fingerprint(store)


def _noted_fingerprint(store: Store) -> object:
    rows = store.rows("SELECT schema FROM migration ORDER BY number DESC LIMIT 1")
    return rows[0][0] if rows else None
