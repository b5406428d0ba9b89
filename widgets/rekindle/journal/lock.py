"""The lock: a journal gets a key, another key or none; the old file goes only when the new one is proven."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rekindle.errors import (
    DiskFault,
    DiskFull,
    FolderNotWritable,
    JournalBusy,
    JournalDamaged,
    JournalError,
    JournalLocked,
    JournalPlain,
)
from rekindle.journal import backup, migrations
from rekindle.journal.folder import FILE_MODE, guard_file, make_durable, refusal
from rekindle.journal.key import SALT, Key
from rekindle.journal.shred import shred
from rekindle.journal.store import MAGIC, Store, header_of, looks_encrypted
from rekindle.journal.walk import likeness

DRAFT, OLD = ".relocked", ".unlinked"
"""How the names end of a file that is to take another's place, and of one whose place was taken."""

A_MOMENT = 0.3


@dataclass(frozen=True, slots=True)
class Relocked:
    """What became of the backups: given the new key, deleted (plain and broken), or left as they were.

    `away` is a folder that was chosen for them and is not there now, or in which plain ones could not be changed.
    """

    changed: int
    deleted: int
    left: int
    away: str = ""


def is_locked(path: Path) -> bool:
    """Return whether there is a journal, and it looks locked. A damaged one can look like that too."""
    return path.is_file() and looks_encrypted(path)


def key_for(path: Path, passphrase: str) -> Key:
    """Return the key that a passphrase stands for at this file; if it is the right one shows when it is opened.

    Raises EmptyKey, and JournalPlain for a journal that has no lock.
    """
    salt = header_of(path)
    if salt == MAGIC:
        raise JournalPlain(path=str(path))
    return Key.derived(passphrase, salt.ljust(SALT, b"\0"))


def new_key(passphrase: str) -> Key:
    """Return a new file's key: the passphrase with a salt of its own. Raises EmptyKey."""
    return Key.derived(passphrase, os.urandom(SALT))


def relock(path: Path, old: Key | None, new: Key | None) -> Relocked:
    """Give the journal at `path`, and its backups, the key `new` in place of `old`; None is no key.

    Alone, and all or nothing: each new file is opened again and compared row by row before it takes its place, the
    journal first. Killed at any moment, the journal is the old one or the new one; the next opening does the rest.
    Plain files that were replaced are overwritten. Raises a journal error; then nothing has changed.
    """
    path = path.absolute()
    guard_file(path)
    with Store(path, old) as store:
        migrations.admit(store, migrations.MIGRATIONS)
        store.hold()
        _tidy(path, old)
        with _drafts() as drafts:
            drafts[path] = _redraw(store, path, new)
            copies = backup.every_backup(path)
            deleted = _redraw_backups(copies, old, new, drafts)
            if os.name == "nt":
                store.close()  # Windows moves nothing over a file that is open
            put_in_place(drafts.pop(path), path)
            changed = 0
            for place in list(drafts):
                with suppress(JournalError):  # the journal is changed: a fault at one copy must not hide that
                    put_in_place(drafts.pop(place), place)
                    changed += 1
    for broken in deleted:
        shred(broken)
    away = [folder.parent for folder in backup.away(path)]
    away += [place.parent for place in copies if new and header_of(place) == MAGIC]
    return Relocked(changed, len(deleted), len(copies) - changed - len(deleted), str(away[0]) if away else "")


def lock_late(store: Store, folder: Path) -> int:
    """Give plain backups in a folder the key of an open journal: it was locked while the folder was away."""
    copies = [place for place in backup.backups(folder) if store.key and header_of(place) == MAGIC]
    with suppress(JournalError), _drafts() as drafts:
        broken = _redraw_backups(copies, None, store.key, drafts)
        for place in list(drafts):
            put_in_place(drafts.pop(place), place)
        for place in broken:
            shred(place)
    return len(copies)


def tidy(path: Path, key: Key | None) -> None:
    """Finish or undo what a program that was killed while it changed the lock has left, if nobody is at it now."""
    if not is_unfinished(path):
        return
    with suppress(JournalBusy), Store(path, key) as store:
        store.patience = A_MOMENT
        store.hold()
        _tidy(path, key)


def is_unfinished(path: Path) -> bool:
    """Return whether a program that was killed while it changed the lock has left something to finish or undo."""
    return any(_left_behind(path))


def _left_behind(path: Path) -> Iterator[Path]:
    for folder in (path.parent, *backup.folders(path)):
        for ending in (DRAFT, OLD):
            yield from folder.glob(f".*{ending}")


def _tidy(path: Path, key: Key | None) -> None:
    """As `tidy`, by the one who holds the journal. A backup's new copy fits only if the journal itself was changed."""
    for found in list(_left_behind(path)):
        place = found.with_name(found.name[1:].rsplit(".", 2)[0])
        fits = found.name.endswith(DRAFT) and place != path and place.exists() and _opens(found, key)
        if fits and not _opens(place, key):
            put_in_place(found, place)
        else:
            shred(found)


def _opens(path: Path, key: Key | None) -> bool:
    try:
        Store(path, key).close()
    except JournalError:
        return False
    return True


@contextmanager
def _drafts() -> Iterator[dict[Path, Path]]:
    """Give room for new files by the place that they are for; what is still in it at the end is shredded."""
    drafts: dict[Path, Path] = {}
    try:
        yield drafts
    finally:
        for draft in drafts.values():
            _drop(draft)


def _drop(draft: Path) -> None:
    with suppress(OSError):
        shred(draft)


def _redraw(store: Store, place: Path, new: Key | None) -> Path:
    """Return a new file beside `place` that holds what the store holds, proven."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}{DRAFT}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        store.export_to(draft, new)
        with Store(draft, new) as copy:
            same = _content(copy) == _content(store)
            if not same or not copy.is_sound(thorough=True) or (header_of(draft) == MAGIC) is not (new is None):
                raise JournalDamaged(path=str(place))
    except OSError as fault:
        _drop(draft)
        raise refusal(fault, place) from None
    except BaseException:
        _drop(draft)
        raise
    return draft


def _redraw_backups(copies: Iterable[Path], old: Key | None, new: Key | None, drafts: dict[Path, Path]) -> list[Path]:
    """Draw every backup anew that a key of ours opens; return those that are plain and cannot be read."""
    broken = []
    for place in copies:
        plain = header_of(place) == MAGIC
        try:
            with Store(place, None if plain else old) as store:
                drafts[place] = _redraw(store, place, new)
        except JournalDamaged:
            # A plain copy that is broken would stay readable for ever; the journal itself was just found sound.
            broken += [place] if plain and new else []
        except (JournalLocked, JournalPlain):
            continue  # somebody else's, or of an earlier lock: its own passphrase opens it
        except (DiskFault, DiskFull, FolderNotWritable):
            if place.parent.name == backup.FOLDER:
                raise
            continue  # a stick that is full or cannot be written: that must not keep the journal without a lock
    return broken


def _content(store: Store) -> bytes:
    """Return a checksum of all rows of all tables."""
    tables = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
    return likeness(store, [name for (name,) in tables])


def put_in_place(draft: Path, place: Path) -> None:
    """Let a new file take its place; overwrite and delete the one that stood there."""
    old = place.with_name(f".{place.name}.{secrets.token_hex(8)}{OLD}")
    try:
        with suppress(OSError):  # a file system without links, like FAT: then the old one is only deleted
            old.hardlink_to(place)
        draft.replace(place)
        make_durable(place.parent)
    except OSError as fault:
        raise refusal(fault, place) from None
    with suppress(OSError):  # what cannot be overwritten is deleted all the same
        shred(old)
