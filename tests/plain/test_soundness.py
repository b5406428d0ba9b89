"""A large journal is checked after its page is shown, nothing is written to it before, and nobody waits meanwhile."""

from __future__ import annotations

import datetime as dt
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlite

from rekindle.errors import JournalBusy, JournalDamaged, JournalMoved
from rekindle.insights import Tallies
from rekindle.journal import Journal, Key, entries, opening, soundness
from rekindle.journal.soundness import Soundness
from rekindle.journal.store import PAGE, Store
from rekindle.records import Moment
from rekindle.settings import SOUND_NOTES, journal_path
from tests.visit import Visit, words_in

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
KEYS = pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "AT_ONCE", 0)


def _fill(path: Path, key: Key | None, count: int = 400) -> Path:
    luck = random.Random(3)
    with Journal.open(path, never_kept=(), key=key) as journal:
        _save(journal, "before")
        with journal._store.transaction():
            for number in range(count):
                values = f'{{"note":"{luck.randbytes(90).hex()}"}}'
                _add(journal, f"i{number}", values)
    return path


def _add(journal: Journal, id_: str, text: str) -> None:
    entries.save(journal._store, id_, "log", text, 0, NOON, "s", NOON)


def _save(journal: Journal, field: str) -> None:
    journal.save("e", field, "words", base=0, wording="?", sitting="s", moment=NOON)


def _damage(path: Path) -> bytes:
    """Put noise into a page in the midst of the file, which holds entries, and return what the file holds now."""
    held = bytearray(path.read_bytes())
    middle = len(held) // PAGE // 2 * PAGE
    held[middle : middle + 200] = os.urandom(200)
    path.write_bytes(held)
    return bytes(held)


def _later(path: Path, key: Key | None) -> Journal:
    return Journal.open(path, never_kept=(), key=key, check_later=True)


@KEYS
def test_nothing_is_written_to_a_damaged_file_though_it_was_opened_unchecked(tmp_path: Path, key: Key | None) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key)
    held = _damage(path)
    with _later(path, key) as journal:
        assert not journal.soundness.is_known
        assert journal.answers().keys() == {("e", "before")}, "what is sound can be read meanwhile"
        with pytest.raises(JournalDamaged):
            _save(journal, "after")
        for read in (journal.answers, journal.whole, journal.events, journal.entries):
            with pytest.raises(JournalDamaged):
                read()
        with pytest.raises(JournalDamaged):
            journal.back_up_if_due(NOON)
    assert path.read_bytes() == held
    assert not list(path.parent.glob("backups/*"))
    with pytest.raises(JournalDamaged):
        Journal.open(path, never_kept=(), key=key)


@KEYS
def test_whatever_writes_or_reads_the_whole_is_first_in_having_it_checked(tmp_path: Path, key: Key | None) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key, 20)
    acts: list[Callable[[Journal], object]] = [
        lambda journal: _save(journal, "a"),
        lambda journal: journal.note("paused", {}, moment=NOON),
        lambda journal: journal.set_setting("theme", "dark"),
        lambda journal: journal.delete_entry("i1", moment=NOON),
        lambda journal: journal.erase_entry("i2"),
        lambda journal: journal.whole(),
        lambda journal: journal.back_up_if_due(NOON),
    ]
    for act in acts:
        with _later(path, key) as journal:
            journal.answers()
            assert not journal.soundness.is_known
            act(journal)
            assert journal.soundness.is_known


