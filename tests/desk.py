"""A desk for tests: one journal, pages over it, and hands that fill their fields as a browser does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rekindle.content import catalog
from rekindle.forms.card import Card
from rekindle.forms.control import Control
from rekindle.frontend.writing import Refusal
from rekindle.journal import Journal
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.records import Json


class Desk:
    """One journal, and as many pages over it as a test asks for."""

    def __init__(self, path: Path) -> None:
        self._path, self._pages = path, list[Page]()

    def page(self) -> Page:
        """Return a new page that has just come to the front."""
        book = Book(catalog(), lambda: Journal.open(self._path, never_kept=catalog().never_kept))
        page = Page(catalog(), book)
        self._pages.append(page)
        return page

    def open(self, exercise: str) -> tuple[Page, Card]:
        """Return a new page with one card open."""
        page = self.page()
        page.exercise(exercise)
        page.presence.on_shown("UTC", frozenset())
        card = page.cards[exercise]
        card.open()
        assert card.is_open, exercise
        return page, card

    def close(self) -> None:
        """Close every journal."""
        for page in self._pages:
            page.book.journal.close()


def say_so(page: Page, exercise: str, field: str, value: Json) -> None:
    page.book.take(exercise, field)
    assert not isinstance(page.book.keep(exercise, field, value, "asked"), Refusal)


def put(control: Control, value: Json) -> None:
    """Give a control a value as the browser does: its own kinds send it, the others change."""
    if control.own:
        inner: Any = getattr(control, "writing", None) or getattr(control, "rows")  # noqa: B009 - Any on purpose
        inner._hear_keep({"n": 1, "value": value})
    else:
        with control._quietly():
            control._show(value, answered=True)
        control._changed()
    assert not control.unkept
