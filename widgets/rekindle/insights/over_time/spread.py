"""A spread: where numbers lie, as a range and not as one point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and highest of some numbers, the middle one, and the two between which the middle half lies."""

    count: int
    lowest: float
    low: float
    middle: float
    high: float
    highest: float


def spread(numbers: Iterable[float]) -> Spread:
    """Return the spread of some numbers; there is one at least. All but the middle are numbers that are there."""
    found = sorted(numbers)
    count = len(found)
    cut = count // 4
    middle = round((found[(count - 1) // 2] + found[count // 2]) / 2, 1)
    return Spread(count, found[0], found[cut], middle, found[count - 1 - cut], found[-1])


def told(value: float) -> str:
    """Return a number as it is read: 4 and not 4.0."""
    return f"{value:g}"
