"""Backups: verified copies of the journal beside it, and which of them to keep."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from pathlib import Path

from rekindle.errors import JournalDamaged
from rekindle.journal.checksum import checksum
from rekindle.journal.folder import make_whole, prepare_folder
from rekindle.journal.store import Store
from rekindle.records import Moment

FOLDER = "backups"
ENDING = ".rekindle"
DAYS, WEEKS = 7, 4
DRAFT_SECONDS = 86_400
BEFORE, BEFORE_IMPORT = "before-restore", "before-import"
KEPT_BEFORE = 3
"""How many copies are kept beyond days and weeks that hold what stood there before another one was put back."""

_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_STAMP_LENGTH = len("2026-11-22T102402.000000Z")
_TABLES = ("answer", "entry", "entry_revision", "event", "meta")


def back_up(store: Store, moment: Moment, why: str = "daily") -> Path:
    """Write a copy of an open journal, with the same key, into `backups/`; return where it is.

    The copy takes its name (the instant, and `why`) only after it was opened again and found sound and equal.
    Raises a journal error, and leaves no half a backup, if it cannot.
    """
    folder = store.path.parent / FOLDER
    prepare_folder(folder)
    place = folder / f"{moment.utc.astimezone(dt.UTC).strftime(_STAMP)}-{why}{ENDING}"
    make_whole(place, lambda draft: _copy(store, draft), replace=True)
    return place


def backups(folder: Path) -> list[Path]:
    """Return the backups in a folder, newest first."""
    found = [place for place in folder.glob(f"*{ENDING}") if _instant(place)]
    return sorted(found, key=lambda place: place.name, reverse=True)


def taken(place: Path) -> dt.datetime:
    """Return the instant at which a backup was made; raises ValueError for a file that is none."""
    instant = _instant(place)
    if instant is None:
        raise ValueError
    return instant


def is_due(folder: Path, moment: Moment) -> bool:
    """Return whether there is no backup of this day yet."""
    newest = next(iter(backups(folder)), None)
    return newest is None or taken(newest).date() != moment.utc.astimezone(dt.UTC).date()


def rotate(folder: Path) -> list[Path]:
    """Delete the backups that need not be kept, and what a killed program left of one; return which."""
    found = backups(folder)
    spare = set(found) - to_keep(found)
    spare |= {draft for draft in folder.glob(".*.new*") if time.time() - draft.stat().st_mtime > DRAFT_SECONDS}
    for place in spare:
        place.unlink(missing_ok=True)
    return sorted(spare)


def to_keep(places: Iterable[Path]) -> set[Path]:
    """Return the newest backup of each of the last 7 days, and of each of the last 4 weeks, that have one.

    What stood there before a restore or an import is kept besides: it may hold words that are nowhere else.
    """
    newest_first = sorted((place for place in places if _instant(place)), key=lambda place: place.name, reverse=True)
    days: dict[dt.date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    for place in newest_first:
        instant = _instant(place)
        if instant:
            days.setdefault(instant.date(), place)
            weeks.setdefault(instant.isocalendar()[:2], place)
    before = [place for place in newest_first if place.stem.endswith((BEFORE, BEFORE_IMPORT))]
    return {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS], *before[:KEPT_BEFORE]}


def _copy(store: Store, draft: Path) -> None:
    with store.snapshot():
        digest = _digest(store)
        with Store(draft, store.key, new=True) as copy:
            store.copy_into(copy)
    with Store(draft, store.key) as copy:
        if not copy.is_sound(thorough=True) or _digest(copy) != digest:
            raise JournalDamaged(path=str(store.path))


def _digest(store: Store) -> bytes:
    """Return a checksum of all rows: two journals that hold the same have the same."""
    selects = (f"SELECT *, '{table}' FROM {table} ORDER BY 1" for table in _TABLES)  # noqa: S608 - our own names
    rows = (row for select in selects for row in store.rows(select))
    return checksum(*(part.hex() if isinstance(part, bytes) else str(part) for row in rows for part in row))


def _instant(place: Path) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(place.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
