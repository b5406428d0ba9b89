"""Own small experiments on the page: the person picks a kind of day, and which mood to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.dashboard.facts import Facts
from rekindle.dashboard.section import Findings, Fold
from rekindle.forms.stock import Dropdown, HBox, style
from rekindle.insights.over_time.bins import day_means, points
from rekindle.insights.over_time.trials import KINDS, SHOWN, trial
from rekindle.page.part import Page

_LOGS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "online": ("urge-log", ("urge_to",), ("check-online",)),
    "urge": ("urge-log", (), ()),
    "contact": ("contact-log", ("who",), ("me", "them", "chance")),
    "moved": ("move-my-body", (), ()),
    "good": ("good-moments", (), ()),
    "kept": ("promise-log", ("outcome",), ("kept",)),
    "rest": ("mood-check-in", ("rest",), ("yes",)),
}
"""Where each kind of day is noted: a log, and what an entry of it has to hold."""


class Trials(Fold):
    """Two kinds of day, side by side. Kinds of a log that is folded are not offered."""

    def __init__(self, page: Page, facts: Facts) -> None:
        super().__init__(page, "trials")
        self._facts, self._findings, self._offering = facts, Findings(page), False
        self._kind = Dropdown(description=self.say("story.trials.which"), options=self._offered(KINDS), value=KINDS[0])
        later = [(self.say("story.trials.next"), 1), (self.say("story.trials.same"), 0)]
        self._later = Dropdown(description=self.say("story.trials.when"), options=later, value=1)
        for box in (self._kind, self._later):
            style(box, "rk-f")
            box.observe(lambda _change: None if self._offering else self.renew(), "value")
        self._choice = style(HBox([self._kind, self._later]), "rk-row")

    def tell(self) -> None:
        """Show what the picked days were like."""
        self._offer()
        since = self._facts.today - SHOWN
        moods = day_means(p for p in points(self._facts.tallies("mood-check-in", "mood")) if p[0] >= since)
        kind = str(self._kind.value)
        found = trial(kind, self._days(kind), moods, int(self._later.value)) if moods else []
        self._findings.tell(found, {}, self.empty())
        shown = (self._choice, self._findings.root) if moods else (self._findings.root,)
        if self.body.children != shown:
            self.body.children = shown

    def _offered(self, kinds: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((self.say(f"story.trials.kinds.{kind}"), kind) for kind in kinds)

    def _offer(self) -> None:
        """Offer the kinds whose log is open; what was picked stays picked where it can."""
        offered = self._offered([kind for kind in KINDS if self._facts.is_open(_LOGS[kind][0])])
        if self._kind.options != offered:
            picked, self._offering = self._kind.value, True
            self._kind.options = offered
            self._kind.value = picked if picked in dict(offered).values() else offered[0][1]
            self._offering = False

    def _days(self, kind: str) -> set[dt.date]:
        """Return the days of a kind."""
        log, keys, ids = _LOGS[kind]
        tallies = self._facts.tallies(log, *keys)
        return {tally.day for tally in tallies if not keys or tally.values[0] in ids}
