"""The shortcut: an icon whose double click starts the book, under a name that tells nobody what it is."""

from __future__ import annotations

import configparser
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from rekindle import __version__
from rekindle.content import say
from rekindle.shortcut import ICON, pieces

COMMAND = [sys.executable, "-P", "-m", "rekindle"]
ODD = Path("/opt/a b/$HOME `x` \"q\" 100% \\ 'p'/python")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)


def exec_of(entry: str) -> list[str]:
    """Return the words of a desktop entry's command, as the specification reads them: value, quoting, fields."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their case, as the documentation shows
    parser.read_string(entry)
    value = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    read = ["sh", "-c", f"printf '%s\\0' {value}"]  # the shell takes the same four signs back within double quotes
    words = subprocess.run(read, capture_output=True, text=True, check=True).stdout.split("\0")
    return [word.replace("%%", "%") for word in words[:-1]]


@pytest.fixture
def desktop(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = home / "Desktop"
    folder.mkdir()
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(folder))
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="Each system has its own shortcut; this one is written here")
def test_the_icon_stands_on_the_desktop_and_among_the_programs_and_starts_the_book(desktop: Path, home: Path) -> None:
    done = run("shortcut", "--name", "Notes")
    assert done.returncode == 0, done.stderr
    assert say("command.shortcut.seen") not in done.stdout
    icons = sorted(home.rglob("Notes.desktop"))
    assert len(icons) == 2
    assert desktop / "Notes.desktop" in icons
    for icon in icons:
        assert str(icon) in done.stdout
        words = exec_of(icon.read_text())
        told = subprocess.run([*words, "--version"], capture_output=True, text=True, check=True, cwd=home)
        assert told.stdout.strip() == f"Rekindle {__version__}"
    assert "ekindle" not in icons[0].name
    assert os.access(desktop / "Notes.desktop", os.X_OK)
    assert run("shortcut", "--name", "Notes").returncode == 0, "once more is fine"
    assert run("shortcut", "--name", "Notes", "--remove").returncode == 0
    assert list(home.rglob("*.desktop")) == []
    assert say("command.shortcut.none") in run("shortcut", "--name", "Notes", "--remove").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="Each system has its own shortcut; this one is written here")
def test_its_own_name_is_said_to_be_seen_by_everyone(desktop: Path) -> None:
    assert say("command.shortcut.seen") in run("shortcut").stdout
    assert (desktop / "Rekindle.desktop").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Each system has its own shortcut; this one is written here")
def test_another_programs_file_is_neither_written_over_nor_deleted(desktop: Path) -> None:
    other = desktop / "Notes.desktop"
    other.write_text("[Desktop Entry]\nExec=notes\n")
    done = run("shortcut", "--name", "Notes")
    assert done.returncode == 1
    assert say("errors.name-taken.happened", path=str(other)) in done.stderr
    run("shortcut", "--name", "Notes", "--remove")
    assert other.read_text() == "[Desktop Entry]\nExec=notes\n"


@pytest.mark.parametrize("name", ["", " ", "a/b", "..\\b", "a\nExec=x", "x" * 61, "a\x00b", 'say "x"', " Notes"])
def test_a_name_that_some_system_cannot_bear_is_refused_kindly(name: str, desktop: Path) -> None:
    if "\x00" in name:
        name = name.replace("\x00", "\x01")  # no command line can hold the first
    done = run("shortcut", "--name", name)
    assert done.returncode == 1
    assert say("errors.name-refused.todo") in done.stderr
    assert list(desktop.iterdir()) == []


def test_the_command_of_an_entry_survives_every_sign_in_a_path() -> None:
    (entry, *_) = pieces("linux", ODD, "Notes", ("--home", "/home/it's 5%"))
    assert exec_of(entry.text) == [str(ODD), "-P", "-m", "rekindle", "--home", "/home/it's 5%"]
    assert f"Icon={ICON}\n" in entry.text


def test_the_mac_gets_a_script_that_the_shell_reads_back_word_by_word() -> None:
    (script,) = pieces("darwin", ODD, "Notes")
    assert script.path.suffix == ".command"
    assert script.mode == 0o700
    first, line = script.text.splitlines()
    assert first == "#!/bin/sh"
    assert shlex.split(line) == ["exec", str(ODD), "-P", "-m", "rekindle"]


def test_windows_gets_a_file_to_double_click_with_its_paths_in_quotes() -> None:
    (script,) = pieces("win32", Path("C:/Users/Jo Doe/100%/python.exe"), "Notes")
    assert script.path.suffix == ".cmd"
    assert '"-P" "-m" "rekindle"' in script.text
    assert "100%%" in script.text
    assert script.text.endswith("\r\n")
