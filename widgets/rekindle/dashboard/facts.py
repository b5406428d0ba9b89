"""Facts: what the journal holds, counted by day, for one telling of the dashboard. Each count is made once."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.contact import Standing, is_open
from rekindle.forms.telling import told_day
from rekindle.insights import Context, Finding, fill, reads
from rekindle.insights.space import kept_days, space_ends
from rekindle.page.part import Page
from rekindle.records import Entry, Tally

_WEEK = dt.timedelta(days=6)


class Facts:
    """One reading of the journal. `renew` forgets it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._tallies: dict[tuple[str, ...], list[Tally]] = {}
        self._standing: Standing | None = None

    def renew(self) -> None:
        """Forget what was read."""
        self._tallies.clear()
        self._standing = None

    @property
    def today(self) -> dt.date:
        """The date on the person's calendar."""
        return self._page.host.today()

    def tallies(self, exercise: str, *keys: str, written: Sequence[str] = ()) -> Sequence[Tally]:
        """Return the entries of a log counted by day."""
        at = (exercise, *keys, "", *written)
        if at not in self._tallies:
            self._tallies[at] = self._page.book.journal.counts.by_day(exercise, *keys, written=written)
        return self._tallies[at]

    def is_open(self, exercise: str) -> bool:
        """Return if the contact state leaves a page open; nothing of a folded one is told."""
        if self._standing is None:
            self._standing = self._page.book.standing()
        return is_open(exercise, self._standing)

    def week_context(self, exercise: str) -> Context:
        """Return what an exercise's findings may know, with the other logs of the last seven days only."""
        journal, since = self._page.book.journal, self.today - _WEEK
        logs: Mapping[str, Sequence[Entry]] = {log: journal.entries(log, since=since) for log in reads(exercise)[0]}
        return dataclasses.replace(self._page.book.context(exercise), logs=logs)

    def waits(self) -> bool:
        """Return if the days of the space are still to be counted."""
        begins = space_ends(self._page.book.context("space-counter").answers)[0]
        return begins is not None and self._page.book.counting.waits_for("space-counter", "urge-log")

    def kept_days(self) -> dict[dt.date, bool]:
        """Return each day of the space so far, and if it was kept."""
        logs = self._page.book.logs
        answers = self._page.book.context("space-counter").answers
        return kept_days(answers, logs.pile("space-counter"), logs.pile("urge-log"), self.today)

    def space_end(self) -> dt.date | None:
        """Return the day of the look again, where there is one."""
        return space_ends(self._page.book.context("space-counter").answers)[1]

    def told(self, finding: Finding, words: Mapping[str, str]) -> str:
        """Return a finding's sentence."""
        return fill(finding, words, lambda day: told_day(day, self._page.say))
