"""The folder and the file of a journal: nobody else's to read, and never a way to somewhere else."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rekindle.errors import DiskFull, FolderNotWritable

ASIDE = "journal-damaged-"
"""How the name begins of a damaged journal that was set aside."""

FOLDER_MODE = 0o700
FILE_MODE = 0o600
_FULL = 28, 122
"""ENOSPC and EDQUOT; `errno` has no EDQUOT on Windows."""


def prepare_folder(folder: Path) -> None:
    """Make `folder`, and what is missing above it, for this account alone; mend its permissions if they are wider.

    Raises FolderNotWritable for a folder of somebody else, for one shared by all (like /tmp) and for no folder at all.
    """
    try:
        for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
            with suppress(FileExistsError):
                missing.mkdir(FOLDER_MODE)
                missing.chmod(FOLDER_MODE)  # whatever the umask took away
        found = folder.stat()
        shared = stat.S_IMODE(found.st_mode) & stat.S_ISVTX
        if not stat.S_ISDIR(found.st_mode) or shared or not _is_ours(found) or folder == Path.home():
            raise FolderNotWritable(path=str(folder))
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o777 != FOLDER_MODE:
            folder.chmod(FOLDER_MODE)
    except OSError as fault:
        raise refusal(fault, folder) from None


def guard_file(path: Path) -> None:
    """Make sure that an existing file is a real file of this account, which nobody else can read."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or not _is_ours(found):
            raise FolderNotWritable(path=str(path))
        if os.name == "posix" and stat.S_IMODE(found.st_mode) != FILE_MODE:
            path.chmod(FILE_MODE)
    except OSError as fault:
        raise refusal(fault, path) from None


def make_whole(path: Path, fill: Callable[[Path], None], *, replace: bool = False) -> bool:
    """Let `fill` write a new file beside `path` and put it there when it is complete; return whether it was put.

    So a file at `path` is never half a one, even if the power goes. Without `replace` a file that stands there
    already is left alone, and the new one is dropped.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        with suppress(PermissionError):  # FAT has one mode for all; a journal itself is not opened there: `guard_file`
            draft.chmod(FILE_MODE)
        fill(draft)
        if replace:
            draft.replace(path)
        elif not _put(draft, path):
            return False
        make_durable(path.parent)
    except OSError as fault:
        raise refusal(fault, path) from None
    else:
        return True
    finally:
        for leftover in (draft, draft.with_name(draft.name + "-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> bool:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:  # a file system without links, like FAT
        if path.exists():
            return False
        draft.rename(path)
    return True


def make_durable(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_ours(found: os.stat_result) -> bool:
    return os.name != "posix" or found.st_uid == os.geteuid()


def refusal(fault: OSError, path: Path) -> DiskFull | FolderNotWritable:
    """Return what a fault of the file system means for the journal."""
    kind = DiskFull if fault.errno in _FULL else FolderNotWritable
    return kind(path=str(path))
