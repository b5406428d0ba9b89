"""The questions that a person asks themselves: read from the book, put in order, and told in a word or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.host import Kept
from rekindle.page.book import Book
from rekindle.questions import Question, in_order, is_own_page
from rekindle.records import Json


class Questions:
    """A person's own questions, by page. `read` and `done` say on the page what could not be read or done."""

    def __init__(self, book: Book, read: Callable[[Callable[[], Any], Any], Any], done: Callable[[Kept], Kept]) -> None:
        self._book, self._read, self._done = book, read, done

    def all(self, page: str) -> Sequence[Question] | None:
        """Return a page's questions in their order, those taken out too; None if they cannot be read."""
        found: Sequence[Question] | None = self._read(lambda: self._all(page), None)
        return found

    def _all(self, page: str) -> list[Question]:
        journal = self._book.journal
        entries = [*journal.entries(page), *journal.entries(page, deleted=True)]
        entries.sort(key=lambda entry: (entry.happened.utc, entry.id))
        order = journal.setting(page)
        ids = [str(id_) for id_ in order] if isinstance(order, list) else []
        return [question for question in in_order(map(Question.of, entries), ids) if not question.is_empty]

    def arrange(self, page: str, ids: Sequence[str]) -> Kept:
        """Keep the order of a page's questions."""
        order: list[Json] = [*ids]
        return self._done(self._book.do(lambda _moment: self._book.journal.set_setting(page, order)))

    def worded(self, page: str, field: str) -> str:
        """Return the words under which a question was answered last; "" if it never was."""
        found = [answer for answer in self._book.answered if (answer.exercise, answer.field) == (page, field)]
        return found[0].wording if found and found[0].value not in ("", []) else ""

    def earlier(self, page: str, question: Question) -> Sequence[tuple[str, Json]]:
        """Return what a question was answered with in other ways: kind and value."""
        start = f"{question.id}-"
        given = self._book.answers_of(page).items()
        others = [(field.removeprefix(start), value) for field, value in given if field.startswith(start)]
        return [(kind, value) for kind, value in others if kind != question.kind and value not in ("", [], None)]


def state(page: str, words: Catalog, book: Book) -> str:
    """Return how many questions a page holds, in words; "" for a page that is not one of own questions."""
    if not is_own_page(page):
        return ""
    try:
        count = book.journal.count_entries(page)
    except RekindleError:  # the page says so where it reads the answers
        return ""
    key = "none" if not count else "one" if count == 1 else "many"
    return words.say(f"own-questions.{key}", count=count)
