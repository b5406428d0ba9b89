"""The strict model that every content file is read into, and the kinds of text that it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

_PLACEHOLDER = re.compile(r"[a-z][a-z0-9_]*")


class Strict(BaseModel):
    """A frozen model that knows its keys: an unknown key, a missing one and a wrong type are all errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


def placeholders(template: str) -> set[str]:
    """Return the names in a template's `{name}` placeholders; raises ValueError if one is not a plain name."""
    found: set[str] = set()
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not _PLACEHOLDER.fullmatch(name) or spec or conversion:
            raise ValueError(name)
        found.add(name)
    return found


def _checked_template(text: str) -> str:
    try:
        placeholders(text)
    except ValueError:
        kind, message = "placeholder", "a placeholder is a plain name in braces, such as {example}"
        raise PydanticCustomError(kind, message, {"example": "{count}"}) from None
    return text


Text = Annotated[str, StringConstraints(min_length=1)]
Template = Annotated[Text, AfterValidator(_checked_template)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id with hyphens: parts, exercises, options, sources."""
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""An id that is also a name in a data frame: fields, columns, log fields, sentences."""


def refuse_twice(kind: str, ids: Iterable[str]) -> None:
    """Raise a validation error if an id comes twice."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise PydanticCustomError("duplicate", "{kind} {id} is there twice", {"kind": kind, "id": name})
        seen.add(name)
