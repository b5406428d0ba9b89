"""Twice: questions that were answered more than once, then and now, and the wall beside the proof of change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rekindle.contact import is_open
from rekindle.content import Catalog, Exercise, Field
from rekindle.forms.telling import told_day, told_value
from rekindle.insights import words_of
from rekindle.insights.over_time.versions import count_new, marked, start_middle_now
from rekindle.insights.reading import choice, text
from rekindle.insights.slots import HOW
from rekindle.page.book import Book
from rekindle.records import Answer

QUESTIONS = (
    ("say-it-to-myself", "sentence"),
    ("say-it-to-myself", "wish"),
    ("it-is-over-for-now", "line"),
    ("it-is-over-for-now", "accept"),
    ("who-am-i-now", "lines"),
    ("who-am-i-now", "clear"),
    ("so-what-changes", "same_wall"),
    ("decision-check", "cost"),
)
"""Questions whose answers are worth setting side by side."""

WALL, PROOF = ("so-what-changes", "same_wall"), "proof-of-change"
_PLACES = {2: ("start", "now"), 3: ("start", "middle", "now")}
_PROOFS_SHOWN = 12

Pieces = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether it is new."""


@dataclass(frozen=True, slots=True)
class Version:
    """An answer as it was at one time. `changed` says what is new since the one before; "" for the first."""

    when: str
    pieces: Pieces = field(repr=False)
    changed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Twice:
    """One question with its versions, the oldest first."""

    id: str
    ask: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall in the person's words, and what they did about it: a day or more, and the words of it."""

    words: str = field(repr=False)
    proofs: tuple[tuple[str, str], ...] = field(repr=False)


class TwiceTold:
    """Reads what stands twice, as far as it is open now. `rename` may replace names in the person's words."""

    def __init__(self, words: Catalog, book: Book, rename: Callable[[str], str] = str) -> None:
        self._words, self._say, self._book, self._rename = words, words.say, book, rename

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def questions(self) -> Iterator[Twice]:
        """Give every question that stands twice."""
        now = self._book.standing()
        for exercise_id, key in QUESTIONS:
            exercise = self._words.exercise(exercise_id)
            asked = next((each for each in exercise.fields if each.key == key), None)
            if asked is not None and is_open(exercise_id, now) and (found := self._question(exercise, asked)):
                yield found

    def _question(self, exercise: Exercise, asked: Field) -> Twice | None:
        versions = start_middle_now(self._book.journal.history(exercise.id, asked.key))
        if not versions:
            return None
        return Twice(f"{exercise.id}/{asked.key}", asked.ask, tuple(self._versions(asked, versions)))

    def _versions(self, asked: Field, versions: list[Answer]) -> Iterator[Version]:
        before = ""
        for place, version in zip(_PLACES[len(versions)], versions, strict=True):
            date = told_day(version.moment.local_date, self._say) if version.moment else ""
            now = self._rename(told_value(asked, version.value, self._say))
            pieces = marked(before, now) if before else [(now, False)]
            changed = self._changed(before, now, count_new(pieces)) if before else ""
            yield Version(self._say(f"story.then.{place}", date=date), pieces, changed)
            before = now

    def _changed(self, before: str, now: str, new: int) -> str:
        if before == now:
            return self._say("story.then.new_none")
        if now.isdigit() and before.isdigit():
            return self._say("story.then.number", before=before, now=now)
        return self._say(f"story.then.new_{'one' if new == 1 else 'many'}", count=new)

    def wall(self) -> Wall | None:
        """Return the wall and its proof; None while either is missing."""
        words, _ = self._book.answer(*WALL)
        entries = self._book.journal.entries(PROOF, limit=_PROOFS_SHOWN)[::-1]
        labels = words_of(self._words.exercise(PROOF))
        proofs = []
        for entry in entries:
            how = labels.get(f"entry.how.{choice(entry.values, 'how', HOW)}", "")
            date = told_day(entry.happened.local_date, self._say)
            head = self._say("story.then.proof", date=date, how=how) if how else date
            proofs.append((head, self._rename(text(entry.values, "did"))))
        if not proofs or not isinstance(words, str) or not words.strip():
            return None
        return Wall(self._say("story.then.wall_words", words=self._rename(words)), tuple(proofs))
