"""The runtime folder: a short, private place for sockets, keys and copies, gone when the server ends."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "rk-"
# A socket's path may have 103 bytes on macOS and 107 on Linux; Jupyter adds "/k/kernel-<36>-ipc-<digit>".
LONGEST_BASE = 103 - len("/rk-xxxxxxxx/k/kernel-" + "x" * 36 + "-ipc-1")


def make() -> Path:
    """Return a new folder, 0700, on a path short enough for sockets."""
    for base in _bases():
        try:
            return Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix=PREFIX))


def _bases() -> Iterator[Path]:
    """Yield the places to try: the session's own, which the system empties, before the shared ones."""
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    if own and _is_private(Path(own)) and _fits(Path(own)):
        yield Path(own)
    for shared in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 (mkdtemp makes it 0700)
        if shared.is_dir() and _fits(shared):
            yield shared


def _fits(base: Path) -> bool:
    return len(os.fsencode(base)) <= LONGEST_BASE


def _is_private(folder: Path) -> bool:
    try:
        seen = folder.stat()
    except OSError:
        return False
    return os.name == "nt" or (seen.st_uid == os.getuid() and stat.S_IMODE(seen.st_mode) & 0o077 == 0)


def remove(folder: Path) -> None:
    """Remove a runtime folder, whatever is left in it."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_left_behind(folder: Path) -> None:
    """Remove the folder of a server that crashed, if it is one of ours: our prefix, our account, private."""
    if folder.name.startswith(PREFIX) and not folder.is_symlink() and _is_private(folder):
        remove(folder)


def write_private(path: Path, text: str) -> Path:
    """Write a new file that only this account can read, and return its path."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return path
