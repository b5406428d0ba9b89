"""Killed at any moment, the journal has every answer that it said was saved."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.journal import Journal, Key
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
FIELDS = 7

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor kill -9")


def _text(number: int) -> str:
    return f"{number} " * (1 + number * 37 % 900)


def _write_on(path: Path, key: Key | None, first: int, pipe: int) -> None:
    """Save one answer after another, in changing sittings, and report each number when it is saved."""
    with Journal.open(path, never_kept=(), key=key) as journal:
        revisions = {field: answer.revision for (_, field), answer in journal.answers().items()}
        for number in range(first, sys.maxsize):
            field = f"f{number % FIELDS}"
            base, sitting = revisions.get(field, 0), f"s{number // 20}"
            saved = journal.save("e", field, _text(number), base=base, wording="?", sitting=sitting, moment=NOON)
            revisions[field] = saved.revision
            os.write(pipe, struct.pack("<q", number))


def _round(path: Path, key: Key | None, first: int, wait: float) -> int:
    """Let a process write, kill it after `wait` seconds of writing, and return the last number that it reported."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _write_on(path, key, first, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as reports:
        last: int = struct.unpack("<q", reports.read(8))[0]  # it writes: from here on any moment may be its last
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        rest = reports.read()
    assert os.WIFSIGNALED(status)
    assert len(rest) % 8 == 0
    if rest:
        (last,) = struct.unpack("<q", rest[-8:])
    return last


def _kill_often(path: Path, key: Key | None, rounds: int, seed: int) -> tuple[int, float]:
    choose = random.Random(seed)
    Journal.open(path, never_kept=(), key=key).close()
    last, slowest = -1, 0.0
    for number in range(rounds):
        last = _round(path, key, last + 1, choose.uniform(0, 0.03))
        begun = time.perf_counter()
        with Journal.open(path, never_kept=(), key=key) as journal:  # refuses a file that is not sound
            slowest = max(slowest, time.perf_counter() - begun)
            found = {field: answer.value for (_, field), answer in journal.answers().items()}
            whole = journal.whole()
        case = f"round {number} of seed {seed}"
        for acknowledged in range(max(0, last - FIELDS + 1), last + 1):
            # The save after the last report may have been committed too: then it stands where it belongs.
            allowed = (
                {_text(acknowledged), _text(last + 1)}
                if (last + 1 - acknowledged) % FIELDS == 0
                else {_text(acknowledged)}
            )
            assert found[f"f{acknowledged % FIELDS}"] in allowed, case
        assert all(answer.value == _text(int(str(answer.value).split()[0])) for answer in whole.answers), case
        if _text(last + 1) in found.values():
            last += 1
        for place in path.parent.iterdir():  # what a killed save left is undone or dropped by the next one
            assert place.name in {path.name, f"{path.name}-journal"}, case
            assert place.stat().st_mode & 0o777 == 0o600, case
    return last + 1, slowest


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_killed_at_any_moment_nothing_acknowledged_is_lost(
    tmp_path: Path, key: Key | None, figure: Callable[[str, object], None]
) -> None:
    saves, slowest = _kill_often(
        tmp_path / "book" / "journal.rekindle", key, 30, int(os.environ.get("REKINDLE_SEED", "3"))
    )
    figure("30 kills", f"{saves} saves acknowledged, 0 lost, 0 corrupt, slowest opening {slowest * 1000:.0f} ms")


@pytest.mark.full
@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_killed_at_any_moment_nothing_acknowledged_is_lost_at_full_count(
    tmp_path: Path, key: Key | None, figure: Callable[[str, object], None]
) -> None:
    seed = int(os.environ.get("REKINDLE_SEED", "5"))
    saves, slowest = _kill_often(tmp_path / "book" / "journal.rekindle", key, 500, seed)
    figure("500 kills", f"{saves} saves acknowledged, 0 lost, 0 corrupt, slowest opening {slowest * 1000:.0f} ms")


def test_killed_while_it_begins_there_is_a_whole_journal_or_none(tmp_path: Path) -> None:
    choose = random.Random(4)
    for number in range(15):
        path = tmp_path / f"book{number}" / "journal.rekindle"
        child = os.fork()
        if not child:
            try:
                Journal.open(path, never_kept=()).close()
            finally:
                os._exit(0)
        time.sleep(choose.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with Journal.open(path, never_kept=()) as journal:
            assert journal.answers() == {}
