"""The page about the person's words: what it says is true of the files."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

import pytest

from rekindle.content import catalog
from rekindle.forms.stock import Button
from rekindle.journal.backup import FOLDER, backups
from rekindle.records import Moment
from rekindle.settings import journal_path
from rekindle.your_data import YourData, told_size
from tests.visit import Visit, act, acts, open_journal, words_in

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


def a_page_with_a_word(visit: Callable[..., Visit], word: str) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["sentence"], word)


def backed_up(hours: float = 0) -> None:
    with open_journal() as journal:
        journal.back_up(Moment.at(dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)))


def sentence(visit: Callable[..., Visit]) -> object:
    return visit().stored["say-it-to-myself/sentence"]


def page_of(visit: Callable[..., Visit]) -> YourData:
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    return one.page


def test_it_counts_the_backups(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    for number, line in ((1, "count_one"), (2, "count_many")):
        backed_up(number)
        assert SAY(f"your-data.backups.{line}", count=number) in told(visit)


def test_a_backup_comes_back_in_three_clicks_and_so_does_what_stood_there(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    backed_up(-48)
    a_page_with_a_word(visit, "second")
    root = page_of(visit).root  # the first click opens the list
    act(root, "copy ")
    act(root, "back ")
    assert sentence(visit) == "first"
    assert "before-restore" in words_in(root)
    act(root, "copy ")  # the newest is what stood there
    act(root, "back ")
    assert sentence(visit) == "second"


def test_a_choice_can_be_left(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    backed_up()
    root = page_of(visit).root
    act(root, "copy ")
    act(root, "leave")
    assert not [one for one in acts(root) if one.startswith("back ")]


def test_a_damaged_journal_is_offered_the_newest_good_backup_and_kept(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    backed_up(-48)
    backed_up()
    newest = backups(journal_path().parent / FOLDER)[0]
    newest.write_bytes(newest.read_bytes()[:-4096])
    damaged = b"SQLite format 3\0" + b"rubbish" * 3000
    journal_path().write_bytes(damaged)
    root = page_of(visit).root
    assert "The journal does not open." in words_in(root)
    assert journal_path().read_bytes() == damaged
    act(root, "copy ")
    act(root, "back ")
    assert sentence(visit) == "first"
    (aside,) = journal_path().parent.glob("journal-damaged-*")
    assert aside.read_bytes() == damaged


def typed(page: YourData, word: str) -> Button:
    deleting = page._deleting
    deleting._typed.value = word
    return deleting._go


def test_an_answer_goes_once_the_word_is_typed(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "zebrafinch")
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    backed_up()
    page = page_of(visit)
    act(page.root, "page say-it-to-myself")
    assert "zebrafinch" in words_in(page.root)
    act(page.root, "answer sentence")
    assert typed(page, "").disabled
    typed(page, "delet").click()
    assert sentence(visit) == "zebrafinch"
    page._deleting._copies.value = True
    typed(page, " Delete ").click()
    assert list(visit().stored) == ["say-it-to-myself/wish"]
    assert not [place for place in journal_path().parent.rglob("*.rekindle") if b"zebrafinch" in place.read_bytes()]
    assert SAY("your-data.delete.backups", changed=1, left=0) in words_in(page.root)


def test_an_entry_a_log_and_a_page_go(visit: Callable[..., Visit]) -> None:
    for last in ("entry ", "log", "whole"):
        one = visit()
        mood = one.open("mood-check-in")
        assert mood.log
        one.answer(mood.log.controls["entry/mood"], 3)
        page = page_of(visit)
        act(page.root, "page mood-check-in")
        act(page.root, last)
        typed(page, "delete").click()
        assert one.entries("mood-check-in") == []
        assert SAY("your-data.delete.gone") in words_in(page.root)


def test_everything_goes_and_the_book_can_begin_anew(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "zebrafinch")
    backed_up()
    page = page_of(visit)
    act(page.root, "all")
    typed(page, "delete").click()
    left = [place for place in journal_path().parent.rglob("*") if place.is_file()]
    assert not [place for place in left if b"zebrafinch" in place.read_bytes()]
    a_page_with_a_word(visit, "anew")
    assert sentence(visit) == "anew"


def test_every_file_is_named_with_its_size_and_who_can_read_it(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    backed_up()
    shown = words_in(page_of(visit).root)
    for kind, path in (("journal", journal_path()), ("backup", backups(journal_path().parent / FOLDER)[0])):
        assert SAY(f"your-data.where.{kind}", path=str(path), size=round(path.stat().st_size / 1000)) in shown
    assert SAY("your-data.where.plain") in shown


def test_the_days_backup_is_made_while_a_page_is_open(visit: Callable[..., Visit]) -> None:
    a_page_with_a_word(visit, "first")
    page = page_of(visit)
    page._daily.make()
    page._daily.make()
    assert len(backups(journal_path().parent / FOLDER)) == 1


@pytest.mark.parametrize(("size", "words"), [(0, "1 kB"), (1499, "1 kB"), (65_536, "66 kB"), (2_340_000, "2.3 MB")])
def test_a_size_is_told_as_people_write_it(size: int, words: str) -> None:
    assert told_size(size) == words
