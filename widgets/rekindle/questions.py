"""Own questions: what a person asks themselves at the end of a part, as it lies in the journal.

A question is an entry of the part's reserved page, `own-<part>`: its `ask`, its `kind`, and the `choices` of a choice.
Its answer is an answer of that page under `<entry id>-<kind>`: another kind has another answer, so that a change of
kind writes over nothing. Their order is a setting of the same name as the page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from rekindle.records import Entry, Json

KINDS = ("long-text", "short-text", "scale-0-10", "yes-no", "one-of", "any-of", "date", "if-then")
"""The ways in which an own question can be answered. Their names are in the journal: they are for ever."""

CHOICES = ("one-of", "any-of")
"""The kinds that have choices of the person's own."""

_PREFIX = "own-"


def own_page(part_id: str) -> str:
    """Return the id of the page that holds a part's own questions."""
    return f"{_PREFIX}{part_id}"


def is_own_page(exercise_id: str) -> bool:
    """Return if an id is that of a page of own questions."""
    return exercise_id.startswith(_PREFIX)


def part_of(page: str) -> str:
    """Return the id of the part at whose end a page of own questions stands."""
    return page.removeprefix(_PREFIX)


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """One question of a person's own, in its current version."""

    id: str
    kind: str
    ask: str = dataclasses.field(repr=False)
    choices: tuple[str, ...] = dataclasses.field(repr=False)
    deleted: bool = False

    @classmethod
    def of(cls, entry: Entry) -> Question:
        """Return the question that an entry holds; one without a kind is answered in a few lines."""
        choices = entry.values.get("choices")
        lines = [str(line) for line in choices] if isinstance(choices, list) else []
        kind, ask = str(entry.values.get("kind") or KINDS[0]), str(entry.values.get("ask") or "")
        return cls(entry.id, kind, ask, tuple(lines), entry.deleted)

    @property
    def field(self) -> str:
        """The field under which it is answered."""
        return f"{self.id}-{self.kind}"

    @property
    def wording(self) -> str:
        """The words that are kept with an answer: half a surrogate pair has no place in a column."""
        return self.ask.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    @property
    def is_empty(self) -> bool:
        """Nothing was ever chosen or written: the form was opened and left."""
        return not self.ask.strip() and not self.choices and self.kind == KINDS[0]


def choices_in(text: str) -> list[Json]:
    """Return the choices in a text that has one to a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def in_order(questions: Iterable[Question], order: Sequence[str]) -> list[Question]:
    """Return questions in the order that was chosen; those that were never moved come last, as they came."""
    known = {question.id: question for question in questions}
    first = [known.pop(id_) for id_ in dict.fromkeys(order) if id_ in known]
    return [*first, *known.values()]


def swapped(ids: Sequence[str], one: str, other: str) -> list[str]:
    """Return ids with two of them in each other's place."""
    places = {one: other, other: one}
    return [places.get(id_, id_) for id_ in ids]
