"""A locked journal that is damaged: the way back to a backup is there, and what is said of the damaged file is true."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.content import catalog, say
from rekindle.errors import JournalDamaged, JournalError, JournalLocked
from rekindle.journal import Journal, Key, key_for, new_key, relock
from rekindle.journal.backup import every_backup
from rekindle.journal.noise import is_noise
from rekindle.journal.places import places
from rekindle.page.unlocking import KernelKey
from rekindle.records import Moment
from rekindle.server.porter_desk import _opens_a_backup, _try
from rekindle.your_data import YourData
from tests.visit import Visit, act, words_in

COMMAND = str(Path(sys.executable).with_name("rekindle"))
CANARY, TYPED = "canary-4711 and a long line of words that a person wrote", "drei Worte genügen"
ASIDE = "journal-damaged-2026-11-22T120000.000000Z.rekindle"


@pytest.fixture(autouse=True)
def no_key_is_left() -> Iterator[None]:
    yield
    KernelKey.held = None


def written(key: Key | None) -> Path:
    """Write a journal of some pages, with a backup."""
    path = settings.journal_path()
    with Journal.open(path, never_kept=(), key=key) as journal:
        for number in range(60):
            field = f"f{number}"
            journal.save("why-it-ended", field, CANARY * 5, base=0, wording="w", sitting="", moment=Moment.now())
        journal.back_up(Moment.now())
    return path


def cut(raw: bytes) -> bytes:
    return raw[:-1000]


def scratched(raw: bytes) -> bytes:
    return random.Random(1).randbytes(16) + raw[16:]


def zeroed(raw: bytes) -> bytes:
    return raw[:8192] + bytes(4096) + raw[12288:]


def swapped(raw: bytes) -> bytes:
    return raw[:4096] + raw[8192:12288] + raw[4096:8192] + raw[12288:]


def early(raw: bytes) -> bytes:
    """Damage every page but the first."""
    return raw[:4096] + random.Random(2).randbytes(len(raw) - 4096)


DAMAGES = [cut, scratched, zeroed, swapped]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "plain"])
def test_what_is_said_of_a_file_that_was_set_aside_is_true(locked: bool, damage: Callable[[bytes], bytes]) -> None:
    path = written(new_key(TYPED) if locked else None)
    aside = path.with_name(ASIDE)
    aside.write_bytes(damage(path.read_bytes()))
    (place,) = [place for place in places(path) if place.kind == "aside"]
    expected = {True} if locked and damage is not zeroed else {None} if locked else {False, None}
    assert place.locked in expected
    assert (place.locked is True) <= (CANARY.encode() not in aside.read_bytes())


@pytest.mark.parametrize("size", [0, 256, 4096, 5000, 400_000])
def test_chance_is_noise_and_words_are_not(tmp_path: Path, size: int) -> None:
    file = tmp_path / "file"
    file.write_bytes(random.Random(size).randbytes(size))
    assert is_noise(file) is (size > 0)
    file.write_bytes((CANARY.encode() * 10_000)[:size])
    assert is_noise(file) is False
    file.write_bytes(CANARY.encode()[:16])
    assert is_noise(file) is None  # of so few nobody can tell


def run(*words: str, passphrase: Path | None = None) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, **({"REKINDLE_PASSPHRASE_FILE": str(passphrase)} if passphrase else {})}
    return subprocess.run(
        [COMMAND, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
        env=around,
    )


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    file = tmp_path / "typed"
    file.touch(0o600)
    file.write_text(TYPED)
    return file


@pytest.mark.parametrize("damage", [*DAMAGES, early])
def test_a_locked_journal_comes_back_in_the_terminal_however_it_is_damaged(
    typed: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = written(new_key(TYPED))
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    done = run("restore", "--yes", passphrase=typed)
    assert done.returncode == 0, done.stderr
    with Journal.open(path, never_kept=(), key=key_for(path, TYPED)) as journal:
        assert len(journal.answers()) == 60
    if damage is scratched:  # only the salt was lost, and the backups have the same: it is kept as a whole copy
        with Journal.open(every_backup(path)[0], never_kept=(), key=key_for(path, TYPED)) as kept:
            assert len(kept.answers()) == 60
    else:
        assert say("command.keep.damaged") in done.stdout
        (aside,) = path.parent.glob("journal-damaged-*")
        assert aside.read_bytes() == damaged
    assert CANARY not in done.stdout + done.stderr


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


def test_on_the_page_the_backup_is_offered_where_the_locked_journal_did_not_open_at_all(
    visit: Callable[..., Visit],
) -> None:
    KernelKey.held = new_key(TYPED)
    path = written(KernelKey.held)
    path.write_bytes(early(path.read_bytes()))
    with pytest.raises(JournalError):
        Journal.open(path, never_kept=(), key=KernelKey.held)
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    root = one.page.root
    assert say("your-data.backups.none_good") not in words_in(root)
    act(root, "copy ")
    act(root, "back ")
    with Journal.open(path, never_kept=(), key=KernelKey.held) as journal:
        assert len(journal.answers()) == 60


def test_a_right_passphrase_opens_the_way_back_and_one_that_opens_only_a_backup_says_so() -> None:
    path = written(new_key(TYPED))
    whole = path.read_bytes()
    path.write_bytes(early(whole))
    key = _try(path, TYPED)
    with pytest.raises((JournalDamaged, JournalLocked)):
        Journal.open(path, never_kept=(), key=key)
    with pytest.raises(JournalLocked):
        _try(path, "not it")
    path.write_bytes(scratched(whole))
    with pytest.raises(JournalLocked):
        _try(path, TYPED)
    assert _opens_a_backup(path, TYPED)
    assert not _opens_a_backup(path, "not it")


def test_a_plain_one_beside_a_locked_journal_is_named_and_can_go_for_ever(
    typed: Path, visit: Callable[..., Visit]
) -> None:
    path = written(None)
    aside = path.with_name(ASIDE)
    aside.write_bytes(cut(path.read_bytes()))
    relock(path, None, new_key(TYPED))
    told = run("doctor", passphrase=typed)
    assert say("command.doctor.aside_plain", path=str(aside)) in told.stdout
    assert told.returncode == 1
    assert run("forget", "set-aside").returncode == 1
    assert aside.exists()
    assert say("command.keep.aside_gone", count=1) in run("forget", "set-aside", "--yes").stdout
    assert not aside.exists()
    assert say("command.keep.aside_none") in run("forget", "set-aside", "--yes").stderr
    assert len(every_backup(path)) == 1
    aside.write_bytes(b"SQLite format 3\0" + CANARY.encode() * 100)
    KernelKey.held = key_for(path, TYPED)
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    act(one.page.root, "aside")
    assert catalog().say("your-data.delete.ask_aside") in words_in(one.page.root)
    one.page._deleting._typed.value = "delete"
    one.page._deleting._go.click()
    assert not aside.exists()
    with Journal.open(path, never_kept=(), key=KernelKey.held) as journal:
        assert len(journal.answers()) == 60
