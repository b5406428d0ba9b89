"""Strict JSON: each key of a mapping once, and every number one. Where it is not so, programs read different things."""

from __future__ import annotations

import json
from typing import NoReturn, cast

from rekindle.records import Json


def strictly(text: str) -> Json:
    """Return what a JSON text holds. Raises ValueError, which quotes what it read, and RecursionError."""
    return cast(Json, json.loads(text, object_pairs_hook=_once, parse_constant=_refuse))


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return a mapping; of two equal keys, programs read now the one, now the other."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse(_: str) -> NoReturn:
    raise ValueError
