"""The memory: the logs as one page has read them. Nothing stale: the journal is asked each time if anything changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from rekindle.errors import RekindleError
from rekindle.insights import Pile, Tallies, is_counted, need_of
from rekindle.journal import Digest, Journal
from rekindle.records import Entry

NEWEST = 60
"""Where the days that are looked at are not enough, so many of the newest entries are, nearly always."""

LOOSE = 100
"""So many entries are counted each time that a page is opened; of more, what they count up to is kept."""


class Memory:
    """A log is read as a whole once; after a save of this page, only what it saved is read again."""

    def __init__(self, opener: Callable[[], Journal]) -> None:
        self._open = opener
        self._turn = threading.RLock()
        self._read: tuple[Journal, tuple[int, int]] | None = None
        self._logs: dict[str, list[Entry]] = {}
        self._piles: dict[str, Pile] = {}
        self._totals: dict[str, int] = {}
        self._waiting: list[Digest] = []  # of what was read last
        self._signed: list[Entry] | None = None

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
            journal = self._fresh()
            if log not in self._logs:
                self._logs[log] = journal.entries(log)
            return self._logs[log]

    def pile(self, log: str) -> Pile:
        """Return a log as its findings look at it, as it is in the journal now."""
        with self._turn:
            journal = self._fresh()
            if log not in self._piles:
                self._piles[log] = self._counted(journal, log)
            return self._piles[log]

    def total(self, log: str) -> int:
        """Return how many entries a log holds now, without counting all of a long one."""
        with self._turn:
            journal = self._fresh()
            if log not in self._totals:
                self._totals[log] = len(self.pile(log)) if is_counted(log) else self._numbered(journal, log)
            return self._totals[log]

    def signed(self) -> Sequence[Entry]:
        """Return the entries of the contact log that bear on the contact state: the last that shows each sign."""
        with self._turn:
            tallies = self.pile("contact-log").tallies
            if self._signed is None:
                journal = self._open()
                found = [journal.entry(id_) for id_ in set(tallies.last_signs().values())]
                self._signed = [entry for entry in found if entry]
            return self._signed

    def forget(self) -> None:
        """Forget every log: another file is to take the journal's place."""
        with self._turn:
            self._drop()
            self._read = None

    def _drop(self) -> None:
        self._logs.clear()
        self._piles.clear()
        self._totals.clear()
        self._waiting.clear()
        self._signed = None

    def _fresh(self) -> Journal:
        """Return the journal, with nothing remembered that was read before a change."""
        journal = self._open()
        now = journal, journal.counts.changes()
        if now != self._read:
            self._drop()
            self._read = now
        return journal

    # What a log counts up to

    def _counted(self, journal: Journal, log: str) -> Pile:
        known, tallies = self._known(journal, log)
        highest = journal.counts.digests.highest()
        more = journal.counts.digests.after(log, known.upto if known else 0)
        loose = list(itertools.islice(more, LOOSE + 1))
        if known is None and len(loose) <= LOOSE:
            return Pile.of(log, loose)
        for entry in itertools.chain(loose, more):
            tallies.add(entry)
        if len(loose) > LOOSE:
            self._keep(journal, Digest(log, Tallies.mark(log), highest, tallies.text()))
        return Pile(
            tallies,
            lambda count: journal.entries(log, limit=count) if count else self.whole(log),
            lambda first, last: journal.entries(log, since=first, until=last),
            journal.entry,
        )

    def _numbered(self, journal: Journal, log: str) -> int:
        known, tallies = self._known(journal, log)
        highest = journal.counts.digests.highest()
        more = journal.counts.digests.count_after(log, known.upto if known else 0)
        tallies.total += more
        if more > LOOSE:
            self._keep(journal, Digest(log, Tallies.mark(log), highest, tallies.text()))
        return tallies.total

    @staticmethod
    def _known(journal: Journal, log: str) -> tuple[Digest | None, Tallies]:
        known = journal.counts.digests.of(log, Tallies.mark(log))
        return known, Tallies.of_text(log, known.text) if known else Tallies(log)

    def _keep(self, journal: Journal, digest: Digest) -> None:
        """Keep a digest of what was read last. Where that cannot be done, the next page counts again.

        Before the file is known to be sound, it waits for that: a page is not to wait for a check because of it.
        """
        if self._read is None or self._read[0] is not journal:
            return
        if not journal.soundness.is_known:
            self._waiting.append(digest)
            return
        with suppress(RekindleError):
            version = self._read[1][0]
            journal.counts.digests.keep(digest, version)
            after = journal.counts.changes()
            if after[0] == version:
                self._read = journal, after

    def settle(self) -> None:
        """Keep what waited until the file was known to be sound, unless something has changed meanwhile."""
        with self._turn, suppress(RekindleError):
            waiting, self._waiting = self._waiting, []
            if self._read and self._read[0].counts.changes() == self._read[1]:
                for digest in waiting:
                    self._keep(self._read[0], digest)

    # Saving

    @contextmanager
    def saving(self, id_: str) -> Iterator[None]:
        """Save one entry inside this: what is remembered follows, if nobody else has saved meanwhile."""
        with self._turn:
            journal = self._open()
            before, covering = journal.counts.changes(), journal.counts.digests.covering(id_)
            old = journal.entry(id_) if covering else None
            yield
            with suppress(RekindleError):  # it is saved: what cannot be read now is read, or told, another time
                saved, after = journal.entry(id_), journal.counts.changes()
                if after[0] != before[0]:
                    return
                if (journal, before) == self._read:
                    self._follow(id_, saved)
                else:
                    self._drop()
                self._read = journal, after
                if covering and covering.mark == Tallies.mark(covering.exercise):
                    tallies = Tallies.of_text(covering.exercise, covering.text)
                    if tallies.change(old, saved):
                        self._keep(journal, dataclasses.replace(covering, text=tallies.text()))

    def _follow(self, id_: str, saved: Entry | None) -> None:
        self._piles = {log: pile for log, pile in self._piles.items() if saved and log != saved.exercise}
        self._totals, self._waiting, self._signed = {}, [], None
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
