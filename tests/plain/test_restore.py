"""A good backup takes the journal's place, and whatever stood there is kept; a damaged journal keeps every byte."""

from __future__ import annotations

import datetime as dt
import random
from hashlib import sha256
from pathlib import Path

import pytest

from rekindle.errors import BackupNotGood, JournalDamaged, JournalError, JournalMoved
from rekindle.journal import Journal, Key, is_good, newest_good, restore
from rekindle.journal.backup import FOLDER, backups, rotate
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEY = Key.from_raw(bytes(range(48)))


def after(days: float) -> Moment:
    return Moment.at(NOON.utc + dt.timedelta(days=days), "Europe/Berlin")


@pytest.fixture(params=[None, KEY], ids=["plain", "locked"])
def key(request: pytest.FixtureRequest) -> Key | None:
    found: Key | None = request.param
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book" / "journal.rekindle"


def write(journal: Journal, value: str, base: int = 0) -> None:
    journal.save("e", "f", value, base=base, wording="?", sitting="", moment=NOON)


def said(path: Path, key: Key | None) -> object:
    with Journal.open(path, never_kept=(), key=key) as journal:
        return journal.answers()["e", "f"].value


def two_days(path: Path, key: Key | None) -> list[Path]:
    with Journal.open(path, never_kept=(), key=key) as journal:
        write(journal, "first")
        journal.back_up(NOON)
        write(journal, "second", 1)
        journal.back_up(after(1))
        write(journal, "third", 2)
    return backups(path.parent / FOLDER)


def test_a_backup_comes_back_and_what_stood_there_is_a_backup_now(path: Path, key: Key | None) -> None:
    _, old = two_days(path, key)
    kept = restore(path, old, key, after(2))
    assert said(path, key) == "first"
    assert kept
    assert kept in backups(path.parent / FOLDER)
    restore(path, kept, key, after(3))
    assert said(path, key) == "third"
    assert list(path.parent.glob(".*")) == []


def test_what_stood_there_before_outlives_the_days_backups(path: Path) -> None:
    _, old = two_days(path, None)
    kept = restore(path, old, None, after(2))
    with Journal.open(path, never_kept=()) as journal:
        for number in range(12):
            journal.back_up(after(2 + number / 3))
    rotate(path.parent / FOLDER)
    assert kept in backups(path.parent / FOLDER)


def test_a_damaged_journal_is_noticed_set_aside_unchanged_and_the_newest_good_backup_found(
    path: Path, key: Key | None
) -> None:
    newest, old = two_days(path, key)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 600] = random.Random(7).randbytes(600)
    path.write_bytes(raw)
    newest.write_bytes(newest.read_bytes()[:-4096])
    before = sha256(raw).digest()
    assert not is_good(path, key)
    assert newest_good(backups(path.parent / FOLDER), key) == old
    assert sha256(path.read_bytes()).digest() == before
    kept = restore(path, old, key, after(2))
    assert kept
    assert kept.parent == path.parent
    assert sha256(kept.read_bytes()).digest() == before
    assert said(path, key) == "first"


def test_what_was_begun_beside_a_damaged_journal_is_not_played_into_the_new_one(path: Path) -> None:
    newest, _ = two_days(path, None)
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 2000)
    beside = path.with_name(f"{path.name}-journal")
    beside.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"rubbish" * 2000)
    restore(path, newest, None, after(2))
    assert said(path, None) == "second"
    assert not beside.exists()


def test_a_backup_that_is_not_good_changes_nothing(path: Path, key: Key | None) -> None:
    newest, old = two_days(path, key)
    newest.write_bytes(random.Random(3).randbytes(8192))
    before = path.read_bytes()
    for copy, wrong in ((newest, key), (old, Key.from_raw(b"\1" * 48)), (path.parent, key)):
        with pytest.raises(JournalError):
            restore(path, copy, wrong, after(2))
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 2


def test_it_comes_back_where_no_journal_is(path: Path, key: Key | None) -> None:
    newest, _ = two_days(path, key)
    path.unlink()
    assert restore(path, newest, key, after(2)) is None
    assert said(path, key) == "second"


def test_a_page_that_still_has_the_old_file_open_writes_nothing_into_nowhere(path: Path) -> None:
    newest, _ = two_days(path, None)
    with Journal.open(path, never_kept=()) as elsewhere:
        elsewhere.answers()
        restore(path, newest, None, after(2))
        with pytest.raises(JournalMoved):
            write(elsewhere, "lost", 3)
    assert said(path, None) == "second"


def test_a_backup_is_made_once_a_day_and_only_of_something(path: Path) -> None:
    with Journal.open(path, never_kept=()) as journal:
        assert journal.back_up_if_due(NOON) is None
        write(journal, "first")
        assert journal.back_up_if_due(NOON)
        assert journal.back_up_if_due(NOON) is None
        assert journal.back_up_if_due(after(1))
    assert len(backups(path.parent / FOLDER)) == 2


def test_a_damaged_row_is_noticed_before_it_gets_into_a_backup(path: Path) -> None:
    with Journal.open(path, never_kept=()) as journal:
        write(journal, "a word that is whole")
        journal.back_up_if_due(NOON)
    path.write_bytes(path.read_bytes().replace(b"a word that is whole", b"a word that is hole!"))
    with Journal.open(path, never_kept=()) as journal, pytest.raises(JournalDamaged):
        journal.back_up_if_due(after(1))
    assert len(backups(path.parent / FOLDER)) == 1
    assert newest_good(backups(path.parent / FOLDER), None)


def test_a_folder_is_no_backup(path: Path) -> None:
    two_days(path, None)
    with pytest.raises((BackupNotGood, JournalError)):
        restore(path, path.parent / "nothing.rekindle", None, after(2))
