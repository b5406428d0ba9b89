"""Doors: what a notebook calls. Each draws a page's first row, or hands a person their own words as a frame."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from IPython.display import display

from rekindle.content import Catalog, catalog
from rekindle.content import fields as asked
from rekindle.dashboard import Dashboard
from rekindle.forms.stock import VBox
from rekindle.frontend.at_once import at_once
from rekindle.insights import frames
from rekindle.journal import Journal
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.page.unlocking import key_now
from rekindle.settings import Surface, journal_path, surface
from rekindle.your_data import YourData

if TYPE_CHECKING:
    import pandas as pd


def open_part(part_id: str) -> Page:
    """Draw the frame of a part and return it; `.exercise(id)` then shows each of its pages. Raises UnknownPart.

    `.summary()` shows what was written on them, when the person asks.
    """
    words = catalog()
    part = words.part(part_id)
    with at_once():
        page = Page(words, _new_book(words))
        page.stand_for(part)
    _show(page, page.head)
    return page


def open_exercise(exercise_id: str) -> VBox:
    """Return one exercise with a frame of its own, to stand between prose of one's own. Raises UnknownExercise."""
    words = catalog()
    words.page(exercise_id)
    with at_once():
        page = Page(words, _new_book(words))
        return VBox([page.head, page.exercise(exercise_id)])


def open_dashboard() -> None:
    """Draw the first page of the book."""
    words = catalog()
    with at_once():
        page = Dashboard(words, _new_book(words))
    _show(page, page.root)


def open_your_data() -> None:
    """Draw the page about where the person's words are."""
    words = catalog()
    with at_once():
        page = YourData(words, _new_book(words))
    _show(page, page.root)


def answers() -> pd.DataFrame:
    """Return the person's own answers, one a row; the columns are described in `insights.frames`."""
    with _open() as journal:
        return frames.answers_frame(journal.answers().values())


def entries(exercise_id: str) -> pd.DataFrame:
    """Return the entries of one log, or a part's own questions (`own-<part>`), the oldest first.

    Each question of the log is a column, answered or not. Raises UnknownExercise, UnknownPart.
    """
    logs = (field for field in catalog().page(exercise_id).fields if isinstance(field, asked.Log))
    with _open() as journal:
        return frames.entries_frame(journal.entries(exercise_id), [part.id for log in logs for part in log.fields])


def _show(page: Page, first: VBox) -> None:
    """Display a page's first row; in the dashboard with the name of its line, by which a page is filled early.

    A notebook that is edited keeps what is displayed with it, and has no use for that name.
    """
    if surface() is Surface.VOILA:
        display(first, metadata={"rekindle": {"line": page.presence.model_id}})
    else:
        display(first)


def _open(*, check_later: bool = False) -> Journal:
    return Journal.open(journal_path(), never_kept=catalog().never_kept, key=key_now(), check_later=check_later)


def _new_book(words: Catalog) -> Book:
    return Book(words, functools.partial(_open, check_later=True))
