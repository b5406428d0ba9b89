"""The pace of the book: the words that stand on a page when it is filled in, and those that a person types there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import ipywidgets as ipw

from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.forms.card import Card
from rekindle.forms.own_words import OwnChoice
from rekindle.frontend.rows import Rows
from rekindle.frontend.words import Words
from rekindle.frontend.writing import Writing
from rekindle.records import Json
from rekindle.settings import notebooks_folder
from tests.leaves import leaves
from tests.visit import Visit, inside, text_of

TYPING = 19
"""Words a minute when somebody makes up what they type; copying a text goes at 33 (Karat and others, 1999)."""

A_LINE, A_CELL, A_PLAN, A_LETTER = 12, 4, 14, 100
"""Words that are typed into a line, a cell of a table, a plan and a letter, as the examples of the pages do."""

DAY = "2026-05-12"


@dataclass(frozen=True)
class Pace:
    """Words that are read, words in the folds "Why we ask" and "An example", and words that are typed."""

    read: int = 0
    folded: int = 0
    typed: int = 0

    def __add__(self, other: Pace) -> Pace:
        return Pace(self.read + other.read, self.folded + other.folded, self.typed + other.typed)

    def __mul__(self, times: int) -> Pace:
        return Pace(self.read * times, self.folded * times, self.typed * times)

    def __str__(self) -> str:
        return f"{self.read} words read, {self.folded} in folds, {self.typed} typed"


@dataclass(frozen=True)
class Reader:
    """Somebody who reads so many words a minute, and opens the folds or leaves them."""

    speed: int
    opens_folds: bool

    def minutes(self, pace: Pace) -> float:
        """Return how long it takes them to read and to type."""
        read = pace.read + (pace.folded if self.opens_folds else 0)
        return read / self.speed + pace.typed / TYPING


READERS = {"the mean": Reader(238, opens_folds=True), "in no hurry": Reader(200, opens_folds=False)}
"""The mean of adults is 238 words a minute; most read 175 to 300 (Brysbaert 2019, 190 studies of English readers)."""


def count(text: str) -> int:
    """Return how many words a text has; numbers on buttons are looked at and not read."""
    return len(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.sub(r"<[^>]+>|&[#\w]+;|\]\([^)]*\)", " ", text)))


@cache
def prose(notebook: str) -> dict[str, int]:
    """Return the words in each text cell of a notebook, as it stands in the notebooks' folder."""
    cells = json.loads((notebooks_folder() / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: count("".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown"}


def around(part_id: str, *cells: str) -> Pace:
    """Return what is read of a part around its exercises."""
    words = prose(catalog().part(part_id).notebook)
    return Pace(sum(words.get(cell, 0) for cell in cells))


def pace(exercise_id: str, stands: Visit, *, known: bool = False) -> Pace:
    """Play a page: open it, fill every field, read all that then stands on it, put it away, and read what comes after.

    On a page that is `known`, such as the check-in of each day, the lead and the folds are not read again.
    """
    exercise = catalog().exercise(exercise_id)
    card = stands.open(exercise_id)
    assert card.is_open, exercise_id
    for path, field in leaves(exercise):
        control = card._all().get(path)
        if control is not None and not isinstance(control, OwnChoice) and _offers(field):
            stands.answer(control, value_for(field))
    folds = count(exercise.why) + count(exercise.example or "")
    read = sum(count(text) for text in texts_on(card)) - folds
    if known:
        return Pace(read - count(exercise.title) - count(exercise.purpose), 0, typed_on(exercise))
    lead = around(exercise.part, f"about-{exercise_id}", f"reading-{exercise_id}")
    return lead + Pace(read + count(exercise.after or ""), folds, typed_on(exercise))


def texts_on(card: Card) -> Iterator[str]:
    """Yield every text of an open card: questions, choices, buttons, both folds, and what is said back."""
    for widget in inside(card.root):
        if isinstance(widget, Words):
            yield text_of(widget.told)
        elif isinstance(widget, Writing):
            yield f"{widget.ask} {widget.hint}"
        elif isinstance(widget, Rows):
            yield from _texts_in_rows(widget.shape)
        elif isinstance(widget, ipw.HTML):
            yield widget.value
        elif not isinstance(widget, ipw.Box):
            yield f"{getattr(widget, 'description', '')} {' '.join(getattr(widget, '_options_labels', ()))}"


def _texts_in_rows(shape: dict[str, Any]) -> Iterator[str]:
    yield f"{shape['ask']} {shape['hint']} {shape['words']['add']} {shape['words']['remove']}"
    for column in shape["columns"]:
        yield " ".join([column["label"], *(option["text"] for option in column.get("options", ()))])
    yield from (row["text"] for row in shape["fixed"])


def _offers(field: Any) -> bool:
    return "choice" not in field.type or bool(field.options)


def value_for(field: Any) -> Json:
    """Return an answer: the first of what is offered, and few words."""
    if isinstance(field, asked.Table):
        return [{"row": field.rows[0].id}] if field.rows else [{}]
    made: dict[str, Json] = {
        "if_then": [{"if": "it is late", "then": "I make tea"}],
        "scale_0_10": 6,
        "date": DAY,
        "day": DAY,
        "when": f"{DAY}T12:00",
        "minutes": 10,
    }
    if field.type == "single_choice":
        return str(field.options[0].id)
    if field.type == "multi_choice":
        return [field.options[0].id]
    return made.get(field.type, "A few words")


def typed_on(exercise: Exercise) -> int:
    """Return how many words a person types on a page: as many as its fields ask for, or as its example has.

    The example of a log tells of several days.
    """
    wanted = sum(_typed(field) for _, field in leaves(exercise) if not getattr(field, "more", False))
    if not wanted or any(isinstance(field, asked.Log) for field in exercise.fields):
        return wanted
    return max(wanted, *map(count, re.findall(r'"([^"]+)"', exercise.example or "")), 0)


def _typed(field: Any) -> int:
    if isinstance(field, asked.Table):
        cells = sum(column.kind == "text" for column in field.columns)
        return A_CELL * cells * (len(field.rows) or field.start_rows)
    if field.ask.startswith("One word"):
        return 1
    kinds = {"short_text": A_LINE, "long_text": A_LETTER, "if_then": A_PLAN}
    return kinds.get(field.type, 0)
