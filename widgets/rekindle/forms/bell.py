"""A bell without a sound: something is said after a while, and nothing is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rekindle.frontend.at_once import at_once


class Bell:
    """Does one thing after some seconds, unless it is set anew or turned off. Without a running loop it stays still."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None
        self.is_set = False

    def ring_in(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something in that many seconds, in place of what was set before."""
        self.off()
        self.is_set = True
        try:
            self._handle = asyncio.get_running_loop().call_later(seconds, at_once()(act))
        except RuntimeError:
            self._handle = None

    def off(self) -> None:
        """Let it stay still."""
        if self._handle:
            self._handle.cancel()
        self._handle, self.is_set = None, False
