"""The memory: the logs as one page has read them. Nothing stale: the journal is asked each time if anything changed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from rekindle.errors import RekindleError
from rekindle.insights import need_of
from rekindle.journal import Journal
from rekindle.records import Entry

NEWEST = 60
"""Where the days that are looked at are not enough, so many of the newest entries are, nearly always."""


class Memory:
    """A log is read as a whole once; after a save of this page, only what it saved is read again."""

    def __init__(self, opener: Callable[[], Journal]) -> None:
        self._open = opener
        self._turn = threading.RLock()
        self._read: tuple[Journal, tuple[int, int]] | None = None
        self._logs: dict[str, list[Entry]] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def needed(self, page: str, log: str, today: dt.date) -> Sequence[Entry]:
        """Return the entries of a log that a page's findings look at, newest first: all since some day."""
        need = need_of(page, log)
        if need is None:
            return self.whole(log)
        journal, since = self._open(), need.since(today)
        found = journal.entries(log, since=since)
        if need.enough(found, today):
            return found
        newest = journal.entries(log, limit=NEWEST)
        if len(newest) < NEWEST:
            return newest
        found = journal.entries(log, since=min(since, *(entry.happened.local_date for entry in newest)))
        return found if need.enough(found, today) else self.whole(log)

    def whole(self, log: str) -> Sequence[Entry]:
        """Return a log's entries, newest first, as they are in the journal now."""
        with self._turn:
            journal = self._open()
            now = journal, journal.counts.changes()
            if now != self._read:
                self._logs.clear()
                self._read = now
            if log not in self._logs:
                self._logs[log] = journal.entries(log)
            return self._logs[log]

    def forget(self) -> None:
        """Forget every log: another file is to take the journal's place."""
        with self._turn:
            self._logs.clear()
            self._read = None

    @contextmanager
    def saving(self, id_: str) -> Iterator[None]:
        """Save one entry inside this: what is remembered follows, if nobody else has saved meanwhile."""
        with self._turn:
            journal = self._open()
            before = journal.counts.changes()
            yield
            if not self._logs or (journal, before) != self._read:
                return  # what is remembered was old before
            with suppress(RekindleError):  # it is saved: what cannot be read now is read, or told, another time
                saved, after = journal.entry(id_), journal.counts.changes()
                if after[0] == before[0]:
                    self._follow(id_, saved)
                    self._read = journal, after

    def _follow(self, id_: str, saved: Entry | None) -> None:
        for log, entries in tuple(self._logs.items()):
            known = next((n for n, entry in enumerate(entries) if entry.id == id_), None)
            belongs = saved is not None and saved.exercise == log and not saved.deleted
            if known is None and not belongs:
                continue
            others = entries if known is None else [*entries[:known], *entries[known + 1 :]]
            if saved is None or not belongs:
                self._logs[log] = others
            elif known is not None and entries[known].happened.utc == saved.happened.utc:
                self._logs[log] = [*entries[:known], saved, *entries[known + 1 :]]
            else:
                self._put(log, others, saved)

    def _put(self, log: str, others: list[Entry], saved: Entry) -> None:
        """Put an entry where it belongs; beside one of the same instant, only the journal knows which comes first."""
        utc = saved.happened.utc
        at = next((n for n, entry in enumerate(others) if entry.happened.utc <= utc), len(others))
        if at < len(others) and others[at].happened.utc == utc:
            del self._logs[log]
        else:
            self._logs[log] = [*others[:at], saved, *others[at:]]
