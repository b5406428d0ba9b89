"""Backups are whole, proven, private, and kept for seven days and four weeks."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
from pathlib import Path

import pytest

from rekindle.errors import JournalDamaged, JournalLocked
from rekindle.journal import Journal, Key, backup
from rekindle.journal.backup import FOLDER, backups, rotate, to_keep
from rekindle.journal.store import MAGIC, Store, header_of
from rekindle.journal.walk import likeness
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEYS = [None, Key.from_raw(bytes(range(32))), Key.from_passphrase("six random words")]


@pytest.fixture(params=KEYS, ids=["plain", "raw", "passphrase"])
def key(request: pytest.FixtureRequest) -> Key | None:
    """Give no key, a raw one, and a passphrase."""
    found: Key | None = request.param
    return found


def _save(journal: Journal, value: str) -> None:
    journal.save("e", "f", value, base=0, wording="?", sitting="", moment=NOON)


def _after(days: float) -> Moment:
    return Moment.at(NOON.utc + dt.timedelta(days=days))


def test_a_backup_opens_with_the_same_key_and_holds_the_same(tmp_path: Path, key: Key | None) -> None:
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=key) as journal:
        _save(journal, "secretword")
        whole = journal.whole()
        place = journal.back_up(NOON)
        _save(journal, "later")
    assert place.name == "2026-11-22T120000.000000Z-daily.rekindle"
    assert [found.name for found in place.parent.iterdir()] == [place.name]
    assert (header_of(place) == MAGIC) is (key is None)
    assert (b"secretword" in place.read_bytes()) is (key is None)
    with Journal.open(place, never_kept=(), key=key) as copy:
        assert copy.whole() == whole
    if key:
        with pytest.raises(JournalLocked):
            Journal.open(place, never_kept=())


def test_a_backup_that_is_not_equal_is_not_kept(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_badly(self: Store, other: Store) -> None:
        copy(self, other)
        other.rows("DELETE FROM answer")

    copy = Store.copy_into
    monkeypatch.setattr(Store, "copy_into", copy_badly)
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=key) as journal:
        _save(journal, "word")
        with pytest.raises(JournalDamaged):
            journal.back_up(NOON)
    assert list((tmp_path / "book" / FOLDER).iterdir()) == []


def test_a_save_while_a_copy_is_compared_waits_for_nothing_and_is_in_the_next_copy(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=key) as journal, Journal.open(path, never_kept=(), key=key) as other:
        other._store.patience = 0.2
        _save(journal, "before")
        compared: list[Store] = []

        def compare(store: Store) -> bytes:
            compared.append(store)
            if len(compared) == 2:  # the copy was looked at, and now the journal is
                _save(other, "meanwhile")
            return likeness(store)

        monkeypatch.setattr(backup, "likeness", compare)
        place = journal.back_up(NOON)
    with Journal.open(place, never_kept=(), key=key) as copy:
        assert copy.answers()["e", "f"].value == "meanwhile"
    assert len(compared) == 4


def test_where_saves_never_end_they_wait_for_the_copy(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = itertools.count()
    held: list[bool] = []

    def compare(store: Store) -> bytes:
        held.append(store._connection.in_transaction)
        return likeness(store)

    monkeypatch.setattr(backup, "_state", lambda _: (next(numbers), 0))
    monkeypatch.setattr(backup, "likeness", compare)
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=key) as journal:
        _save(journal, "word")
        place = journal.back_up(NOON)
    with Journal.open(place, never_kept=(), key=key) as copy:
        assert len(copy.answers()) == 1
    assert next(numbers) == 2 * backup.TRIES
    assert held == [False] * (2 * backup.TRIES + 1) + [True], "what is compared last is what was copied"


def test_a_second_backup_of_the_same_instant_takes_the_place_of_the_first(tmp_path: Path, key: Key | None) -> None:
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=key) as journal:
        journal.back_up(NOON)
        _save(journal, "word")
        place = journal.back_up(NOON)
    with Journal.open(place, never_kept=(), key=key) as copy:
        assert len(copy.answers()) == 1


def test_seven_days_and_four_weeks_are_kept(tmp_path: Path) -> None:
    places = [tmp_path / f"{_after(-day).utc:%Y-%m-%dT%H%M%S.%fZ}-daily.rekindle" for day in range(60)]
    extra = tmp_path / "2026-11-22T080000.000000Z-before-0002-x.rekindle"
    kept = to_keep([*places, extra, tmp_path / "something-else.rekindle"])
    # The 22nd is a Sunday: the newest of the last four weeks are the 22nd, 15th, 8th and 1st.
    assert kept == {*places[:7], places[7], places[14], places[21]}


def test_rotation_deletes_only_backups_and_never_all(tmp_path: Path) -> None:
    choose = random.Random(2)
    for _ in range(50):
        when = _after(-choose.uniform(0, 400)).utc
        (tmp_path / f"{when:%Y-%m-%dT%H%M%S.%fZ}-daily.rekindle").touch()
    (tmp_path / "mine.rekindle").touch()
    (tmp_path / "2026-notes.txt").touch()
    newest = backups(tmp_path)[0]
    gone = rotate(tmp_path)
    left = backups(tmp_path)
    assert newest in left
    assert len(gone) + len(left) == 50
    assert 7 <= len(left) <= 11
    assert (tmp_path / "mine.rekindle").exists()
    assert (tmp_path / "2026-notes.txt").exists()
    assert rotate(tmp_path) == []


def test_one_old_backup_is_kept(tmp_path: Path) -> None:
    (tmp_path / "2020-01-01T000000.000000Z-daily.rekindle").touch()
    assert rotate(tmp_path) == []


def test_what_a_killed_program_left_of_a_backup_is_deleted_when_it_is_old(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    old, young = folder / ".a.rekindle.0a.new", folder / ".b.rekindle.0b.new"
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    assert rotate(folder) == [old]
    assert list(folder.iterdir()) == [young]
