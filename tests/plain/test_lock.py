"""The lock: set, changed, removed; whole or not at all, even when killed; and nothing plain is left beside it."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from rekindle.errors import (
    EmptyKey,
    JournalBusy,
    JournalDamaged,
    JournalError,
    JournalLocked,
    JournalMoved,
    JournalPlain,
)
from rekindle.journal import Journal, Key, Whole, is_locked, key_for, lock, new_key, new_passphrase, relock
from rekindle.journal.backup import FOLDER, backups
from rekindle.journal.passphrase import wordlist
from rekindle.journal.shred import shred
from rekindle.journal.store import MAGIC, Store, header_of
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
WORD = "zaunkönigkanarie"
ONE, TWO = Key.from_raw(bytes(range(48))), Key.from_raw(bytes(range(100, 148)))
TURNS = [(None, ONE), (ONE, TWO), (ONE, None)]
NAMES = ["set", "change", "remove"]


def written(path: Path, key: Key | None, copies: int = 2) -> Whole:
    """Write a journal with a few words, and some backups of it."""
    with Journal.open(path, never_kept=(), key=key) as journal:
        for number in range(20):
            journal.save("e", f"f{number}", f"{WORD} {number} " * 40, base=0, wording="?", sitting="s", moment=NOON)
        journal.save_entry("i", "log", {"a": WORD}, base=0, happened=NOON, sitting="s", moment=NOON)
        journal.note("done", {"exercise": "e"}, moment=NOON)
        journal.set_setting("zone", "Europe/Berlin")
        for day in range(copies):
            journal.back_up(Moment.at(NOON.utc + dt.timedelta(days=day)))
        return journal.whole()


def read(path: Path, key: Key | None) -> Whole:
    with Journal.open(path, never_kept=(), key=key) as journal:
        return journal.whole()


def all_bytes(folder: Path) -> bytes:
    return b"".join(place.read_bytes() for place in sorted(folder.rglob("*")) if place.is_file())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book" / "journal.rekindle"


@pytest.mark.parametrize(("old", "new"), TURNS, ids=NAMES)
def test_the_journal_and_its_backups_hold_the_same_under_the_new_key_only(
    path: Path, old: Key | None, new: Key | None
) -> None:
    whole = written(path, old)
    done = relock(path, old, new)
    assert (done.changed, done.deleted, done.left) == (2, 0, 0)
    copies = backups(path.parent / FOLDER)
    assert len(copies) == 2
    for place in (path, *copies):
        assert read(place, new) == whole
        assert (header_of(place) == MAGIC) is (new is None)
        assert place.stat().st_mode & 0o777 == 0o600
        with pytest.raises((JournalLocked, JournalPlain)):
            Journal.open(place, never_kept=(), key=old)
    assert (WORD.encode() in all_bytes(path.parent)) is (new is None)
    assert sorted(place.name for place in path.parent.iterdir()) == [FOLDER, path.name]
    assert len(list((path.parent / FOLDER).iterdir())) == 2


def test_the_file_that_was_plain_is_overwritten_before_it_goes(path: Path) -> None:
    written(path, None, copies=1)
    kept = [path.open("rb"), backups(path.parent / FOLDER)[0].open("rb")]  # what a tool that restores files would find
    assert all(WORD.encode() in one.read() for one in kept)
    relock(path, None, ONE)
    for one in kept:
        one.seek(0)
        assert set(one.read()) == {0}
        one.close()


def test_a_file_with_a_second_name_is_somebody_elses_copy_and_left(path: Path) -> None:
    written(path, None, copies=0)
    mine = path.with_name("mine")
    mine.hardlink_to(path)
    relock(path, None, ONE)
    assert WORD.encode() in mine.read_bytes()


def test_the_passphrase_opens_what_its_key_wrote_and_every_backup_of_it(path: Path) -> None:
    written(path, None, copies=1)
    relock(path, None, new_key("korrekt Pferd"))
    with Journal.open(path, never_kept=(), key=key_for(path, "korrekt Pferd")) as journal:
        later = journal.back_up(NOON)
    for place in (path, *backups(path.parent / FOLDER)):
        assert read(place, Key.from_passphrase("korrekt Pferd")).answers
        assert header_of(place) == header_of(path)
    assert later in backups(path.parent / FOLDER)


@pytest.mark.parametrize("letters", ["é ﬁn Å", 'it\'s "so"  🗝️ 秘密 ' * 60])
def test_letters_typed_another_way_are_the_same_passphrase(letters: str) -> None:
    salt = bytes(range(16))
    forms = {Key.derived(unicodedata.normalize(form, letters), salt).raw for form in ("NFC", "NFD", "NFKC")}
    assert len(forms) == 1
    assert forms.pop()[16 * 2 :] == salt


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\0", "a\0b", "\ud800"])
def test_an_empty_passphrase_is_refused_and_nothing_is_touched(path: Path, nothing: str) -> None:
    written(path, None, copies=0)
    before = path.read_bytes()
    with pytest.raises(EmptyKey):
        new_key(nothing)
    with pytest.raises(EmptyKey):
        Key.derived(nothing, bytes(16))
    assert path.read_bytes() == before


@pytest.mark.parametrize("wrong", [TWO, None], ids=["wrong", "none"])
def test_a_wrong_key_touches_nothing(path: Path, wrong: Key | None) -> None:
    written(path, ONE)
    before = all_bytes(path.parent)
    with pytest.raises(JournalLocked):
        relock(path, wrong, Key.from_raw(bytes(range(7, 55))))
    assert all_bytes(path.parent) == before


def test_a_damaged_journal_is_not_locked_and_not_touched(path: Path) -> None:
    written(path, None)
    spoiled = bytearray(path.read_bytes())
    spoiled[4096 * 3 : 4096 * 4] = bytes(4096)
    path.write_bytes(spoiled)
    before = all_bytes(path.parent)
    with pytest.raises(JournalDamaged):
        relock(path, None, ONE)
    assert all_bytes(path.parent) == before


def test_a_copy_that_is_not_equal_does_not_take_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def export_badly(self: Store, other: Path, key: Key | None) -> None:
        export(self, other, key)
        with Store(other, key) as store:
            store.rows("DELETE FROM event")

    export = Store.export_to
    monkeypatch.setattr(Store, "export_to", export_badly)
    whole = written(path, None)
    before = all_bytes(path.parent)
    with pytest.raises(JournalDamaged):
        relock(path, None, ONE)
    assert all_bytes(path.parent) == before
    assert read(path, None) == whole


def test_a_copy_that_came_out_plain_does_not_take_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that forgot the key would write a plain file, and say nothing."""
    export = Store.export_to
    monkeypatch.setattr(Store, "export_to", lambda self, other, _key: export(self, other, None))
    written(path, None)
    with pytest.raises(JournalPlain):
        relock(path, None, ONE)
    assert not is_locked(path)
    assert sorted(place.name for place in path.parent.iterdir()) == [FOLDER, path.name]


