"""Answers: their versions, and the rule that last words are never overwritten silently."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rekindle.errors import NotAnAnswer
from rekindle.journal.rows import (
    MINE,
    MOMENT,
    OTHER,
    SETTLED,
    insert,
    moment_of,
    moment_row,
    names,
    replace,
    value_of,
    verified,
)
from rekindle.journal.store import Store
from rekindle.records import Answer, FieldId, Moment, Saved

COLUMNS = ("exercise", "field", "revision", "value", "wording", "sitting", *MOMENT, "conflict", "other")
_SELECT = f"SELECT number, {names(COLUMNS)} FROM answer"  # noqa: S608 - our own column names
NEWEST = (
    "revision = (SELECT max(revision) FROM answer AS a WHERE a.exercise = answer.exercise AND a.field = answer.field)"
)
_AMONG = "(?1 IS NULL OR exercise IN (SELECT value FROM json_each(?1)))"


@dataclass(frozen=True, slots=True)
class _Version:
    """One row of the table. `text` is its value in JSON, so that two values are the same when their texts are."""

    number: int
    exercise: str
    field: str
    revision: int
    text: str = dataclasses.field(repr=False)
    wording: str
    sitting: str
    moment: Moment
    conflict: bool
    other: int

    @property
    def content(self) -> tuple[str | int, ...]:
        place = self.exercise, self.field, self.revision, self.text, self.wording, self.sitting
        return (*place, *moment_row(self.moment), int(self.conflict), self.other)

    @property
    def answer(self) -> Answer:
        value, moment = value_of(self.text), self.moment
        return Answer(
            self.exercise, self.field, value, self.revision, moment, self.wording, self.sitting, self.conflict
        )


def current(store: Store, exercises: Iterable[str] | None) -> dict[FieldId, Answer]:
    """Return the current version of every answer, or of some exercises' answers, in one query."""
    versions = _versions(store, f"{_AMONG} AND {NEWEST} ORDER BY number", (_among(exercises),))
    return {(version.exercise, version.field): version.answer for version in versions}


def every_version(store: Store) -> list[Answer]:
    """Return all kept versions of all answers, oldest first."""
    return [version.answer for version in _versions(store, "1 ORDER BY number", ())]


def history(store: Store, exercise: str, field: str) -> list[Answer]:
    """Return the kept versions of one answer, newest first."""
    versions = _versions(store, "exercise = ? AND field = ? ORDER BY revision DESC", (exercise, field))
    return [version.answer for version in versions]


def conflicts(store: Store, exercises: Iterable[str] | None) -> dict[FieldId, list[Answer]]:
    """Return the versions that lost their place in a conflict and are not settled, newest first, each value once."""
    found: dict[FieldId, dict[str, Answer]] = {}
    for version in _versions(store, f"{_AMONG} AND other = 1 ORDER BY revision DESC", (_among(exercises),)):
        found.setdefault((version.exercise, version.field), {}).setdefault(version.text, version.answer)
    return {place: list(answers.values()) for place, answers in found.items()}


def settle(store: Store, exercise: str, field: str, text: str | None = None) -> int:
    """Mark the other versions of one answer (with this JSON text) as seen; return how many there were."""
    others = _versions(store, "exercise = ? AND field = ? AND other = 1", (exercise, field))
    seen = [version for version in others if text is None or version.text == text]
    for version in seen:
        _change(store, dataclasses.replace(version, other=SETTLED))
    return len(seen)


def save(
    store: Store, exercise: str, field: str, text: str, base: int, wording: str, sitting: str, moment: Moment
) -> Saved:
    """Save one answer, whose value is `text` in JSON and builds on revision `base`; inside a transaction.

    It becomes the current version in any case. If somebody else's came in between, that one is kept and returned.
    """
    newest = _find_newest(store, exercise, field)
    stale = newest is not None and base != newest.revision
    own = newest is not None and newest.sitting == sitting != ""
    if newest and newest.text == text and (stale or own):
        return Saved(newest.revision)
    revision = max(base, newest.revision if newest else 0) + 1
    content = (exercise, field, revision, text, wording, sitting, moment)
    if newest and stale:
        displaced = dataclasses.replace(newest, conflict=True, other=OTHER)
        _change(store, displaced)
        _add(store, _Version(0, *content, True, MINE))
        settle(store, exercise, field, text)
        return Saved(revision, displaced.answer)
    # Whoever takes up another version leaves their own: that one must not be replaced by it, in no sitting.
    taken_up = newest is not None and settle(store, exercise, field, text) > 0
    if newest and own and not newest.conflict and not taken_up:
        _change(store, _Version(newest.number, *content, False, MINE))
    else:
        _add(store, _Version(0, *content, False, MINE))
    return Saved(revision)


def add(store: Store, answer: Answer, text: str, *, unseen: bool) -> None:
    """Add one version as it is, `text` being its value in JSON; inside a transaction.

    Raises NotAnAnswer for one that has no moment. The caller sees to it that its revision is free.
    """
    if answer.moment is None:
        raise NotAnAnswer(exercise=answer.exercise)
    place = answer.exercise, answer.field, answer.revision
    other = OTHER if unseen else MINE
    _add(store, _Version(0, *place, text, answer.wording, answer.sitting, answer.moment, answer.conflict, other))


def _find_newest(store: Store, exercise: str, field: str) -> _Version | None:
    where = "exercise = ? AND field = ? ORDER BY revision DESC LIMIT 1"
    return next(iter(_versions(store, where, (exercise, field))), None)


def _versions(store: Store, where: str, content: Sequence[object]) -> list[_Version]:
    return [_version(store, row) for row in store.rows(f"{_SELECT} WHERE {where}", content)]


def _version(store: Store, row: Sequence[Any]) -> _Version:
    number, *rest = row
    content = verified(store, rest, exercise=rest[0], field=rest[1])
    exercise, field, revision, text, wording, sitting, *moment, conflict, other = content
    return _Version(
        number, exercise, field, revision, text, wording, sitting, moment_of(*moment), bool(conflict), other
    )


def _add(store: Store, version: _Version) -> None:
    insert(store, "answer", COLUMNS, version.content)


def _change(store: Store, version: _Version) -> None:
    replace(store, "answer", COLUMNS, version.number, version.content)


def _among(exercises: Iterable[str] | None) -> str | None:
    return None if exercises is None else json.dumps(list(exercises))
