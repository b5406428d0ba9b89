"""Backups: verified copies of the journal, beside it or where a person chose, and which of them to keep."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from rekindle.errors import JournalDamaged, JournalError
from rekindle.journal.chosen import chosen, is_open_to_others, there
from rekindle.journal.folder import make_whole, prepare_folder
from rekindle.journal.store import Store
from rekindle.journal.walk import likeness
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
TRIES = 3
"""How often a copy is made anew because somebody has saved while it was compared; then they have to wait."""


def back_up(store: Store, moment: Moment, why: str = "daily", *, into: Path | None = None) -> Path:
    """Write a copy of an open journal, with the same key, into a folder (else `backups/`); return where it is.

    The copy takes its name (the instant, and `why`) only after it was opened again and found sound and equal.
    Raises a journal error, and leaves no half a backup, if it cannot.
    """
    folder = into or store.path.parent / FOLDER
    if not into:  # a folder that was chosen was made then; if it is gone, its stick is away
        prepare_folder(folder)
    place = folder / f"{moment.utc.astimezone(dt.UTC).strftime(_STAMP)}-{why}{ENDING}"
    make_whole(place, lambda draft: _copy(store, draft), replace=True)
    return place


def back_up_where_chosen(store: Store, moment: Moment) -> Path:
    """As `back_up`, in the folder that was chosen; beside the journal if that one is away, full or not writable."""
    folder = where_to(store.path, locked=store.key is not None)
    if folder != store.path.parent / FOLDER:
        with suppress(JournalError):  # a copy that came out unequal may be the stick's fault: the next one shows it
            return back_up(store, moment, into=folder)
    return back_up(store, moment)


def where_to(journal: Path, *, locked: bool) -> Path:
    """Return the folder for the next backup: the chosen one if it is there, and is fit for a journal without a lock."""
    choice = chosen(journal)
    place = next(there([choice.place] if choice.place else []), None)
    fit = place and (locked or choice.agreed or not is_open_to_others(place))
    return place if place and fit else journal.parent / FOLDER


def folders(journal: Path) -> list[Path]:
    """Return the folders of a journal's backups that are there now: beside it, and all that were ever chosen."""
    return [*there([journal.parent / FOLDER, *chosen(journal).places])]


def away(journal: Path) -> list[Path]:
    """Return the folders that were chosen and are not there now; backups may lie in them."""
    places = chosen(journal).places
    return [place for place in places if place not in set(there(places))]


def every_backup(journal: Path) -> list[Path]:
    """Return the backups in all folders that are there, newest first."""
    found = [place for folder in folders(journal) for place in backups(folder)]
    return sorted(found, key=lambda place: place.name, reverse=True)


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
    """Make the draft a proven copy. Saves wait for the copying only, unless there are so many that it never ends."""
    for _ in range(TRIES):
        with store.snapshot():
            then = _state(store)
            _pour(store, draft)
        same = _proven(store, draft) == likeness(store)
        if _state(store) == then:
            break
    else:
        with store.snapshot():
            _pour(store, draft)
            same = _proven(store, draft) == likeness(store)
    if not same:
        raise JournalDamaged(path=str(store.path))


def _pour(store: Store, draft: Path) -> None:
    with Store(draft, store.key, new=True) as copy:
        store.copy_into(copy)


def _proven(store: Store, draft: Path) -> bytes:
    """Return the likeness of a copy that is sound."""
    with Store(draft, store.key) as copy:
        if not copy.is_sound(thorough=True):
            raise JournalDamaged(path=str(store.path))
        return likeness(copy)


def _state(store: Store) -> tuple[int, int]:
    """Return two numbers, one of which is another as soon as anybody has saved."""
    return store.number("PRAGMA data_version"), store.own_changes


def _instant(place: Path) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(place.name[:_STAMP_LENGTH], _STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return None
