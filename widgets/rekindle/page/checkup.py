"""The checkup: a large journal's file is looked over soon after its page was shown, so that nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from rekindle.errors import JournalDamaged, JournalError
from rekindle.journal import Journal
from rekindle.page.book import Book

AFTER = 1.0
"""Seconds after a page is shown: by then it stands, with its charts."""


class Checkup:
    """Looks the file over for one page, unless its soundness is known; then what waited for that is kept.

    `damaged` is called if it is not in order. A file that is busy is looked over the next time that the page is shown;
    until then, a save looks for itself.
    """

    def __init__(self, book: Book, damaged: Callable[[], None]) -> None:
        self._book, self._damaged = book, damaged
        self._waits = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def soon(self) -> None:
        """Look it over in a while, if that is needed and a program is running that can wait."""
        journal = self._book.journal
        if self._waits or journal.soundness.is_known:
            return
        with suppress(RuntimeError):
            loop = asyncio.get_running_loop()
            loop.call_later(AFTER, self._start, loop, journal)
            self._waits = True

    def _start(self, loop: asyncio.AbstractEventLoop, journal: Journal) -> None:
        self._waits = False
        threading.Thread(target=self.look, args=(journal, loop.call_soon_threadsafe), daemon=True).start()

    def look(self, journal: Journal, tell: Callable[[Callable[[], None]], object]) -> None:
        """Look it over now, in a thread of its own, and `tell` the page's thread what it has to do."""
        try:
            journal.soundness.make_sure()
        except JournalDamaged:
            todo = self._damaged
        except JournalError:
            return  # busy, moved away or let go: nothing is known of it
        else:
            todo = self._book.logs.settle
        with suppress(RuntimeError):  # the page's thread has ended
            tell(todo)
