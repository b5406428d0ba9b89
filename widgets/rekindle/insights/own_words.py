"""Own words: what of an answer or of a log's entry is a person's own text, and no id or number of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from rekindle.questions import is_own_page
from rekindle.records import Json

if TYPE_CHECKING:
    from rekindle.content import Exercise, Field
    from rekindle.content.fields import Option

Reader = Callable[[Json], Iterator[str]]

OWN_KINDS = ("long-text", "short-text", "one-of", "any-of", "if-then")
"""Kinds of own question that are answered in one's own words."""

_OTHER_TEXT = "text"
"""Where a kept page holds what another page left for it."""


class OwnWords:
    """Reads values of the pages that it was made for. Values of a wrong shape hold no words; nothing here raises."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        self._answers: dict[tuple[str, str], Reader] = {}
        self._entries: dict[tuple[str, str], Reader] = {}
        for exercise in exercises:
            for field in exercise.fields:
                self._learn(exercise, field)

    def _learn(self, exercise: Exercise, field: Field) -> None:
        if field.type == "log":
            own = [part for part in field.fields if part.type == "short_text" or part.options_from]
            self._entries |= {(exercise.id, part.id): _but(part.options) for part in own}
        elif reader := _reader(field):
            (self._entries if exercise.fresh else self._answers)[exercise.id, field.key] = reader
        if exercise.fresh:
            self._entries[exercise.id, _OTHER_TEXT] = _lines

    def answered(self, page: str, field: str, value: Json) -> Iterator[str]:
        """Yield a person's own text in an answer."""
        if is_own_page(page):
            reader = (_cells(("if", "then")) if field.endswith("-if-then") else _lines) if _is_worded(field) else None
        else:
            reader = self._answers.get((page, field))
        return reader(value) if reader else iter(())

    def entered(self, page: str, field: str, value: Json) -> Iterator[str]:
        """Yield a person's own text in one field of an entry; an own question is an entry, too."""
        reader = self._entries.get((page, field)) if not is_own_page(page) else _lines if field != "kind" else None
        return reader(value) if reader else iter(())


def _is_worded(field: str) -> bool:
    return field.endswith(tuple(f"-{kind}" for kind in OWN_KINDS))


def _reader(field: Field) -> Reader | None:
    if field.type in ("short_text", "long_text"):
        return _lines
    if field.type == "table":
        return _cells(tuple(column.id for column in field.columns if column.kind == "text"))
    if field.type == "if_then":
        return _cells(("if", "then"))
    # A list of lines that stand in a column of one's own names it: page, table, column.
    return _but(field.options) if field.type == "single_choice" and field.options_from.count(".") > 1 else None


def _lines(value: Json) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one


def _but(options: Iterable[Option]) -> Reader:
    """Return a reader of lines that passes over the ids of ours among them."""
    ids = {option.id for option in options}
    return lambda value: (line for line in _lines(value) if line not in ids) if ids else _lines(value)


def _cells(columns: tuple[str, ...]) -> Reader:
    def read(value: Json) -> Iterator[str]:
        for row in value if isinstance(value, list) else ():
            if isinstance(row, dict):
                yield from (cell for column in columns if isinstance(cell := row.get(column), str))

    return read
