"""Arriving: what kind of file somebody brings, told by what is in it and not by its name, and what it holds."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from rekindle.errors import ImportNoFile, ImportUnreadable
from rekindle.journal import Whole
from rekindle.portable import day_one, daylio, spreadsheet
from rekindle.portable.arrival import Arrival
from rekindle.portable.packing import is_packed, needs_passphrase, unpack
from rekindle.portable.parcel import Parcel
from rekindle.portable.reading import LARGEST, from_json, loaded, too_large
from rekindle.portable.spreadsheet_back import from_csv
from rekindle.records import FieldId, Json

_ZIPS = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
"""How a zip begins, all four bytes: a locked file begins with chance, and two of them come up once in 65,536 files."""


class Arriving:
    """A reader of what is brought. `zone` is where clocks without a zone are read."""

    def __init__(self, never_kept: Collection[FieldId], zone: str) -> None:
        self._never_kept, self._zone = never_kept, zone

    def read(self, file: BinaryIO, passphrase: str = "") -> Arrival:
        """Return what a file holds. Raises an ImportRefused that says why nothing of it can be taken over."""
        if file.read(4) in _ZIPS:
            return self._from_zip(Parcel(file))
        file.seek(0)
        found = file.read(LARGEST + 1)
        if len(found) > LARGEST:
            raise too_large()
        if is_packed(found):
            return Arrival("packed", unpack(found, passphrase, self._never_kept))
        if daylio.is_daylio(found):
            return daylio.from_csv(found, self._zone)
        return _from_json(found)

    def read_bytes(self, file: bytes, passphrase: str = "") -> Arrival:
        """Return what a file holds that is in memory."""
        return self.read(io.BytesIO(file), passphrase)

    def read_path(self, path: Path, passphrase: str = "") -> Arrival:
        """Return what a file holds, or a folder of sheets. Raises ImportNoFile too."""
        try:
            if path.is_dir():
                return Arrival("csv", _from_folder(path))
            with path.open("rb") as opened:
                return self.read(opened, passphrase)
        except OSError:
            raise ImportNoFile(path=str(path)) from None

    def _from_zip(self, parcel: Parcel) -> Arrival:
        if spreadsheet.ABOUT in parcel.names:
            return Arrival("csv", from_csv(parcel.read))
        if daylio.BACKUP in parcel.names:
            return daylio.from_parcel(parcel)
        return day_one.from_parcel(parcel)


def asks_passphrase(path: Path) -> bool:
    """Return if a file must be unlocked before it can be read. Raises ImportNoFile."""
    if path.is_dir():
        return False
    try:
        with path.open("rb") as opened:
            head = opened.read(16)
        return not head.startswith(_ZIPS) and needs_passphrase(head, path.stat().st_size)
    except OSError:
        raise ImportNoFile(path=str(path)) from None


def _from_json(found: bytes) -> Arrival:
    book = _mapping(found)
    if "format" not in book and day_one.is_day_one(book):
        return day_one.from_books([book])
    return Arrival("rekindle", from_json(found))


def _mapping(found: bytes) -> Mapping[str, Json]:
    try:
        book = loaded(found)
    except (ValueError, RecursionError):
        raise ImportUnreadable from None
    if not isinstance(book, dict):
        raise ImportUnreadable
    return book


def _from_folder(folder: Path) -> Whole:
    """Return what a folder of sheets holds: only files that lie in it count, and no more of them than of any file."""
    left = LARGEST

    def read(name: str) -> bytes:
        nonlocal left
        place = folder / name
        if place.is_symlink() or not place.is_file():
            raise ImportUnreadable
        with place.open("rb") as opened:
            found = opened.read(left + 1)
        if len(found) > left:
            raise too_large()
        left -= len(found)
        return found

    return from_csv(read)
