"""Leaves: every control of a page, by the path under which its answer is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rekindle.content import Exercise
from rekindle.content import fields as asked


def leaves(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Yield path and field of every control of a card, in the order in which a person meets them."""
    for field in exercise.fields:
        if isinstance(field, asked.Log):
            yield from ((f"{field.key}/{part.id}", part) for part in field.fields)
        else:
            yield field.key, field
