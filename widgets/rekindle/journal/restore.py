"""Restoring: a backup that was found good takes the journal's place; what stood there is kept."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from rekindle.errors import BackupNotGood, JournalBusy, JournalError, JournalNewer
from rekindle.journal import answers, backup, entries, events, meta, migrations
from rekindle.journal.folder import ASIDE, FILE_MODE, guard_file, make_durable, prepare_folder, refusal
from rekindle.journal.key import Key
from rekindle.journal.lock import DRAFT
from rekindle.journal.store import Store
from rekindle.records import Moment


def is_good(path: Path, key: Key | None) -> bool:
    """Return whether a journal or a backup opens with this key, and every row is as it was written.

    Raises JournalBusy and JournalNewer: such a file is no damaged one.
    """
    try:
        with Store(path, key) as store:
            migrations.admit(store, migrations.MIGRATIONS)
            with store.snapshot():
                for read in (answers.every_version, entries.every_entry, entries.every_earlier, events.events):
                    read(store)
                meta.settings(store)
            return store.is_sound(thorough=True)
    except (JournalBusy, JournalNewer):
        raise
    except JournalError:
        return False


def newest_good(copies: Iterable[Path], key: Key | None) -> Path | None:
    """Return the first of some backups, newest first, that opens with this key and is whole; None if there is none."""
    return next((place for place in copies if _usable(place, key)), None)


def restore(path: Path, copy: Path, key: Key | None, moment: Moment) -> Path | None:
    """Let a copy take the journal's place; return where what stood there is kept (None: nothing stood there).

    A good journal is backed up first; a damaged one is set aside, not a byte of it changed. Killed at any moment,
    the journal is the old one or the new one. Raises BackupNotGood, and other journal errors; then nothing changed.
    """
    path = path.absolute()
    prepare_folder(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}{DRAFT}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        _pour(copy, draft)
        if not _usable(draft, key):
            raise BackupNotGood(path=str(copy))
        kept = _take_over(path, draft, key, moment)
        make_durable(path.parent)
    except OSError as fault:
        raise refusal(fault, path) from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return kept


def _usable(place: Path, key: Key | None) -> bool:
    try:
        return is_good(place, key)
    except JournalError:
        return False


def _pour(copy: Path, draft: Path) -> None:
    with copy.open("rb") as source, draft.open("wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _take_over(path: Path, draft: Path, key: Key | None, moment: Moment) -> Path | None:
    if not path.exists():
        draft.replace(path)
        return None
    guard_file(path)
    if not is_good(path, key):
        kept = _set_aside(path, moment)
        draft.replace(path)
        return kept
    with Store(path, key) as store:
        store.hold()
        kept = backup.back_up(store, moment, backup.BEFORE)
        if os.name == "nt":
            store.close()  # Windows moves nothing over a file that is open
        draft.replace(path)
    return kept


def _set_aside(path: Path, moment: Moment) -> Path:
    """Give a damaged journal a second name, which stays. What SQLite had begun beside it goes with it."""
    aside = path.with_name(f"{ASIDE}{moment.utc:%Y-%m-%dT%H%M%S.%fZ}{backup.ENDING}")
    try:
        aside.hardlink_to(path)
    except OSError:  # a file system without links, like FAT
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        _pour(path, aside)
    begun = path.with_name(f"{path.name}-journal")
    if begun.exists():  # left there, it would be played into the file that comes
        begun.replace(aside.with_name(f"{aside.name}-journal"))
    return aside
