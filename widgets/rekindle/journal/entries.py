"""Log entries: many per exercise, each with its own time, versions and way back after a deletion."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rekindle.errors import NotAnAnswer
from rekindle.journal.rows import (
    MINE,
    MOMENT,
    OTHER,
    SETTLED,
    insert,
    mapping_of,
    moment_of,
    moment_row,
    names,
    replace,
    verified,
)
from rekindle.journal.store import Store
from rekindle.records import Entry, Moment, Saved

_HAPPENED = ("happened_utc", "happened_zone", "happened_date")
_NEWEST = "happened_utc DESC, number DESC"
_ZONES_APART = dt.timedelta(days=2)
COLUMNS = (
    *("id", "exercise", "values", *_HAPPENED),
    *("revision", "sitting", *MOMENT, "deleted", "conflict", "other"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Which entries of a log: of which exercise, between which days (both included), and which page of them."""

    exercise: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    deleted: bool = False
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Version:
    """One row of `entry` or `entry_revision`. `text` is its values in JSON."""

    number: int
    id: str
    exercise: str
    text: str = dataclasses.field(repr=False)
    happened: Moment
    revision: int
    sitting: str
    moment: Moment
    deleted: bool
    conflict: bool
    other: int

    @property
    def content(self) -> tuple[str | int, ...]:
        what = self.id, self.exercise, self.text, *moment_row(self.happened)
        when = self.revision, self.sitting, *moment_row(self.moment)
        return (*what, *when, int(self.deleted), int(self.conflict), self.other)

    @property
    def entry(self) -> Entry:
        return Entry(
            self.id,
            self.exercise,
            mapping_of(self.text),
            self.happened,
            self.revision,
            self.moment,
            self.deleted,
            self.conflict,
        )


def entries(store: Store, span: Span) -> list[Entry]:
    """Return a log's entries, in one query: what happened last comes first; of equals, what was added last."""
    where, content = _where(span)
    where = f"{where} ORDER BY {_NEWEST} LIMIT ? OFFSET ?"
    if span.exercise is None and span.limit is not None:
        # The newest of all logs are picked in the index: no other row of ten years is looked at.
        where = f"number IN (SELECT number FROM entry WHERE {where}) ORDER BY {_NEWEST}"  # noqa: S608 - our own words
    limit = -1 if span.limit is None else span.limit
    return [entry_of(store, row) for row in _rows(store, "entry", where, (*content, limit, span.offset))]


def count(store: Store, span: Span) -> int:
    """Return how many entries a log holds."""
    where, content = _where(span)
    return store.number(f"SELECT count(*) FROM entry WHERE {where}", content)  # noqa: S608 - our own conditions


def every_entry(store: Store) -> list[Entry]:
    """Return all entries in their current version, deleted ones too, in the order in which they were added."""
    return [version.entry for version in _versions(store, "entry", "1 ORDER BY number", ())]


def every_earlier(store: Store) -> list[Entry]:
    """Return all kept earlier versions of all entries, in the order in which they were left."""
    return [version.entry for version in _versions(store, "entry_revision", "1 ORDER BY number", ())]


def entry_of(store: Store, row: Sequence[Any]) -> Entry:
    """Return the entry of one row: its number, `COLUMNS` and its checksum."""
    _, *rest = row
    content = verified(store, rest, exercise=rest[1])
    id_, exercise, text, utc, zone, day, revision, _, *moment, deleted, conflict, _ = content
    values, happened = mapping_of(text), moment_of(utc, zone, day)
    return Entry(id_, exercise, values, happened, revision, moment_of(*moment), bool(deleted), bool(conflict))


def entry(store: Store, id_: str) -> Entry | None:
    """Return one entry in its current version, or None."""
    found = _find(store, id_)
    return found.entry if found else None


def history(store: Store, id_: str) -> list[Entry]:
    """Return the kept versions of one entry, newest first."""
    earlier = _versions(store, "entry_revision", "id = ? ORDER BY revision DESC", (id_,))
    now = _find(store, id_)
    return [version.entry for version in ((now, *earlier) if now else earlier)]


def conflicts(store: Store, exercise: str | None) -> dict[str, list[Entry]]:
    """Return, by entry id, the versions that lost their place in a conflict and are not settled, newest first."""
    where = "other = 1 AND (?1 IS NULL OR exercise = ?1) ORDER BY revision DESC"
    found: dict[str, list[Entry]] = {}
    for version in _versions(store, "entry_revision", where, (exercise,)):
        found.setdefault(version.id, []).append(version.entry)
    return found


def settle(store: Store, id_: str) -> None:
    """Mark the other versions of one entry as seen."""
    for version in _versions(store, "entry_revision", "id = ? AND other = 1", (id_,)):
        replace(store, "entry_revision", COLUMNS, version.number, dataclasses.replace(version, other=SETTLED).content)


