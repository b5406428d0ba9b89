"""The scope: what a search may look at now. What is folded, rests, sleeps or was put away stays so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rekindle.contact import is_open
from rekindle.content import Exercise
from rekindle.frontend.seek import Places
from rekindle.insights import held, sealed_until
from rekindle.insights.own_words import OwnWords
from rekindle.journal.searching import Fits
from rekindle.journal.seeking import folded
from rekindle.page.part import Page
from rekindle.questions import Question, is_own_page, own_page

PART, LOG = "part ", "log "
"""How the ids of places begin that are a part, and a log or a page that keeps what is written."""

_ESCAPED = '"\\'


class Scope:
    """Made from one reading of the book. `questions` are a person's own, as they stand, by the field of the answer."""

    def __init__(self, page: Page) -> None:
        book, now = page.book, page.book.standing()
        self._words, self._today, context = page.words, page.host.today(), book.context("")
        self._open = [exercise for exercise in page.words.exercises if is_open(exercise.id, now)]
        self._own = OwnWords(self._open)
        self._resting = {(e.id, key) for e in self._open for key in held(e.id, book.answers_of(e.id), context)}
        asked = [entry for part in page.words.parts for entry in book.journal.entries(own_page(part.id))]
        found = [Question.of(entry) for entry in asked]
        self.questions = {question.field: question for question in found if not question.is_empty}

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def places(self) -> Places:
        """Return what to choose from: everywhere, each part, each log and each page that keeps what is written."""
        say = self._words.say
        parts = [(f"{PART}{part.id}", part.short_title) for part in self._words.parts]
        logs = [(f"{LOG}{exercise.id}", exercise.title) for exercise in self._open if _keeps(exercise)]
        return [
            ("", [("", say("story.find.anywhere"))]),
            (say("story.find.parts"), parts),
            (say("story.find.logs"), logs),
        ]

    def pages(self, place: str) -> list[str]:
        """Return the ids of the pages in a place; one that is not offered any more is everywhere."""
        if place.startswith(LOG) and any(exercise.id == place.removeprefix(LOG) for exercise in self._open):
            return [place.removeprefix(LOG)]
        known = [part.id for part in self._words.parts]
        parts = [place.removeprefix(PART)] if place.startswith(PART) and place.removeprefix(PART) in known else known
        return [*(e.id for e in self._open if e.part in parts), *map(own_page, parts)]

    def fits(self, words: Sequence[str]) -> Fits:
        """Return what tells if something holds each of these folded words; without any, if it holds anything."""
        # The text of a row is looked at first as it lies there; what JSON writes in another way is left to the second.
        quick = [word for word in words if not any(sign in word for sign in _ESCAPED)]

        def test(page: str, field: str, text: str) -> bool:
            if field and not self._stands(page, field):
                return False
            if quick:
                plain = folded(text)
                if any(word not in plain for word in quick):
                    return False
            return self._holds(page, field, json.loads(text), words)

        return test

    def _stands(self, page: str, field: str) -> bool:
        """Return if an answer may be looked at: a field that is asked now, or a question of one's own that stands."""
        if is_own_page(page):
            return field in self.questions
        return (page, field) not in self._resting

    def _holds(self, page: str, field: str, value: Any, words: Sequence[str]) -> bool:  # noqa: ANN401 - whatever the row holds
        if not words:
            return value not in (None, "", [], {})
        if field:
            texts = [*self._own.answered(page, field, value)]
        elif not isinstance(value, dict):
            return True  # damaged: it must come up, so that it is noticed where it is read
        elif sealed_until(value, self._today):
            return False
        else:
            texts = [text for key, each in value.items() for text in self._own.entered(page, key, each)]
        said = folded("\n".join(texts))
        return all(word in said for word in words)


def _keeps(exercise: Exercise) -> bool:
    return exercise.fresh or any(field.type == "log" and field.several for field in exercise.fields)