@KEYS
def test_a_check_keeps_no_save_waiting_and_no_save_makes_it_cry_wolf(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key, 2000)
    ended = threading.Event()
    slowest = [0.0]

    def write() -> None:
        with Journal.open(path, never_kept=(), key=key) as other:
            number = 0
            while not ended.is_set():
                began = time.monotonic()
                other.save("e", f"w{number % 50}", "x" * 900, base=0, wording="?", sitting=f"s{number}", moment=NOON)
                slowest[0] = max(slowest[0], time.monotonic() - began)
                number += 1

    asked: list[Store] = []
    under_lock = Store.is_sound

    def is_sound(store: Store, *, thorough: bool = False) -> bool:
        asked.append(store)
        return under_lock(store, thorough=thorough)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with _later(path, key) as journal:
            monkeypatch.setattr(Store, "is_sound", is_sound)
            for _ in range(60):
                Soundness(journal._store).make_sure()
    finally:
        ended.set()
        writer.join()
    assert slowest[0] < 5
    assert len(asked) < 60, "most of the time, nothing is locked"


@KEYS
def test_a_file_that_only_looked_torn_is_checked_again_under_a_lock(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key, 20)
    monkeypatch.setattr(Soundness, "_seems_sound", lambda _: False)
    with _later(path, key) as journal:
        journal.soundness.make_sure()
        _save(journal, "after")


class _Slow:
    """Stands for a connection whose check goes on until it is broken off, or does what a test wants meanwhile."""

    def __init__(self, real: Any, meanwhile: Callable[[Any], None]) -> None:
        self._real, self._meanwhile = real, meanwhile
        self.broken_off, self.closed = threading.Event(), threading.Event()

    def execute(self, sql: str) -> Any:
        if "integrity" in sql:
            self._meanwhile(self._real)
            if self.broken_off.is_set():
                raise sqlite.OperationalError
        return self._real.execute(sql)

    def interrupt(self) -> None:
        self.broken_off.set()

    def close(self) -> None:
        time.sleep(0.05)
        self._real.close()
        self.closed.set()


def _slowly(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Any], None]) -> list[_Slow]:
    made: list[_Slow] = []

    def connect(*args: Any, **more: Any) -> _Slow:
        made.append(_Slow(sqlite.connect(*args, **more), meanwhile))
        return made[-1]

    monkeypatch.setattr(soundness, "sqlite", SimpleNamespace(connect=connect, Error=sqlite.Error))
    return made


@KEYS
def test_closing_breaks_a_check_off_and_waits_until_the_file_is_let_go(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key)
    begun, told = threading.Event(), list[Exception]()

    def meanwhile(_real: object) -> None:
        begun.set()
        assert made[0].broken_off.wait(5)

    made = _slowly(monkeypatch, meanwhile)
    journal = _later(path, key)
    monkeypatch.setattr(Store, "is_sound", lambda _: pytest.fail("nobody waits for another check"))
    checking = threading.Thread(target=_look, args=(journal, told))
    checking.start()
    assert begun.wait(5)
    journal.close()
    assert made[0].closed.is_set()
    assert _handles(path) == 0
    checking.join(1)
    assert [type(error) for error in told] == [JournalBusy]


@KEYS
def test_others_save_in_the_midst_of_a_check(tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key)
    with Journal.open(path, never_kept=(), key=key) as other, _later(path, key) as journal:
        other._store.patience = 0.2

        def meanwhile(real: Any) -> None:
            cursor = real.execute("SELECT * FROM entry")
            cursor.fetchone()
            _save(other, "meanwhile")
            cursor.close()

        _slowly(monkeypatch, meanwhile)
        journal.soundness.make_sure()
        assert ("e", "meanwhile") in journal.answers()


@KEYS
def test_a_check_can_be_broken_off_at_any_moment(tmp_path: Path, key: Key | None) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", key, 4000)
    luck = random.Random(5)
    for _ in range(20):
        journal = _later(path, key)
        told: list[Exception] = []
        checking = threading.Thread(target=_look, args=(journal, told))
        checking.start()
        time.sleep(luck.uniform(0, 0.01))
        journal.close()
        checking.join(1)
        assert not checking.is_alive()
        assert [error for error in told if isinstance(error, JournalDamaged)] == []
        assert _handles(path) == 0
    with _later(path, key) as journal:
        journal.soundness.make_sure()


def _look(journal: Journal, told: list[Exception]) -> None:
    try:
        journal.soundness.make_sure()
    except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
        told.append(error)


