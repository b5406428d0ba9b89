"""What a program and all that it started weigh together: shared memory is counted once, as Linux tells it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

MB = 1_000_000


@dataclass
class Weight:
    """The highest sums seen, in megabytes, and the seconds of processor time that were used in all."""

    pss: float = 0
    uss: float = 0
    cpu: float = 0
    processes: int = 0


def weigh(pids: list[int]) -> Weight:
    """Return what some programs and their children weigh now."""
    now = Weight()
    for process in _family(pids):
        with contextlib.suppress(psutil.Error):
            memory, times = process.memory_full_info(), process.cpu_times()
            now.pss += memory.pss / MB
            now.uss += memory.uss / MB
            now.cpu += times.user + times.system
            now.processes += 1
    return now


def _family(pids: list[int]) -> Iterator[psutil.Process]:
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            yield (root := psutil.Process(pid))
            yield from root.children(recursive=True)


@contextlib.contextmanager
def weighed(*pids: int, every: float = 0.25) -> Iterator[Weight]:
    """Weigh a tree again and again while something is done; the highest sums stand in what is given."""
    peak, stop = Weight(), threading.Event()

    def look() -> None:
        while not stop.is_set():
            now = weigh(list(pids))
            for name in ("pss", "uss", "cpu", "processes"):
                setattr(peak, name, max(getattr(peak, name), getattr(now, name)))
            time.sleep(every)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        stop.set()
        watcher.join(10)
