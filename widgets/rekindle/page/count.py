"""The count: one long log counted a bit at a time, from wherever its digest ends, and kept as a digest on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from rekindle.errors import RekindleError
from rekindle.insights import Tallies
from rekindle.journal import Digest, Journal
from rekindle.records import Entry

KEPT_EACH = 20_000
"""After so many rows a count is kept: what a page has counted that is closed then is not counted again."""

Keep = Callable[[Digest, int], bool]
"""Keeps a digest, unless somebody has saved since the journal's version; returns if it is kept."""


class Count:
    """One log of an open journal, counted up to a number.

    After any save that it does not `follow`, it goes back to what is kept.
    """

    def __init__(self, journal: Journal, log: str, keep: Keep) -> None:
        self.journal, self._log, self._keep = journal, log, keep
        self._begin()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._log}>"

    def _begin(self) -> None:
        self._state = self.journal.counts.changes()
        known = self.journal.counts.digests.of(self._log, Tallies.mark(self._log))
        self._tallies = Tallies.of_text(self._log, known.text) if known else Tallies(self._log)
        self.upto = self._kept = self._tried = known.upto if known else 0

    @property
    def holds(self) -> bool:
        """If nothing was saved since it has counted."""
        return self._state == self.journal.counts.changes()

    def counts(self, id_: str) -> bool:
        """Return if an entry is among those that are counted."""
        return self.journal.counts.digests.is_within(id_, self.upto)

    def follow(self, old: Entry | None, new: Entry | None) -> bool:
        """Count a change that was just made to an entry, None for one that it does not count; return if it can.

        Only for a count that held before, where nobody else has saved meanwhile.
        """
        mine = [each if each and each.exercise == self._log else None for each in (old, new)]
        self._state = self.journal.counts.changes()
        return mine == [None, None] or self._tallies.change(*mine)

    def step(self, seconds: float) -> bool:
        """Count for about so long; return if all is counted. Raises JournalDamaged and other journal errors."""
        until = time.monotonic() + seconds
        while True:
            if not self.holds:
                self._begin()
            entries, upto = self.journal.counts.digests.bit_after(self._log, self.upto)
            if self.holds:  # else somebody has saved while it was read
                if upto == self.upto:
                    self.keep()
                    return True
                for entry in entries:
                    self._tallies.add(entry)
                self.upto = upto
                if upto - self._tried >= KEPT_EACH:
                    self.keep()
            if time.monotonic() >= until:
                return False

    def keep(self) -> None:
        """Keep what is counted so far; where that cannot be done now, it is tried again further on."""
        self._tried = self.upto
        if self.upto == self._kept or not self.journal.soundness.is_known or not self.holds:
            return
        with suppress(RekindleError):
            version, _ = self._state
            if self._keep(self.digest(), version):
                self._kept = self.upto
            if (now := self.journal.counts.changes())[0] == version:
                self._state = now

    def digest(self) -> Digest:
        """Return what is counted so far."""
        return Digest(self._log, Tallies.mark(self._log), self.upto, self._tallies.text())
