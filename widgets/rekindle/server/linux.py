"""Linux: what only this system lets a process do: adopt, end with its parent, and be called by another name."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = sys.platform == "linux" and hasattr(os, "fork")

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def end_with_parent() -> None:
    """Let this process be killed when the one that started it is gone."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


@contextlib.contextmanager
def adopting() -> Iterator[None]:
    """For as long as the block runs, be the parent of grandchildren whose own parent ends."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield
    finally:
        _prctl(PR_SET_CHILD_SUBREAPER, 0)


def is_single() -> bool:
    """Tell whether this process has one thread only, so that a copy of it is whole."""
    return len(list(Path("/proc/self/task").iterdir())) == 1


def be_called(command: Sequence[str]) -> None:
    """Stand in the list of processes under another command line, if there is room for it where the first one lies."""
    line = b"".join(os.fsencode(word) + b"\0" for word in command)
    with contextlib.suppress(OSError, ValueError, IndexError):
        after_name = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        start, end = int(after_name[45]), int(after_name[46])
        was = Path("/proc/self/cmdline").read_bytes()
        if len(line) <= end - start == len(was) and ctypes.string_at(start, len(was)) == was:
            ctypes.memmove(start, line.ljust(len(was), b"\0"), len(was))


def _prctl(option: int, value: int) -> None:
    """Ask the system; raises OSError."""
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
