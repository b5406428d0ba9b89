"""The first page shows a person's own words: their wall with its early signs, and their support card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.frontend.words import Block
from rekindle.journal import Journal
from rekindle.page import keepsakes
from rekindle.page.book import Book
from rekindle.records import Json


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(catalog(), lambda: Journal.open(tmp_path / "journal.db", never_kept=catalog().never_kept))
    made.read()
    yield made
    made.journal.close()


def say(book: Book, exercise: str, field: str, value: Json) -> None:
    book.take(exercise, field)
    book.keep(exercise, field, value, "")


def wall(book: Book) -> list[Block]:
    return keepsakes.wall(book, catalog().say)


def test_no_wall_no_card(book: Book) -> None:
    assert wall(book) == []


def test_early_signs_stand_under_the_wall_while_their_page_is_open(book: Book) -> None:
    say(book, "so-what-changes", "same_wall", "we stop talking")
    early: Json = [{"sign": "I keep score", "first": "I say it at breakfast"}, {"sign": "  "}, {"help": "Ana"}]
    say(book, "same-problem-drill", "early", early)
    assert "I keep score" not in str(wall(book))
    say(book, "consent-gate", "asked", "in-touch")
    say(book, "consent-gate", "order", "no")
    book.note("they-proposed")
    assert "I keep score, I say it at breakfast" in str(wall(book))
    book.note("paused")
    assert "we stop talking" in str(wall(book))
    assert "I keep score" not in str(wall(book))


@pytest.mark.parametrize("odd", [None, "x", 5, [None, 3], [{"sign": None}], [{}]])
def test_odd_rows_give_no_line(odd: Json) -> None:
    assert keepsakes.column(odd, "sign", "first") == []


def test_the_support_card_is_at_hand_in_the_help_dialog_once_there_is_one(book: Book) -> None:
    assert keepsakes.at_hand(book, catalog().say) == []
    say(book, "support-card", "people", [{"who": "Ana", "how": "ring"}])
    say(book, "support-card", "calm", [{"what": "a shower", "how_long": "ten minutes"}])
    told = str(keepsakes.at_hand(book, catalog().say))
    assert "Ana, ring" in told
    assert "a shower, ten minutes" in told
    assert "rk-words" in told  # hidden with the rest, where words are hidden
