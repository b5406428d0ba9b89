"""Packing: the journal as one locked file to take to another computer, and what such a file holds."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rekindle.errors import (
    EmptyKey,
    ImportLocked,
    ImportNewer,
    ImportUnreadable,
    JournalDamaged,
    JournalError,
    JournalLocked,
    JournalNewer,
)
from rekindle.journal import MAGIC, Additions, Journal, Key, Whole, is_locked, key_for, seems_encrypted, shred
from rekindle.portable.reading import alike, checked
from rekindle.records import FieldId

_MARK_OF_TEXT = b"\xef\xbb\xbf"
_TEXT = frozenset((*range(32, 127), 9, 10, 13))


def pack(whole: Whole, key: Key, never_kept: Collection[FieldId]) -> bytes:
    """Return a journal as a file that only this key opens: SQLCipher 4 as it is, which other programs know too.

    It was opened again and held the same, and nothing of it was ever on the disk in plain. Raises JournalDamaged.
    """
    everything = Additions(whole.answers, whole.entries, [], whole.earlier_entries, whole.events, whole.settings)
    with _apart() as place:
        with Journal.open(place, never_kept=never_kept, key=key) as copy:
            copy.take_in(lambda _empty: everything)
        with Journal.open(place, never_kept=never_kept, key=key) as copy:
            same = alike(copy.whole(), whole)
        if not same or not is_locked(place):
            raise JournalDamaged(path=place.name)
        return place.read_bytes()


def unpack(file: bytes, passphrase: str, never_kept: Collection[FieldId]) -> Whole:
    """Return the journal that a locked or a plain journal file holds; the file itself is not touched.

    Raises ImportLocked for a passphrase that does not open it, ImportNewer and ImportUnreadable.
    """
    with _apart() as place:
        place.touch(0o600)
        place.write_bytes(file)
        try:
            key = key_for(place, passphrase) if is_locked(place) else None
            with Journal.open(place, never_kept=never_kept, key=key) as copy:
                whole = copy.whole()
        except (JournalLocked, EmptyKey):
            raise ImportLocked from None
        except JournalNewer:
            raise ImportNewer from None
        except (JournalError, OSError):
            raise ImportUnreadable from None
    return checked(whole)


def is_packed(file: bytes) -> bool:
    """Return if a file may be a journal, with a lock or without."""
    return file.startswith(MAGIC) or needs_passphrase(file[: len(MAGIC)], len(file))


def needs_passphrase(head: bytes, size: int) -> bool:
    """Return if a file with this beginning may be a locked journal: whole pages that look like nothing at all."""
    start = head[: len(MAGIC)].removeprefix(_MARK_OF_TEXT)
    return not set(start) <= _TEXT and seems_encrypted(head[: len(MAGIC)], size)


@contextmanager
def _apart() -> Iterator[Path]:
    """Give a place in a folder that nobody else can look into; all that was put there is overwritten and gone."""
    with tempfile.TemporaryDirectory(prefix="rk-file-") as folder:
        try:
            yield Path(folder).resolve() / "journal.rekindle"
        finally:
            for left in Path(folder).rglob("*"):
                if left.is_file():
                    with suppress(OSError):
                        shred(left)