def _handles(path: Path) -> int:
    folder = Path("/proc/self/fd")
    if not folder.exists():
        return 0
    return sum(os.path.realpath(handle) == str(path) for handle in folder.iterdir())


def test_the_kernels_of_one_server_tell_each_other_what_they_found_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    monkeypatch.setenv(SOUND_NOTES, str(notes))
    path = _fill(tmp_path / "book" / "journal.rekindle", None)
    with _later(path, None) as journal:
        assert not journal.soundness.is_known
        journal.soundness.make_sure()
    with _later(path, None) as journal:
        assert journal.soundness.is_known
        assert [note.read_bytes() for note in notes.iterdir()] == [b""]
    old = time.time() - soundness.A_WHILE - 1
    for note in notes.iterdir():
        os.utime(note, (old, old))
    with _later(path, None) as journal:
        assert not journal.soundness.is_known
        journal.soundness.make_sure()
    (other := path.with_name("other")).write_bytes(path.read_bytes())
    other.replace(path)  # as a program does that keeps folders in step
    _damage(path)
    count = len(list(notes.iterdir()))
    with _later(path, None) as journal:
        assert not journal.soundness.is_known
        with pytest.raises(JournalDamaged):
            journal.soundness.make_sure()
    assert len(list(notes.iterdir())) == count, "damage is not noted as sound"


def test_a_file_that_opening_would_change_is_checked_first(tmp_path: Path) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", None)
    with Store(path, None) as store:
        store.rows("PRAGMA journal_mode = WAL")
    held = _damage(path)
    with pytest.raises(JournalDamaged):
        _later(path, None)
    assert path.read_bytes() == held


def test_a_file_whose_place_was_taken_is_told_as_such(tmp_path: Path) -> None:
    path = _fill(tmp_path / "book" / "journal.rekindle", None)
    with _later(path, None) as journal:
        path.rename(path.with_name("elsewhere"))
        with pytest.raises(JournalMoved):
            journal.soundness.make_sure()
        path.write_bytes(path.with_name("elsewhere").read_bytes())
        with pytest.raises(JournalMoved):
            journal.soundness.make_sure()
        assert not journal.soundness.is_known


def test_a_page_says_of_a_damaged_file_what_it_says_of_one_that_does_not_open(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _fill(journal_path(), None)
    held = _damage(path)
    told: list[str] = []
    for later in (False, True):
        one = visit()
        monkeypatch.setattr(
            one.page.book, "_opener", lambda later=later: Journal.open(path, never_kept=(), check_later=later)
        )
        one.show()
        if later:
            assert words_in(one.page.head) != told[0]
            one.page._checkup.look(one.page.book.journal, lambda act: act())
        told.append(words_in(one.page.head))
        one.page.book.let_go()
    assert told[0] == told[1] != ""
    assert path.read_bytes() == held


def test_what_a_page_counted_before_a_large_file_was_checked_is_kept_afterwards(visit: Callable[..., Visit]) -> None:
    path = _fill(journal_path(), None)
    for gone, changes in enumerate(("nobody", "another page", "this page")):
        one = visit()
        with _later(path, None) as journal:
            one.page.book._opener = lambda journal=journal: journal  # type: ignore[misc]  # the page's own journal
            logs = one.page.book.logs
            assert logs.total("log") == 400 - max(0, gone - 1)
            assert repr(journal.soundness) == "<Soundness None>", "a page waits for no check"
            if changes == "another page":
                with Journal.open(path, never_kept=()) as other:
                    other.delete_entry("i7", moment=NOON)
            elif changes == "this page":
                journal.erase_entry("i8")
            one.page._checkup.look(journal, lambda act: act())
            assert journal.soundness.is_known
            assert bool(journal.counts.digests.of("log", Tallies.mark("log"))) is (changes == "nobody")
            assert logs.total("log") == 400 - gone
            journal._store.rows("DELETE FROM digest")