def test_while_another_program_writes_it_waits_and_then_gives_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rekindle.journal.store.PATIENCE", 0.2)
    whole = written(path, None)
    with Store(path) as other, other.transaction(), pytest.raises(JournalBusy):
        relock(path, None, ONE)
    assert read(path, None) == whole


def test_a_page_that_has_the_old_file_open_writes_nothing_into_it(path: Path) -> None:
    written(path, None)
    with Journal.open(path, never_kept=()) as journal:
        relock(path, None, ONE)
        with pytest.raises(JournalMoved):
            journal.save("e", "late", WORD, base=0, wording="?", sitting="s", moment=NOON)
        with pytest.raises(JournalMoved):
            journal.answers()
    assert WORD.encode() not in all_bytes(path.parent)


def test_a_broken_plain_backup_is_deleted_and_a_strangers_is_left(path: Path, tmp_path: Path) -> None:
    written(path, None, copies=3)
    broken, strange, _ = backups(path.parent / FOLDER)
    broken.write_bytes(MAGIC + WORD.encode() * 400)
    other = tmp_path / "other" / "journal.rekindle"
    written(other, TWO, copies=0)
    strange.write_bytes(other.read_bytes())
    done = relock(path, None, ONE)
    assert (done.changed, done.deleted, done.left) == (1, 1, 1)
    assert not broken.exists()
    assert strange.read_bytes() == other.read_bytes()
    assert WORD.encode() not in all_bytes(path.parent)


def test_what_a_killed_save_left_behind_survives_a_wrong_passphrase(path: Path) -> None:
    """A hot rollback journal is undone by whoever opens the file next, even if the key is wrong."""
    whole = written(path, ONE, copies=0)
    if not (child := os.fork()):
        store = Store(path, ONE)
        store.prepare_to_write()
        store.rows("PRAGMA cache_size = 2")
        store.rows("BEGIN IMMEDIATE")
        store.rows("UPDATE answer SET value = value || value")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert path.with_name(path.name + "-journal").exists()
    with pytest.raises(JournalLocked):
        Journal.open(path, never_kept=(), key=TWO)
    assert read(path, ONE) == whole


