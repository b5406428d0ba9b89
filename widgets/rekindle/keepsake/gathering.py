"""Gathering: what a person wrote, part by part, as far as the pages that it stands on are open now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from rekindle.contact import is_open
from rekindle.content import Catalog, Exercise, Part
from rekindle.content import fields as asked
from rekindle.forms.fields import own_ask
from rekindle.forms.question_kinds import told_own
from rekindle.forms.telling import told_day, told_value
from rekindle.insights import held, sealed_until
from rekindle.keepsake.folios import Chapter, Folio, Item, Said
from rekindle.page.book import Book
from rekindle.page.offers import offers
from rekindle.page.questions import Questions
from rekindle.questions import own_page
from rekindle.records import Answer, Entry, Json

APART = frozenset({"screen-check", "safety-gate", "my-own-line"})
"""Pages that go into no book: what they ask about is for nobody who finds a sheet of paper."""

_ABOUT_THE_PAGE = frozenset({"keep", "until", "want_prompt"})
"""Fields of a free page that ask what is to become of it."""

_NOTHING: tuple[Json, ...] = (None, "", [])


class Gathering:
    """The book's chapters, read anew at each `chapters`. `folded` then says if a page was left out for being folded."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._book, self._say = words, book, words.say
        self._answers: dict[str, dict[str, Answer]] = {}
        self.folded = self.sealed = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def chapters(self, parts: frozenset[str], *, entries: bool) -> list[Chapter]:
        """Return these parts, with all that stands on their open pages. Logs are told entry by entry if `entries`."""
        self._answers = {}
        self.folded = self.sealed = False
        for answer in self._book.answered:
            self._answers.setdefault(answer.exercise, {})[answer.field] = answer
        found = [self._chapter(part, entries=entries) for part in self._words.parts if part.id in parts]
        return [chapter for chapter in found if chapter.folios]

    def _chapter(self, part: Part, *, entries: bool) -> Chapter:
        now = self._book.standing()
        pages = [page for page in part.exercises if page.id not in APART]
        found = []
        for page in pages:
            if is_open(page.id, now):
                found.append(self._folio(page, entries=entries))
            elif self._book.used(page.id):
                self.folded = True
        found.append(self._own(part))
        return Chapter(part.id, part.eyebrow, part.title, part.cloth, tuple(folio for folio in found if folio))

    def _folio(self, page: Exercise, *, entries: bool) -> Folio | None:
        given = self._answers.get(page.id, {})
        items = list(self._answered(page, given)) if given else []
        logged = list(self._entries(page, entries=entries))
        if not any(said.lines for item in items for said in item.said):
            items = []
        days = [answer.moment.local_date for answer in given.values() if answer.moment]
        if not items and not logged:
            return None
        return Folio(page.id, page.title, max(days, default=None), (*items, *(item for item, _ in logged)))

    def _answered(self, page: Exercise, given: Mapping[str, Answer]) -> Iterator[Item]:
        resting = held(page.id, self._book.answers_of(page.id), self._book.context(page.id))
        for field in page.fields:
            if isinstance(field, asked.Log) or field.keep == "never" or field.key in resting or page.fresh:
                continue
            answer = given.get(field.key)
            ask = answer.wording if answer and answer.wording else field.ask
            lines = self._lines(field, answer.value) if answer and answer.value not in ("", []) else ()
            id_ = f"{page.id}/{field.key}"
            yield Item(id_, "", (Said(id_, ask, lines),))

    def _lines(self, field: asked.Field | asked.LogField, value: Json) -> tuple[str, ...]:
        """Return an answer in words, line by line."""
        listed = getattr(field, "options_from", "")
        if listed and value is not None:
            value = self._offered(field, listed, value)
        told = told_value(field, value, self._say)
        return tuple(line for line in told.splitlines() if line.strip())

    def _offered(self, field: asked.Field | asked.LogField, listed: str, value: Json) -> Json:
        """Return what was chosen of a list that is made while the book runs, in words; no page that is folded now."""
        known = dict(offers(listed, self._words, self._book))
        known |= {option.id: option.text for option in getattr(field, "options", ())}
        now, pages = self._book.standing(), {page.id for page in self._words.exercises}
        chosen = value if isinstance(value, list) else [value]
        told: list[Json] = [
            known.get(str(one), one) for one in chosen if str(one) not in pages or is_open(str(one), now)
        ]
        return told if isinstance(value, list) else told[0] if told else ""

    # Logs and free pages

    def _entries(self, page: Exercise, *, entries: bool) -> Iterator[tuple[Item, dt.date]]:
        logs = [field for field in page.fields if isinstance(field, asked.Log)]
        if page.fresh:
            told = [entry for entry in self._oldest_first(page.id) if not self._is_sealed(entry)]
            yield from ((item, e.happened.local_date) for e in told if (item := self._free(page, e)))
        for log in logs:
            if entries or not log.several:
                kept = self._oldest_first(page.id)
                yield from ((item, e.happened.local_date) for e in kept if (item := self._logged(page, log, e)))

    def _oldest_first(self, page: str) -> Sequence[Entry]:
        return sorted(self._book.journal.entries(page), key=lambda entry: (entry.happened.utc, entry.id))

    def _is_sealed(self, entry: Entry) -> bool:
        """If a free page was sealed until a day that has not come."""
        sealed = sealed_until(entry.values, self._book.now().local_date) is not None
        self.sealed = self.sealed or sealed
        return sealed

    def _free(self, page: Exercise, entry: Entry) -> Item | None:
        fields = {field.key: field for field in page.fields if field.keep != "never"}
        said = []
        for key, value in entry.values.items():
            if key in _ABOUT_THE_PAGE or value in _NOTHING:
                continue
            id_ = f"{page.id}/{entry.id}/{key}"
            if key in fields:
                said.append(Said(id_, fields[key].ask, self._lines(fields[key], value)))
            elif key == "text" and isinstance(value, str):  # kept by another page
                said.append(Said(id_, "", tuple(line for line in value.splitlines() if line.strip())))
        return self._item(page, entry, said)

    def _logged(self, page: Exercise, log: asked.Log, entry: Entry) -> Item | None:
        said = []
        for part in log.fields:
            value = entry.values.get(part.id)
            if value in _NOTHING or part.type == "when":
                continue
            ask = own_ask(part, lambda name: offers(name, self._words, self._book)) or part.ask
            id_ = f"{page.id}/{entry.id}/{part.id}"
            said.append(Said(id_, ask, self._lines(part, value), own=ask != part.ask))
        return self._item(page, entry, said)

    def _item(self, page: Exercise, entry: Entry, said: Sequence[Said]) -> Item | None:
        when = f"{told_day(entry.happened.local_date, self._say)}, {entry.happened.local:%H:%M}"
        told = tuple(each for each in said if each.lines)
        return Item(f"{page.id}/{entry.id}", when, told) if told else None

    # Own questions

    def _own(self, part: Part) -> Folio | None:
        id_ = own_page(part.id)
        found = Questions(self._book, lambda act, _otherwise: act(), lambda done: done).all(id_) or ()
        given = self._answers.get(id_, {})
        items = []
        for question in found:
            if not question.deleted:
                answer = given.get(question.field)
                told = told_own(question.kind, answer.value, self._say) if answer else ""
                lines = tuple(line for line in told.splitlines() if line.strip())
                at = f"{id_}/{question.field}"
                items.append(Item(at, "", (Said(at, question.ask, lines, own=True),)))
        if not any(item.said[0].lines for item in items):
            return None
        days = [answer.moment.local_date for answer in given.values() if answer.moment]
        return Folio(id_, self._words.page(id_).title, max(days, default=None), tuple(items))
