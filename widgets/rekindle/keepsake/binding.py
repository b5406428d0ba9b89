"""Binding: from the journal and a person's wishes to one document that calls nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rekindle.content import Catalog
from rekindle.journal import Journal, Key
from rekindle.keepsake.document import Contents, document
from rekindle.keepsake.folios import Chapter, renamed, trimmed
from rekindle.keepsake.gathering import Gathering
from rekindle.keepsake.initials import names_in, renamer
from rekindle.keepsake.pictures import sections
from rekindle.keepsake.wishes import Wishes
from rekindle.page.book import Book
from rekindle.page.made_up import lives_here
from rekindle.page.tone import cloth
from rekindle.page.twice import TwiceTold


@dataclass(frozen=True, slots=True)
class Bound:
    """The document, or "" where nothing is left to put into it, and all that could stand in it, for leaving out.

    `notes` are ids of the sentences that say what is not in it: they are for the writer, and on no sheet of paper.
    """

    html: str = field(repr=False)
    chapters: Sequence[Chapter] = field(repr=False)
    file_name: str
    notes: Sequence[str] = ()


def bind(words: Catalog, book: Book, wishes: Wishes) -> Bound:
    """Return the document for these wishes, from what the book has read; a JournalError if the journal cannot be."""
    gathering = Gathering(words, book)
    chapters = gathering.chapters(wishes.parts, entries=wishes.entries)
    rename = renamer(wishes.names, words.say("keepsake.someone"))
    kept = renamed(trimmed(chapters, wishes), rename)
    twice = TwiceTold(words, book, rename)
    questions = tuple(twice.questions()) if wishes.then_and_now else ()
    wall = twice.wall() if wishes.then_and_now else None
    drawn = tuple(sections(words, book, rename)) if wishes.charts else ()
    today = book.now().local_date
    file_name = f"workbook-{today.isoformat()}.html"
    if not (kept or questions or wall or drawn):
        return Bound("", chapters, file_name)
    alone = kept[0].cloth if len(kept) == 1 else "opening"
    contents = Contents(
        chapters=tuple(kept),
        questions=questions,
        wall=wall,
        sections=drawn,
        days=tuple(_days(kept)),
        today=today,
        shortened=bool(wishes.names),
        made_up=lives_here(book),
        cloth=cloth(book.standing()) or alone,
    )
    return Bound(document(contents, words), chapters, file_name, _notes(gathering, wishes))


def from_journal(words: Catalog, journal: Path, key: Key | None, wishes: Wishes, *, initials: bool) -> Bound:
    """Return the document from the journal at a path, where no page has read it; with `initials`, for all names."""
    book = Book(words, lambda: Journal.open(journal, never_kept=words.never_kept, key=key))
    try:
        book.read()
        moments = [answer.moment for answer in book.answered if answer.moment]
        if moments:  # a terminal tells no time zone
            book.zone = max(moments, key=lambda moment: moment.utc).zone
        return bind(words, book, wishes.with_names(tuple(names_given(words, book)) if initials else ()))
    finally:
        book.let_go()


def names_given(words: Catalog, book: Book) -> list[str]:
    """Return the names that the person gave on the pages that ask for somebody."""
    no_names = frozenset(" ".join(words.words.under("keepsake.no_names").values()).split())
    return names_in({(answer.exercise, answer.field): answer.value for answer in book.answered}, no_names)


def _notes(gathering: Gathering, wishes: Wishes) -> list[str]:
    true = {"folded": gathering.folded, "sealed": gathering.sealed, "apart": bool(wishes.parts)}
    return [note for note, holds in {**true, "shortened": bool(wishes.names)}.items() if holds]


def _days(chapters: Sequence[Chapter]) -> list[dt.date]:
    return sorted(folio.day for chapter in chapters for folio in chapter.folios if folio.day)
