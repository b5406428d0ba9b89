"""The jar of good moments: one at a click, on its own page, and in every contact state beside a hard day's mood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.contact import is_open
from rekindle.content import Catalog
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, element
from rekindle.insights.logs import hard_day
from rekindle.insights.reading import choice, text
from rekindle.insights.slots import PEOPLE
from rekindle.page.book import Book
from rekindle.records import Entry

MOMENTS, MOOD = "good-moments", "mood-check-in"
JAR_PAGES = (MOMENTS, MOOD)
"""Pages on which the jar can stand."""

_LOOKS_BACK = dt.timedelta(days=3)
_WITH_OTHERS = tuple(whom for whom in PEOPLE if whom != "ex")


class Jar:
    """Goes round, the oldest first: a good day that is half forgotten.

    While its own page is folded, it holds only what was marked as alone or with somebody else: those moments stay
    good whatever becomes of two people, and a folded page brings no word about the two of them.
    """

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._book = words, book
        self._at = -1

    def turn(self) -> None:
        """Take out the next moment."""
        self._at += 1

    def forget(self) -> None:
        """Close the jar."""
        self._at = -1

    def blocks(self, exercise: str) -> list[Block]:
        """Return the button, and the moment that was taken out last; nothing for an empty jar, or on a fair day."""
        if exercise == MOOD and not self._is_hard():
            return []
        whole = is_open(MOMENTS, self._book.standing())
        if self._book.counting.waits_for(MOMENTS):
            return []
        pile = self._book.logs.pile(MOMENTS)
        count = pile.count("moment")["yes"] if whole else pile.count("with").total() - pile.count("with")["ex"]
        if not count:
            return []
        says = self._words.exercise(MOMENTS).says
        key = "open_jar" if exercise == MOMENTS else "open_jar_hard"
        button = element("button", says[key], cls="rk-btn rk-btn--quiet", act="jar")
        note = [] if whole else [element("p", says["jar_without"], cls="rk-small")]
        shown = self._moment(pile.all(), whole=whole) if self._at >= 0 else []
        return [element("p", "", button, cls="rk-row"), *note, *shown]

    def _moment(self, entries: Sequence[Entry], *, whole: bool) -> list[Block]:
        told = [entry for entry in entries if text(entry.values, "moment")]
        held = [entry for entry in told if whole or choice(entry.values, "with_whom", _WITH_OTHERS)]
        entry = held[self._at % len(held)]
        day, says = told_day(entry.happened.local_date, self._words.say), self._words.exercise(MOMENTS).says
        line = element("p", says["from_jar"].format(date=day, moment=text(entry.values, "moment")), cls="rk-words")
        return [element("div", "", line, cls="rk-keep", set={"role": "status"})]

    def _is_hard(self) -> bool:
        today = self._book.now().local_date
        return hard_day(self._book.journal.entries(MOOD, since=today - _LOOKS_BACK)[::-1], today)
