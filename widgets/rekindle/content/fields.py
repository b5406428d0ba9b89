"""Fields: what an exercise can ask, one model for each kind of answer."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import pydantic
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rekindle.content.strict import Key, Slug, Strict, Text, refuse_twice

Keep = Literal["always", "never"]
UP_FRONT = 6
"""How many fields a log shows before "More, if you like"."""


class Option(Strict):
    """One choice, or one fixed row. The id is stored; `skip` means skipped on purpose and is stored as null.

    `hopeful`: it is folded where a clear stop sign stands (they asked to stop, an order, fear).
    """

    id: Slug
    text: Text
    hopeful: bool = False


class Asked(Strict):
    """What every field has. `keep = "never"`: the answer never reaches a disk."""

    key: Key
    ask: Text
    hint: str = ""
    keep: Keep = "always"


class ShortText(Asked):
    """A line or two."""

    type: Literal["short_text"]
    limit: int = 2000


class LongText(Asked):
    """A page of free text."""

    type: Literal["long_text"]
    limit: int = 50000


class SingleChoice(Asked):
    """One of a few. `options_from` names a list made while the book runs; `options` stand before it."""

    type: Literal["single_choice"]
    options: tuple[Option, ...] = ()
    options_from: str = ""
    style: Literal["radio", "chips"] = "radio"

    @model_validator(mode="after")
    def _offers_something(self) -> Self:
        _check_options(self.options, needed=not self.options_from)
        return self


class MultiChoice(Asked):
    """Any number of a few. `options_from` names a list made while the book runs; `options` stand after it."""

    type: Literal["multi_choice"]
    options: tuple[Option, ...] = ()
    options_from: str = ""

    @model_validator(mode="after")
    def _offers_something(self) -> Self:
        _check_options(self.options, needed=not self.options_from)
        return self


class Scale(Asked):
    """A whole number from 0 to 10; `low` and `high` say what the ends mean."""

    type: Literal["scale_0_10"]
    low: Text
    high: Text


class Date(Asked):
    """A day on the calendar."""

    type: Literal["date"]


class Column(Strict):
    """One column of a table. A `wide` one spans the row's width; a `retired` one is asked no more, its cells stay."""

    id: Key
    label: Text
    kind: Literal["text", "choice", "tick", "scale", "date"]
    options: tuple[Option, ...] = ()
    wide: bool = False
    retired: bool = False

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> Self:
        _check_options(self.options, needed=self.kind == "choice", wanted=self.kind == "choice")
        return self


class Table(Asked):
    """Rows of cells. With `rows` the rows are fixed and stored as "row": id; else a person adds their own."""

    type: Literal["table"]
    columns: tuple[Column, ...]
    rows: tuple[Option, ...] = ()
    start_rows: int = 1

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        refuse_twice("column", [column.id for column in self.columns])
        refuse_twice("row", [row.id for row in self.rows])
        if not self.columns or "row" in {column.id for column in self.columns}:
            raise PydanticCustomError("columns", "a table needs columns, and none of them may be called row")
        return self


class IfThen(Asked):
    """One to three plans: if this, then that."""

    type: Literal["if_then"]
    most: Annotated[int, pydantic.Field(ge=1, le=3)] = 1


class LogField(Strict):
    """One field of a log entry; `more` puts it behind "More, if you like".

    `options_from` names a list made while the book runs, of which one is chosen; `options` stand after it.
    `ask_from` names a cell of the person's own (exercise, table, column, row), whose words stand in place of `ask`;
    while only other rows of that table are filled, the field rests.
    """

    id: Key
    type: Literal["when", "day", "short_text", "single_choice", "multi_choice", "scale_0_10", "minutes"]
    ask: Text
    hint: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = ""
    ask_from: str = ""
    low: str = ""
    high: str = ""
    more: bool = False

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        choice = self.type in ("single_choice", "multi_choice")
        _check_options(self.options, needed=choice and not self.options_from, wanted=choice)
        if self.options_from and self.type != "single_choice":
            raise PydanticCustomError("options", "only a single choice takes its options from a list")
        if self.ask_from and (self.type != "single_choice" or self.ask_from.count(".") != 3):
            raise PydanticCustomError(
                "ask-from", "only a single choice takes its question from a cell: page.table.column.row"
            )
        if bool(self.low and self.high) is not (self.type == "scale_0_10"):
            raise PydanticCustomError("anchors", "a scale, and only a scale, has low and high")
        return self


class Log(Asked):
    """Entries over time; with `several = false`, one form that is filled in once.

    `check_in`: its questions belong together, so that more than the usual few may stand up front.
    """

    type: Literal["log"]
    fields: tuple[LogField, ...]
    several: bool = True
    check_in: bool = False

    @model_validator(mode="after")
    def _short_up_front(self) -> Self:
        refuse_twice("log field", [field.id for field in self.fields])
        shown = sum(not field.more for field in self.fields)
        if not shown or (self.several and not self.check_in and shown > UP_FRONT):
            message = "a log shows one to {most} fields up front; the rest say more = true"
            raise PydanticCustomError("up-front", message, {"most": UP_FRONT})
        return self


Field = Annotated[
    ShortText | LongText | SingleChoice | MultiChoice | Scale | Date | Table | IfThen | Log,
    pydantic.Field(discriminator="type"),
]


def _check_options(options: tuple[Option, ...], *, needed: bool = True, wanted: bool = True) -> None:
    refuse_twice("option", [option.id for option in options])
    if needed and not options:
        raise PydanticCustomError("options", "a choice needs options")
    if options and not wanted:
        raise PydanticCustomError("options", "only a choice has options")
