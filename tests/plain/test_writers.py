"""Many processes may write into one journal at once: nothing is lost, and every conflicting version is kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from rekindle.journal import Journal, Key
from rekindle.records import Answer, Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
Report = list[tuple[int, str, int, int]]
"""Of each save: its revision, its text, and revision and length of what it conflicted with (0, 0: nothing)."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")


def _write(path: Path, key: Key | None, name: str, field: str, saves: int) -> Report:
    """Save again and again in one sitting, as a page does: each save builds on what the last one returned."""
    report: Report = []
    base = 0
    pause = random.Random(name)
    for number in range(saves):
        time.sleep(pause.uniform(0, 0.004))  # else one process after the other does all its work in one go
        if number % 25 == 0:
            Journal.open(path, never_kept=(), key=key).close()  # pages open while others write
            journal = Journal.open(path, never_kept=(), key=key)
        text = f"{name}-{number}"
        saved = journal.save("e", field, text, base=base, wording="?", sitting=name, moment=NOON)
        base = saved.revision
        lost = saved.conflict
        assert lost is None or isinstance(lost, Answer)
        report.append((saved.revision, text, lost.revision if lost else 0, len(str(lost.value)) if lost else 0))
        if number % 25 == 24 or number == saves - 1:
            journal.close()
    return report


def _report(pipe: int, work: Callable[[], Report]) -> None:
    """Do the work of a forked process: write down what it was told, or what it met, and end."""
    try:
        told: object = work()
    except BaseException as fault:  # noqa: BLE001 - a forked test must not run on as pytest
        told = "".join(traceback.format_exception(fault))
    with os.fdopen(pipe, "w") as report:
        json.dump(told, report)
    os._exit(0)


def _run(path: Path, key: Key | None, processes: int, saves: int, field: Callable[[int], str]) -> list[Report]:
    """Let `processes` write at once; return what each of them was told."""
    Journal.open(path, never_kept=(), key=key).close()
    pipes = []
    for number in range(processes):
        reading, writing = os.pipe()
        if not os.fork():
            _report(writing, partial(_write, path, key, f"p{number}", field(number), saves))
        os.close(writing)
        pipes.append(reading)
    reports = []
    for pipe_end in pipes:
        with os.fdopen(pipe_end) as report:
            told = json.load(report)
            assert isinstance(told, list), f"one of the writers met {told}"
            reports.append([(a, b, c, d) for a, b, c, d in told])
    for _ in range(processes):
        os.wait()
    return reports


def _check_one_answer(path: Path, key: Key | None, reports: list[Report], saves: int) -> str:
    with Journal.open(path, never_kept=(), key=key) as journal:
        kept = {answer.revision: str(answer.value) for answer in journal.history("e", "f")}
        others = journal.conflicts()["e", "f"]
    told = {revision: text for report in reports for revision, text, _, _ in report}
    assert len(told) == len(reports) * saves, "two saves were given the same revision"
    assert max(told) == len(told) == max(kept), "a save was lost"
    assert all(told[revision] == text for revision, text in kept.items())
    conflicts = 0
    for report in reports:
        for revision, text, lost, _ in report:
            if lost:
                conflicts += 1
                assert kept[revision] == text, "a version that displaced another was replaced"
                assert kept[lost] == told[lost], "a version that was displaced was replaced"
                assert kept[lost] in {str(other.value) for other in others}
        assert report[-1][1] in kept.values(), "the last word of a page was lost"
    replaced = set(told) - set(kept)
    for report in reports:
        for (revision, _, _, _), (_, _, lost, _) in pairwise(report):
            if revision in replaced:
                assert not lost, "only a save that built on it may replace a version"
    return f"{len(told)} saves, {conflicts} conflicts, {len(kept)} versions kept, 0 lost"


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
@pytest.mark.parametrize(
    ("processes", "saves"), [(4, 60), pytest.param(8, 200, marks=pytest.mark.full)], ids=["sample", "full"]
)
def test_pages_that_write_the_same_answer_lose_nothing(
    tmp_path: Path, key: Key | None, processes: int, saves: int, figure: Callable[[str, object], None]
) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    reports = _run(path, key, processes, saves, lambda _: "f")
    figure(f"{processes} x {saves} on one answer", _check_one_answer(path, key, reports, saves))


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
@pytest.mark.parametrize(
    ("processes", "saves"), [(4, 60), pytest.param(8, 200, marks=pytest.mark.full)], ids=["sample", "full"]
)
def test_pages_that_write_different_answers_do_not_disturb_each_other(
    tmp_path: Path, key: Key | None, processes: int, saves: int, figure: Callable[[str, object], None]
) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    reports = _run(path, key, processes, saves, lambda number: f"f{number}")
    assert all([revision for revision, *_ in report] == list(range(1, saves + 1)) for report in reports)
    assert all(lost == 0 for report in reports for _, _, lost, _ in report)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert {field: answer.value for (_, field), answer in journal.answers().items()} == {
            f"f{number}": f"p{number}-{saves - 1}" for number in range(processes)
        }
        assert journal.conflicts() == {}
    figure(f"{processes} x {saves} on different answers", f"{processes * saves} saves, 0 lost, 0 conflicts")
