"""The page about the person's words: what it says is true of the files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.settings import journal_path
from rekindle.your_data import YourData, told_size
from tests.visit import Visit, words_in

SAY = catalog().say


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


def told(visit: Callable[..., Visit]) -> str:
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    return words_in(one.page.root)


def test_before_the_first_word_there_is_a_place_and_nothing_in_it(visit: Callable[..., Visit]) -> None:
    shown = told(visit)
    assert SAY("your-data.file.text", path=str(journal_path())) in shown
    assert SAY("your-data.contains.empty") in shown
    assert SAY("your-data.backups.none") in shown


def test_it_counts_answers_and_entries(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("say-it-to-myself")
    one.answer(card.controls["sentence"], "a private thing")
    mood = one.open("mood-check-in")
    assert mood.log
    one.answer(mood.log.controls["entry/mood"], 3)
    shown = told(visit)
    assert (
        f"{SAY('your-data.contains.answers_one', count=1)}, {SAY('your-data.contains.entries_one', count=1)}" in shown
    )
    one.answer(card.controls["wish"], 3)
    assert SAY("your-data.contains.answers_many", count=2) in told(visit)
    assert "private" not in shown


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes of this kind")
def test_it_says_who_may_open_the_file(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    assert SAY("your-data.file.permissions_own") in told(visit)
    page = visit(DataVisit)
    page.show()
    journal_path().chmod(0o644)
    page.show()
    assert isinstance(page.page, YourData)
    assert SAY("your-data.file.permissions_wide") in words_in(page.page.root)


def test_it_counts_the_backups(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    (home / "rekindle" / "backups").mkdir(exist_ok=True)
    for number, line in ((1, "count_one"), (2, "count_many")):
        (home / "rekindle" / "backups" / f"{number}.rekindle").write_bytes(b"")
        assert SAY(f"your-data.backups.{line}", count=number) in told(visit)


@pytest.mark.parametrize(("size", "words"), [(0, "1 kB"), (1499, "1 kB"), (65_536, "66 kB"), (2_340_000, "2.3 MB")])
def test_a_size_is_told_as_people_write_it(size: int, words: str) -> None:
    assert told_size(size) == words