def save(
    store: Store, id_: str, exercise: str, text: str, base: int, happened: Moment, sitting: str, moment: Moment
) -> Saved:
    """Save one entry, whose values are `text` in JSON and build on revision `base` (0: new); inside a transaction.

    It becomes the current version in any case, also of an entry deleted meanwhile. A version that it did not
    build on is kept and returned. Raises NotAnAnswer if the id belongs to another exercise's entry.
    """
    newest = _find(store, id_)
    if newest and newest.exercise != exercise:
        raise NotAnAnswer(exercise=exercise)
    stale = newest is not None and base != newest.revision
    own = newest is not None and newest.sitting == sitting != ""
    if newest and _same(newest, text, happened) and (stale or own):
        return Saved(newest.revision)
    revision = max(base, newest.revision if newest else 0) + 1
    what = id_, exercise, text, happened, revision, sitting, moment
    fresh = _Version(newest.number if newest else 0, *what, False, stale, MINE)
    if newest is None:
        insert(store, "entry", COLUMNS, fresh.content)
        return Saved(revision)
    if stale:
        newest = dataclasses.replace(newest, conflict=True, other=OTHER)
    if stale or not own or newest.conflict:
        insert(store, "entry_revision", COLUMNS, newest.content)
    replace(store, "entry", COLUMNS, newest.number, fresh.content)
    return Saved(revision, newest.entry if stale else None)


def add(store: Store, new: Entry, text: str, *, earlier: bool = False, unseen: bool = False) -> None:
    """Add an entry, or an earlier version of one, as it is; `text` is its values in JSON. Inside a transaction.

    The caller sees to it that its id, or its revision, is free.
    """
    table, other = "entry_revision" if earlier else "entry", OTHER if unseen else MINE
    insert(store, table, COLUMNS, _taken(new, text, other).content)


def put(store: Store, new: Entry, text: str) -> None:
    """Put an entry in the place of the one with its id, which is kept only if the caller adds it. As `add`."""
    found = _find(store, new.id)
    if found is None or found.exercise != new.exercise:
        raise NotAnAnswer(exercise=new.exercise)
    replace(store, "entry", COLUMNS, found.number, _taken(new, text, MINE).content)


def _taken(new: Entry, text: str, other: int) -> _Version:
    if new.moment is None:
        raise NotAnAnswer(exercise=new.exercise)
    what = new.id, new.exercise, text, new.happened, new.revision, "", new.moment
    return _Version(0, *what, new.deleted, new.conflict, other)


def mark_deleted(store: Store, id_: str, moment: Moment, *, deleted: bool) -> None:
    """Take an entry out of its log, or put it back; inside a transaction. Does nothing where nothing is to be done."""
    found = _find(store, id_)
    if found and found.deleted is not deleted:
        changed = dataclasses.replace(found, deleted=deleted, revision=found.revision + 1, moment=moment)
        replace(store, "entry", COLUMNS, found.number, changed.content)


def erase(store: Store, id_: str) -> None:
    """Delete every version of one entry; inside a transaction. SQLite overwrites the place where they lay."""
    for table in ("entry_revision", "entry"):
        store.rows(f"DELETE FROM {table} WHERE id = ?", (id_,))  # noqa: S608 - our own names


def _same(version: _Version, text: str, happened: Moment) -> bool:
    same_time = moment_row(version.happened) == moment_row(happened)
    return version.text == text and same_time and not version.deleted


def _where(span: Span) -> tuple[str, list[object]]:
    where, content = "deleted = ?", [int(span.deleted)]
    parts: list[object] = [*content]
    for sql, wanted in (
        ("exercise = ?", span.exercise),
        ("happened_date >= ?", span.since and span.since.isoformat()),
        ("happened_utc >= ?", span.since and not_before(span.since)),
        ("happened_date <= ?", span.until and span.until.isoformat()),
        ("happened_utc <= ?", span.until and not_after(span.until)),
    ):
        if wanted is not None:
            where += f" AND {sql}"
            parts.append(wanted)
    return where, parts


def not_before(day: dt.date) -> str:
    """Return a time in UTC, as it is stored, before which a calendar day has begun nowhere: the index goes by it."""
    return (day - _ZONES_APART).isoformat() if day - dt.date.min > _ZONES_APART else ""


def not_after(day: dt.date) -> str:
    """Return a time in UTC, as it is stored, after which a calendar day has ended everywhere."""
    return (day + _ZONES_APART).isoformat() if dt.date.max - day > _ZONES_APART else "9"


def _find(store: Store, id_: str) -> _Version | None:
    return next(iter(_versions(store, "entry", "id = ?", (id_,))), None)


def _versions(store: Store, table: str, where: str, content: Sequence[object]) -> list[_Version]:
    return [_version(store, row) for row in _rows(store, table, where, content)]


def _rows(store: Store, table: str, where: str, content: Sequence[object]) -> list[tuple[Any, ...]]:
    select = f"SELECT number, {names(COLUMNS)} FROM {table}"  # noqa: S608 - our own names
    return store.rows(f"{select} WHERE {where}", content)


def _version(store: Store, row: Sequence[Any]) -> _Version:
    number, *rest = row
    content = verified(store, rest, exercise=rest[1])
    id_, exercise, text, *times, deleted, conflict, other = content
    happened, (revision, sitting), moment = times[:3], times[3:5], times[5:]
    return _Version(
        *(number, id_, exercise, text, moment_of(*happened), revision, sitting, moment_of(*moment)),
        *(bool(deleted), bool(conflict), other),
    )
