"""Entries counted by day inside the file: the same numbers as reading each of them, and none of the words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.errors import NotAnAnswer
from rekindle.journal import Journal, Key
from rekindle.records import Json, Moment, Tally

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(params=[None, Key.from_raw(bytes(range(32)))], ids=["plain", "keyed"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=request.param) as opened:
        yield opened


def put(journal: Journal, name: str, hours: float, zone: str = "UTC", exercise: str = "log", **values: Json) -> None:
    when = Moment.at(NOON + dt.timedelta(hours=hours), zone)
    journal.save_entry(name, exercise, values, base=0, happened=when, sitting="s", moment=when)


def test_entries_of_a_day_with_the_same_values_are_counted_together(journal: Journal) -> None:
    put(journal, "a", 0, before=7, did=["waited", "plan"])
    put(journal, "b", 1, before=7, did=["waited", "plan"])
    put(journal, "c", 2, before=0, did=[])
    put(journal, "d", -24, before=None)
    put(journal, "e", 0, exercise="other", before=7)
    day, before = dt.date(2026, 11, 22), dt.date(2026, 11, 21)
    found = journal.counts.by_day("log", "before", "did")
    assert found[0] == Tally(before, (None, None), 1)
    assert Counter({(str(t.values), t.day): t.count for t in found[1:]}) == {
        ("(7, ['waited', 'plan'])", day): 2,
        ("(0, [])", day): 1,
    }
    assert journal.counts.by_day("log") == [Tally(before, (), 1), Tally(day, (), 3)]


def test_a_day_is_the_one_that_the_person_saw(journal: Journal) -> None:
    put(journal, "a", 11, "UTC", mood=1)
    put(journal, "b", 11, "Pacific/Auckland", mood=2)
    put(journal, "c", -9, "America/Los_Angeles", mood=3)
    assert [(t.day.day, t.values) for t in journal.counts.by_day("log", "mood")] == [(21, (3,)), (22, (1,)), (23, (2,))]


def test_whether_something_is_written_is_told_and_never_what(journal: Journal) -> None:
    for name, repair in (("a", "I rang back"), ("b", " \n\t\u00a0"), ("c", ""), ("d", None)):
        put(journal, name, 0, outcome="missed", repair=repair)
    put(journal, "e", 0, outcome="missed")
    found = {t.values: t.count for t in journal.counts.by_day("log", "outcome", written=("repair",))}
    assert found == {("missed", True): 1, ("missed", False): 4}
    assert "rang" not in repr(journal.counts.by_day("log", "repair"))


def test_what_was_taken_out_does_not_count(journal: Journal) -> None:
    put(journal, "a", 0, mood=1)
    put(journal, "b", 0, mood=1)
    journal.delete_entry("a", moment=Moment.at(NOON))
    assert [t.count for t in journal.counts.by_day("log", "mood")] == [1]
    assert len(journal.counts.moments("log", dt.date(2026, 1, 1))) == 1


def test_a_field_is_named_by_its_id_and_by_nothing_else(journal: Journal) -> None:
    with pytest.raises(NotAnAnswer):
        journal.counts.by_day("log", 'mood"')
    with pytest.raises(NotAnAnswer):
        journal.counts.by_day("log", written=("a b",))


def test_a_row_that_is_no_json_any_more_is_left_out_and_stops_nothing(journal: Journal) -> None:
    put(journal, "a", 0, mood=1)
    put(journal, "b", 0, mood=1)
    journal._store.rows("UPDATE entry SET \"values\" = '{oops' WHERE id = 'a'")
    assert [t.count for t in journal.counts.by_day("log", "mood")] == [1]


def test_moments_are_those_from_a_day_on_with_their_zone(journal: Journal) -> None:
    put(journal, "a", 11, "Pacific/Auckland")
    put(journal, "b", -48, "Pacific/Auckland")
    (found,) = journal.counts.moments("log", dt.date(2026, 11, 22))
    assert (found.local.hour, found.local.weekday(), found.local_date.day) == (12, 0, 23)


def test_the_version_is_another_one_once_somebody_else_has_saved(journal: Journal) -> None:
    before = journal.counts.version()
    put(journal, "a", 0, mood=1)
    assert journal.counts.version() == before, "one's own saves are known already"
    with Journal.open(journal.path, never_kept=(), key=journal._store.key) as other:
        put(other, "b", 0, mood=2)
    assert journal.counts.version() != before
