"""The benchmarks run, small: what they print is right for figures made up. What they measure is nobody's test."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import threading
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import (
    dashboard_benchmark,
    edit_benchmark,
    log_benchmark,
    million_benchmark,
    pairs,
    prompts_benchmark,
    reflection,
    save_benchmark,
    size_benchmark,
    telling,
    unlock_benchmark,
)
from rekindle.journal import Journal, Key
from tests.places import ROOT

PEERS = sorted(path.stem for path in telling.PEERS.glob("*.py"))
ROUNDS = {
    "floor": [{"ready": 100.0, "requests": 2, "bytes": 1e6, "others": 0, "controls": 46}] * 3,
    "panel": [{"ready": ms, "requests": 9, "bytes": 2e6, "others": 1, "controls": 47} for ms in (300.0, 200.0, 900.0)],
}


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_says_how_it_is_opened_and_which_versions_it_is_made_with(peer: str) -> None:
    plan = importlib.import_module(f"benchmarks.peers.{peer}")
    assert peer == plan.NAME
    assert plan.PATH.startswith("/")
    assert plan.READY
    assert re.fullmatch(r"\d+(\.\d+)+", telling.version_of(peer))
    needs = telling.PEERS / f"{peer}.txt"
    lines = needs.read_text().splitlines() if needs.is_file() else []
    assert [line for line in lines if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)] == []


def test_ratios_are_those_inside_each_round() -> None:
    rows = telling.ready_table(ROUNDS, {"floor": 0.1, "panel": 1.234}, ["floor"])
    assert rows[2] == [
        "panel",
        telling.version_of("panel"),
        "1.23",
        "300",
        "200",
        "900",
        "9",
        "2.00",
        "1",
        "47",
        "3.00",
    ]
    assert len({len(line) for line in telling.plain(rows).splitlines()}) == 1


def test_the_page_for_the_documentation_has_the_table_and_a_plot(tmp_path: Path) -> None:
    rows = telling.ready_table(ROUNDS, {"floor": 0.1, "panel": 1.2}, ["floor"])
    telling.write_page(tmp_path, rows, ROUNDS, telling.machine("1.0", was_busy=False), 3)
    page = (tmp_path / "ready.md").read_text()
    assert "| panel |" in page
    assert f"{os.cpu_count()} cores" in page
    plot = ET.fromstring((tmp_path / "ready.svg").read_text())  # noqa: S314 - it was written two lines above
    assert [each.text for each in plot.iter() if each.tag.endswith("text")] == ["floor", "100 ms", "panel", "300 ms"]


def test_the_peers_page_begins_with_its_answers_and_keeps_them_as_the_journal_does(tmp_path: Path) -> None:
    store = reflection.open_store(tmp_path)
    assert len(reflection.answers(store)) == len(reflection.ANSWERS) == 46
    reflection.save(store, "row3", "another word")
    with contextlib.closing(reflection.open_store(tmp_path)) as again:
        assert reflection.answers(again)["row3"] == "another word"
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=()) as journal:
        for name in ("journal_mode", "synchronous", "fullfsync", "temp_store", "secure_delete"):
            ours = journal._store.rows(f"PRAGMA {name}")
            assert store.execute(f"PRAGMA {name}").fetchall() == ours, name
    store.close()
    shown = importlib.import_module("benchmarks.peers.floor").page(reflection.ANSWERS)
    assert len(re.findall("<(?:textarea|input|select) ", shown)) == 46
    assert "Row 30" in shown


def test_the_benchmarks_of_the_kernel_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(log_benchmark, "LOGS", ("mood-check-in", "honesty-log"))
    monkeypatch.setattr(log_benchmark, "PAGES", ("doubt-triggers",))
    log_benchmark.main(3, 1)
    monkeypatch.setattr(save_benchmark, "ROUNDS", 2)
    save_benchmark.main()
    told = capsys.readouterr().out
    assert "honesty-log: save a word" in told
    assert "encrypted: journal, typing on" in told


def test_a_long_log_is_opened_beside_an_empty_one(capsys: pytest.CaptureFixture[str]) -> None:
    million_benchmark.main(2500, 1)
    told = capsys.readouterr().out
    for log in million_benchmark.LOGS:
        for lock in million_benchmark.LOCKS:
            assert f"{log}, {lock}; 1 rounds" in told
    assert told.count("(within 300)") + told.count("(OVER 300)") == 12
    assert told.count("an import of 1,250 of them took") == 4
    most = [int(points) for points in re.findall(r"(\d+) points in a line", told)]
    assert len(most) == 4
    assert all(0 < points <= 400 for points in most)


def test_the_dashboards_book_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboard_benchmark, "DAYS", 2)
    tmp_path.chmod(0o700)
    assert dashboard_benchmark.fill(tmp_path / "journal.rekindle") == 2 * len(dashboard_benchmark.LOGS)
    assert dashboard_benchmark.in_the_kernel(tmp_path) > 0


def test_what_the_lock_costs_is_told_round_by_round(tmp_path: Path) -> None:
    found = [(1000.0, 1100.0), (2000.0, 2500.0), (900.0, 1100.0)]
    lines = unlock_benchmark.table(found, 80.0, 3.0).splitlines()
    assert lines[3].split()[-1] == "1.22"
    assert "200   (within 300)" in lines[4]
    assert "(OVER 300)" in unlock_benchmark.table([(1000.0, 1400.0)], 80.0, 3.0)
    path = tmp_path / "journal.rekindle"
    key = Key.from_raw(bytes(range(48)))
    Journal.open(path, never_kept=(), key=key).close()
    assert min(unlock_benchmark.of_the_key(path, key, 1)) > 0


def test_figures_that_were_taken_in_turns_are_told_with_the_ratio_of_each_round() -> None:
    found = {"ours": [10.0, 30.0, 20.0], "theirs": [20.0, 20.0, 80.0]}
    told = pairs.table("Something, ms", found, ("theirs",), 1).splitlines()
    assert told[0] == "Something, ms; 3 rounds"
    assert told[2].split() == ["ours", "20.0", "10.0", "30.0", "0.50"]


def test_an_edit_is_durable_when_it_can_be_read_and_its_rollback_journal_is_gone(tmp_path: Path) -> None:
    store = reflection.open_store(tmp_path)
    kept = edit_benchmark.Kept(tmp_path / "answers.sqlite", "SELECT value FROM answer WHERE key = 'row5'")
    before = kept.seen()
    with pytest.raises(TimeoutError):
        kept.wait("another word", before, patience=0.05)
    saving = threading.Timer(0.05, reflection.save, (store, "row5", "another word"))
    saving.start()
    begun = time.time()
    assert kept.wait("another word", before) >= begun
    saving.join()
    store.close()


def test_a_copy_of_the_program_asks_what_is_made_up(tmp_path: Path) -> None:
    prompts_benchmark.make(tmp_path, 12)
    notebook = (tmp_path / "notebooks" / f"{prompts_benchmark.PART}.ipynb").read_text()
    assert notebook.count("part.exercise(") == 4, "three made up, and the page of one's own questions"
    assert "made-up-2" in notebook


def test_an_install_is_weighed_with_all_that_it_asks_for() -> None:
    whole, without = size_benchmark.wanted(["rekindle"]), size_benchmark.wanted(["rekindle"], without="pandas")
    assert {"numpy", "pandas", "voila"} <= whole
    assert {"pytest", "mypy"} & whole == set()
    assert "voila" in without
    assert {"numpy", "pandas"} & without == set()
    assert size_benchmark.weight("voila") > 1


def test_every_benchmark_of_ours_is_run_by_make() -> None:
    bench = (ROOT / "Makefile").read_text().partition("\nbench:")[2].partition("\n\n")[0]
    bench += (ROOT / "tools" / "figures.sh").read_text()
    ours = {path.stem.removesuffix("_benchmark") for path in (ROOT / "benchmarks").glob("*_benchmark.py")}
    assert [one for one in ours if not re.search(rf"\b{one}\b", bench.replace("_benchmark", " "))] == []
