"""The journal's file: who may read it, where it may lie, and what opens it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import statistics
import threading
import time
from pathlib import Path

import pytest

from rekindle.errors import (
    EmptyKey,
    FolderNotWritable,
    JournalBusy,
    JournalDamaged,
    JournalError,
    JournalLocked,
    JournalMoved,
    JournalPlain,
)
from rekindle.journal import Journal, Key
from rekindle.journal.store import MAGIC, Store, header_of
from rekindle.records import Json, Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a journal that is not there yet."""
    return tmp_path / "a" / "book" / "journal.rekindle"


def _save(journal: Journal, value: Json = "word", base: int = 0) -> None:
    journal.save("e", "f", value, base=base, wording="?", sitting="s", moment=NOON)


def _begin(path: Path, key: Key | None = None) -> Path:
    with Journal.open(path, never_kept=(), key=key) as journal:
        _save(journal)
    return path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Permissions


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_whatever_the_umask_only_this_account_can_read_the_journal(path: Path, umask: int, key: Key | None) -> None:
    seen: set[int] = set()
    before = os.umask(umask)
    try:
        with Journal.open(path, never_kept=(), key=key) as journal:
            _save(journal)
            with journal._store.transaction():
                journal._store.rows("DELETE FROM answer")
                seen = {_mode(place) for place in path.parent.iterdir()}
            journal.back_up(NOON)
    finally:
        os.umask(before)
    assert seen == {0o600}
    for place in (path, *path.parent.rglob("*.rekindle")):
        assert _mode(place) == 0o600
    for folder in (path.parent, path.parent.parent, path.parent / "backups"):
        assert _mode(folder) == 0o700


@posix
def test_wider_permissions_are_mended(path: Path) -> None:
    _begin(path)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    Journal.open(path, never_kept=()).close()
    assert (_mode(path), _mode(path.parent)) == (0o600, 0o700)


def test_nothing_but_the_journal_lies_in_its_folder(path: Path) -> None:
    _begin(path)
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208 - hidden files too, and as names


@posix
def test_a_folder_that_all_share_is_refused_and_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(FolderNotWritable):
        Journal.open(shared / "journal.rekindle", never_kept=())
    assert _mode(shared) == 0o1777
    assert list(shared.iterdir()) == []


@posix
def test_the_home_folder_itself_is_refused_and_left_alone(home: Path) -> None:
    home.chmod(0o755)
    with pytest.raises(FolderNotWritable):
        Journal.open(home / "journal.rekindle", never_kept=())
    assert _mode(home) == 0o755


@posix
def test_a_folder_or_file_of_somebody_else_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _begin(path)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(FolderNotWritable):
        Journal.open(path, never_kept=())


@posix
@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_in_the_place_of_the_journal_is_refused_and_not_followed(path: Path, target: str) -> None:
    _begin(path)
    elsewhere = path.parent / "elsewhere"
    path.rename(elsewhere)
    elsewhere.chmod(0o644)
    path.symlink_to(path.parent / target)
    with pytest.raises(FolderNotWritable):
        Journal.open(path, never_kept=())
    assert _mode(elsewhere) == 0o644
    assert not (path.parent / "nowhere").exists()


@pytest.mark.parametrize("what", ["a folder", "a file in the folder's place"])
def test_something_else_in_the_place_of_the_journal_is_refused(path: Path, what: str) -> None:
    if what == "a folder":
        path.mkdir(parents=True)
    else:
        path.parent.parent.mkdir()
        path.parent.write_text("")
    with pytest.raises(FolderNotWritable) as told:
        Journal.open(path, never_kept=())
    assert set(told.value.facts) == {"path"}


@pytest.mark.parametrize("name", ["a b?c#d%20e", "ünï 心", "x'y\"z"])
def test_a_folder_with_an_odd_name_is_a_folder(tmp_path: Path, name: str) -> None:
    path = _begin(tmp_path / name / "journal.rekindle")
    assert path.stat().st_size > 0
    with Journal.open(path, never_kept=()) as journal:
        assert len(journal.answers()) == 1


# Pragmas


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_a_commit_is_durable_and_a_deletion_real(path: Path, key: Key | None) -> None:
    with Journal.open(path, never_kept=(), key=key) as journal:
        found = {
            name: journal._store.rows(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "fullfsync", "secure_delete", "temp_store")
        }
    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "fullfsync": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_a_replaced_word_is_gone_from_a_plain_file(path: Path) -> None:
    with Journal.open(path, never_kept=()) as journal:
        _save(journal, "firstword " * 500)
        _save(journal, "secondword", 1)
    content = path.read_bytes()
    assert b"secondword" in content
    assert b"firstword" not in content


# Keys


@pytest.mark.parametrize("passphrase", ["", " ", "\t\n", "\u3000"])
def test_an_empty_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(EmptyKey):
        Key.from_passphrase(passphrase)


@pytest.mark.parametrize("raw", [b"", bytes(32), b"x" * 31, b"x" * 64])
def test_a_raw_key_of_another_length_is_refused(raw: bytes) -> None:
    with pytest.raises(EmptyKey):
        Key.from_raw(raw)


@pytest.mark.parametrize("passphrase", ["a\0b", "a\ud83d"])
def test_a_passphrase_that_would_count_only_in_part_is_refused(passphrase: str) -> None:
    with pytest.raises(EmptyKey):
        Key.from_passphrase(passphrase)


