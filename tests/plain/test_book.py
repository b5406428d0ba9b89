"""The book: what one page knows of the journal, what its saves build on, and when a sitting ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.errors import DiskFull
from rekindle.frontend.writing import Refusal
from rekindle.page import sitting
from rekindle.page.book import Book
from rekindle.records import Json, Moment
from tests.visit import Refuse, Visit, open_journal

PAGE, FIELD = "say-it-to-myself", "sentence"


@pytest.fixture
def books(closing: Callable[[object], object]) -> Callable[[], Book]:
    """Give a function that opens a book on the person's journal."""

    def open_one() -> Book:
        journal = open_journal()
        closing(journal)
        book = Book(catalog(), lambda: journal)
        book.zone = "Europe/Berlin"
        book.read()
        return book

    return open_one


def versions() -> list[Json]:
    with open_journal() as journal:
        return [answer.value for answer in journal.history(PAGE, FIELD)]


def test_a_save_builds_on_what_its_field_was_filled_with_not_on_what_was_read(books: Callable[[], Book]) -> None:
    first, second = books(), books()
    second.take(PAGE, FIELD)
    first.keep(PAGE, FIELD, "theirs", "")
    second.read()
    second.keep(PAGE, FIELD, "mine", "")
    assert [other.value for other in second.others(PAGE)[FIELD]] == ["theirs"]
    third = books()
    assert third.take(PAGE, FIELD) == ("mine", True)
    third.keep(PAGE, FIELD, "mine, and more", "")
    assert "mine" not in [other.value for other in third.others(PAGE)[FIELD]]


def test_a_sitting_keeps_its_last_words_and_a_later_one_does_not_replace_them(
    books: Callable[[], Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = books()
    for words in ("a", "ab", "abc"):
        book.keep(PAGE, FIELD, words, "")
    assert versions() == ["abc"]
    monkeypatch.setattr(sitting, "ENDS_AFTER", dt.timedelta(0))
    book.keep(PAGE, FIELD, "the next day", "")
    assert versions() == ["the next day", "abc"]


def test_a_refused_save_changes_nothing_that_the_page_knows(books: Callable[[], Book], refuse: Refuse) -> None:
    book = books()
    book.keep(PAGE, FIELD, "stored", "")
    refuse(DiskFull(path="/a"))
    assert isinstance(book.keep(PAGE, FIELD, "refused", ""), Refusal)
    assert book.answer(PAGE, FIELD) == ("stored", True)
    assert isinstance(book.note("done", exercise=PAGE), Refusal)
    assert list(book.events) == []


def test_the_wording_that_was_seen_is_kept_with_the_answer(books: Callable[[], Book]) -> None:
    books().keep(PAGE, FIELD, "x", "What do you want?")
    with open_journal() as journal:
        assert journal.answers()[PAGE, FIELD].wording == "What do you want?"


@pytest.mark.parametrize(
    ("told", "utc"),
    [
        ("2026-03-29T01:30", "2026-03-29 00:30"),
        ("2026-03-29T02:30", "2026-03-29 01:30"),  # an hour that clocks skipped
        ("2026-10-25T02:30", "2026-10-25 00:30"),  # an hour that came twice: the first
        ("2026-07-01", "2026-07-01 10:00"),
    ],
)
def test_a_time_on_the_persons_clock_becomes_an_instant_also_when_clocks_change(told: str, utc: str) -> None:
    assert f"{Moment.on(told, 'Europe/Berlin').utc:%Y-%m-%d %H:%M}" == utc


@pytest.mark.parametrize("odd", ["", "yesterday", "2026-13-01", "2026-02-30T10:00", "T", "12:00"])
def test_a_time_that_cannot_be_read_counts_as_now(odd: str, books: Callable[[], Book]) -> None:
    book = books()
    assert not isinstance(book.keep_entry("urge-log", "one", {"before": 3}, odd), Refusal)
    happened = book.entries("urge-log")[0].happened
    assert abs(happened.utc - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_an_unknown_zone_counts_as_utc_and_stops_no_save(visit: Callable[..., Visit]) -> None:
    one = visit(zone="Mars/Olympus")
    one.answer(one.open(PAGE).controls[FIELD], "still saved")
    assert one.stored == {f"{PAGE}/{FIELD}": "still saved"}


def test_a_refusal_says_what_happened_what_is_safe_and_what_to_do_and_no_word_of_theirs(
    books: Callable[[], Book], refuse: Refuse, home: Path
) -> None:
    refuse(DiskFull(path=str(home)))
    kept = books().keep(PAGE, FIELD, "a private thing", "")
    assert isinstance(kept, Refusal)
    for part in ("happened", "safe", "todo"):
        assert catalog().say(f"errors.disk-full.{part}", path=str(home)) in kept.why
    assert "private" not in kept.why


def test_ticks_that_are_never_kept_stay_in_memory_and_are_forgotten(books: Callable[[], Book]) -> None:
    book = books()
    assert book.keep("safety-gate", "to_me", ["afraid"], "") == ""
    assert book.context("safety-gate").ticked == {"afraid"}
    assert book.context("my-own-line").ticked == frozenset()
    assert "afraid" not in repr(book)
    assert "afraid" not in repr(book.context("safety-gate"))
    book.put_away("my-own-line")
    assert book.context("safety-gate").ticked == {"afraid"}
    book.put_away("safety-gate")
    assert book.context("safety-gate").ticked == frozenset()
