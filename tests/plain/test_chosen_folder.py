"""Backups in a folder that the person chose: a stick that may be away, full, or open to others."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.content import catalog, say
from rekindle.errors import BackupFolderOpen, BackupFolderRefused
from rekindle.journal import Journal, Key, What, forget_all, is_good, newest_good, relock, restore
from rekindle.journal.backup import FOLDER, away, backups, every_backup, where_to
from rekindle.journal.chosen import FILE, choose, chosen
from rekindle.journal.places import places
from rekindle.journal.store import MAGIC, header_of
from rekindle.records import Moment
from rekindle.your_data import YourData
from tests.visit import Visit, words_in

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEY, OTHER = Key.from_raw(bytes(range(48))), Key.from_raw(bytes(range(48, 96)))
COMMAND = str(Path(sys.executable).with_name("rekindle"))
CANARY = "canary-4711"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes of this kind")


def after(days: float) -> Moment:
    return Moment.at(NOON.utc + dt.timedelta(days=days), "Europe/Berlin")


@pytest.fixture
def path() -> Path:
    return settings.journal_path()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "holiday.txt").write_text("mine")
    return folder


def write(path: Path, value: str, key: Key | None = None) -> None:
    with Journal.open(path, never_kept=(), key=key) as journal:
        base = journal.answers().get(("why-it-ended", "what"))
        number = base.revision if base else 0
        journal.save("why-it-ended", "what", value, base=number, wording="w", sitting="", moment=NOON)


def back_up(path: Path, moment: Moment, key: Key | None = None) -> Path | None:
    with Journal.open(path, never_kept=(), key=key) as journal:
        return journal.back_up_if_due(moment)


def said(path: Path, key: Key | None = None) -> object:
    with Journal.open(path, never_kept=(), key=key) as journal:
        return journal.answers()["why-it-ended", "what"].value


def take_away(stick: Path) -> Path:
    return stick.rename(stick.with_name("pocket"))


def test_the_days_backup_goes_there_private_whole_and_rotated(path: Path, stick: Path) -> None:
    write(path, CANARY)
    mode = stat.S_IMODE(stick.stat().st_mode)
    choice = choose(path, stick, locked=False)
    assert choice.place
    for day in range(40):
        back_up(path, after(day))
    made = backups(choice.place)
    assert 7 <= len(made) <= 11
    assert all(is_good(copy, None) for copy in made)
    assert {stat.S_IMODE(copy.stat().st_mode) for copy in made} == {0o600}
    assert stat.S_IMODE(choice.place.stat().st_mode) == 0o700
    assert stat.S_IMODE((path.parent / FILE).stat().st_mode) == 0o600
    assert not backups(path.parent / FOLDER)
    assert stat.S_IMODE(stick.stat().st_mode) == mode
    assert (stick / "holiday.txt").read_text() == "mine"


def test_away_or_not_writable_it_is_made_beside_the_journal_and_there_again_when_it_is_back(
    path: Path, stick: Path
) -> None:
    write(path, CANARY)
    choose(path, stick, locked=False)
    pocket = take_away(stick)
    made = back_up(path, NOON)
    assert made
    assert made.parent == path.parent / FOLDER
    assert away(path) == [chosen(path).place]
    stick.mkdir()  # where a stick would be mounted: an empty folder is not the stick
    second = back_up(path, after(1))
    assert second
    assert second.parent == path.parent / FOLDER
    assert list(stick.iterdir()) == []
    stick.rmdir()
    pocket.rename(stick)
    third = back_up(path, after(1))
    assert third
    assert third.parent == chosen(path).place
    assert not away(path)
    assert len(every_backup(path)) == 3


def test_a_backup_that_cannot_be_written_there_is_written_beside_the_journal(
    path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, CANARY)
    place = choose(path, stick, locked=False).place
    opened = os.open

    def full(name: object, *more: object, **facts: object) -> int:
        if str(name).startswith(str(place)):
            raise OSError(28, "No space left on device")
        return opened(name, *more, **facts)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(os, "open", full)
    made = back_up(path, NOON)
    assert made
    assert made.parent == path.parent / FOLDER


@pytest.mark.parametrize("where", ["missing", "own", "inside", "file"])
def test_a_folder_that_cannot_be_one_is_refused_and_nothing_changes(path: Path, stick: Path, where: str) -> None:
    write(path, CANARY)
    (path.parent / FOLDER).mkdir(exist_ok=True)
    wished = {
        "missing": stick / "nowhere",
        "own": path.parent,
        "inside": path.parent / FOLDER,
        "file": stick / "holiday.txt",
    }
    with pytest.raises(BackupFolderRefused):
        choose(path, wished[where], locked=False)
    assert chosen(path).now is None
    assert not (path.parent / FILE).exists()


def on_a_file_system_with_one_mode(monkeypatch: pytest.MonkeyPatch, stick: Path) -> None:
    """Act as FAT does: every folder under the stick is 0755, and no mode can be changed."""
    chmod, mkdir = Path.chmod, Path.mkdir

    def refuse(self: Path, mode: int, **facts: bool) -> None:
        if self.is_relative_to(stick):
            raise PermissionError(1, "Operation not permitted")
        chmod(self, mode, **facts)

    def make(self: Path, mode: int = 0o777, **facts: bool) -> None:
        mkdir(self, mode, **facts)
        if self.is_relative_to(stick):
            chmod(self, 0o755)

    monkeypatch.setattr(Path, "chmod", refuse)
    monkeypatch.setattr(Path, "mkdir", make)


def test_plain_backups_go_where_others_could_read_them_only_if_that_was_agreed_to(
    path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, CANARY)
    on_a_file_system_with_one_mode(monkeypatch, stick)
    with pytest.raises(BackupFolderOpen):
        choose(path, stick, locked=False)
    assert chosen(path).now is None
    assert [place.name for place in stick.iterdir()] == ["holiday.txt"]
    choose(path, stick, locked=True)
    assert where_to(path, locked=True) == chosen(path).place
    assert where_to(path, locked=False) == path.parent / FOLDER  # the lock was taken away since
    choose(path, stick, agreed=True, locked=False)
    made = back_up(path, NOON)
    assert made
    assert made.parent == chosen(path).place


def test_two_journals_on_one_stick_have_a_folder_each(path: Path, stick: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / path.name
    for one in (path, other):
        write(one, CANARY)
        choose(one, stick, locked=False)
        back_up(one, NOON)
    assert len(every_backup(path)) == len(every_backup(other)) == 1
    assert every_backup(path) != every_backup(other)


def test_a_restore_finds_both_places_and_the_way_back_needs_no_stick(path: Path, stick: Path) -> None:
    write(path, "first")
    back_up(path, NOON)
    choose(path, stick, locked=False)
    write(path, "second")
    back_up(path, after(1))
    path.write_bytes(MAGIC + b"rubbish" * 3000)
    good = newest_good(every_backup(path), None)
    assert good
    assert good.parent == chosen(path).place
    restore(path, good, None, after(2))
    assert said(path) == "second"
    kept = restore(path, every_backup(path)[-1], None, after(3))
    assert said(path) == "first"
    assert kept
    assert kept.parent == path.parent / FOLDER


def test_a_lock_reaches_it_and_what_was_away_is_locked_with_the_next_backup(path: Path, stick: Path) -> None:
    write(path, CANARY)
    place = choose(path, stick, locked=False).place
    assert place
    back_up(path, NOON)
    assert relock(path, None, KEY).away == ""
    assert all(header_of(copy) != MAGIC and is_good(copy, KEY) for copy in backups(place))
    relock(path, KEY, None)
    pocket = take_away(stick)
    assert relock(path, None, OTHER).away == str(stick)
    pocket.rename(stick)
    assert [header_of(copy) for copy in backups(place)] == [MAGIC]
    back_up(path, after(1), OTHER)
    assert len(backups(place)) == 2
    assert all(header_of(copy) != MAGIC and is_good(copy, OTHER) for copy in backups(place))
    assert not [file for file in stick.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]


def test_for_ever_reaches_every_folder_that_is_there_and_names_the_one_that_is_away(
    path: Path, stick: Path, tmp_path: Path
) -> None:
    write(path, CANARY)
    second = tmp_path / "second"
    second.mkdir()
    for day, folder in enumerate((stick, second)):
        choose(path, folder, locked=False)
        back_up(path, after(day))
    with Journal.open(path, never_kept=()) as journal:
        done = journal.forgetting.forget(What("why-it-ended"), backups_too=True)
    assert (done.backups, done.left, done.away) == (2, 0, "")
    assert not [
        f for f in (*stick.rglob("*.rekindle"), *second.rglob("*.rekindle")) if CANARY.encode() in f.read_bytes()
    ]
    write(path, CANARY)
    pocket = take_away(stick)
    with Journal.open(path, never_kept=()) as journal:
        assert journal.forgetting.forget(What("why-it-ended"), backups_too=True).away == str(stick)
    forget_all(path)
    assert [place.parent for place in away(path)] == [stick]
    pocket.rename(stick)
    forget_all(path)
    assert [place.name for place in stick.iterdir()] == ["holiday.txt"]
    assert not list(second.iterdir())
    assert not [file for file in path.parent.iterdir() if file.is_file()]


def test_its_files_are_listed_with_the_others(path: Path, stick: Path) -> None:
    write(path, CANARY)
    choose(path, stick, locked=False)
    made = back_up(path, NOON)
    assert ("backup", made) in [(place.kind, place.path) for place in places(path)]


def test_a_note_that_is_broken_is_no_choice(path: Path, stick: Path) -> None:
    write(path, CANARY)
    choose(path, stick, locked=False)
    for text in ("", "[]", '{"name": "../x", "now": "/", "every": [], "agreed": true}', '{"name": 3}'):
        (path.parent / FILE).write_text(text)
        assert chosen(path).now is None
        assert back_up(path, NOON) or every_backup(path)


# In a terminal, and on the page


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )


def test_the_command_says_where_they_go_and_the_doctor_too(path: Path, stick: Path) -> None:
    write(path, CANARY)
    assert say("command.backups.beside", path=str(path.parent / FOLDER)) in run("backups").stdout
    done = run("backups", "--to", str(stick))
    assert done.returncode == 0, done.stderr
    (made,) = backups(chosen(path).place or path)
    assert say("command.backups.first", path=str(made)) in done.stdout
    assert str(made) in run("doctor").stdout
    take_away(stick)
    told = run("doctor")
    assert say("command.doctor.backups_away", path=str(stick)) in told.stdout
    assert told.returncode == 1
    assert say("command.backups.away", path=str(stick)) in run("backups").stdout
    assert say("command.keep.made_here", path=str(stick)) in run("backup").stdout
    assert say("command.keep.away", path=str(stick)) in run("restore", "--yes").stdout
    assert run("backups", "--to", str(stick)).returncode == 1
    assert run("backups", "--beside").returncode == 0
    assert chosen(path).now is None


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


def test_on_the_page_a_folder_is_typed_the_first_backup_is_made_and_deleting_names_it(
    visit: Callable[..., Visit], path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_, one = catalog().say, visit()
    one.answer(one.open("say-it-to-myself").controls["sentence"], CANARY)
    shown = visit(DataVisit)
    shown.show()
    assert isinstance(shown.page, YourData)
    card, root = shown.page._elsewhere, shown.page.root
    assert say_("your-data.place.beside") in words_in(root)
    card._typed.value = str(stick / "nowhere")
    card._go.click()
    assert say_("errors.backup-folder-refused.safe") in words_in(root)
    with monkeypatch.context() as fat:
        on_a_file_system_with_one_mode(fat, stick)
        card._typed.value = str(stick)
        card._go.click()
        assert say_("errors.backup-folder-open.happened", path=str(stick)) in words_in(root)
        assert not [*stick.glob("*/*")]
        assert card._open in card._row.children
    card._go.click()
    assert say_("your-data.place.done", path=str(stick)) in words_in(root)
    assert len(backups(chosen(path).place or path)) == 1
    assert card._open not in card._row.children
    shown.page._deleting._act("all")
    assert say_("your-data.delete.backups_in", path=str(stick)) in words_in(root)
    take_away(stick)
    shown.show()
    assert say_("your-data.place.away") in words_in(root)
    card._back.click()
    assert say_("your-data.place.done_beside") in words_in(root)
    assert CANARY not in words_in(card.widget)
