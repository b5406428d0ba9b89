"""A full or read-only disk loses nothing that was saved, and says what it is."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle.errors import DiskFault, DiskFull, FolderNotWritable, JournalBusy, JournalDamaged
from rekindle.journal import Journal, Key
from rekindle.journal.faults import meaning
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))

Mount = Callable[..., Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Give a function that mounts a small disk in memory; skip where this account may not mount."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(*options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "rekindle-test", str(place)]
        if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("only root on Linux, and not in every container, may mount a disk")
        return place

    yield mount
    subprocess.run(["umount", str(place)], check=False, capture_output=True)


def _save(journal: Journal, field: str, length: int) -> None:
    journal.save("e", field, field * length, base=0, wording="?", sitting="s", moment=NOON)


def _save_on_and_on(journal: Journal, kept: set[str]) -> None:
    for number in range(100):
        _save(journal, f"f{number}", 800)
        kept.add(f"f{number}")


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_a_full_disk_loses_nothing_and_works_again_when_there_is_room(mount: Mount, key: Key | None) -> None:
    disk = mount("size=256k", "mode=700")
    path = disk / "book" / "journal.rekindle"
    kept: set[str] = set()
    with Journal.open(path, never_kept=(), key=key) as journal:
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * 60_000)
        with pytest.raises(DiskFull):
            _save_on_and_on(journal, kept)
        assert len(kept) > 5
        assert {field for _, field in journal.answers()} == kept
        with pytest.raises(DiskFull):
            journal.back_up(NOON)
        assert list((path.parent / "backups").glob("*")) + list((path.parent / "backups").glob(".*")) == []
        ballast.unlink()
        _save(journal, "after", 800)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert {field for _, field in journal.answers()} == {*kept, "after"}


def test_a_disk_that_is_full_from_the_start_leaves_no_half_a_journal(mount: Mount) -> None:
    disk = mount("size=16k", "mode=700")
    path = disk / "book" / "journal.rekindle"
    with pytest.raises(DiskFull):
        Journal.open(path, never_kept=())
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_a_journal_on_a_read_only_disk_can_be_read(mount: Mount, key: Key | None) -> None:
    disk = mount("size=1m", "mode=700")
    path = disk / "book" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=key) as journal:
        _save(journal, "f", 3)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.answers()["e", "f"].value == "fff"
        with pytest.raises(FolderNotWritable):
            _save(journal, "g", 3)
        assert journal.answers().keys() == {("e", "f")}
    with pytest.raises(FolderNotWritable):
        Journal.open(disk / "other" / "journal.rekindle", never_kept=())


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("database or disk is full", DiskFull),
        ("attempt to write a readonly database", FolderNotWritable),
        ("unable to open database file", FolderNotWritable),
        ("database is locked", JournalBusy),
        ("database table is locked", JournalBusy),
        ("disk I/O error", DiskFault),
        ("database disk image is malformed", JournalDamaged),
        ("file is not a database", JournalDamaged),
        ("no such column: x", JournalDamaged),
    ],
)
def test_each_fault_of_the_database_has_its_error(tmp_path: Path, message: str, kind: type) -> None:
    assert meaning(message, tmp_path / "journal.rekindle") is kind


def test_an_input_output_error_on_a_full_disk_is_a_full_disk(mount: Mount) -> None:
    disk = mount("size=64k", "mode=700")
    assert meaning("disk I/O error", disk / "journal.rekindle") is DiskFault
    (disk / "ballast").write_bytes(b"x" * 8192)
    assert meaning("disk I/O error", disk / "journal.rekindle") is DiskFull
