"""The day's backup: made while a page is open, some time after it was shown, so that nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from rekindle.errors import RekindleError
from rekindle.page.book import Book

AFTER = 20.0
"""Seconds after a page is shown."""


class Daily:
    """Makes the day's backup for one page. What hinders it shows on the page about the person's words: no new date."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._waits = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def soon(self) -> None:
        """Make it in a while, if a program is running that can wait."""
        if self._waits:
            return
        with suppress(RuntimeError):
            asyncio.get_running_loop().call_later(AFTER, self._start)
            self._waits = True

    def _start(self) -> None:
        self._waits = False
        if self._book.counting.goes_on:  # what it keeps would have the copy made anew, and anew
            self.soon()
            return
        threading.Thread(target=self.make, daemon=True).start()

    def make(self) -> None:
        """Make it now, unless there is one of today."""
        with suppress(RekindleError):
            self._book.journal.back_up_if_due(self._book.now())
