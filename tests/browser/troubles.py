"""Troubles, for tests and pictures: a full disk, a folder that takes nothing more, a journal of a later program."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rekindle.journal import migrations
from rekindle.journal.store import Store


@contextlib.contextmanager
def small_disk() -> Iterator[Path | None]:
    """Give a folder on a disk of 500 kB; None where nobody may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="rk-tests-", dir="/tmp"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(folder)]
    if not _done(mount):
        folder.rmdir()
        yield None
        return
    try:
        yield folder
    finally:
        _done(["umount", "-l", str(folder)])
        shutil.rmtree(folder, ignore_errors=True)


def fill_up(path: Path) -> None:
    """Write a file until its disk takes no more."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(file, b"x" * 1024):
            pass
    except OSError:
        pass
    finally:
        os.close(file)


@contextlib.contextmanager
def closed_folder(folder: Path) -> Iterator[bool]:
    """Let nothing be written into a folder, not even by the administrator; False where that cannot be had."""
    closed = _done(["chattr", "+i", str(folder)])
    try:
        yield closed
    finally:
        if closed:
            subprocess.run(["chattr", "-i", str(folder)], check=True)


def make_newer(path: Path) -> None:
    """Have a journal look as if a later program had written it."""
    later = migrations.Migration("9999-later", ("ALTER TABLE answer ADD COLUMN later TEXT",))
    with Store(path) as store:
        migrations.migrate(store, (*migrations.MIGRATIONS, later), lambda _: None)


def _done(command: list[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
