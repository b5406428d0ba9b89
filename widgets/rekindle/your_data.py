"""The page about the person's words: where they are, who can read them, how to take them along."""

from __future__ import annotations

import stat
from pathlib import Path

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.questions import own_page
from rekindle.settings import journal_path


class YourData(Page):
    """Told anew each time that it comes to the front."""

    def __init__(self, words: Catalog, book: Book) -> None:
        super().__init__(words, book)
        self._cards = {name: Words() for name in ("file", "contains", "backups", "export", "forget")}
        stack = style(VBox([style(VBox([card]), "rk-card") for card in self._cards.values()]), "rk-stack")
        self.root = style(VBox([self.head, stack]), "rk", f"rk-of-{self.token}")

    def shown(self, dirty: frozenset[str]) -> None:
        """Tell what is true of the files now."""
        del dirty
        path = journal_path()
        self._tell("file", *self._file(path))
        self._tell("contains", *self._contains())
        self._tell("backups", *self._backups(path.parent / "backups"))
        self._tell("export", *(self.say(f"your-data.export.{key}") for key in ("text", "plain", "has")))
        self._tell("forget", *(self.say(f"your-data.forget.{key}") for key in ("text", "delete")))

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
            say("your-data.file.not_locked"),
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

    def _backups(self, folder: Path) -> list[str]:
        copies = sorted(folder.glob("*.rekindle")) if folder.is_dir() else []
        if not copies:
            return [self.say("your-data.backups.none")]
        key = "count_one" if len(copies) == 1 else "count_many"
        return [self.say(f"your-data.backups.{key}", count=len(copies)), self.say("your-data.backups.text")]


def told_size(size: int) -> str:
    """Return a number of bytes as people write it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