def test_six_words_are_drawn_from_a_list_without_doubles() -> None:
    words = wordlist()
    assert len(words) == len(set(words)) > 7000
    assert all(word.isascii() and word.islower() and word.isalpha() for word in words)
    drawn = {new_passphrase() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(one.split(" ")) == 6 and set(one.split(" ")) <= set(words) for one in drawn)
    assert not {"divorcee", "widow", "unloved", "abuse", "die", "husband", "chokehold", "impotent"} & set(words)


# Killed


def _round(path: Path, old: Key | None, new: Key | None, wait: float) -> bool:
    """Let a process change the lock, kill it after `wait` seconds, and return whether it was killed at work."""
    if not (child := os.fork()):
        try:
            relock(path, old, new)
        finally:
            os._exit(0)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _kill_often(path: Path, rounds: int, seed: int) -> tuple[int, int]:
    """Kill changes of the lock at random points; return how many were at work, and how many of all had changed it.

    The points spread around the time that a change takes on this machine just now: later after a kill, else earlier.
    """
    choose = random.Random(seed)
    whole, keys = written(path, None), [None, ONE, TWO]
    takes = 0.05
    at, killed, changed = None, 0, 0
    for number in range(rounds):
        case = f"round {number} of seed {seed}"
        new = choose.choice([key for key in keys if key is not at])
        at_work = _round(path, at, new, takes * choose.uniform(0.3, 1.2))
        takes *= 1.15 if at_work else 0.9
        killed += at_work
        opened = [key for key in (at, new) if _opens(path, key)]
        assert len(opened) == 1, case
        changed += opened != [at]
        at = opened[0]
        assert read(path, at) == whole, case  # opening it tidies up too
        copies = backups(path.parent / FOLDER)
        assert len(copies) == 2, case
        assert all(read(copy, at) == whole for copy in copies), case
        names = {place.name for folder in (path.parent, path.parent / FOLDER) for place in folder.iterdir()}
        assert names == {FOLDER, path.name, *(copy.name for copy in copies)}, case
        assert (WORD.encode() in all_bytes(path.parent)) is (at is None), case
    return killed, changed


def _opens(path: Path, key: Key | None) -> bool:
    try:
        Store(path, key).close()
    except JournalError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor kill -9")
def test_killed_at_any_moment_it_is_the_old_one_or_the_new_one(
    path: Path, figure: Callable[[str, object], None]
) -> None:
    killed, changed = _kill_often(path, 25, int(os.environ.get("REKINDLE_SEED", "7")))
    assert killed
    assert changed
    figure("25 kills in a change of the lock", f"{killed} at work, {changed} had changed it, 0 mixed, 0 shut")


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor kill -9")
def test_killed_at_any_moment_it_is_the_old_one_or_the_new_one_at_full_count(
    path: Path, figure: Callable[[str, object], None]
) -> None:
    killed, changed = _kill_often(path, 500, int(os.environ.get("REKINDLE_SEED", "8")))
    assert killed >= 200
    assert changed >= 50
    figure("500 kills in a change of the lock", f"{killed} at work, {changed} had changed it, 0 mixed, 0 shut")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.parametrize(("old", "new"), TURNS, ids=NAMES)
@pytest.mark.parametrize("step", range(9))
def test_killed_between_any_two_files_the_next_opening_finishes_it(
    path: Path, old: Key | None, new: Key | None, step: int
) -> None:
    """Three files take the place of three others: each is linked, put there, and its forerunner overwritten."""
    whole = written(path, old)
    if not (child := os.fork()):
        steps = iter(range(20))

        def counted(act: Callable[..., object]) -> Callable[..., object]:
            def go(*given: object) -> object:
                if next(steps) == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return act(*given)

            return go

        setattr(Path, "hardlink_to", counted(Path.hardlink_to))  # noqa: B010 - only in the child
        setattr(Path, "replace", counted(Path.replace))  # noqa: B010 - as above
        vars(lock)["shred"] = counted(shred)
        try:
            relock(path, old, new)
        finally:
            os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    key = new if _opens(path, new) else old
    assert (key is new) is (step >= 2)
    assert read(path, key) == whole
    for copy in backups(path.parent / FOLDER):
        assert read(copy, key) == whole
    assert (WORD.encode() in all_bytes(path.parent)) is (key is None)
    assert not [*path.parent.glob(".*"), *(path.parent / FOLDER).glob(".*")]


def test_any_sqlcipher_tool_can_open_it(path: Path) -> None:
    written(path, None)
    relock(path, None, new_key("six plain words"))
    plain = sqlite.connect(str(path))
    plain.execute("PRAGMA key = 'six plain words'")
    (count,) = plain.execute("SELECT count(*) FROM answer").fetchone()
    plain.close()
    assert count == 20
