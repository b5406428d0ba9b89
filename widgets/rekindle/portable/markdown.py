"""Markdown to read: all that counts now, part by part. Whatever was written stands there as text and does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rekindle.content import Catalog, Exercise, fields
from rekindle.content.telling import told_day, told_value
from rekindle.journal import Whole
from rekindle.portable.plain_text import as_lines, as_text
from rekindle.questions import Question, is_own_page, own_page
from rekindle.records import Answer, Entry, Json

Asked = fields.Field | fields.LogField


def to_markdown(whole: Whole, words: Catalog) -> bytes:
    """Return the journal as one page of Markdown: its parts, their pages, the questions and what was answered.

    Earlier versions and what was taken out are left out: this is for reading, and does not come back.
    """
    return "\n".join([*_Telling(whole, words).lines(), ""]).encode()


class _Telling:
    """One journal, being told."""

    def __init__(self, whole: Whole, words: Catalog) -> None:
        self._words = words
        self._answers: dict[str, dict[str, Answer]] = {}
        for answer in sorted(whole.answers, key=lambda answer: answer.revision):
            self._answers.setdefault(answer.exercise, {})[answer.field] = answer
        self._entries: dict[str, list[Entry]] = {}
        for entry in sorted(whole.entries, key=lambda entry: (entry.happened.utc, entry.id)):
            if not entry.deleted or is_own_page(entry.exercise):
                self._entries.setdefault(entry.exercise, []).append(entry)

    def lines(self) -> Iterator[str]:
        """Give the page, line by line."""
        say = self._words.say
        yield from (f"# {as_text(say('your-data.markdown.title'))}", "", as_text(say("your-data.markdown.note")), "")
        for part in self._words.parts:
            pages = [*(exercise.id for exercise in part.exercises), own_page(part.id)]
            yield from self._section(part.title, pages)
        known = {exercise.id for exercise in self._words.exercises} | {own_page(part.id) for part in self._words.parts}
        yield from self._section(say("your-data.markdown.other"), sorted({*self._answers, *self._entries} - known))

    def _section(self, title: str, pages: Iterable[str]) -> Iterator[str]:
        told = [line for page in pages for line in self._page(page)]
        if told:
            yield from (f"## {as_text(title)}", "", *told)

    def _page(self, page: str) -> Iterator[str]:
        answers, entries = self._answers.get(page, {}), self._entries.get(page, [])
        if is_own_page(page):
            told = [*self._own(answers, entries)]
        else:
            exercise = self._exercise(page)
            told = [*self._told_answers(answers, exercise), *self._told_entries(entries, exercise)]
        if told:
            yield from (f"### {as_text(self._title(page))}", "", *told)

    def _exercise(self, page: str) -> Exercise | None:
        return next((exercise for exercise in self._words.exercises if exercise.id == page), None)

    def _title(self, page: str) -> str:
        parts = {own_page(part.id) for part in self._words.parts}
        known = page in parts or self._exercise(page) is not None
        return self._words.page(page).title if known else page

    def _told_answers(self, answers: dict[str, Answer], exercise: Exercise | None) -> Iterator[str]:
        asked: dict[str, Asked] = {field.key: field for field in exercise.fields} if exercise else {}
        order = [*(key for key in asked if key in answers), *(key for key in answers if key not in asked)]
        for key in order:
            field, answer = asked.get(key), answers[key]
            yield from self._answer(answer.wording or (field.ask if field else key), self._value(field, answer.value))

    def _told_entries(self, entries: Sequence[Entry], exercise: Exercise | None) -> Iterator[str]:
        asked = _asked_in(exercise)
        for entry in entries:
            stamp = f"{told_day(entry.happened.local_date, self._words.say)}, {entry.happened.local:%H:%M}"
            told = [
                line
                for key, value in entry.values.items()
                if (field := asked.get(key)) is None or field.type != "when"
                for line in self._line(field.ask if field else key, self._value(field, value))
            ]
            if told:
                yield from (f"#### {as_text(stamp)}", "", *told)

    def _own(self, answers: dict[str, Answer], entries: Sequence[Entry]) -> Iterator[str]:
        """Give the questions of a person's own with their answers, and answers whose question is gone."""
        left = dict(answers)
        for entry in entries:
            question = Question.of(entry)
            answer = left.pop(question.field, None)
            if not question.deleted or answer:
                yield from self._answer(question.ask, self._value(None, answer.value) if answer else "")
        for answer in left.values():
            yield from self._answer(answer.wording, self._value(None, answer.value))

    def _value(self, field: Asked | None, value: Json) -> str:
        if field is not None or value is None:
            return told_value(field or _ANY, value, self._words.say)
        return "\n".join(_texts(value))

    def _answer(self, asked: str, told: str) -> Iterator[str]:
        yield from (f"#### {as_text(asked)}", "")
        if told:
            yield from (*as_lines(told), "")

    def _line(self, asked: str, told: str) -> Iterator[str]:
        yield from (as_text(asked), "")
        if told:
            yield from (*as_lines(told), "")


_ANY = fields.ShortText(type="short_text", key="any", ask="?")
"""Tells a skip where nothing is known of what was asked."""


def _asked_in(exercise: Exercise | None) -> dict[str, Asked]:
    """Return what an entry of a page may hold: the fields of its log, or its own where it starts empty each time."""
    own = exercise.fields if exercise else ()
    asked: dict[str, Asked] = {field.key: field for field in own}
    return asked | {field.id: field for log in own if isinstance(log, fields.Log) for field in log.fields}


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)
