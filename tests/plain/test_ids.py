"""Ids are for ever: an answer given today is found by every later version.

`python -m tests.plain.test_ids` prints what `ids.json` should hold after ids were added.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rekindle import contact
from rekindle.content import Column, Exercise, Field, LogField, Option, catalog

PINNED = Path(__file__).with_name("ids.json")
Tree = dict[str, Any]


def option_ids(options: tuple[Option, ...]) -> Tree:
    return {option.id: {} for option in options}


def column_ids(columns: tuple[Column | LogField, ...]) -> Tree:
    kinds = [(c.id, c.kind if isinstance(c, Column) else c.type, c.options) for c in columns]
    return {name: {f"a {kind}": {}, **option_ids(options)} for name, kind, options in kinds}


def field_ids(field: Field) -> Tree:
    below: Tree = {f"a {field.type}": {}}
    if field.type in ("single_choice", "multi_choice"):
        below |= option_ids(field.options)
    elif field.type == "table":
        below |= {"columns": column_ids(field.columns), "rows": option_ids(field.rows)}
    elif field.type == "log":
        below |= {"fields": column_ids(field.fields)}
    return below


def exercise_ids(exercise: Exercise) -> Tree:
    return {field.key: field_ids(field) for field in exercise.fields}


def all_ids() -> Tree:
    """Return every id that a journal may hold, and the kind of each answer."""
    return {
        "parts": {part.id: {part.notebook: {}} for part in catalog().parts},
        "exercises": {exercise.id: exercise_ids(exercise) for exercise in catalog().exercises},
    }


def gone(pinned: Mapping[str, Any], now: Mapping[str, Any], at: str = "") -> list[str]:
    """Return the ids that were pinned and are no longer there."""
    found = []
    for name, below in pinned.items():
        if name not in now:
            found.append(f"{at}{name}")
        else:
            found += gone(below, now[name], f"{at}{name} → ")
    return found


def test_no_id_was_removed_or_renamed() -> None:
    assert gone(json.loads(PINNED.read_text(encoding="utf-8")), all_ids()) == []


def test_every_id_is_pinned() -> None:
    """After adding ids, write them down: python -m tests.plain.test_ids > tests/plain/ids.json."""
    assert gone(all_ids(), json.loads(PINNED.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "path",
    [
        ("parts", "reconnect"),
        ("exercises", "why-it-ended"),
        ("exercises", "why-it-ended", "deal"),
        ("exercises", "why-it-ended", "rows", "columns", "whose"),
        ("exercises", "why-it-ended", "rows", "columns", "whose", "mine"),
        ("exercises", "trust-map", "self", "rows", "faith"),
        ("exercises", "promise-log", "entry", "fields", "outcome", "kept"),
        ("exercises", "consent-gate", "asked", "stop"),
        ("exercises", "baseline", "checkin", "fields", "happy", "a scale_0_10"),
    ],
)
def test_a_renamed_id_is_noticed(path: tuple[str, ...]) -> None:
    now = all_ids()
    here = now
    for step in path[:-1]:
        here = here[step]
    here["renamed"] = here.pop(path[-1])
    assert gone(json.loads(PINNED.read_text(encoding="utf-8")), now) == [" → ".join(path)]


def test_all_exercises_have_known_ids() -> None:
    assert len(set(contact.ALL_PAGES)) == len(contact.ALL_PAGES) == 84
    assert {exercise.id for exercise in catalog().exercises} <= set(contact.ALL_PAGES)


def test_the_contact_state_reads_ids_that_are_there() -> None:
    ids = all_ids()["exercises"]
    assert set(ids["ready-check"]["checks"]) - {"a multi_choice"} == contact.READY_CHECKS
    assert {"in-touch", "quiet", "until-date", "space", "stop", "not-sure"} <= set(ids["consent-gate"]["asked"])
    assert {"yes", "no", "not-sure", "skip"} <= set(ids["consent-gate"]["order"])
    assert "after-stop" in ids["my-own-line"]["by_me"]


if __name__ == "__main__":
    json.dump(all_ids(), sys.stdout, indent=1)
    sys.stdout.write("\n")
