"""The rendering of a page: small pieces go out together."""

from __future__ import annotations

import asyncio
from typing import Any

GATHER = 0.005
"""Seconds that a piece of a page may wait for the next one. A page has 900 of them, and each would be a packet."""


class Gathered:
    """Sends pieces which follow each other closely in one. It goes in front of a handler."""

    _finished: bool
    _is_due = False

    def flush(self, include_footers: bool = False) -> Any:
        """Send soon what was written; at the end, at once."""
        if include_footers:
            return self._send_now(include_footers=True)
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(GATHER, self._send)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def _send(self) -> None:
        self._is_due = False
        if not self._finished:
            self._send_now()

    def _send_now(self, **how: bool) -> Any:
        upstream: Any = super()
        return upstream.flush(**how)
