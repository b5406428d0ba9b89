"""Helplines: lines a person can call, each with the day it was checked and the source it stands in."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

import pydantic
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rekindle.content.strict import Slug, Strict, Text

Kind = Literal["emergency", "talk", "abuse", "harm", "directory"]


class Helpline(Strict):
    """One line. `kind`: emergency, somebody to talk to, abuse, for people who have hurt a partner, a directory."""

    country: Slug
    name: Text
    kind: Kind
    number: str = ""
    text: str = ""
    web: str = ""
    hours: str = ""
    languages: str = ""
    who_for: Text
    last_checked: dt.date
    checked_by: Text
    source: Text

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.number or self.text or self.web):
            raise PydanticCustomError("helpline", "a helpline needs a number, a text number or an address")
        return self


class Helplines(Strict):
    """Countries by id, in the order shown, and their lines."""

    countries: dict[Slug, Text]
    lines: Annotated[tuple[Helpline, ...], pydantic.Field(min_length=1)]

    @model_validator(mode="after")
    def _countries_known(self) -> Self:
        for line in self.lines:
            if line.country not in self.countries:
                raise PydanticCustomError("country", "the country {id} is not in the list", {"id": line.country})
        return self

    def of(self, country: str) -> tuple[Helpline, ...]:
        """Return a country's own lines, then those for anywhere."""
        own = tuple(line for line in self.lines if line.country == country != "world")
        return own + tuple(line for line in self.lines if line.country == "world")
