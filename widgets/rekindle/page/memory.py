"""The memory: the logs as one page has read them. Nothing stale: the journal is asked each time if anything changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from rekindle.errors import JournalDamaged, RekindleError
from rekindle.insights import Pile, Tallies, is_counted, need_of
from rekindle.journal import Digest, Journal
from rekindle.page.count import Count
from rekindle.records import Entry

NEWEST = 60
"""Where the days that are looked at are not enough, so many of the newest entries are, nearly always."""

LOOSE = 100
"""So many entries are counted each time that a page is opened; of more, what they count up to is kept."""

MANY = 4000
"""So many entries are counted while somebody waits for it: in a tenth of a second. More are counted bit by bit."""

FAR = 20_000
"""Past so many rows of other logs, a digest is kept anew, so that nobody reads past them again."""


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
        self._short: set[str] = set()  # those of which a pile is made at once
        self._under_way: dict[str, Count] = {}
        self._damage: dict[str, JournalDamaged] = {}  # what a count came upon
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
            if log in self._damage:
                raise self._damage[log]
            if log not in self._piles:
                self._piles[log] = self._counted(journal, log)
            return self._piles[log]

    def is_long(self, log: str) -> bool:
        """Return if so much of a log is not counted yet that nobody should wait for its pile: `count_on` first."""
        with self._turn:
            journal = self._fresh()
            if log in self._piles or log in self._damage or log in self._short:
                return False
            known, _ = self._known(journal, log)
            if journal.counts.digests.are_more_after(log, known.upto if known else 0, MANY):
                return True
            self._short.add(log)
            return False

    def count_on(self, log: str, seconds: float) -> bool:
        """Count a long log for about so long, from where that was left; return if it is done.

        What stands in its way is told by `pile`, or raised, if it may pass.
        """
        with self._turn:
            journal, count = self._fresh(), self._under_way.get(log)
            if count is None or count.journal is not journal:
                count = self._under_way[log] = Count(journal, log, functools.partial(self._put_down, journal))
            try:
                return count.step(seconds)
            except JournalDamaged as error:
                self._damage[log] = error
                return True

    def total(self, log: str) -> int:
        """Return how many entries a log holds now, without counting all of a long one."""
        with self._turn:
            journal = self._fresh()
            if log not in self._totals:
                self._totals[log] = self._number_of(journal, log)
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
            self._under_way.clear()
            self._read = None

    def _drop(self) -> None:
        self._logs.clear()
        self._piles.clear()
        self._totals.clear()
        self._waiting.clear()
        self._damage.clear()
        self._short.clear()
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
        if len(loose) > LOOSE or (known and highest - known.upto > FAR):
            self._keep(journal, Digest(log, Tallies.mark(log), highest, tallies.text()))
        return Pile(
            tallies,
            lambda count: journal.entries(log, limit=count) if count else self.whole(log),
            lambda first, last: journal.entries(log, since=first, until=last),
            journal.entry,
        )

    def _number_of(self, journal: Journal, log: str) -> int:
        if not is_counted(log):
            return self._numbered(journal, log)
        return journal.count_entries(log) if self.is_long(log) else len(self.pile(log))

    def _numbered(self, journal: Journal, log: str) -> int:
        known, tallies = self._known(journal, log)
        highest = journal.counts.digests.highest()
        more = journal.counts.digests.count_after(log, known.upto if known else 0)
        tallies.total += more
        if more > LOOSE:
            self._keep(journal, Digest(log, Tallies.mark(log), highest, tallies.text()))
        return tallies.total

    def _known(self, journal: Journal, log: str) -> tuple[Digest | None, Tallies]:
        known = journal.counts.digests.of(log, Tallies.mark(log))
        count = self._under_way.get(log)
        if count and count.journal is journal and count.holds and count.upto > (known.upto if known else 0):
            known = count.digest()
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
            self._put_down(journal, digest, self._read[1][0])

    def _put_down(self, journal: Journal, digest: Digest, version: int) -> bool:
        """Keep a digest, unless somebody has saved since that version; what is remembered stays as true as it was."""
        before, holding = journal.counts.changes(), [count for count in self._under_way.values() if count.holds]
        kept = journal.counts.digests.keep(digest, version)
        if (after := journal.counts.changes())[0] == before[0]:
            if self._read == (journal, before):
                self._read = journal, after
            for count in holding:
                count.follow(None, None)
        return kept

    def settle(self) -> None:
        """Keep what waited until the file was known to be sound, unless something has changed meanwhile."""
        with self._turn, suppress(RekindleError):
            waiting, self._waiting = self._waiting, []
            if self._read and self._read[0].counts.changes() == self._read[1]:
                for digest in waiting:
                    self._keep(self._read[0], digest)
            for count in self._under_way.values():
                count.keep()

    # Saving

    @contextmanager
    def saving(self, id_: str) -> Iterator[None]:
        """Save one entry inside this: what is remembered follows, if nobody else has saved meanwhile."""
        with self._turn:
            journal = self._open()
            before, covering = journal.counts.changes(), journal.counts.digests.covering(id_)
            counts = {log: count for log, count in self._under_way.items() if count.holds}
            counted = {log for log, count in counts.items() if count.counts(id_)}
            old = journal.entry(id_) if covering or counted else None
            self._under_way.clear()  # a save that went wrong may have been one: then what is kept counts
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
                for log, count in counts.items():
                    # A new entry may have the number of one that went, and then nobody has counted it.
                    fits = count.counts(id_) <= (log in counted)
                    if fits and count.follow(*((old, saved) if log in counted else (None, None))):
                        self._under_way[log] = count

    def _follow(self, id_: str, saved: Entry | None) -> None:
        self._piles = {log: pile for log, pile in self._piles.items() if saved and log != saved.exercise}
        self._totals, self._waiting, self._signed, self._short = {}, [], None, set()
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
