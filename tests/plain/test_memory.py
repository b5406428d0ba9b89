"""The memory: what a page remembers of its logs is what the journal holds, and a long log is not read for a week."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from rekindle.content import catalog
from rekindle.insights import Context, findings, need_of
from rekindle.journal.entries import save
from rekindle.page.book import Book
from rekindle.page.memory import NEWEST
from rekindle.records import Entry, Json, Moment
from tests.visit import open_journal

LOG = "urge-log"
TODAY = dt.date(2026, 5, 12)


@pytest.fixture
def book(closing: Callable[[object], object]) -> Book:
    """A book on the person's journal."""
    journal = open_journal()
    closing(journal)
    return Book(catalog(), lambda: journal)


def add(id_: str, log: str, values: dict[str, Json], when: Moment) -> None:
    """Write one entry as another page does: through a journal of its own."""
    with open_journal() as other:
        other.save_entry(id_, log, values, base=0, happened=when, sitting="", moment=when)


def ago(days: float, hour: int = 12) -> Moment:
    noon = dt.datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=dt.UTC)
    return Moment.at(noon - dt.timedelta(days=days))


def test_what_another_page_saves_is_never_missed(book: Book) -> None:
    assert not book.logs.whole(LOG)
    for number in range(3):
        add(f"theirs{number}", LOG, {"before": number}, ago(number))
        assert len(book.logs.whole(LOG)) == 2 * number + 1
        book.keep_entry(LOG, f"mine{number}", {"before": 9}, "")
        add("between", "mood-check-in", {"mood": number}, ago(0))
        assert book.logs.whole(LOG) == book.journal.entries(LOG)
    with open_journal() as other:
        other.delete_entry("theirs0", moment=ago(0))
    book.keep_entry(LOG, "mine0", {"before": 8}, "")
    assert book.logs.whole(LOG) == book.journal.entries(LOG)
    assert "theirs0" not in [entry.id for entry in book.logs.whole(LOG)]


def test_what_this_page_does_to_its_entries_is_followed(book: Book) -> None:
    chance = random.Random(7)
    add("first", LOG, {"before": 1}, ago(1))
    for _ in range(80):
        book.logs.whole(LOG)
        id_, day = f"e{chance.randrange(8)}", f"2026-05-0{chance.randrange(1, 5)}"
        act = chance.choice(("keep", "keep", "now", "remove", "back", "erase"))
        if act in ("keep", "now"):
            book.keep_entry(LOG, id_, {"before": chance.randrange(11)}, day if act == "keep" else "")
        else:
            {"remove": book.remove, "back": book.bring_back, "erase": book.erase}[act](id_)
        assert book.logs.whole(LOG) == book.journal.entries(LOG), act


def test_another_file_in_the_journals_place_is_read_anew(closing: Callable[[object], object]) -> None:
    opened = [open_journal(), open_journal()]
    for journal in opened:
        closing(journal)
    book = Book(catalog(), opened.pop)
    assert not book.logs.whole(LOG)
    book.let_go()
    assert not book.logs._logs
    add("theirs", LOG, {"before": 3}, ago(1))
    assert len(book.logs.whole(LOG)) == 1


def test_a_save_reads_its_own_entry_and_not_the_log_again(book: Book) -> None:
    for number in range(5):
        add(f"e{number}", LOG, {"before": number}, ago(number))
    book.logs.whole(LOG)
    said: list[str] = []
    book.journal._store._connection.set_trace_callback(said.append)
    book.keep_entry(LOG, "new", {"before": 3}, "")
    assert len(book.logs.whole(LOG)) == 6
    book.journal._store._connection.set_trace_callback(None)
    assert [sql for sql in said if "exercise = " in sql and sql.startswith("SELECT number")] == []


def mood(chance: random.Random) -> dict[str, Json]:
    full: dict[str, Json] = {"mood": chance.randrange(4), "word": "w", "rest": "yes"}
    return {key: value for key, value in full.items() if chance.random() < 0.6}


def habit(chance: random.Random) -> dict[str, Json]:
    return {key: chance.choice(("yes", "bit", "rest")) for key in ("h1", "h2") if chance.random() < 0.7}


@pytest.mark.parametrize("log", ["mood-check-in", "habit-tracker"])
def test_less_of_a_log_says_the_same_words(log: str, book: Book) -> None:
    need = need_of(log, log)
    assert need
    chance, shorter = random.Random(11), 0
    for _ in range(400):
        width = chance.choice((2, 10, 60, 300))
        make = mood if log == "mood-check-in" else habit
        entries = [
            Entry(f"e{n}", log, make(chance), ago(chance.randrange(-1, width), chance.randrange(24)))
            for n in range(chance.randrange(25))
        ]
        part = [e for e in entries if e.happened.local_date >= need.since(TODAY)]
        if need.enough(part, TODAY):
            shorter += len(part) < len(entries)
            context = Context(today=TODAY)
            assert findings(log, {}, part, context) == findings(log, {}, entries, context)
    assert shorter > 100


def test_the_review_says_the_same_from_a_week_of_the_other_logs() -> None:
    chance, page = random.Random(5), "weekly-review"
    answers: dict[tuple[str, str], Json] = {("space-agreement", "start"): "2026-03-01"}
    kinds: dict[str, dict[str, Json]] = {
        "urge-log": {"did": ["contacted"]},
        "weekly-goals": {"done": "done"},
        "promise-log": {"outcome": "kept"},
        "mood-check-in": {"mood": 4},
        "space-counter": {"who": "me"},
    }
    for _ in range(100):
        logs = {
            log: [Entry(f"e{n}", log, values, ago(chance.randrange(-1, 20))) for n in range(chance.randrange(8))]
            for log, values in kinds.items()
        }
        part: dict[str, list[Entry]] = {}
        for log, entries in logs.items():
            need = need_of(page, log)
            assert need
            part[log] = [e for e in entries if e.happened.local_date >= need.since(TODAY)]
        told = [findings(page, {}, [], Context(today=TODAY, answers=answers, logs=each)) for each in (logs, part)]
        assert told[0] == told[1]


def test_a_long_log_is_read_as_far_as_it_is_told(book: Book) -> None:
    with book.journal._store.transaction():
        for number in range(NEWEST + 40):
            text, when = '{"mood":5}' if number >= NEWEST else '{"word":"w"}', ago(0.5 * number)
            save(book.journal._store, f"e{number}", "mood-check-in", text, 0, when, "", when)
    for number in range(3):
        add(f"m{number}", "mood-check-in", {"mood": 5}, ago(number))
    page = "mood-check-in"
    assert book.logs.needed(page, page, TODAY) == book.journal.entries(page), "three dots, and older ones count"
    add("m3", page, {"mood": 5}, ago(3))
    add("m4", page, {"mood": 5}, ago(20))
    found = book.logs.needed(page, page, TODAY)
    assert "m4" in [entry.id for entry in found]
    assert len(found) < NEWEST + 10
    add("m5", page, {"mood": 5}, ago(4))
    assert len(book.logs.needed(page, page, TODAY)) < 20
