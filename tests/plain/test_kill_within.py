"""Killed within a step of the schema, a backup or a way back to one, the journal is the old one or the new one."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.errors import JournalDamaged, JournalLocked
from rekindle.journal import Journal, Key, Whole, is_good, migrations, restore
from rekindle.journal.backup import FOLDER, backups
from rekindle.journal.migrations import MIGRATIONS, Migration, applied
from rekindle.journal.store import Store
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEY = Key.from_raw(bytes(range(32)))
ROWS = 100

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor kill -9")


def _paint(store: Store) -> None:
    for row in range(ROWS):
        store.rows("UPDATE answer SET colour = 'red' WHERE field = ?", (f"f{row}",))


STEP = Migration("9999-colour", ("ALTER TABLE answer ADD COLUMN colour TEXT",), _paint)


@pytest.fixture(params=[None, KEY], ids=["plain", "locked"])
def key(request: pytest.FixtureRequest) -> Key | None:
    found: Key | None = request.param
    return found


@pytest.fixture
def book(tmp_path: Path, key: Key | None) -> tuple[Path, Whole]:
    """Give a journal of a few hundred answers, closed, and what it holds."""
    path = tmp_path / "book" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=key) as journal:
        for row in range(ROWS):
            journal.save("e", f"f{row}", "word " * 50, base=0, wording="?", sitting="s", moment=NOON)
        return path, journal.whole()


def _killed(work: Callable[[], object], wait: float) -> bool:
    """Let a process work, kill it after `wait` seconds, and return whether it was still at it."""
    if not (child := os.fork()):
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


class Points:
    """Random moments around the time that a piece of work takes just now: later after a kill, else earlier."""

    def __init__(self, seed: int) -> None:
        self._choose, self._takes, self.killed = random.Random(seed), 0.02, 0

    def kill(self, work: Callable[[], object]) -> None:
        """Let a process do it, and end it at one of these moments."""
        at_work = _killed(work, self._takes * self._choose.uniform(0.2, 1.2))
        self._takes *= 1.15 if at_work else 0.9
        self.killed += at_work


def _migrate_often(path: Path, whole: Whole, key: Key | None, rounds: int, seed: int) -> tuple[int, int]:
    """Kill a step at random points; return how many were at work, and how many of all had taken the step."""
    points, moved, copy = Points(seed), 0, path.parent.parent / "copy.rekindle"
    shutil.copyfile(path, copy)

    def step() -> None:
        migrations.MIGRATIONS = (*MIGRATIONS, STEP)  # in the process that is killed, and nowhere else
        Journal.open(path, never_kept=(), key=key).close()

    for number in range(rounds):
        for place in path.parent.iterdir():
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        shutil.copyfile(copy, path)
        path.chmod(0o600)
        points.kill(step)
        case = f"round {number} of seed {seed}"
        with Store(path, key) as store:  # finishes or takes back what was under way
            steps = applied(store)
            has = store.number("SELECT count(*) FROM pragma_table_info('answer') WHERE name = 'colour'")
            red = store.number("SELECT count(*) FROM answer WHERE colour = 'red'") if has else 0
            answers = store.number("SELECT count(*) FROM answer")
        assert answers == ROWS, case
        assert (STEP.name in steps, has, red) in ((False, 0, 0), (True, 1, ROWS)), case
        moved += STEP.name in steps
        if STEP.name in steps:
            (kept,) = backups(path.parent / FOLDER)
            with Journal.open(kept, never_kept=(), key=key) as before:
                assert before.whole() == whole, case
        else:
            with Journal.open(path, never_kept=(), key=key) as journal:
                assert journal.whole() == whole, case
    return points.killed, moved


def _back_up_often(path: Path, whole: Whole, key: Key | None, rounds: int, seed: int) -> tuple[int, int]:
    """Kill a backup at random points; return how many were at work, and how many backups there are at the end."""
    points = Points(seed)
    for number in range(rounds):
        moment = Moment.at(NOON.utc + dt.timedelta(seconds=number), "Europe/Berlin")

        def back_up(moment: Moment = moment) -> None:
            with Journal.open(path, never_kept=(), key=key) as journal:
                journal.back_up(moment)

        points.kill(back_up)
        case = f"round {number} of seed {seed}"
        with Journal.open(path, never_kept=(), key=key) as journal:
            assert journal.whole() == whole, case
        for copy in backups(path.parent / FOLDER):
            assert is_good(copy, key), case
    made = backups(path.parent / FOLDER)
    for copy in made:
        with Journal.open(copy, never_kept=(), key=key) as kept:
            assert kept.whole() == whole
    return points.killed, len(made)


def _restore_often(
    path: Path, whole: Whole, key: Key | None, rounds: int, seed: int, *, damaged: bool
) -> tuple[int, int]:
    """Kill a way back to a backup at random points; return how many were at work, and how often it had come back."""
    with Journal.open(path, never_kept=(), key=key) as journal:
        copy = path.parent.parent / journal.back_up(NOON).name
        journal.save("e", "f0", "written since", base=1, wording="?", sitting="t", moment=NOON)
        since = journal.whole()
    shutil.copyfile(path.parent / FOLDER / copy.name, copy)
    stood = path.read_bytes()
    if damaged:
        stood = stood[:6000] + b"rubbish" * 1000 + stood[13_000:]
    points, came_back = Points(seed), 0
    for number in range(rounds):
        for place in path.parent.iterdir():
            shutil.rmtree(place) if place.is_dir() else place.unlink()
        path.write_bytes(stood)
        path.chmod(0o600)
        points.kill(lambda: restore(path, copy, key, NOON))
        case = f"round {number} of seed {seed}"
        if damaged and path.read_bytes() == stood:
            with pytest.raises((JournalDamaged, JournalLocked)), Journal.open(path, never_kept=(), key=key) as journal:
                journal.whole()
            continue
        with Journal.open(path, never_kept=(), key=key) as journal:
            found = journal.whole()
        came_back += found == whole
        assert found in ((whole,) if damaged else (since, whole)), case
        kept = [*path.parent.glob("journal-damaged-*"), *backups(path.parent / FOLDER)]
        if found == whole:  # what stood there is kept, every byte of it or every row
            (one,) = kept
            assert one.read_bytes() == stood if damaged else _whole(one, key) == since, case
        assert all(damaged or is_good(place, key) for place in kept), case
        assert not list(path.parent.glob(".*")), case
    return points.killed, came_back


def _whole(path: Path, key: Key | None) -> Whole:
    with Journal.open(path, never_kept=(), key=key) as journal:
        return journal.whole()


def test_killed_within_a_step_it_is_the_old_journal_or_the_new_one(book: tuple[Path, Whole], key: Key | None) -> None:
    killed, _ = _migrate_often(*book, key, 20, 3)
    assert killed


def test_killed_within_a_backup_there_is_a_whole_one_or_none(book: tuple[Path, Whole], key: Key | None) -> None:
    killed, _ = _back_up_often(*book, key, 20, 4)
    assert killed


@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_killed_on_the_way_back_to_a_backup_it_is_what_stood_there_or_the_backup(
    book: tuple[Path, Whole], key: Key | None, damaged: bool
) -> None:
    killed, _ = _restore_often(*book, key, 15, 7, damaged=damaged)
    assert killed


@pytest.mark.full
def test_killed_within_a_step_it_is_the_old_journal_or_the_new_one_at_full_count(
    book: tuple[Path, Whole], key: Key | None, figure: Callable[[str, object], None]
) -> None:
    killed, moved = _migrate_often(*book, key, 500, 5)
    assert killed >= 200
    assert 0 < moved < 500
    figure("500 kills in a step of the schema", f"{killed} at work, {moved} had taken it, 0 mixed, 0 shut")


@pytest.mark.full
def test_killed_within_a_backup_there_is_a_whole_one_or_none_at_full_count(
    book: tuple[Path, Whole], key: Key | None, figure: Callable[[str, object], None]
) -> None:
    killed, made = _back_up_often(*book, key, 500, 6)
    assert killed >= 200
    figure("500 kills in a backup", f"{killed} at work, {made} backups at the end, all whole")


@pytest.mark.full
@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_killed_on_the_way_back_to_a_backup_it_is_what_stood_there_or_the_backup_at_full_count(
    book: tuple[Path, Whole], key: Key | None, damaged: bool, figure: Callable[[str, object], None]
) -> None:
    killed, came_back = _restore_often(*book, key, 500, 8, damaged=damaged)
    assert killed >= 200
    assert 0 < came_back < 500
    figure("500 kills on the way back to a backup", f"{killed} at work, {came_back} had come back, 0 mixed, 0 shut")
