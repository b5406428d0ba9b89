"""Offers: the lists of options that are made while the book runs."""

from __future__ import annotations

from rekindle.contact import State
from rekindle.content import Catalog, IfThen
from rekindle.forms.choices import Pairs
from rekindle.forms.fields import STOP_SIGNS
from rekindle.page.book import Book
from rekindle.records import Json


def offers(name: str, words: Catalog, book: Book) -> Pairs:
    """Return a list by its name: a fixed one, `exercise.field`, or `exercise.field.column` for a column's words.

    With `.row` after that, it holds the words in that row alone.
    """
    if name == "countries":
        return list(words.helplines.countries.items())
    if name == STOP_SIGNS:
        return [(sign, sign) for sign in sorted(book.standing().also & {State.CLOSED, State.PAUSED})]
    if name == "pages-used":
        return [(e.id, e.title) for e in words.exercises if e.id != "closing-report" and book.used(e.id)]
    exercise, field, column, row, *_ = [*name.split("."), "", ""]
    if not column:
        return _of_field(exercise, field, words, book)
    value, _ = book.answer(exercise, field)
    rows = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    found = [str(each.get(column, "")) for each in rows if not row or each.get("row") == row]
    return [(text, text) for text in found if text]


def _of_field(exercise: str, field: str, words: Catalog, book: Book) -> Pairs:
    """Return the fixed rows of a table, the ticked options of a choice, or whole plans as sentences, in their order."""
    asked = words.exercise(exercise).field(field)
    if isinstance(asked, IfThen):
        return _plans(book.answer(exercise, field)[0], words)
    if rows := getattr(asked, "rows", ()):
        return [(row.id, row.text) for row in rows]
    value, _ = book.answer(exercise, field)
    chosen = value if isinstance(value, list) else []
    options = getattr(asked, "options", ())
    return [(option.id, option.text) for option in options if option.id in chosen]


def _plans(value: Json, words: Catalog) -> Pairs:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    whole = [(str(row["if"]), str(row["then"])) for row in rows if row.get("if") and row.get("then")]
    found = [words.say("interface.fields.plan", cue=cue, act=act) for cue, act in whole]
    return [(text, text) for text in dict.fromkeys(found)]
