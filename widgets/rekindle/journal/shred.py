"""Shredding: a file that held words in plain is overwritten before it goes, as far as a program can reach."""

from __future__ import annotations

import os
from pathlib import Path

CHUNK = 1 << 20


def shred(path: Path) -> None:
    """Overwrite a file with zeros and delete it; one that is not there, or has a second name, is only taken away.

    What this cannot reach: blocks that the disk itself has put aside (flash memory does), a file system's own
    journal and snapshots, and copies that the system or a person made.
    """
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        path.unlink(missing_ok=True)
        return
    try:
        overwrite(handle)
    finally:
        os.close(handle)
        path.unlink(missing_ok=True)


def overwrite(handle: int) -> None:
    """Overwrite an open file with zeros, unless another name leads to it: then it is still somebody's file."""
    found = os.fstat(handle)
    if found.st_nlink > 1:
        return
    zeros = bytes(CHUNK)
    for start in range(0, found.st_size, CHUNK):
        os.lseek(handle, start, os.SEEK_SET)
        os.write(handle, zeros[: found.st_size - start])
    os.fsync(handle)
