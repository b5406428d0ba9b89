"""The catalog: all the words of the book, read once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from rekindle.content.helplines import Helplines
from rekindle.content.message_check import MessageCheck
from rekindle.content.own_page import own_questions_page
from rekindle.content.parts import Exercise, Part
from rekindle.content.problems import Problem
from rekindle.content.shelf import Shelf
from rekindle.content.sources import MAY_REST_ON, Source
from rekindle.content.words import Words
from rekindle.errors import UnknownExercise, UnknownPart
from rekindle.questions import is_own_page, part_of
from rekindle.records import FieldId

EN = Path(__file__).parent / "en"
"""The folder of the English words."""


@dataclass(frozen=True, eq=False)
class Catalog:
    """Parts in the order of the book, and everything else that a person reads."""

    parts: tuple[Part, ...]
    words: Words
    helplines: Helplines
    sources: dict[str, Source]
    prompts: tuple[str, ...]
    message_check: MessageCheck

    @functools.cached_property
    def _exercises(self) -> dict[str, Exercise]:
        return {exercise.id: exercise for part in self.parts for exercise in part.exercises}

    @functools.cached_property
    def never_kept(self) -> frozenset[FieldId]:
        """Every field whose answer never reaches a disk."""
        found = ((e.id, f.key) for e in self._exercises.values() for f in e.fields if f.keep == "never")
        return frozenset(found)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise, in the order of the book."""
        return tuple(self._exercises.values())

    def part(self, part_id: str) -> Part:
        """Return the part with that id; raises UnknownPart."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise UnknownPart(part=part_id)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise with that id; raises UnknownExercise."""
        try:
            return self._exercises[exercise_id]
        except KeyError:
            raise UnknownExercise(exercise=exercise_id) from None

    def page(self, page_id: str) -> Exercise:
        """Return an exercise, or a part's page of own questions; raises UnknownExercise, UnknownPart."""
        return (
            own_questions_page(self.part(part_of(page_id)), self.say)
            if is_own_page(page_id)
            else self.exercise(page_id)
        )

    def say(self, key: str, **facts: str | int | float) -> str:
        """Return the sentence of a dotted key, filled; raises ContentError."""
        return self.words.say(key, **facts)


@functools.cache
def catalog() -> Catalog:
    """Return the words of the book, read at the first call; raises ContentError at the first thing that is wrong."""
    found, problems = load(EN)
    if found is None:
        raise problems[0].as_error()
    return found


@functools.cache
def words() -> Words:
    """Return the sentences alone, as far as they can be read: also in a book whose parts do not open."""
    return Shelf(EN).words()


def say(key: str, **facts: str | int | float) -> str:
    """Return the sentence of a dotted key, such as `interface.buttons.open`, filled; raises ContentError."""
    return words().say(key, **facts)


def load(folder: Path) -> tuple[Catalog | None, list[Problem]]:
    """Read a content folder. Returns its catalog, or None and everything that is wrong with it."""
    shelf = Shelf(folder)
    parts, said, helplines = shelf.parts(), shelf.words(), shelf.helplines()
    sources, prompts, check = shelf.sources(), shelf.prompts(), shelf.message_check()
    problems = shelf.problems + _exercises_twice(parts)
    if sources is not None:
        problems += _sources_amiss(parts, sources)
    if problems or sources is None or helplines is None or check is None:
        return None, problems
    return Catalog(parts, said, helplines, sources, prompts, check), []


def _exercises_twice(parts: tuple[Part, ...]) -> list[Problem]:
    first: dict[str, str] = {}
    found = []
    for part in parts:
        file = f"parts/{part.notebook}.toml"
        for number, exercise in enumerate(part.exercises, 1):
            place = f"exercise {number} ({exercise.id})"
            if first.setdefault(exercise.id, file) != file:
                found.append(Problem(file, place, "duplicate", f"{exercise.id}, also in {first[exercise.id]}"))
    return found


def _sources_amiss(parts: tuple[Part, ...], sources: dict[str, Source]) -> list[Problem]:
    """Sources that are unknown, or that nobody has checked yet."""
    found = []
    for part in parts:
        file = f"parts/{part.notebook}.toml"
        for number, exercise in enumerate(part.exercises, 1):
            place = f"exercise {number} ({exercise.id}) → sources"
            for name in exercise.sources:
                if name not in sources:
                    found.append(Problem(file, place, "unknown-source", name, tuple(sources)))
                elif sources[name].mark not in MAY_REST_ON:
                    found.append(Problem(file, place, "unchecked-source", name))
    return found
