"""Log entries: paging, days, versions, conflicts, and a way back after a deletion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle.errors import NotAnAnswer
from rekindle.journal import Journal, Key
from rekindle.records import Entry, Json, Moment, Saved

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def _moment(hours: float = 0, zone: str = "Europe/Berlin") -> Moment:
    return Moment.at(NOON + dt.timedelta(hours=hours), zone)


@pytest.fixture(params=[None, Key.from_raw(bytes(range(32)))], ids=["plain", "keyed"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal, once plain and once encrypted."""
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=request.param) as opened:
        yield opened


@pytest.fixture
def save(journal: Journal) -> Callable[..., Saved]:
    """Give a short way to save an entry of "urge-log"."""

    def save(
        name: str, value: Json, base: int = 0, sitting: str = "morning", hours: float = 0, exercise: str = "urge-log"
    ) -> Saved:
        when = _moment(hours)
        return journal.save_entry(
            name, exercise, {"note": value}, base=base, happened=when, sitting=sitting, moment=_moment()
        )

    return save


def _notes(entries: list[Entry]) -> list[Json]:
    return [entry.values["note"] for entry in entries]


def test_entries_come_newest_first_by_when_they_happened(save: Callable[..., Saved], journal: Journal) -> None:
    for name, hours in (("a", 0), ("b", -5), ("c", 3), ("d", 0)):
        save(name, name, hours=hours)
    save("elsewhere", "elsewhere", exercise="promise-log")
    assert _notes(journal.entries("urge-log")) == ["c", "d", "a", "b"]
    assert len(journal.entries()) == 5
    assert journal.count_entries("urge-log") == 4
    assert journal.count_entries() == 5


def test_pages_of_a_log_are_the_log(save: Callable[..., Saved], journal: Journal) -> None:
    for number in range(23):
        save(f"e{number}", number, hours=number % 7)
    pages = [journal.entries("urge-log", limit=5, offset=offset) for offset in range(0, 25, 5)]
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert [entry for page in pages for entry in page] == journal.entries("urge-log")


def test_a_page_is_read_from_the_index_without_sorting(journal: Journal) -> None:
    sql = "SELECT * FROM entry WHERE deleted = ? AND exercise = ? ORDER BY happened_utc DESC, number DESC LIMIT 5"
    plan = " ".join(str(row) for row in journal._store.rows(f"EXPLAIN QUERY PLAN {sql}", (0, "urge-log")))
    assert "entry_happened" in plan
    assert "TEMP B-TREE" not in plan


def test_days_are_those_that_the_person_saw(journal: Journal) -> None:
    """At 12:00 UTC it is already the next day in Kiritimati, and still the same in Los Angeles."""
    for name, zone in (("east", "Pacific/Kiritimati"), ("west", "America/Los_Angeles")):
        happened = _moment(0, zone)
        journal.save_entry(name, "log", {"note": name}, base=0, happened=happened, sitting="s", moment=happened)
    day = dt.date(2026, 11, 22)
    assert _notes(journal.entries("log", until=day)) == ["west"]
    assert _notes(journal.entries("log", since=day + dt.timedelta(days=1))) == ["east"]
    assert _notes(journal.entries("log", since=day, until=day)) == ["west"]
    assert [entry.happened.zone for entry in journal.entries("log")] == ["America/Los_Angeles", "Pacific/Kiritimati"]


def test_an_entry_is_corrected_and_its_earlier_version_kept(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "one")
    assert save("a", "two", 1) == Saved(2)
    assert save("a", "three", 2, "evening") == Saved(3)
    assert _notes(journal.entry_history("a")) == ["three", "two"]
    entry = journal.entry("a")
    assert entry is not None
    assert (entry.values, entry.revision, entry.conflict) == ({"note": "three"}, 3, False)
    assert journal.entry("b") is None


def test_an_entry_keeps_its_place_when_its_time_is_corrected(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "a", hours=0)
    save("b", "b", hours=1)
    save("a", "a", 1, hours=2)
    assert _notes(journal.entries("urge-log")) == ["a", "b"]
    assert journal.count_entries("urge-log") == 2


def test_two_pages_on_one_entry_keep_both_versions(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "first")
    save("a", "theirs", 1, "left")
    saved = save("a", "mine", 1, "right")
    assert isinstance(saved.conflict, Entry)
    assert saved.conflict.values == {"note": "theirs"}
    save("a", "mine, on", saved.revision, "right")
    assert _notes(journal.entry_history("a")) == ["mine, on", "mine", "theirs", "first"]
    assert {name: _notes(others) for name, others in journal.entry_conflicts("urge-log").items()} == {"a": ["theirs"]}
    assert journal.entry_conflicts("elsewhere") == {}
    journal.settle_entry("a")
    assert journal.entry_conflicts() == {}
    assert len(journal.entry_history("a")) == 4


def test_the_same_entry_sent_twice_is_one(save: Callable[..., Saved], journal: Journal) -> None:
    assert save("a", "x") == save("a", "x") == Saved(1)
    assert journal.entry_history("a") == journal.entries("urge-log")


def test_a_deleted_entry_can_be_put_back(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "a")
    save("b", "b")
    journal.delete_entry("a", moment=_moment())
    journal.delete_entry("a", moment=_moment())
    journal.delete_entry("never-was", moment=_moment())
    assert _notes(journal.entries("urge-log")) == ["b"]
    assert _notes(journal.entries("urge-log", deleted=True)) == ["a"]
    assert journal.count_entries("urge-log") == 1
    journal.restore_entry("a", moment=_moment())
    assert sorted(map(str, _notes(journal.entries("urge-log")))) == ["a", "b"]


def test_words_saved_to_an_entry_deleted_meanwhile_are_not_lost(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "first")
    journal.delete_entry("a", moment=_moment())
    saved = save("a", "second", 1)
    assert isinstance(saved.conflict, Entry)
    assert saved.conflict.deleted
    assert _notes(journal.entries("urge-log")) == ["second"]


def test_the_same_words_saved_again_bring_a_deleted_entry_back(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "first")
    journal.delete_entry("a", moment=_moment())
    save("a", "first", 1)
    assert _notes(journal.entries("urge-log")) == ["first"]


def test_an_id_belongs_to_one_log(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "first")
    with pytest.raises(NotAnAnswer):
        save("a", "second", 1, exercise="promise-log")
    assert _notes(journal.entry_history("a")) == ["first"]


def test_an_erased_entry_is_gone_with_all_its_versions(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", "secretword " * 400)
    save("a", "secretword two", 1, "evening")
    save("b", "stays")
    journal.erase_entry("a")
    assert journal.entry("a") is None
    assert journal.entry_history("a") == []
    assert _notes(journal.entries()) == ["stays"]
    assert b"secretword" not in journal.path.read_bytes()
