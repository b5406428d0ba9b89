"""The page about the person's words: where they are, who can read them, how to take them along."""

from __future__ import annotations

import stat
from pathlib import Path

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.keepsake.card import BookCard
from rekindle.page.backup_place import BackupPlace
from rekindle.page.book import Book
from rekindle.page.bringing_in import BringingIn
from rekindle.page.copies import Copies
from rekindle.page.deleting import Deleting
from rekindle.page.lock_words import lock_card
from rekindle.page.part import Page
from rekindle.page.reminders import Reminders
from rekindle.page.taking_along import TakingAlong
from rekindle.page.whereabouts import Whereabouts
from rekindle.questions import own_page
from rekindle.settings import journal_path


class YourData(Page):
    """Told anew each time that it comes to the front."""

    def __init__(self, words: Catalog, book: Book) -> None:
        super().__init__(words, book)
        self._cards = {name: Words() for name in ("file", "lock", "contains", "forget")}
        self._copies, self._deleting = Copies(words, book, self._again), Deleting(words, book, self._again)
        self._elsewhere = BackupPlace(words, book, self._again)
        self._along = TakingAlong(words, book, self._working)
        self._in = BringingIn(words, book, self._working, self._again)
        self._where, self._keepsake = Whereabouts(words), BookCard(words, book)
        self._reminders = Reminders(words, book)
        before = [
            self._cards["file"],
            self._cards["lock"],
            self._where.widget,
            self._cards["contains"],
            self._copies.widget,
            self._elsewhere.widget,
            self._along.widget,
            self._in.widget,
            self._keepsake.widget,
            self._reminders.widget,
        ]
        cards = [*before, self._cards["forget"], self._deleting.widget]
        stack = style(VBox([style(VBox([card]), "rk-card") for card in cards]), "rk-stack")
        self.root = style(VBox([self.head, stack]), "rk", f"rk-of-{self.token}")

    def shown(self, dirty: frozenset[str]) -> None:
        """Tell what is true of the files now."""
        del dirty
        path = journal_path()
        self._tell("file", *self._file(path))
        title: Block = element("h2", self.say("lock.card.title"), cls="rk-sec")
        self._cards["lock"].tell(title, *lock_card(self.words))
        self._tell("contains", *self._contains())
        self._where.tell()
        self._copies.tell()
        self._elsewhere.tell()
        self._deleting.tell()
        self._along.tell()
        self._in.tell()
        self._keepsake.tell()
        self._reminders.tell()
        self._tell("forget", self.say("your-data.forget.text"))

    def _working(self) -> None:
        """Tell the page that nothing will be heard of us for some seconds: a large journal takes its time."""
        self.presence.say("busy")

    def _again(self) -> None:
        """Read anew and tell anew, after something was put back or deleted."""
        try:
            self.book.read()
            self.arrange()
        except RekindleError as error:
            self._on_trouble(self.book.refusal(error))
            return
        self.shown(frozenset())

    def _on_trouble(self, trouble: Refusal) -> None:
        """Say what is wrong, and what is true of the files all the same: here is the way back to a backup."""
        super()._on_trouble(trouble)
        self.shown(frozenset())

    def _tell(self, card: str, *lines: str) -> None:
        title: Block = element("h2", self.say(f"your-data.{card}.title"), cls="rk-sec")
        self._cards[card].tell(title, *(element("p", line) for line in lines))

    def _file(self, path: Path) -> list[str]:
        say = self.say
        try:
            found = path.stat()
        except OSError:
            return [say("your-data.file.not_yet"), say("your-data.file.text", path=str(path))]
        wide = stat.S_IMODE(found.st_mode) & 0o077
        return [
            say("your-data.file.text", path=str(path)),
            say("your-data.file.size", size=told_size(found.st_size)),
            say("your-data.file.permissions_wide" if wide else "your-data.file.permissions_own"),
            say("your-data.file.nowhere_else"),
        ]

    def _contains(self) -> list[str]:
        try:
            asked = sum(self.book.journal.count_entries(own_page(part.id)) for part in self.words.parts)
            answers, entries = len(self.book.journal.answers()), self.book.journal.count_entries() - asked
        except RekindleError:
            return []
        if not (answers or entries or asked):
            return [self.say("your-data.contains.empty")]
        counted = [self._counted("answers", answers), self._counted("entries", entries)]
        return [", ".join([*counted, *([self._counted("questions", asked)] if asked else [])])]

    def _counted(self, what: str, count: int) -> str:
        return self.say(f"your-data.contains.{what}_{'one' if count == 1 else 'many'}", count=count)


def told_size(size: int) -> str:
    """Return a number of bytes as people write it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
