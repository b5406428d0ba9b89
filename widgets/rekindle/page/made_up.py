"""The made-up person in the journal: moved into an empty one, known by a mark, and taken away to the last row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from rekindle.content import Catalog
from rekindle.content.made_up import Noted, made_up_person
from rekindle.frontend.writing import Refusal
from rekindle.journal import Additions, Whole
from rekindle.journal.forgetting import MADE_UP, What
from rekindle.page.book import Book
from rekindle.records import Answer, Entry, Event, Moment


def lives_here(book: Book) -> bool:
    """Return if the words of this journal are the made-up person's."""
    return any(event.kind == MADE_UP for event in book.events)


def move_in(words: Catalog, book: Book) -> bool | Refusal:
    """Put the made-up person into the journal, whole or not at all; return False where somebody has written in it."""
    empty = True

    def bring(here: Whole) -> Additions:
        nonlocal empty
        empty = not (here.answers or here.entries or here.earlier_entries)
        return _story(words, book.now()) if empty else Additions()

    kept = book.do(lambda _moment: book.journal.take_in(bring))
    return kept if isinstance(kept, Refusal) else empty


def move_out(book: Book) -> str | Refusal:
    """Take away all that the made-up person wrote, from the backups too. What somebody else wrote stays."""

    def leave(_moment: Moment) -> None:
        book.journal.forgetting.forget(What("", made_up=True), backups_too=True)

    return book.do(leave)


def _story(words: Catalog, now: Moment) -> Additions:
    entries = [
        _entry(exercise, number, noted, now)
        for exercise, log in made_up_person().logs.items()
        for number, noted in enumerate(log, 1)
    ]
    in_order = sorted(entries, key=lambda entry: entry.happened.utc)
    return Additions(answers=[*_answers(words, now)], entries=in_order, events=[Event(MADE_UP, {}, now)])


def _answers(words: Catalog, now: Moment) -> Iterator[Answer]:
    versions: Counter[tuple[str, str]] = Counter()
    for told in sorted(made_up_person().answers, key=lambda told: -told.days):
        at = (told.exercise, told.field)
        versions[at] += 1
        value = told.value if told.ago is None else (now.local_date - dt.timedelta(days=told.ago)).isoformat()
        wording = words.exercise(told.exercise).field(told.field).ask
        yield Answer(*at, value, versions[at], _moment(told.days, "12:00", now), wording, MADE_UP)


def _entry(exercise: str, number: int, noted: Noted, now: Moment) -> Entry:
    moment = _moment(noted.days, noted.at, now)
    return Entry(f"{MADE_UP}-{exercise}-{number}", exercise, noted.values, moment, 1, moment)


def _moment(days: int, at: str, now: Moment) -> Moment:
    return Moment.on(f"{(now.local_date - dt.timedelta(days=days)).isoformat()}T{at}", now.zone)
