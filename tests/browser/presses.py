"""Presses: which use of a control would fold a page that a group's walk still has to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rekindle.content import catalog
from rekindle.records import Json
from tests.browser.groups import Group, Stands
from tests.browser.hands import offered
from tests.leaves import leaves


def folding(group: Group) -> Callable[[dict[str, Any]], bool]:
    """Return a function that tells it of one stop of the keyboard; what would fold nothing counts as answered."""
    stands = Stands(group)
    fields = {(exercise.id, path): field for exercise in catalog().exercises for path, field in leaves(exercise)}

    def folds(at: dict[str, Any]) -> bool:
        field = fields.get((at["card"], at["path"]))
        given = _given(field, at) if field and at["tag"] in ("button", "input") else []
        return not all(stands.takes(at["card"], at["path"], value) for value in given)

    return folds


def _given(field: Any, at: dict[str, Any]) -> list[Json]:
    """Return the answers that the use of a control gives, one after the other; none if it is no choice."""
    if at["scale"]:
        return [min(int(at["name"]) + 1, 10)] if at["name"].isdigit() else []  # the arrow goes to the next number
    if field.type not in ("single_choice", "multi_choice"):
        return []
    ids = [option.id for option in offered(field) if option.text[:50].strip() == at["name"]]
    return [*ids] if field.type == "single_choice" else [[*ids], []]  # a tick is set and taken back
