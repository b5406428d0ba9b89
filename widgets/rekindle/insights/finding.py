"""What a page shows back: a finding, the facts around it, and how it becomes a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rekindle.contact import Standing, State
from rekindle.errors import ContentError
from rekindle.insights.pile import Pile
from rekindle.records import Answer, Entry, Event, FieldId, Json, Moment

if TYPE_CHECKING:
    from rekindle.content import Exercise

Help = Literal["", "support", "talk", "abuse", "harm", "crisis", "privacy", "lock"]
Tone = Literal["plain", "card", "note"]
Frame = Mapping[str, Sequence[str | int | float | None]]
"""Columns of equal length; None is a gap, never 0. The chart and its text twin are both made from it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A smaller piece of words inside a sentence, by its key in the exercise's words."""

    key: str
    values: Mapping[str, Fact] = field(default_factory=dict, repr=False)


Fact = str | int | float | dt.date | Phrase | tuple[Phrase, ...]
"""What may stand in a sentence; a tuple of phrases is shown with commas between."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One true thing to show under a page; `fill` makes it a sentence.

    `sentence` is a key of `exercise.says`. `own_words`: `values` or `frame` hold the person's own words, unescaped:
    show them as text, hide them with the rest. `chart` is a name for `charts.draw`, with its `frame`. `pages` are
    exercises to offer; show those that exist and are open. `help` says which help comes first. `offer` asks for a
    yes before the contact state changes: on yes, note the event `their-wish` {"state": offer}. `on_top`: show it
    above the questions.
    """

    sentence: str
    values: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    own_words: bool = False
    chart: str | None = None
    frame: Frame | None = field(default=None, repr=False)
    pages: tuple[str, ...] = ()
    help: Help = ""
    tone: Tone = "plain"
    offer: Literal["", "quiet", "closed"] = ""
    on_top: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a finding may know besides the answers of its own page.

    `answers` and `given` cover all exercises. `ticked` are the ticks of a field that is never kept, as they stand on
    the page at this moment; they are read here and kept nowhere. `logs` holds the entries of other logs or their
    piles, and `past` the earlier versions of answers, newest first: those that `insights.reads` names for the page,
    and no more. `now` is the person's clock; without it, nothing that goes by the hour is said.
    """

    today: dt.date
    standing: Standing = field(default_factory=lambda: Standing(State.UNKNOWN, "consent-blank"))
    answers: Mapping[FieldId, Json] = field(default_factory=dict, repr=False)
    given: Mapping[FieldId, Moment] = field(default_factory=dict, repr=False)
    nickname: str = field(default="", repr=False)
    ticked: frozenset[str] = field(default=frozenset(), repr=False)
    logs: Mapping[str, Sequence[Entry] | Pile] = field(default_factory=dict, repr=False)
    past: Mapping[FieldId, Sequence[Answer]] = field(default_factory=dict, repr=False)
    events: Sequence[Event] = ()
    now: Moment | None = None

    def log(self, exercise: str) -> list[Entry]:
        """Return the entries of another log, the oldest first; deleted ones are left out."""
        return self.pile(exercise).all()

    def pile(self, exercise: str) -> Pile:
        """Return another log as a pile."""
        return Pile.of(exercise, self.logs.get(exercise, ()))

    def line(self, exercise: str, key: str) -> list[tuple[dt.date, int]]:
        """Return the whole numbers from 0 to 10 that an answer has held, the last of each day, the oldest first."""
        days: dict[dt.date, int] = {}
        for old in reversed(self.past.get((exercise, key), ())):
            whole = isinstance(old.value, int) and not isinstance(old.value, bool)
            if old.moment and whole and isinstance(old.value, int) and 0 <= old.value <= 10:
                days[old.moment.local_date] = old.value
        return sorted(days.items())


def words_of(exercise: Exercise) -> dict[str, str]:
    """Return every small word of an exercise by key: its `says`, and `field.id` for options, columns, rows and logs."""
    words: dict[str, str] = {}
    for shown in exercise.fields:
        for name in ("options", "columns", "rows", "fields"):
            for part in getattr(shown, name, None) or ():
                words[f"{shown.key}.{part.id}"] = _text(part)
                words |= {f"{shown.key}.{part.id}.{o.id}": o.text for o in getattr(part, "options", None) or ()}
    return words | dict(exercise.says)


def _text(part: object) -> str:
    found = next((getattr(part, name) for name in ("text", "label", "ask") if hasattr(part, name)), "")
    return str(found)


def fill(finding: Finding, words: Mapping[str, str], day: Callable[[dt.date], str] = dt.date.isoformat) -> str:
    """Return the sentence of a finding as plain text; `day` writes a date. Raises ContentError for a missing key."""
    return _filled(finding.sentence, finding.values, words, day)


def _filled(key: str, values: Mapping[str, Fact], words: Mapping[str, str], day: Callable[[dt.date], str]) -> str:
    def spoken(fact: Fact) -> str | int | float:
        if isinstance(fact, Phrase):
            text = _filled(fact.key, fact.values, words, day)
            return _lowered(text) if "." in fact.key else text
        if isinstance(fact, tuple):
            return ", ".join(str(spoken(each)) for each in fact)
        return day(fact) if isinstance(fact, dt.date) else fact

    try:
        return words[key].format(**{name: spoken(fact) for name, fact in values.items()})
    except (KeyError, IndexError) as missing:
        raise ContentError(key=key) from missing


def _lowered(option: str) -> str:
    """Return an option's words as they stand inside a sentence."""
    return option if option.startswith(("I ", "I'")) else option[:1].lower() + option[1:]


def counted(key: str, count: int, **values: Fact) -> Finding:
    """Return the finding `key_one` or `key_many`, with its `{count}`."""
    return Finding(f"{key}_{'one' if count == 1 else 'many'}", {"count": count, **values})


def phrases(prefix: str, ids: Sequence[str]) -> tuple[Phrase, ...]:
    """Return the words of some options, as phrases."""
    return tuple(Phrase(f"{prefix}.{each}") for each in ids)
