"""Groups: exercises that one visit to a page can fill, and which answers would fold one of them on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rekindle.contact import Standing, State, events_due, is_open, standing
from rekindle.content import Exercise, catalog
from rekindle.insights import Context, held
from rekindle.records import Entry, Event, FieldId, Json, Moment
from tests.browser.keeping import ZONE
from tests.visit import STANDINGS, where_open

Given = dict[FieldId, Json]
"""What was answered, by exercise and path."""
STOPS = {State.CLOSED, State.PAUSED}


@dataclass(frozen=True)
class Group:
    """Exercises of one notebook that are open in the same contact state."""

    notebook: str
    stands: str
    exercises: tuple[Exercise, ...]

    def __str__(self) -> str:
        return f"{self.notebook}-{self.stands}".replace(" ", "-")

    def some(self, turn: int, few: int) -> Group:
        """Return a group of a few of these, others at each turn."""
        count = len(self.exercises)
        return Group(
            self.notebook, self.stands, tuple(self.exercises[(turn + n) % count] for n in range(min(few, count)))
        )


def groups() -> tuple[Group, ...]:
    """Return the whole catalogue in groups that one page visit can fill."""
    found: dict[tuple[str, str], list[Exercise]] = {}
    for part in catalog().parts:
        for exercise in part.exercises:
            found.setdefault((part.notebook, where_open(exercise.id)), []).append(exercise)
    return tuple(Group(*at, tuple(exercises)) for at, exercises in found.items())


CHOSEN: Given = {("pause-signs", "mine"): ["losing", "hiding"]}
"""What somebody chose on other pages, before questions about it have their time."""


class Stands:
    """What the answers so far do to contact: a value that would fold a page of the group waits until the end."""

    def __init__(self, group: Group) -> None:
        self._group, self._now = group, Moment.now(ZONE)
        answers, kinds = STANDINGS[group.stands]
        self._answers: Given = {**answers, **CHOSEN}
        self._events = [Event(kind, {}, self._now) for kind in kinds]
        self._logs: dict[str, dict[str, Json]] = {}
        self._before = self._standing(self._answers, self._logs)
        self._rested = {e.id: self._held(e.id, self._before, self._answers) for e in group.exercises}

    def takes(self, exercise: str, path: str, value: Json) -> bool:
        """Note an answer, if all pages of the group stay open and whole with it."""
        answers, logs = dict(self._answers), {name: dict(values) for name, values in self._logs.items()}
        if "/" in path:
            logs.setdefault(exercise, {})[path.partition("/")[2]] = value
        else:
            answers[exercise, path] = value
        now = self._standing(answers, logs)
        if not self._whole(now, answers):
            return False
        self._answers, self._logs = answers, logs
        return True

    def rests(self, exercise: str, path: str) -> bool:
        """Return if a field is not shown yet, since its time has not come."""
        return path in self._rested[exercise]

    def shows(self, exercise: Exercise, given: Given) -> frozenset[str]:
        """Return the fields that an exercise shows with all these answers; none if it is folded then."""
        answers = {**self._answers, **given}
        now = self._standing(answers, self._logs)
        if not is_open(exercise.id, now):
            return frozenset()
        return frozenset(f.key for f in exercise.fields) - self._held(exercise.id, now, answers)

    def _whole(self, now: Standing, answers: Given) -> bool:
        if now.also & STOPS != self._before.also & STOPS:
            return False
        ids = [exercise.id for exercise in self._group.exercises]
        return all(is_open(id_, now) and self._held(id_, now, answers) <= self._rested[id_] for id_ in ids)

    def _held(self, exercise: str, now: Standing, answers: Given) -> frozenset[str]:
        mine = {key: value for (name, key), value in answers.items() if name == exercise}
        given = dict.fromkeys(answers, self._now)
        return held(exercise, mine, Context(self._now.local_date, now, answers=answers, given=given))

    def _standing(self, answers: Given, logs: Mapping[str, Mapping[str, Json]]) -> Standing:
        entries = [Entry(name, name, values, self._now, moment=self._now) for name, values in logs.items()]
        given = dict.fromkeys(answers, self._now)
        due = [Event(kind, {}, self._now) for kind in events_due(answers, entries, self._events, given)]
        return standing(answers, entries, [*self._events, *due], self._now.local_date, given)
