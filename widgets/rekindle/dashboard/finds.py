"""Finds: what a search came upon, read anew: where it stands, when, what kind of page it is, and its lines."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rekindle.content import Exercise, Log
from rekindle.content.wording import reworded
from rekindle.dashboard.scope import Scope
from rekindle.forms.fields import own_ask
from rekindle.forms.question_kinds import told_own
from rekindle.forms.telling import told_value
from rekindle.insights import sealed_until
from rekindle.journal.checksum import canonical
from rekindle.journal.searching import Fits
from rekindle.page.part import Page
from rekindle.page.tone import tone
from rekindle.questions import Question, is_own_page, part_of
from rekindle.records import Answer, Entry, Moment


@dataclass(frozen=True, slots=True)
class Line:
    """One question and what stands under it; `own` is whether the question is in the person's own words."""

    ask: str = dataclasses.field(repr=False)
    text: str = dataclasses.field(repr=False)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Find:
    """One entry, or the answers of one page. `kind`: heavy, kept, entry, question or answers.

    One that is `sealed` was put away by the person until that day: its lines are not told.
    """

    key: str
    title: str
    href: str
    when: Moment
    kind: str
    lines: Sequence[Line] = dataclasses.field(repr=False)
    sealed: dt.date | None = None


class Finds:
    """Reads what stands at a place: a page's id and an entry's, or "" for the answers of the page."""

    def __init__(self, page: Page, scope: Scope) -> None:
        self._page, self._scope, self._say = page, scope, page.say
        self._tone = tone(page.book.standing())

    def at(self, place: tuple[str, str], fits: Fits, days: tuple[dt.date, dt.date]) -> Find | None:
        """Return what stands there; None if it is gone meanwhile. Of answers, those that fit, and of these days."""
        page, entry = place
        if not entry:
            return self._answers(page, fits, days)
        found = self._page.book.entry(entry)
        return self._entry(found) if found else None

    # Entries

    def _entry(self, entry: Entry) -> Find:
        title, href = self._address(entry.exercise)
        if is_own_page(entry.exercise):
            question = Question.of(entry)
            lines = [Line("", text) for text in (question.ask, *question.choices)]
            return Find(f"entry {entry.id}", title, href, entry.happened, "question", lines)
        exercise = self._exercise(entry.exercise)
        kind = "heavy" if exercise.heavy else "kept" if exercise.fresh else "entry"
        sealed = sealed_until(entry.values, self._page.host.today())
        lines = [] if sealed else [line for line in self._lines(exercise, entry) if line.text.strip()]
        return Find(f"entry {entry.id}", title, href, entry.happened, kind, lines, sealed)

    def _lines(self, exercise: Exercise, entry: Entry) -> Iterator[Line]:
        values, known = entry.values, set[str]()
        for field in exercise.fields:
            if isinstance(field, Log):
                for part in field.fields:
                    if part.id in values and part.type != "when":
                        ask = own_ask(part, self._page.host.offers) or part.ask
                        yield Line(ask, told_value(part, values[part.id], self._say), own=ask != part.ask)
            elif field.key in values:
                known.add(field.key)
                yield Line(field.ask, told_value(field, values[field.key], self._say))
        other = values.get("text")
        if exercise.fresh and "text" not in known and isinstance(other, str):
            yield Line("", other)

    # Answers

    def _answers(self, page: str, fits: Fits, days: tuple[dt.date, dt.date]) -> Find | None:
        found = self._page.book.journal.answers([page]).values()
        told = [
            (line, answer.moment)
            for answer in found
            if answer.moment and days[0] <= answer.moment.local_date <= days[1]
            if fits(page, answer.field, canonical(answer.value)) and (line := self._line(answer))
        ]
        if not told:
            return None
        title, href = self._address(page)
        heavy = not is_own_page(page) and self._exercise(page).heavy
        newest = max((moment for _, moment in told), key=lambda moment: moment.utc)
        kind = "heavy" if heavy else "answers"
        return Find(f"page {page}", title, href, newest, kind, [line for line, _ in told])

    def _line(self, answer: Answer) -> Line | None:
        if is_own_page(answer.exercise):
            question = self._scope.questions.get(answer.field)
            told = told_own(question.kind, answer.value, self._say) if question else ""
            return Line(question.ask, told, own=True) if question else None
        try:
            field = self._exercise(answer.exercise).field(answer.field)
        except KeyError:  # asked by a version that had it
            return Line("", answer.value) if isinstance(answer.value, str) else None
        return Line(field.ask, told_value(field, answer.value, self._say))

    # Pages

    def _exercise(self, id_: str) -> Exercise:
        return reworded(self._page.words.exercise(id_), self._tone)

    def _address(self, page: str) -> tuple[str, str]:
        if not is_own_page(page):
            return self._page.frame.address(page)
        part = self._page.words.part(part_of(page))
        title = f"{self._page.words.page(page).title} · {part.short_title}"
        return title, self._page.frame.link(part.notebook, page)
