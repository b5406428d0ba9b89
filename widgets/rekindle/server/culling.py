"""The culling policy: when a page's kernel is ended. A pure function of what was seen of the page."""

from __future__ import annotations

from dataclasses import dataclass

CONNECT_WITHIN = 60.0
RECONNECT_WITHIN = 30.0
SILENT_FOR = 15 * 60.0


@dataclass
class Sight:
    """What was seen of one page since its kernel was handed out; times are seconds of one steady clock."""

    handed_out: float
    sockets: int = 0
    heard: float | None = None
    closed: float | None = None

    def connect(self, now: float) -> None:
        """Note that the page opened a socket."""
        self.sockets += 1
        self.heard = now
        self.closed = None

    def hear(self, now: float) -> None:
        """Note a sign of life from the page."""
        self.heard = now

    def disconnect(self, now: float) -> None:
        """Note that a socket closed."""
        self.sockets = max(0, self.sockets - 1)
        if not self.sockets:
            self.closed = now


def is_gone(sight: Sight, now: float) -> bool:
    """Tell whether the page is gone, so that its kernel can be ended.

    Gone is: its socket closed and not opened again for half a minute; or never opened for a minute after the kernel
    was handed out; or open, but without any sign for a quarter of an hour. A kernel that was never handed out has no
    `Sight`, and just waits.
    """
    if sight.sockets:
        return now - (sight.heard if sight.heard is not None else sight.handed_out) >= SILENT_FOR
    if sight.closed is not None:
        return now - sight.closed >= RECONNECT_WITHIN
    return now - sight.handed_out >= CONNECT_WITHIN
