"""The schema moves forward only, by named steps, each whole or not at all, after a backup."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from rekindle.errors import JournalDamaged, JournalError, JournalNewer
from rekindle.journal import Journal, Key, Whole, migrations
from rekindle.journal.migrations import MIGRATIONS, Migration, applied, pending
from rekindle.journal.store import Store
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEYS = [None, Key.from_raw(bytes(range(32)))]


def _fill(store: Store) -> None:
    store.rows("UPDATE answer SET colour = 'red' WHERE field = 'f1'")


SECOND = Migration("0002-colour", ("ALTER TABLE answer ADD COLUMN colour TEXT",), _fill)


def _fail(store: Store) -> None:
    store.rows("DELETE FROM answer")
    raise ZeroDivisionError


BROKEN = Migration("0003-broken", ("CREATE TABLE half (x TEXT) STRICT",), _fail)


@pytest.fixture(params=KEYS, ids=["plain", "keyed"])
def key(request: pytest.FixtureRequest) -> Key | None:
    """Give no key, then a key."""
    found: Key | None = request.param
    return found


def _book(tmp_path: Path, key: Key | None, rows: int) -> tuple[Path, Whole]:
    path = tmp_path / "book" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=key) as journal:
        for row in range(rows):
            journal.save("e", f"f{row}", "word", base=0, wording="?", sitting="s", moment=NOON)
            journal.save_entry(f"i{row}", "log", {"x": row}, base=0, happened=NOON, sitting="s", moment=NOON)
        return path, journal.whole()


def _learn(monkeypatch: pytest.MonkeyPatch, *more: Migration) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, *more))


def _state(path: Path) -> tuple[str, list[str]]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), sorted(place.name for place in path.parent.iterdir())


def test_a_new_journal_has_all_steps_behind_it(tmp_path: Path, key: Key | None) -> None:
    path, _ = _book(tmp_path, key, 0)
    with Store(path, key) as store:
        assert applied(store) == tuple(step.name for step in MIGRATIONS)
        assert pending(store, MIGRATIONS) == ()
        assert pending(store, (*MIGRATIONS, SECOND)) == (SECOND,)
        assert store.number("PRAGMA user_version") == len(MIGRATIONS)


def test_names_and_numbers_of_steps_are_unique() -> None:
    names = [step.name for step in MIGRATIONS]
    assert names == sorted(names)
    assert len({name.split("-")[0] for name in names}) == len(names)


@pytest.mark.parametrize("rows", [0, 3])
def test_an_old_journal_moves_on_after_a_backup(
    tmp_path: Path, key: Key | None, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = _book(tmp_path, key, rows)
    _learn(monkeypatch, SECOND)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.whole() == before
        assert applied(journal._store)[-1] == SECOND.name
        assert journal._store.number("SELECT count(*) FROM answer WHERE colour = 'red'") == (rows > 1)
    (backup,) = (path.parent / "backups").iterdir()
    assert backup.name.endswith("-before-0002-colour.rekindle")
    monkeypatch.undo()
    with Journal.open(backup, never_kept=(), key=key) as old:
        assert old.whole() == before


def test_opening_an_up_to_date_journal_makes_no_backup(tmp_path: Path, key: Key | None) -> None:
    path, _ = _book(tmp_path, key, 1)
    before = _state(path)
    Journal.open(path, never_kept=(), key=key).close()
    assert _state(path) == before


def test_a_step_that_fails_leaves_nothing_behind_and_stays_pending(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = _book(tmp_path, key, 3)
    _learn(monkeypatch, SECOND, BROKEN)
    with pytest.raises(ZeroDivisionError):
        Journal.open(path, never_kept=(), key=key)
    _learn(monkeypatch, SECOND)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.whole() == before
        assert pending(journal._store, (*MIGRATIONS, SECOND, BROKEN)) == (BROKEN,)
        assert not journal._store.rows("SELECT 1 FROM sqlite_schema WHERE name = 'half'")


def test_an_older_program_refuses_a_newer_journal_and_changes_no_byte(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = _book(tmp_path, key, 3)
    _learn(monkeypatch, SECOND)
    Journal.open(path, never_kept=(), key=key).close()
    before = _state(path)
    monkeypatch.undo()
    with pytest.raises(JournalNewer):
        Journal.open(path, never_kept=(), key=key)
    assert _state(path) == before


def test_a_page_that_is_still_open_does_not_write_into_a_newer_journal(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = _book(tmp_path, key, 1)
    with Journal.open(path, never_kept=(), key=key) as old:
        _learn(monkeypatch, SECOND)
        Journal.open(path, never_kept=(), key=key).close()
        monkeypatch.undo()
        before = _state(path)
        with pytest.raises(JournalNewer):
            old.save("e", "f", "x", base=0, wording="", sitting="s", moment=NOON)
        assert _state(path) == before


@pytest.mark.parametrize(
    "harm",
    [
        ("PRAGMA application_id = 7",),
        ("PRAGMA user_version = 0",),
        ("DELETE FROM migration",),
        ("UPDATE migration SET name = '0001-other' WHERE number = 1",),
        ("DROP INDEX entry_happened",),
        ("ALTER TABLE answer RENAME COLUMN wording TO words",),
        ("CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM entry; END",),
    ],
    ids=lambda harm: harm[0].split()[0] + harm[0].split()[1],
)
def test_a_journal_whose_schema_was_meddled_with_is_refused(
    tmp_path: Path, key: Key | None, harm: Sequence[str]
) -> None:
    path, _ = _book(tmp_path, key, 1)
    with Store(path, key) as store:
        for statement in harm:
            store.rows(statement)
    before = _state(path)
    with pytest.raises(JournalDamaged) as told:
        Journal.open(path, never_kept=(), key=key)
    assert told.value.facts == {"path": str(path)}
    assert _state(path) == before


def test_a_foreign_sqlite_file_is_refused_and_not_changed(tmp_path: Path, key: Key | None) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    path.parent.mkdir()
    path.touch()
    with Store(path, key, new=True) as store:
        store.rows("CREATE TABLE notes (text)")
    before = _state(path)
    with pytest.raises(JournalError) as told:
        Journal.open(path, never_kept=(), key=key)
    assert isinstance(told.value, JournalDamaged)
    assert _state(path) == before
