"""The chronicle: what the logs show over time, section by section, as findings; for the dashboard and for the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from rekindle.content import Catalog
from rekindle.insights import Finding, words_of
from rekindle.insights.doing import HABITS
from rekindle.insights.over_time import doings, feelings, pulls, trust
from rekindle.page.book import Book
from rekindle.records import Entry, Tally

SAYS = "story.says"
CONTACTS = "contacts"
_LENDERS = ("urge-log", "weekly-check-in")
"""Exercises whose small words the story shares: sliders, weekdays, times of day."""

_YEAR = dt.timedelta(days=365)
_WEEKS_READ = 600
"""So many weekly check-ins are read as they are, for their notes; that is more than eleven years of them."""

Told = tuple[Sequence[Finding], Mapping[str, str]]
"""Findings, and the person's own words for some of their labels."""


def labels_of(words: Catalog) -> dict[str, str]:
    """Return every small word of the story by key: its own, over those that it shares with exercises."""
    shared = {key: text for each in _LENDERS for key, text in words_of(words.exercise(each)).items()}
    return shared | words.words.under(SAYS)


class Chronicle:
    """The sections by name, each counted when it is asked for. `tallies` counts the entries of a log by day."""

    def __init__(self, book: Book, tallies: Callable[..., Sequence[Tally]] | None = None) -> None:
        self._book = book
        self._tallies = tallies or book.journal.counts.by_day
        self.sections: Mapping[str, Callable[[], Told]] = {
            "lines": self._lines,
            "pulls": self._pulls,
            "doings": self._doings,
            "trust": self._trust,
            CONTACTS: self._contacts,
        }

    @property
    def _today(self) -> dt.date:
        return self._book.now().local_date

    def _lines(self) -> Told:
        tallies = self._tallies("mood-check-in", "mood")
        first, weekly = self._entries("baseline"), self._entries("weekly-check-in")
        return [*feelings.mood(tallies), *feelings.sliders(first, weekly), *feelings.wish(weekly)], {}

    def _entries(self, exercise: str) -> list[Entry]:
        """Return a log that has at most one entry a week, the oldest first."""
        return self._book.journal.entries(exercise, limit=_WEEKS_READ)[::-1]

    def _pulls(self) -> Told:
        tallies = self._tallies("urge-log", "did", "before", "after")
        moments = self._book.journal.counts.moments("urge-log", self._today - _YEAR)
        return pulls.urges(tallies, moments), {}

    def _doings(self) -> Told:
        names = self._habit_names()
        kept = self._tallies("habit-tracker", *HABITS)
        goals = self._tallies("weekly-goals", "done", written=("goal",))
        own = {f"chart_{habit}": name for habit, name in names.items()}
        return [*doings.habits(kept, names, self._today), *doings.goals(goals)], own

    def _habit_names(self) -> dict[str, str]:
        rows, _ = self._book.answer("habit-tracker", "names")
        named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        found = {str(row.get("row")): str(row.get("habit") or "").strip() for row in named}
        return {habit: found[habit] for habit in HABITS if found.get(habit)}

    def _trust(self) -> Told:
        logs = ("promise-log", "honesty-log", "repair-log")
        safe = [tally for log in logs for tally in self._tallies(log, "safe_me", "safe_them")]
        return [
            *trust.promises(self._tallies("promise-log", "outcome", written=("repair",))),
            *trust.repairs(self._tallies("repair-log", "time")),
            *trust.honesty(self._tallies("honesty-log", "did")),
            *trust.safety(safe),
        ], {}

    def _contacts(self) -> Told:
        return trust.contacts(self._tallies("contact-log", "who")), {}
