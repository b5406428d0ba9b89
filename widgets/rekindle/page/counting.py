"""Counting: long logs that were never counted are, bit by bit, between the other things that a page is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from rekindle.errors import JournalBusy, RekindleError
from rekindle.insights import is_counted, need_of, reads
from rekindle.journal import Journal
from rekindle.page.count import Count
from rekindle.page.memory import FAR, LOOSE, Memory

AT_A_TIME = 0.02
"""Seconds for which nothing else is done."""

PAUSE = 0.004
"""Seconds between: whatever has come meanwhile is done first, an edit above all."""

NEVER_WAITS = "right-now"
"""The page of a hard moment: what a plan has done so far, it can do without."""

FIRST, BUSY = 0.1, 1.0
"""Seconds until it begins, so that what is shown is on its way; and while another program holds the file."""


class Counting:
    """Counts for one page what it waits for, one log after the other; `on_done` is called after each."""

    def __init__(self, logs: Memory) -> None:
        self.on_done: Callable[[], None] = lambda: None
        self._logs = logs
        self._queue: list[str] = []
        self.goes_on = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.goes_on}>"

    def waits_for(self, *logs: str) -> bool:
        """Return if one of some logs is still to be counted; that goes on by itself.

        Where no program is running that could go on with it, nobody waits: what is asked for is counted at once.
        """
        long = [log for log in logs if is_counted(log) and self._logs.is_long(log)]
        if not long:
            return False
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        self._queue += [log for log in long if log not in self._queue]
        if not self.goes_on:
            self.goes_on = True
            loop.call_later(FIRST, self._go_on, loop)
        return True

    def holds_up(self, exercise: str) -> bool:
        """Return if a log that a page's findings look at is still to be counted."""
        logs = [log for log in (exercise, *reads(exercise)[0]) if need_of(exercise, log) is None]
        return exercise != NEVER_WAITS and self.waits_for(*logs)

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        log, pause = self._queue[0], PAUSE
        try:
            done = self._logs.count_on(log, AT_A_TIME)
        except JournalBusy:
            done, pause = False, BUSY
        except RekindleError:  # moved, or let go of: whoever looks again is told
            done = True
        if done:
            self._queue.remove(log)
        self.goes_on = bool(self._queue)
        if self.goes_on:
            loop.call_later(pause, self._go_on, loop)
        if done:
            self.on_done()


def is_much(journal: Journal) -> bool:
    """Return if so much of a journal's logs is not counted yet that counting it takes a while."""
    memory = Memory(lambda: journal)
    return any(is_counted(log) and memory.is_long(log) for log in journal.counts.logs())


def count_up(journal: Journal) -> None:
    """Count the long logs of a journal that came to hold many entries at once, so that no page has to wait for it.

    What cannot be counted now is left to the page that asks for it.
    """
    memory, digests = Memory(lambda: journal), journal.counts.digests
    with suppress(RekindleError):
        for log in journal.counts.logs():
            if not is_counted(log):
                memory.total(log)
                continue
            count = Count(journal, log, digests.keep)
            far = count.upto and digests.highest() - count.upto > FAR
            if far or digests.are_more_after(log, count.upto, LOOSE):
                while not count.step(AT_A_TIME):
                    pass