@pytest.mark.parametrize("passphrase", ["it's; --", '"quoted"', "心 😀", "x" * 1000, "x'00'"])
def test_a_passphrase_opens_what_it_closed_and_no_byte_is_plain(path: Path, passphrase: str) -> None:
    key = Key.from_passphrase(passphrase)
    _begin(path, key)
    content = path.read_bytes()
    assert MAGIC not in content
    assert b"word" not in content
    assert b"answer" not in content
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.answers()["e", "f"].value == "word"


def test_the_same_letters_in_another_unicode_form_are_the_same_passphrase(path: Path) -> None:
    _begin(path, Key.from_passphrase("caf\u00e9"))
    with Journal.open(path, never_kept=(), key=Key.from_passphrase("cafe\u0301")) as journal:
        assert len(journal.answers()) == 1


def test_a_wrong_key_is_refused_in_silence_and_changes_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _begin(path, RAW)
    before = path.read_bytes()
    for key in (Key.from_raw(bytes(range(1, 33))), Key.from_passphrase("wrong")):
        with pytest.raises(JournalLocked):
            Journal.open(path, never_kept=(), key=key)
    with pytest.raises(JournalLocked):
        Journal.open(path, never_kept=())
    assert path.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_keyed_journal_is_never_plain(path: Path) -> None:
    _begin(path)
    before = path.read_bytes()
    with pytest.raises(JournalPlain):
        Journal.open(path, never_kept=(), key=RAW)
    assert path.read_bytes() == before


def test_a_key_that_the_library_passes_over_leaves_no_plain_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLCipher writes plain files when a key is not taken; the check of the finished file must notice."""
    monkeypatch.setattr(Store, "_give", lambda *_: None)
    with pytest.raises(JournalPlain):
        Journal.open(path, never_kept=(), key=RAW)
    assert not path.exists()
    assert list(path.parent.iterdir()) == []


def test_the_header_tells_plain_from_encrypted(path: Path, tmp_path: Path) -> None:
    assert header_of(_begin(path)) == MAGIC
    assert header_of(_begin(tmp_path / "b" / "journal.rekindle", RAW)) != MAGIC
    assert header_of(tmp_path / "none") == b""


# Others at the same file


def test_a_journal_held_by_another_program_is_busy_and_then_not(path: Path) -> None:
    _begin(path)
    with Journal.open(path, never_kept=()) as one, Journal.open(path, never_kept=()) as two:
        two._store.patience = 0.05
        with one._store.transaction(), pytest.raises(JournalBusy):
            _save(two, "two", 1)
        _save(two, "two", 1)
        assert one.answers()["e", "f"].value == "two"


def test_whoever_has_waited_longer_tries_again_more_often(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own pauses grow to 100 ms: then the one who has waited longest is served last, or never."""
    _begin(path)
    pauses: list[float] = []
    sleep = time.sleep

    def note_and_sleep(pause: float) -> None:
        pauses.append(pause)
        sleep(pause)

    with Journal.open(path, never_kept=()) as one, Journal.open(path, never_kept=()) as two:
        monkeypatch.setattr(time, "sleep", note_and_sleep)
        two._store.patience = 1.0
        with one._store.transaction(), pytest.raises(JournalBusy):
            _save(two, "two", 1)
    middle = len(pauses) // 2
    assert middle > 10
    assert max(pauses) < 0.01
    assert statistics.mean(pauses[middle:]) < statistics.mean(pauses[:middle])


def test_threads_that_share_a_journal_take_turns(path: Path) -> None:
    """JupyterLab hands a page's messages to threads of its own choice."""
    caught: list[BaseException] = []
    with Journal.open(path, never_kept=()) as journal:

        def use(field: str) -> None:
            try:
                for number in range(30):
                    journal.save("e", field, number, base=number, wording="", sitting="s", moment=NOON)
                    assert journal.answers()["e", field].value == number
            except BaseException as fault:  # noqa: BLE001 - whatever it is, it is looked at below
                caught.append(fault)

        threads = [threading.Thread(target=use, args=(f"f{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert caught == []
        assert {answer.revision for answer in journal.answers().values()} == {30}


@pytest.mark.parametrize("way", ["deleted", "replaced", "moved"])
def test_words_are_not_written_into_a_file_that_is_no_longer_there(path: Path, way: str) -> None:
    _begin(path)
    with Journal.open(path, never_kept=()) as journal:
        if way == "replaced":
            copy = path.with_name("copy")
            shutil.copy(path, copy)
            copy.replace(path)
        elif way == "moved":
            path.rename(path.with_name("moved"))
        else:
            path.unlink()
        with pytest.raises(JournalMoved):
            _save(journal, "lost", 1)
        with pytest.raises(JournalMoved):
            journal.answers()
    if way == "replaced":
        with Journal.open(path, never_kept=()) as journal:
            assert journal.answers()["e", "f"].value == "word"


def test_two_programs_that_begin_the_same_journal_get_the_same_one(path: Path) -> None:
    barrier, kept = threading.Barrier(6), []

    def begin(number: int) -> None:
        barrier.wait()
        with Journal.open(path, never_kept=()) as journal:
            journal.save("e", f"f{number}", number, base=0, wording="", sitting="s", moment=NOON)
            kept.append(number)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Journal.open(path, never_kept=()) as journal:
        assert sorted(kept) == list(range(6))
        assert {answer.value for answer in journal.answers().values()} == set(kept)
    assert [place.name for place in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"hello", os.urandom(5000), MAGIC, MAGIC + b"\0" * 5000])
@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_a_file_that_is_no_journal_is_refused_and_not_changed(path: Path, content: bytes, key: Key | None) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(JournalError) as told:
        Journal.open(path, never_kept=(), key=key)
    assert isinstance(told.value, JournalDamaged | JournalLocked | JournalPlain)
    assert path.read_bytes() == content
