"""Digests: what a long log counts up to is kept, and never believed once an entry that it covers has changed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.errors import JournalBusy
from rekindle.insights import Tallies
from rekindle.journal import Digest, Journal, Key, What, digests, migrations
from rekindle.journal.migrations import FIRST_SCHEMA
from rekindle.page.book import Book
from rekindle.page.memory import LOOSE
from rekindle.records import Json, Moment
from tests.visit import open_journal

NOON = Moment.at(dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC))
LOG = "urge-log"
KEYS = [None, Key.from_raw(bytes(range(32)))]


def _add(journal: Journal, count: int, start: int = 0) -> None:
    for number in range(start, start + count):
        when = Moment.at(NOON.utc - dt.timedelta(hours=number))
        values: dict[str, Json] = {"before": number % 11, "after": 3, "did": ["waited"], "kind_note": "a private word"}
        journal.save_entry(f"e{number}", LOG, values, base=0, happened=when, sitting="", moment=when)


@pytest.fixture
def book(closing: Callable[[object], object]) -> Book:
    """A book with a long log that was told once."""
    journal = open_journal()
    closing(journal)
    _add(journal, LOOSE + 1)
    found = Book(catalog(), lambda: journal)
    assert len(found.logs.pile(LOG)) == LOOSE + 1
    return found


def _kept(journal: Journal) -> Digest | None:
    return journal.counts.digests.of(LOG, Tallies.mark(LOG))


def test_a_short_log_is_counted_each_time_and_keeps_no_digest(closing: Callable[[object], object]) -> None:
    journal = open_journal()
    closing(journal)
    _add(journal, LOOSE)
    assert len(Book(catalog(), lambda: journal).logs.pile(LOG)) == LOOSE
    assert _kept(journal) is None


def test_a_long_log_is_read_once_and_then_only_what_is_new(book: Book) -> None:
    assert _kept(book.journal)
    _add(book.journal, 3, LOOSE + 1)
    said: list[str] = []
    with open_journal() as journal:
        journal._store._connection.set_trace_callback(said.append)
        fresh = Book(catalog(), lambda: journal).logs.pile(LOG)
        journal._store._connection.set_trace_callback(None)
        assert len(fresh) == LOOSE + 4
        assert fresh.count("did") == {"waited": LOOSE + 4}
    (read,) = [sql for sql in said if sql.startswith("SELECT number")]
    assert f"number > {LOOSE + 1}" in read


@pytest.mark.parametrize("act", ["change", "delete", "erase", "again"])
def test_whoever_changes_an_entry_takes_the_digest_away(book: Book, act: str) -> None:
    with open_journal() as other:
        if act == "change":
            values: dict[str, Json] = {"did": ["contacted"]}
            other.save_entry("e5", LOG, values, base=1, happened=NOON, sitting="", moment=NOON)
        elif act == "delete":
            other.delete_entry("e5", moment=NOON)
        else:
            other.erase_entry(f"e{LOOSE}")
            if act == "again":  # the new row takes the number of the one that went
                _add(other, 1, LOOSE)
        assert _kept(other) is None
    assert len(book.logs.pile(LOG)) == len(book.journal.entries(LOG))
    assert book.logs.pile(LOG).count("did")["contacted"] == (act == "change")


def test_a_change_of_this_page_is_counted_and_the_digest_stays(book: Book) -> None:
    for number, act in enumerate((book.remove, book.bring_back, book.erase)):
        act("e7")
        kept = _kept(book.journal)
        assert kept
        assert Tallies.of_text(LOG, kept.text).total == LOOSE + (number == 1)
    book.take_entry(book.journal.entries(LOG)[9])
    book.keep_entry(LOG, book.journal.entries(LOG)[9].id, {"did": ["contacted"]}, "")
    kept = _kept(book.journal)
    assert kept
    assert Tallies.of_text(LOG, kept.text).counts["did"] == {"waited": LOOSE - 1, "contacted": 1}


def test_a_digest_holds_no_words_and_goes_with_its_log(book: Book, tmp_path: Path) -> None:
    del tmp_path
    kept = _kept(book.journal)
    assert kept
    assert "private" not in kept.text
    assert "private" not in repr(kept)
    gone = book.journal.forgetting.forget(What(LOG, log_only=True), backups_too=False)
    assert gone.rows == LOOSE + 1
    assert book.journal._store.number("SELECT count(*) FROM digest") == 0


def test_a_digest_of_other_rules_or_a_damaged_one_is_not_believed(book: Book) -> None:
    assert book.journal.counts.digests.of(LOG, "other rules") is None
    book.journal._store.rows("UPDATE digest SET text = replace(text, '1', '2')")
    assert _kept(book.journal) is None
    with open_journal() as journal:
        assert len(Book(catalog(), lambda: journal).logs.pile(LOG)) == LOOSE + 1


def test_a_digest_is_not_kept_over_somebody_elses_save(book: Book) -> None:
    journal, version = book.journal, book.journal.counts.version()
    new = Digest("promise-log", "m", 9, "[]")
    with open_journal() as other:
        other.save("e", "f", 1, base=0, wording="", sitting="", moment=NOON)
        assert not journal.counts.digests.keep(new, version)
        with other._store.transaction(), pytest.raises(JournalBusy):
            journal.counts.digests.keep(new, journal.counts.version())
    assert journal.counts.digests.keep(new, journal.counts.version())
    assert journal.counts.digests.of("promise-log", "m") == new


@pytest.mark.parametrize("key", KEYS, ids=["plain", "keyed"])
def test_a_journal_of_the_first_schema_comes_along(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    monkeypatch.setattr(migrations, "MIGRATIONS", (FIRST_SCHEMA,))
    with Journal.open(path, never_kept=(), key=key) as journal:
        _add(journal, 3)
        before = journal.whole()
    monkeypatch.undo()
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.whole() == before
        assert journal.counts.digests.keep(Digest(LOG, "m", 3, "[]"), journal.counts.version())
        journal.delete_entry("e1", moment=NOON)
        assert journal.counts.digests.of(LOG, "m") is None
    (backup,) = (path.parent / "backups").iterdir()
    assert "before-0002-digests" in backup.name


def test_the_newest_of_all_logs_are_those_of_one_long_list(closing: Callable[[object], object]) -> None:
    journal = open_journal()
    closing(journal)
    assert journal.leaves.newest(5) == []
    chance = random.Random(3)
    for number in range(60):
        log, back = chance.choice(("a", "b", "c", "d")), chance.randrange(20)
        when = Moment.at(NOON.utc - dt.timedelta(days=back))
        journal.save_entry(f"e{number}", log, {"x": 1}, base=0, happened=when, sitting="", moment=when)
        if chance.random() < 0.2:
            journal.delete_entry(f"e{number}", moment=NOON)
    for limit in (1, 7, 200):
        assert journal.leaves.newest(limit) == journal.entries(limit=limit)


def test_the_sign_that_stood_last_is_followed_when_its_entry_goes(closing: Callable[[object], object]) -> None:
    journal = open_journal()
    closing(journal)
    for number in range(LOOSE + 5):
        when = Moment.at(NOON.utc - dt.timedelta(hours=number))
        values: dict[str, Json] = {"safe": 1} if number in (7, 9) else {"safe": 8}
        journal.save_entry(f"c{number}", "contact-log", values, base=0, happened=when, sitting="", moment=when)
    book = Book(catalog(), lambda: journal)
    for act, bears in ((None, ["c7"]), (book.remove, ["c9"]), (book.bring_back, ["c7"]), (book.erase, ["c9"])):
        if act:
            act("c7")
        assert [entry.id for entry in book.logs.signed()] == bears
        assert [entry.id for entry in Book(catalog(), lambda: journal).logs.signed()] == bears


LOGS = pytest.mark.parametrize("log", [LOG, "mood-check-in", "weekly-review"])


def _write(journal: Journal, log: str, number: int) -> None:
    journal.save_entry(f"e{number}", log, {"mood": 3}, base=0, happened=NOON, sitting="", moment=NOON)


@LOGS
def test_how_many_entries_a_log_holds_is_told_rightly_whoever_changes_it(
    closing: Callable[[object], object], log: str
) -> None:
    journal = open_journal()
    closing(journal)
    book, chance = Book(catalog(), lambda: journal), random.Random(11)
    with open_journal() as other:
        acts: list[Callable[[str, int], object]] = [
            lambda _one, number: _write(other, log, number),
            lambda _one, number: book.keep_entry(log, f"e{number}", {"mood": 4}, ""),
            lambda one, _number: book.remove(one),
            lambda one, _number: other.delete_entry(one, moment=NOON),
            lambda one, _number: book.erase(one),
            lambda one, _number: book.bring_back(one),
        ]
        for number in range(LOOSE + 40):
            _write(other, log, number)
        for number in range(LOOSE + 40, LOOSE + 140):
            assert book.logs.total(log) == journal.count_entries(log)
            chance.choice(acts)(f"e{chance.randrange(number)}", number)


@LOGS
def test_how_many_entries_a_log_holds_is_told_without_counting_them_all(
    closing: Callable[[object], object], log: str
) -> None:
    journal = open_journal()
    closing(journal)
    for number in range(LOOSE + 40):
        _write(journal, log, number)
    book, said = Book(catalog(), lambda: journal), list[str]()
    assert book.logs.total(log) == LOOSE + 40
    book.logs.forget()
    journal._store._connection.set_trace_callback(said.append)
    assert book.logs.total(log) == LOOSE + 40
    journal._store._connection.set_trace_callback(None)
    (read,) = [sql for sql in said if "FROM entry WHERE" in sql]
    assert f"number > {LOOSE + 40}" in read, "only what was added since"


def test_a_long_log_is_counted_a_piece_at_a_time_and_no_entry_twice_or_never(
    closing: Callable[[object], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "PIECE", 7)
    journal = open_journal()
    closing(journal)
    chance = random.Random(5)
    for number in range(120):
        when = Moment.at(NOON.utc - dt.timedelta(hours=chance.randrange(9)))  # many of one instant
        journal.save_entry(f"e{number}", LOG, {"x": number}, base=0, happened=when, sitting="", moment=when)
        journal.save_entry(f"o{number}", "other", {}, base=0, happened=when, sitting="", moment=when)
        if chance.random() < 0.2:
            journal.delete_entry(f"e{number}", moment=NOON)
    alive = sorted(journal.entries(LOG), key=lambda entry: int(entry.id[1:]))
    by_instant = sorted(alive, key=lambda entry: entry.happened.utc)
    assert list(journal.counts.digests.after(LOG, 0)) == by_instant
    for upto in (1, 30, 111, 240):
        later = [entry for entry in alive if 2 * int(entry.id[1:]) + 1 > upto]
        assert list(journal.counts.digests.after(LOG, upto)) == later
        assert journal.counts.digests.count_after(LOG, upto) == len(later)
