"""Problems: what is wrong in a content file, where, and what could stand there instead."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, RootModel, ValidationError

from rekindle.errors import ContentError

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `kind` names its sentence in `command.toml`; `allowed` lists keys or values."""

    file: str
    place: str
    kind: str
    detail: str = ""
    allowed: tuple[str, ...] = ()

    def as_error(self) -> ContentError:
        """Return the error that stops the book from opening."""
        facts = {"file": self.file, "place": self.place, "problem": self.kind, "detail": self.detail}
        return ContentError(**facts, allowed=", ".join(self.allowed))


def problems_of(error: ValidationError, file: str, raw: Raw, model: type[BaseModel]) -> list[Problem]:
    """Return every problem that a model found in a file's raw data."""
    found = []
    items = error.errors(include_url=False, include_input=False)
    for item in items:
        loc, kind = item["loc"], item["type"]
        if kind == "too_short" and any(len(i["loc"]) > len(loc) and i["loc"][: len(loc)] == loc for i in items):
            continue  # its items are there and have problems of their own
        at = loc[:-1] if kind in ("extra_forbidden", "missing") and loc else loc
        names: tuple[str, ...] = ()
        detail = item["msg"]
        if kind in ("extra_forbidden", "missing"):
            detail, names = str(loc[-1]), _keys(model, at)
        elif "expected" in item.get("ctx", {}):
            names = (str(item["ctx"]["expected"]),)
        elif "expected_tags" in item.get("ctx", {}):
            names = (str(item["ctx"]["expected_tags"]),)
        found.append(Problem(file, place_of(at, raw), _KINDS.get(kind, kind), detail, names))
    return found


_KINDS = {
    "extra_forbidden": "unknown-key",
    "missing": "missing",
    "literal_error": "unknown-value",
    "union_tag_invalid": "unknown-value",
    "union_tag_not_found": "missing",
    "string_pattern_mismatch": "bad-id",
    "string_too_short": "empty",
    "too_short": "too-few",
    "too_long": "too-many",
} | {f"{name}_type": "wrong-type" for name in ("string", "bool", "int", "float", "tuple", "dict", "model", "date")}


def place_of(loc: Sequence[int | str], raw: object) -> str:
    """Return a place in words, such as `exercise 3 (why-it-ended) → fields → rows`."""
    steps: list[str] = []
    here = raw
    for step in loc:
        if isinstance(here, Mapping) and step == here.get("type") and step not in here:
            continue  # the tag of a union: the file has no such step
        here = _inside(here, step)
        if isinstance(step, str):
            steps.append(step)
            continue
        name = _name(here)
        if steps and steps[-1] == "exercises":
            steps[-1] = f"exercise {step + 1}" + (f" ({name})" if name else "")
        else:
            steps.append(name or str(step + 1))
    return " → ".join(steps) or "top of the file"


def _inside(here: object, step: int | str) -> object:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def _name(raw: object) -> str:
    return str(raw.get("id") or raw.get("key") or raw.get("name") or "") if isinstance(raw, Mapping) else ""


def _keys(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[str, ...]:
    """Return the keys that may stand at a place."""
    here: dict[str, type[BaseModel]] = {"": model}
    for step in loc:
        if len(here) > 1 and step in here:
            here = {"": here[str(step)]}
        elif len(here) == 1 and isinstance(step, str):
            owner = next(iter(here.values()))
            if issubclass(owner, RootModel):  # a table of ids: the step is one of them
                here = _models(owner.model_fields["root"].annotation)
            elif step in owner.model_fields:
                here = _models(owner.model_fields[step].annotation)
    return tuple(next(iter(here.values())).model_fields) if len(here) == 1 else ()


def _models(annotation: object) -> dict[str, type[BaseModel]]:
    """Return the models in an annotation, by their tag if there are several."""
    found: list[type[BaseModel]] = []
    todo = [annotation]
    while todo:
        part = todo.pop()
        if isinstance(part, type) and issubclass(part, BaseModel):
            found.append(part)
        todo.extend(typing.get_args(part))
    if len(found) == 1:
        return {"": found[0]}
    return {typing.get_args(part.model_fields["type"].annotation)[0]: part for part in found}
