"""Answers read without trust: a value of the wrong shape is no answer, and nothing here raises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rekindle.records import Json

Answers = Mapping[str, Json]
Row = Mapping[str, Json]


def text(values: Answers, key: str) -> str:
    """Return what was written, without the blanks around it, or ""."""
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def choice(values: Answers, key: str, known: tuple[str, ...] | frozenset[str]) -> str:
    """Return the chosen id if it is a known one, or ""."""
    value = values.get(key)
    return value if isinstance(value, str) and value in known else ""


def ticks(values: Answers, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the known ids that were ticked, in the order of `known`; one chosen id counts as one tick."""
    value = values.get(key)
    if isinstance(value, str):
        return (value,) if value in known else ()
    return tuple([each for each in known if each in value]) if isinstance(value, list) else ()


def scale(values: Answers, key: str) -> int | None:
    """Return a whole number from 0 to 10, or None."""
    value = values.get(key)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and isinstance(value, int) and 0 <= value <= 10 else None


def day(values: Answers, key: str) -> dt.date | None:
    """Return a date, or None."""
    try:
        return dt.date.fromisoformat(text(values, key))
    except ValueError:
        return None


def rows(values: Answers, key: str, named: str = "") -> list[Row]:
    """Return the rows of a table; with `named`, only those that hold some words in that column."""
    value = values.get(key)
    found: list[Row] = [r for r in value if isinstance(r, dict)] if isinstance(value, list) else []
    return [r for r in found if text(r, named)] if named else found
