"""Axes: where a value of a figure lies, and what is written beside it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Value = str | int | float | None
Tick = tuple[float, str]
_ROOM = 0.05
"""So much of a range is left free at its ends, where the figure names no range."""


@dataclass(frozen=True)
class Axis:
    """One axis in numbers. `high` may lie below `low`: then it runs the other way."""

    low: float
    high: float
    ticks: Sequence[Tick] = field(repr=False)
    places: Mapping[str, int] = field(repr=False)
    is_shown: bool = True
    has_grid: bool = False

    def number(self, value: Value) -> float | None:
        """Return a value as a number on this axis; None for a gap."""
        return _number(value, self.places)

    def along(self, value: Value, start: float, end: float) -> float | None:
        """Return where a value lies between the two ends of the axis on paper."""
        number = self.number(value)
        if number is None:
            return None
        return start + (number - self.low) / ((self.high - self.low) or 1) * (end - start)


def axis_of(shape: Mapping[str, Any], values: Iterable[Value], *, from_zero: bool = False) -> Axis:
    """Return the axis that a layout describes, for these values."""
    given = [value for value in values if value is not None]
    places = {} if shape.get("type") == "date" else _places(shape, given)
    numbers = [n for value in given if (n := _number(value, places)) is not None]
    low, high = _range(shape, numbers, places, from_zero=from_zero or shape.get("rangemode") == "tozero")
    ticks = _ticks(shape, places, low, high)
    return Axis(low, high, ticks, places, shape.get("visible", True), shape.get("showgrid", True))


def _places(shape: Mapping[str, Any], values: Sequence[Value]) -> dict[str, int]:
    """Return the places of categories; none where the values are numbers."""
    words = [str(value) for value in (shape.get("categoryarray") or values)]
    wordy = shape.get("type") == "category" or any(isinstance(value, str) for value in values)
    return {word: at for at, word in enumerate(dict.fromkeys(words))} if wordy else {}


def _number(value: Value, places: Mapping[str, int]) -> float | None:
    if isinstance(value, str):
        return float(places[value]) if value in places else _day(value)
    return None if value is None else float(value)


def _day(text: str) -> float | None:
    try:
        return float(dt.date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        return None


def _range(
    shape: Mapping[str, Any], numbers: Sequence[float], places: Mapping[str, int], *, from_zero: bool
) -> tuple[float, float]:
    if named := shape.get("range"):
        return float(named[0]), float(named[1])
    if places:
        low, high = -0.5, len(places) - 0.5
    else:
        low, high = min(numbers, default=0.0), max(numbers, default=1.0)
        room = (high - low) * _ROOM or 0.5
        low, high = (0.0 if from_zero else low - room), high + room
    return (high, low) if shape.get("autorange") == "reversed" else (low, high)


def _ticks(shape: Mapping[str, Any], places: Mapping[str, int], low: float, high: float) -> list[Tick]:
    if "tickvals" in shape:
        names = shape.get("ticktext") or [f"{value:g}" for value in shape["tickvals"]]
        at = [_number(value, places) for value in shape["tickvals"]]
        return [(n, str(name)) for n, name in zip(at, names, strict=True) if n is not None]
    if places:
        return [(float(at), name) for name, at in places.items()]
    step = _step(abs(high - low), int(shape.get("nticks", 5)))
    first = math.ceil(min(low, high) / step)
    return [(n * step, f"{n * step:g}") for n in range(first, math.floor(max(low, high) / step) + 1)]


def _step(span: float, most: int) -> float:
    """Return the smallest whole step of 1, 2 or 5 and their tens that gives at most so many ticks."""
    size = 1.0
    while True:
        for step in (size, 2 * size, 5 * size):
            if span / step <= most:
                return step
        size *= 10
