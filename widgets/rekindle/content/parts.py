"""Parts of the book and the exercises in them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import pydantic
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from rekindle.content.fields import Field
from rekindle.content.strict import Key, Slug, Strict, Template, Text, placeholders, refuse_twice
from rekindle.content.wording import When, places

Cloth = Literal["opening", "acknowledge", "self", "reconnect", "trust", "slow", "always"]


class Exercise(Strict):
    """One page: what it asks, why, an example, and the sentences that it may say back.

    `lean`: on the path of about 20 minutes a week. `heavy`: the support card is offered when it closes.
    `fresh`: it starts empty each time, and what is kept of it becomes an entry. `reading`: more prose under
    the lead. `asks_safe`: once it is put away, one question asks if they feel safe with themselves. `says`:
    templates with `{name}` placeholders, filled by the insights. `instead`: other words for some places while
    somebody is letting go, or is paused.
    """

    id: Slug
    part: Slug
    title: Text
    core: bool
    lean: bool
    heavy: bool = False
    asks_safe: bool = False
    fresh: bool = False
    minutes: Annotated[float, pydantic.Field(gt=0)]
    purpose: Text
    why: Text
    sources: Annotated[tuple[Slug, ...], pydantic.Field(min_length=1)]
    lead: Text
    reading: Text | None = None
    example: Text | None = None
    after: Text | None = None
    fields: Annotated[tuple[Field, ...], pydantic.Field(min_length=1)]
    says: dict[Key, Template] = pydantic.Field(default_factory=dict)
    instead: dict[When, dict[str, Template]] = pydantic.Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        refuse_twice("field", [field.key for field in self.fields])
        missing = [name for name in ("example", "after") if getattr(self, name) is None]
        if self.core and missing:
            message = "a core exercise needs {names}"
            raise PydanticCustomError("core", message, {"names": " and ".join(missing)})
        self._check_instead()
        return self

    def _check_instead(self) -> None:
        for place, text in ((at, text) for other in self.instead.values() for at, text in other.items()):
            said = self.says.get(place.removeprefix("says."), "") if place.startswith("says.") else ""
            if place not in places(self) or not placeholders(text) <= placeholders(said):
                message = "instead has other words for {place}, which is no place with such words on this page"
                raise PydanticCustomError("instead", message, {"place": place})

    def field(self, key: str) -> Field:
        """Return the field with that key; raises KeyError."""
        return {field.key: field for field in self.fields}[key]


class OtherWords(Strict):
    """What a part says in place of its own cover, opener and ending while somebody lets go; None keeps its own."""

    purpose: Text | None = None
    meta: Text | None = None
    opener: Text
    ending: Text | None = None


class Part(Strict):
    """One notebook: a cover, an opener, exercises, an ending. `more` stands before the first page off the lean path.

    `letting_go` stands in place of cover, opener and ending while somebody lets go.
    """

    id: Slug
    number: Literal["", "1", "2", "3", "4", "5"]
    notebook: Slug
    cloth: Cloth
    title: Text
    short_title: Text
    eyebrow: Text
    purpose: Text
    meta: Text
    opener: Text
    letting_go: OtherWords | None = None
    more: Text | None = None
    ending: Text
    exercises: Annotated[tuple[Exercise, ...], pydantic.Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_its_file(self) -> Self:
        refuse_twice("exercise", [exercise.id for exercise in self.exercises])
        if self.notebook.partition("-")[2] != self.id or any(e.part != self.id for e in self.exercises):
            message = "the part {id} belongs in a file with its number and its id"
            raise PydanticCustomError("file-name", message, {"id": self.id})
        return self
