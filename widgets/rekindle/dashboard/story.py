"""The story: what the logs show over time, section by section, each counted only when it is shown."""

from __future__ import annotations

from rekindle.dashboard.facts import Facts
from rekindle.dashboard.search import Search
from rekindle.dashboard.section import Fold, Section
from rekindle.dashboard.then_now import ThenNow
from rekindle.dashboard.trials import Trials
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Words, element
from rekindle.page.chronicle import CONTACTS, Chronicle
from rekindle.page.part import Page


class Story:
    """All sections. `renew` tells those that are open anew."""

    def __init__(self, page: Page, facts: Facts) -> None:
        self._facts = facts
        told = Chronicle(page.book, facts.tallies).sections
        self.sections: dict[str, Fold] = {name: Section(page, name, tell) for name, tell in told.items()}
        self.sections |= {"then": ThenNow(page), "trials": Trials(page, facts), "find": Search(page)}
        top = Words("rk-storyhead")
        top.tell(
            element("h2", page.say("story.title"), cls="rk-sec"), element("p", page.say("story.lead"), cls="rk-small")
        )
        self.root = style(VBox([top, *(section.root for section in self.sections.values())]), "rk-wide", "rk-story")
        self._begun = False

    def renew(self) -> None:
        """Tell what is open anew; the first time, open the lines."""
        contacts = self.sections[CONTACTS]
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
