"""SQLite's faults in the workbook's words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from rekindle.errors import DiskFault, DiskFull, FolderNotWritable, JournalBusy, JournalDamaged, JournalError

ROOM_TO_WORK = 1 << 16
"""Bytes that must be free for an I/O error to be anything but a full disk."""

# The library gives no error codes, only SQLite's own English; these parts of it have not changed in twenty years.
_SIGNS: tuple[tuple[str, type[JournalError]], ...] = (
    ("disk is full", DiskFull),
    ("readonly database", FolderNotWritable),
    ("unable to open", FolderNotWritable),
    ("locked", JournalBusy),
    ("disk I/O error", DiskFault),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's faults into journal errors that name the file and nothing else."""
    try:
        yield
    except (sqlite.ProgrammingError, sqlite.InterfaceError):
        raise  # wrong use of the library: a bug of ours, not something that happened to the person's file
    except (sqlite.Error, UnicodeDecodeError) as fault:
        # Not chained: when text cannot be decoded, the library's message quotes it.
        raise meaning(str(fault), path)(path=str(path)) from None


def meaning(message: str, path: Path) -> type[JournalError]:
    """Return the class of error that SQLite's `message` means for the journal at `path`."""
    for sign, kind in _SIGNS:
        if sign in message:
            return DiskFull if kind is DiskFault and _is_full(path) else kind
    return JournalDamaged


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < ROOM_TO_WORK
    except OSError:
        return False
