"""A parcel: several files in one. Packed the same way each time, and opened without trust."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from rekindle.errors import ImportUnreadable
from rekindle.portable.reading import LARGEST, too_large

MOST_FILES = 50_000
"""How many files a parcel may name: an app puts each picture into one."""

_END, _END_LENGTH, _LONGEST_NOTE = b"PK\5\6", 22, 0xFFFF
_WAY_TO_END_64, _WAY_LENGTH = b"PK\6\7", 20
_END_64, _END_64_LENGTH = b"PK\6\6", 56
_LINE = 46
"""Bytes that each file takes in the list at the end, at least."""

_LONGEST_LIST = MOST_FILES * 4 * _LINE
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 0x1
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error, RuntimeError, OSError)
_DAY = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one zip; the same files give the same bytes, and nobody else may read what is unpacked."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            line = zipfile.ZipInfo(name, _DAY)
            line.compress_type, line.external_attr = zipfile.ZIP_DEFLATED, 0o100600 << 16
            made.writestr(line, content)
    return into.getvalue()


class Parcel:
    """A zip of somebody's. Nothing is unpacked onto the disk, and no more than a journal's worth into memory."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the list of files. Raises ImportUnreadable and ImportTooLarge."""
        _refuse_long_list(file)
        self._left = LARGEST
        try:
            self._zip = zipfile.ZipFile(file)
            lines = self._zip.infolist()
        except _FAULTS:
            raise ImportUnreadable from None
        if len(lines) > MOST_FILES:
            raise too_large()
        self._lines = {line.filename: line for line in lines if not line.is_dir()}
        if len(self._lines) != sum(not line.is_dir() for line in lines) or not all(map(_is_inside, self._lines)):
            raise ImportUnreadable

    @property
    def names(self) -> list[str]:
        """The files' names, as they stand in the list."""
        return list(self._lines)

    def read(self, name: str) -> bytes:
        """Return one file. Raises ImportUnreadable, and ImportTooLarge when all that was read comes to too much."""
        line = self._lines.get(name)
        if line is None or line.compress_type not in _KINDS or line.flag_bits & _LOCKED:
            raise ImportUnreadable
        try:
            with self._zip.open(line) as opened:
                found = opened.read(self._left + 1)  # what the list says of its size may be a lie
        except _FAULTS:
            raise ImportUnreadable from None
        if len(found) > self._left:
            raise too_large()
        self._left -= len(found)
        return found


def _is_inside(name: str) -> bool:
    """Return if a name leads to no other place than the folder that it would be unpacked in."""
    odd = "\\" in name or "\0" in name or ":" in name.partition("/")[0]
    return not odd and not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts


def _refuse_long_list(file: BinaryIO) -> None:
    """Look at how long the list says that it is before it is read: each of its lines costs a thousand bytes."""
    size = file.seek(0, io.SEEK_END)
    start = file.seek(max(0, size - _LONGEST_NOTE - _END_LENGTH - _WAY_LENGTH - _END_64_LENGTH))
    tail = file.read()
    file.seek(0)
    plain = len(tail) >= _END_LENGTH and tail[-_END_LENGTH:].startswith(_END) and tail.endswith(b"\0\0")
    end = len(tail) - _END_LENGTH if plain else tail.rfind(_END)
    if end < 0 or end + _END_LENGTH > len(tail):
        raise ImportUnreadable
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    way = tail[max(0, end - _WAY_LENGTH) : end]
    if way.startswith(_WAY_TO_END_64):
        length = _length_64(tail[: end - _WAY_LENGTH], way, start)
    if length > _LONGEST_LIST:
        raise too_large()


def _length_64(before: bytes, way: bytes, start: int) -> int:
    """Return how long the list is in a zip for large files, whose end stands right before the way to it."""
    end = before[-_END_64_LENGTH:]
    leads_there = int.from_bytes(way[8:16], "little") == start + len(before) - _END_64_LENGTH
    if len(end) < _END_64_LENGTH or not end.startswith(_END_64) or not leads_there:
        raise ImportUnreadable
    return int.from_bytes(end[40:48], "little")
