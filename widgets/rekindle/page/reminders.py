"""Reminders without us: what a calendar file would hold, from what the book has read, and the card that offers it."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path

from rekindle.contact import is_open
from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import Checkbox, Dropdown, VBox, style
from rekindle.frontend.parcels import Giving
from rekindle.frontend.words import Words, element
from rekindle.insights.ahead import PACE, look_again_days, milestones
from rekindle.journal import Journal, Key
from rekindle.page.book import Book
from rekindle.portable.calendar_file import Chosen, calendar_file

KINDS = ("weekly", "look_again", "milestones")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = range(6, 23)
SETTING, FILE = "calendar", "calendar.ics"
_SAYS = ("moment", "again")
SUNDAY, EVENING = 6, 19


def calendar_of(words: Catalog, book: Book, kinds: frozenset[str], weekday: int, at: dt.time) -> tuple[bytes, int]:
    """Return the file for what was chosen, and how many reminders are in it; b"" if there is none.

    `book` has been read. Raises a journal error.
    """
    context = book.context("pace-plan")
    days = {**(look_again_days(context) if "look_again" in kinds else {})}
    days |= milestones(context) if "milestones" in kinds else {}
    chosen = Chosen(weekday if "weekly" in kinds else None, days, at)
    count = len(days) + (chosen.weekday is not None)
    if not count:
        return b"", 0
    return calendar_file(chosen, words.say("your-data.calendar.event"), _secret(book.journal), book.now()), count


def calendar_from(
    words: Catalog, journal: Path, key: Key | None, kinds: frozenset[str], weekday: int, at: dt.time, zone: str
) -> tuple[bytes, int]:
    """Return the same from the journal at a path, where no page has read it. Without a zone, the newest answer's."""
    book = Book(words, lambda: Journal.open(journal, never_kept=words.never_kept, key=key))
    try:
        book.read()
        moments = [answer.moment for answer in book.answered if answer.moment]
        if zone or moments:  # a terminal tells no time zone
            book.zone = zone or max(moments, key=lambda moment: moment.utc).zone
        return calendar_of(words, book, kinds, weekday, at)
    finally:
        book.let_go()


def _secret(journal: Journal) -> str:
    """Return what this journal's reminders are known by; made once, and kept in it."""
    kept = journal.setting(SETTING)
    if not isinstance(kept, str):
        kept = secrets.token_hex(16)
        journal.set_setting(SETTING, kept)
    return kept


class Reminders:
    """The card. Nothing is chosen at first, and what is chosen is kept nowhere."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._say, self._book = words, words.say, book
        say = self._say
        ask = {kind: say(f"your-data.calendar.{kind}") for kind in KINDS}
        self._ticks = {kind: Checkbox(value=False, description=text, indent=False) for kind, text in ask.items()}
        days = [(say(f"your-data.calendar.{name}"), number) for number, name in enumerate(WEEKDAYS)]
        hours = [(f"{hour:02}:00", hour) for hour in HOURS]
        self._day, self._hour = (
            style(Dropdown(options=of, value=first, description=say(f"your-data.calendar.{key}")), "rk-f")
            for key, of, first in (("day", days, SUNDAY), ("at", hours, EVENING))
        )
        given = say("your-data.calendar.given", name="{name}")
        shown = {key: say(f"your-data.take.{key}") for key in _SAYS}
        self.giving = Giving({**shown, "given": given, "forms": [["calendar", say("your-data.calendar.save")]]})
        self.giving.on_make = self._make
        self._told = Words()
        self.widget = style(VBox([self._told]), "rk-stack")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say what it is for, and who may see it."""
        title = element("h2", self._say("your-data.calendar.title"), cls="rk-sec")
        # Where the plan is folded, nothing here speaks of "our" steps.
        ours = is_open(PACE, self._book.standing())
        keys = ("text", "seen", "days", *(["steps"] if ours else []), "stays", "terminal")
        self._told.tell(title, *(element("p", self._say(f"your-data.calendar.{key}")) for key in keys))
        ticks = [tick for kind, tick in self._ticks.items() if ours or kind != "milestones"]
        self.widget.children = [self._told, *ticks, self._day, self._hour, self.giving]

    def _make(self, _form: str, _passphrase: str) -> None:
        kinds = frozenset(kind for kind, tick in self._ticks.items() if tick.value)
        if not kinds:
            self.giving.tell(self._say("your-data.calendar.choose"))
            return
        try:
            self._book.read()
            file, _ = calendar_of(self._words, self._book, kinds, self._day.value, dt.time(self._hour.value))
        except RekindleError as error:
            self.giving.tell(self._book.refusal(error).why)
            return
        if file:
            self.giving.give(FILE, file)
        else:
            self.giving.tell(self._say("your-data.calendar.nothing"))
