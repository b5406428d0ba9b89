"""The signals: every polite way of ending us, or of putting us to sleep, as one event."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def heard(note: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let `note` hear of each, until the block ends."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK", "SIGTSTP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What somebody chose to ignore (nohup) stays ignored.
    before = {number: signal.signal(number, note) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
