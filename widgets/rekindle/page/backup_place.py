"""The card that says where backups go, and lets them go to a folder of the person's choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rekindle.content import Catalog
from rekindle.errors import BackupFolderOpen, RekindleError
from rekindle.forms.stock import Button, HBox, Text, VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.journal import is_locked
from rekindle.journal.backup import away
from rekindle.journal.chosen import choose, chosen, is_open_to_others
from rekindle.page.book import Book
from rekindle.settings import is_shared, journal_path


class BackupPlace:
    """Says where they go; a path is typed, and the first backup is made there at once. `changed` is called then."""

    def __init__(self, words: Catalog, book: Book, changed: Callable[[], None]) -> None:
        self._say, self._book, self._changed = words.say, book, changed
        self._told = Words()
        self._typed = style(Text(description=self._say("your-data.place.ask")), "rk-f")
        self._go, self._open, self._back = (
            Button(description=self._say(f"your-data.place.{key}")) for key in ("go", "all_the_same", "back")
        )
        self._go.on_click(lambda _button: self._put(agreed=False))
        self._open.on_click(lambda _button: self._put(agreed=True))
        self._back.on_click(lambda _button: self._put_beside())
        self._row = style(HBox([self._go]), "rk-row")
        self._note, self._asks = "", False
        self.widget = style(VBox([self._told, self._typed, self._row]), "rk-stack")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say where they go now."""
        say = self._say
        title = element("h2", say("your-data.place.title"), cls="rk-sec")
        note: list[Block] = [element("p", self._note, cls="rk-note", set={"role": "status"})] if self._note else []
        lines = [*self._where(), say("your-data.place.know"), say("your-data.place.sync")]
        self._told.tell(title, *note, *(element("p", line) for line in lines))
        goes_elsewhere = chosen(journal_path()).now is not None
        buttons = [self._go, *([self._open] if self._asks else []), *([self._back] if goes_elsewhere else [])]
        self._row.children = buttons
        if is_shared():  # a computer that forgets has no other folder worth choosing
            self.widget.children = [self._told]

    def _where(self) -> list[str]:
        journal, say = journal_path(), self._say
        choice = chosen(journal)
        missing = away(journal)
        lines = [say("your-data.place.chosen", path=str(choice.now)) if choice.now else say("your-data.place.beside")]
        if choice.place in missing:
            lines.append(say("your-data.place.away"))
        elif choice.place and not is_locked(journal) and is_open_to_others(choice.place):
            lines.append(say(f"your-data.place.{'agreed' if choice.agreed else 'exposed'}"))
        others = [place for place in missing if place != choice.place]
        return [*lines, *(say("your-data.place.before_away", path=str(place.parent)) for place in others)]

    def _put(self, *, agreed: bool) -> None:
        path, self._note = self._typed.value.strip(), ""
        if not path:
            return
        journal, self._asks = journal_path(), False
        try:
            choice = choose(journal, Path(path), agreed=agreed, locked=is_locked(journal))
        except BackupFolderOpen as error:
            self._note, self._asks = self._book.refusal(error).why, True
        except RekindleError as error:
            self._note = self._book.refusal(error).why
        else:
            self._typed.value = ""
            key = "done" if self._made(choice.now) else "done_later"
            self._note = self._say(f"your-data.place.{key}", path=str(choice.now))
            self._changed()
        self.tell()

    def _made(self, folder: Path | None) -> bool:
        """Make the first backup there; return False if there is nothing to keep yet, or it could not be made now."""
        try:
            place = self._book.journal.back_up_if_due(self._book.now())
        except RekindleError:
            return False
        return bool(place and folder and place.is_relative_to(folder))

    def _put_beside(self) -> None:
        try:
            choose(journal_path(), None, locked=is_locked(journal_path()))
            self._note, self._asks = self._say("your-data.place.done_beside"), False
        except RekindleError as error:
            self._note = self._book.refusal(error).why
        else:
            self._changed()
        self.tell()
