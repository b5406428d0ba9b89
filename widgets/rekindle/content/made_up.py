"""The made-up person: a short story to look around with, where somebody does not want to write of their own life."""

from __future__ import annotations

import functools
import tomllib
from typing import Annotated, Any

import pydantic

from rekindle.content.catalog import EN
from rekindle.content.problems import problems_of
from rekindle.content.strict import Key, Slug, Strict, Text

FILE = "made-up.toml"
Days = Annotated[int, pydantic.Field(ge=1, le=60)]
"""How many days ago; nothing is written today, where it could be later than now."""


class Told(Strict):
    """One answer: its value, or a date that lies `ago` days back."""

    exercise: Slug
    field: Key
    days: Days
    value: Any = None
    ago: int | None = None


class Noted(Strict):
    """One log entry: the day, the time on the wall, and what it holds."""

    days: Days
    at: Annotated[str, pydantic.StringConstraints(pattern=r"^[0-2]\d:[0-5]\d$")]
    values: dict[str, Any]


class MadeUpPerson(Strict):
    """Somebody who does not exist, and what they wrote."""

    name: Text
    answers: list[Told]
    logs: dict[Slug, list[Noted]]


@functools.cache
def made_up_person() -> MadeUpPerson:
    """Return the made-up person, read at the first call; raises ContentError."""
    raw = tomllib.loads((EN / FILE).read_text(encoding="utf-8"))
    try:
        return MadeUpPerson.model_validate(raw)
    except pydantic.ValidationError as error:
        raise problems_of(error, FILE, raw, MadeUpPerson)[0].as_error() from None
