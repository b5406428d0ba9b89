"""The story: what the logs show over time, section by section, each counted only when it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rekindle.dashboard.facts import Facts
from rekindle.dashboard.search import Search
from rekindle.dashboard.section import Fold, Section
from rekindle.dashboard.then_now import ThenNow
from rekindle.dashboard.trials import Trials
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Words, element
from rekindle.insights import Finding
from rekindle.insights.doing import HABITS
from rekindle.insights.over_time import doings, feelings, pulls, trust
from rekindle.page.part import Page
from rekindle.records import Entry

_YEAR = dt.timedelta(days=365)
_WEEKS_READ = 600
"""So many weekly check-ins are read as they are, for their notes; that is more than eleven years of them."""

Told = tuple[Sequence[Finding], Mapping[str, str]]


class Story:
    """All sections. `renew` tells those that are open anew."""

    def __init__(self, page: Page, facts: Facts) -> None:
        self._page, self._facts = page, facts
        tellers = {
            "lines": self._lines,
            "pulls": self._pulls,
            "doings": self._doings,
            "trust": self._trust,
            "contacts": self._contacts,
        }
        self.sections: dict[str, Fold] = {name: Section(page, name, tell) for name, tell in tellers.items()}
        self.sections |= {"then": ThenNow(page), "trials": Trials(page, facts), "find": Search(page)}
        top = Words("rk-storyhead")
        top.tell(
            element("h2", page.say("story.title"), cls="rk-sec"), element("p", page.say("story.lead"), cls="rk-small")
        )
        self.root = style(VBox([top, *(section.root for section in self.sections.values())]), "rk-wide", "rk-story")
        self._begun = False

    def renew(self) -> None:
        """Tell what is open anew; the first time, open the lines."""
        contacts = self.sections["contacts"]
        if self._facts.is_open("contact-log"):
            contacts.root.remove_class("rk-card--none")
        else:
            contacts.shut()
            style(contacts.root, "rk-card--none")
        if not self._begun:
            self._begun = True
            self.sections["lines"].open()
            return
        for section in self.sections.values():
            section.renew()

    def _lines(self) -> Told:
        tallies = self._facts.tallies("mood-check-in", "mood")
        first, weekly = self._entries("baseline"), self._entries("weekly-check-in")
        return [*feelings.mood(tallies), *feelings.sliders(first, weekly), *feelings.wish(weekly)], {}

    def _entries(self, exercise: str) -> list[Entry]:
        """Return a log that has at most one entry a week, the oldest first."""
        return self._page.book.journal.entries(exercise, limit=_WEEKS_READ)[::-1]

    def _pulls(self) -> Told:
        tallies = self._facts.tallies("urge-log", "did", "before", "after")
        moments = self._page.book.journal.counts.moments("urge-log", self._facts.today - _YEAR)
        return pulls.urges(tallies, moments), {}

    def _doings(self) -> Told:
        names = self._habit_names()
        kept = self._facts.tallies("habit-tracker", *HABITS)
        goals = self._facts.tallies("weekly-goals", "done", written=("goal",))
        own = {f"chart_{habit}": name for habit, name in names.items()}
        return [*doings.habits(kept, names, self._facts.today), *doings.goals(goals)], own

    def _habit_names(self) -> dict[str, str]:
        rows, _ = self._page.book.answer("habit-tracker", "names")
        named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        found = {str(row.get("row")): str(row.get("habit") or "").strip() for row in named}
        return {habit: found[habit] for habit in HABITS if found.get(habit)}

    def _trust(self) -> Told:
        facts = self._facts
        logs = ("promise-log", "honesty-log", "repair-log")
        safe = [tally for log in logs for tally in facts.tallies(log, "safe_me", "safe_them")]
        return [
            *trust.promises(facts.tallies("promise-log", "outcome", written=("repair",))),
            *trust.repairs(facts.tallies("repair-log", "time")),
            *trust.honesty(facts.tallies("honesty-log", "did")),
            *trust.safety(safe),
        ], {}

    def _contacts(self) -> Told:
        return trust.contacts(self._facts.tallies("contact-log", "who")), {}
