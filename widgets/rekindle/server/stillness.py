"""Stillness: how long nobody has touched the book, and whether the computer has slept meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

TEN = 10
A_NAP = 30.0
"""Seconds by which the clock on the wall may run ahead of the steady one before we call it sleep."""


def told_limit(seconds: float, say: Callable[..., str]) -> str:
    """Return how long a book waits before it locks itself, by the sentences under `lock.after`."""
    minutes = round(seconds / 60)
    key = "short" if seconds < 50 else {1: "one", TEN: "ten"}.get(minutes, "many")
    return say(f"after.{key}", count=minutes)


class Stillness:
    """Says when it is time to lock: nobody touched anything for `limit` seconds, or the computer woke from sleep.

    A heartbeat of an open page is no touch. The steady clock stands still while a computer sleeps; where it does not,
    the limit itself has passed by then.
    """

    def __init__(
        self, limit: float, clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time
    ) -> None:
        self.limit, self._clock, self._wall = limit, clock, wall
        self.touch()
        self._ahead = wall() - clock()

    def touch(self) -> None:
        """Note that somebody is there."""
        self._touched = self._clock()

    def is_over(self) -> bool:
        """Tell whether to lock now. Asked again and again: a nap shows between two questions."""
        ahead, before = self._wall() - self._clock(), self._ahead
        self._ahead = ahead
        return self._clock() - self._touched >= self.limit or ahead - before > A_NAP
