"""Buttons: all that a page can do besides its fields: acts, rows to carry on, the plan deck, and sheets to print."""

from __future__ import annotations

from rekindle.content import Catalog
from rekindle.frontend.words import Block
from rekindle.frontend.writing import Refusal
from rekindle.page.acts import Acts
from rekindle.page.book import Book
from rekindle.page.carry import CARRIES, Carry
from rekindle.page.deck import Deck
from rekindle.page.frame import Frame
from rekindle.page.sheets import SHEET, Drawn, Found, Sheets


class Buttons:
    """One place to ask what a page offers below its fields, and to have it done."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._acts, self._carry = Acts(words, book, frame), Carry(words, book)
        self._deck, self._sheets = Deck(words, book), Sheets(words, book, frame)

    def blocks(self, exercise: str, found: Found, drawn: Drawn) -> list[Block]:
        """Return a page's buttons, and what they have shown."""
        first = [*self._carry.blocks(exercise), *self._acts.blocks(exercise)]
        return [*first, *self._deck.blocks(exercise), *self._sheets.blocks(exercise, found, drawn)]

    def act(self, exercise: str, act: str) -> str | Refusal:
        """Do what a button asks; return why it could not be kept, if so."""
        if act == SHEET:
            self._sheets.act(exercise)
            return ""
        if act.partition(" ")[0] in CARRIES:
            return self._carry.act(exercise, act)
        return self._acts.act(exercise, act)

    def bears_on_contact(self, act: str) -> bool:
        """Return if an act may change what is open or shown."""
        return self._acts.bears_on_contact(act)

    def forget(self, exercise: str) -> None:
        """Forget what a page's buttons have shown."""
        self._acts.forget(exercise)
        self._sheets.forget(exercise)
