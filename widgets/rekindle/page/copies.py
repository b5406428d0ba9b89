"""The card of backups: which there are, and the way back to one in three clicks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from rekindle.content import Catalog
from rekindle.errors import JournalDamaged, JournalError, JournalLocked, RekindleError
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.journal import Key, is_good, newest_good, restore
from rekindle.journal.backup import every_backup, taken
from rekindle.page.book import Book
from rekindle.page.unlocking import key_now
from rekindle.settings import journal_path


class Copies:
    """Shows the backups; `changed` is called when one was put back."""

    def __init__(self, words: Catalog, book: Book, changed: Callable[[], None]) -> None:
        self._say, self._book, self._changed = words.say, book, changed
        self.widget = Words()
        self.widget.on_act = self._act
        self._chosen, self._open, self._note = "", False, ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say what is true of the backups now."""
        copies = every_backup(journal_path())
        title = element("h2", self._say("your-data.backups.title"), cls="rk-sec")
        lines: list[Block] = [element("p", self._note, cls="rk-note", set={"role": "status"})] if self._note else []
        if not copies:
            self.widget.tell(title, *lines, element("p", self._say("your-data.backups.none")))
            return
        key = "count_one" if len(copies) == 1 else "count_many"
        lines += [
            element("p", self._say(f"your-data.backups.{key}", count=len(copies))),
            element("p", self._say("your-data.backups.newest", date=self._told(copies[0]))),
            element("p", self._say("your-data.backups.text")),
            *self._offer(),
            *self._list(copies),
        ]
        self.widget.tell(title, *lines)

    def _offer(self) -> list[Block]:
        """Offer the newest good backup where the journal itself does not open."""
        if not self._is_damaged() or self._chosen:
            return []
        good = newest_good(every_backup(journal_path()), self._key())
        if good is None:
            return [element("p", self._say("your-data.backups.none_good"))]
        line = self._say("your-data.backups.offer", date=self._told(good))
        return [element("p", line, set={"role": "alert"}), self._button(good)]

    def _is_damaged(self) -> bool:
        path = journal_path()
        try:
            self._book.journal.setting("looked-at")
        except (JournalDamaged, JournalLocked):
            return path.exists()
        except RekindleError:
            return False
        return False

    def _list(self, copies: list[Path]) -> list[Block]:
        rows: list[Block] = []
        for copy in copies:
            asked = _id(copy) == self._chosen
            rows.append(element("li", "", *(self._question(copy) if asked else [self._button(copy)])))
        summary = element("summary", self._say("your-data.backups.fold"))
        inside = element("div", "", element("ul", "", *rows, cls="rk-puts-away"), cls="rk-fold__in")
        fold = element("details", "", summary, inside, cls="rk-fold")
        return [fold | {"set": {"open": ""}} if self._open else fold]

    def _button(self, copy: Path) -> Block:
        label = self._say("your-data.backups.choose", date=self._told(copy))
        return element("button", label, cls="rk-btn rk-btn--quiet", act=f"copy {_id(copy)}")

    def _question(self, copy: Path) -> list[Block]:
        ask = element("p", self._say("your-data.backups.ask", date=self._told(copy)), land=True)
        yes = element("button", self._say("your-data.backups.yes"), cls="rk-btn", act=f"back {_id(copy)}")
        no = element("button", self._say("your-data.backups.no"), cls="rk-btn rk-btn--quiet", act="leave")
        return [ask, element("p", "", yes, no, cls="rk-row")]

    def _act(self, act: str) -> None:
        verb, _, name = act.partition(" ")
        copy = next((place for place in every_backup(journal_path()) if _id(place) == name), None)
        self._chosen, self._note = "", ""
        self._open = True
        if verb == "copy" and copy:
            self._choose(copy)
        elif verb == "back" and copy:
            self._put_back(copy)
            return
        self.tell()
        if self._chosen:
            self.widget.land()

    def _choose(self, copy: Path) -> None:
        try:
            good = is_good(copy, self._key())
        except JournalError as error:
            self._note = self._book.refusal(error).why
            return
        if good:
            self._chosen = _id(copy)
        else:
            self._note = self._say("your-data.backups.not_good", date=self._told(copy))

    def _put_back(self, copy: Path) -> None:
        key = self._key()
        self._book.let_go()
        try:
            kept = restore(journal_path(), copy, key, self._book.now())
        except RekindleError as error:
            self._note = self._book.refusal(error).why
        else:
            self._note = self._say("your-data.backups.done", date=self._told(copy))
            if kept:
                self._note += " " + self._say("your-data.backups.kept", path=str(kept))
        self._open = False
        self._changed()

    def _key(self) -> Key | None:
        """Return the key of the backups; a damaged journal may not have been opened with it."""
        return self._book.key or key_now()

    def _told(self, copy: Path) -> str:
        when: dt.datetime = taken(copy).astimezone(ZoneInfo(self._book.zone))
        return f"{told_day(when.date(), self._say)}, {when:%H:%M}"


def _id(copy: Path) -> str:
    """Return what tells a backup from all others: a folder that was chosen has a name of its own."""
    return f"{copy.parent.name}/{copy.name}"
