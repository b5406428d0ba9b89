"""Other words for the same page: what it says while somebody lets go, or is paused. Ids and answers stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rekindle.content.parts import Exercise

When = Literal["letting_go", "paused"]
"""`letting_go`: from "us" to "me". `paused`: care comes before any look at one's own part."""

_LISTS = ("options", "columns", "rows", "fields")
_WORDS = ("text", "label", "ask")


def places(exercise: Exercise) -> set[str]:
    """Return every place that can have other words: `lead`, `purpose`, a field, a part of a field, or `says.key`."""
    found = {"lead", "purpose", *(f"says.{key}" for key in exercise.says)}
    for field in exercise.fields:
        found |= {field.key, *_parts(field, field.key)}
    return found


def _parts(asked: object, at: str) -> set[str]:
    found: set[str] = set()
    for name in _LISTS:
        for part in getattr(asked, name, None) or ():
            found |= {f"{at}.{part.id}", *_parts(part, f"{at}.{part.id}")}
    return found


def reworded(exercise: Exercise, when: When | None) -> Exercise:
    """Return the exercise with its other words for such a time; itself, where it has none."""
    other = exercise.instead.get(when) if when else None
    if not other:
        return exercise
    said = {key: other.get(f"says.{key}", text) for key, text in exercise.says.items()}
    fields = tuple(_changed(field, field.key, other) for field in exercise.fields)
    told = {name: other.get(name, getattr(exercise, name)) for name in ("lead", "purpose")}
    return exercise.model_copy(update={**told, "says": said, "fields": fields})


def has_other_lead(exercise: Exercise) -> bool:
    """Return if an exercise has another lead at some time."""
    return any("lead" in other for other in exercise.instead.values())


def _changed(asked: Any, at: str, other: Mapping[str, str]) -> Any:  # noqa: ANN401 - a field, an option, a column or a log field
    update: dict[str, object] = {}
    for name in _LISTS:
        if parts := getattr(asked, name, None):
            update[name] = tuple(_changed(part, f"{at}.{part.id}", other) for part in parts)
    if at in other:
        update[next(name for name in _WORDS if hasattr(asked, name))] = other[at]
    return asked.model_copy(update=update) if update else asked
