"""The commands that keep and delete, as a person types them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.content import catalog, say
from rekindle.journal import Journal
from rekindle.journal.backup import FOLDER, backups
from rekindle.records import Moment

COMMAND = str(Path(sys.executable).with_name("rekindle"))
CANARY = "canary-4711"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )


@pytest.fixture
def journal() -> Path:
    path = settings.journal_path()
    with Journal.open(path, never_kept=catalog().never_kept) as book:
        book.save("why-it-ended", "what", CANARY, base=0, wording="w", sitting="s", moment=Moment.now())
    return path


def test_a_damaged_journal_comes_back_from_its_newest_good_backup(journal: Path) -> None:
    assert run("backup").returncode == 0
    damaged = journal.read_bytes()[:4096] + b"rubbish"
    journal.write_bytes(damaged)
    told = run("doctor")
    assert say("command.doctor.backup_good", date=f"{Moment.now().local_date}") in told.stdout
    assert journal.read_bytes() == damaged
    asked = run("restore")
    assert asked.returncode == 1
    assert say("command.keep.not_asked") in asked.stderr
    assert journal.read_bytes() == damaged
    done = run("restore", "--yes")
    assert done.returncode == 0, done.stderr
    assert say("command.keep.damaged") in done.stdout
    with Journal.open(journal, never_kept=()) as book:
        assert book.answers()["why-it-ended", "what"].value == CANARY
    (aside,) = journal.parent.glob("journal-damaged-*")
    assert aside.read_bytes() == damaged
    assert CANARY not in done.stdout + done.stderr + told.stdout + told.stderr


def test_words_are_forgotten_only_when_somebody_says_so(journal: Path) -> None:
    run("backup")
    copy = backups(journal.parent / FOLDER)[0]
    assert run("forget", "why-it-ended").returncode == 1
    assert CANARY.encode() in journal.read_bytes()
    done = run("forget", "why-it-ended", "--field", "what", "--yes")
    assert say("command.keep.backups_have") in done.stdout
    assert CANARY.encode() not in journal.read_bytes()
    assert CANARY.encode() in copy.read_bytes()
    run("forget", "why-it-ended", "--with-backups", "--yes")
    assert CANARY.encode() not in copy.read_bytes()
    assert say("command.keep.all_gone", count=2) in run("forget", "all", "--yes").stdout
    assert not journal.exists()


def test_nothing_to_keep_is_told(home: Path) -> None:
    del home
    assert say("command.keep.no_journal") in run("backup").stderr
    assert say("command.keep.none") in run("restore").stderr


def test_the_doctor_names_a_file_that_holds_their_words_before_it_is_shared(journal: Path, tmp_path: Path) -> None:
    with Journal.open(journal, never_kept=()) as book:
        book.save("why-it-ended", "how", "the kitchen at night", base=0, wording="w", sitting="s", moment=Moment.now())
    run("backup")
    (tmp_path / "mine.ipynb").write_text('{"text": "in the kitchen at night"}')
    told = run("doctor", "--share", str(tmp_path))
    assert say("command.doctor.words_in", path=str(tmp_path / "mine.ipynb")) in told.stdout
    assert "kitchen" not in told.stdout + told.stderr
    assert f"{backups(journal.parent / FOLDER)[0]}" in told.stdout
    assert told.returncode == 1
    assert "your own words are in none" in run("doctor").stdout.casefold()
