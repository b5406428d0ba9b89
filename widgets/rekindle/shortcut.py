"""The shortcut: an icon that opens the book with a double click. What differs by system stands here alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from rekindle import settings
from rekindle.content import say
from rekindle.errors import NameRefused, NameTaken, ShortcutRefused
from rekindle.portable.whole_file import write_whole

NAME = "Rekindle"
ICON = "accessories-text-editor"  # from the system's own theme: it tells nobody what the book is
OUTSIDE = '/\\:*?"<>|'
"""What no file may be called on one system or another."""
LONGEST = 60


@dataclass(frozen=True)
class Piece:
    """One file that makes a shortcut: where it stands, what is in it, and its mode."""

    path: Path
    text: str
    mode: int


def shortcut(
    *,
    name: Annotated[str, typer.Option("--name", show_default=False)] = NAME,
    remove: Annotated[bool, typer.Option("--remove")] = False,
    home: Annotated[Path | None, typer.Option("--home")] = None,
) -> None:
    """Put an icon on the desktop and among the programs, or take it away."""
    settings.use_home(home)
    if name != name.strip() or not 0 < len(name) <= LONGEST or any(c in OUTSIDE or not c.isprintable() for c in name):
        raise NameRefused
    more = ("--home", str(home.expanduser().absolute())) if home else ()
    made = pieces(sys.platform, Path(sys.executable), name, more)
    try:
        done = [piece.path for piece in made if (_take(piece) if remove else _put(piece))]
    except OSError as error:
        raise ShortcutRefused(path=str(error.filename or "")) from error
    for path in done:
        typer.echo(say("command.shortcut.removed" if remove else "command.shortcut.done", path=str(path)))
    if remove and not done:
        typer.echo(say("command.shortcut.none"))
    elif not remove:
        typer.echo(say("command.shortcut.stop"))
        if name == NAME:
            typer.echo(say("command.shortcut.seen"))


def pieces(system: str, python: Path, name: str, more: Sequence[str] = ()) -> list[Piece]:
    """Return the files that make a shortcut on a system, named as `sys.platform` names it."""
    words = [str(python), "-P", "-m", "rekindle", *more]  # -P: never a folder called rekindle that lies where we start
    desktop = Path(platformdirs.user_desktop_dir())
    if system == "win32":
        line = " ".join(f'"{word}"' for word in words).replace("%", "%%")
        return [Piece(desktop / f"{name}.cmd", f"@chcp 65001 >nul\r\n@{line}\r\n", 0o600)]
    if system == "darwin":
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
        return [Piece(desktop / f"{name}.command", f"#!/bin/sh\nexec {quoted}\n", 0o700)]
    entry = _entry(words, name)
    programs = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "applications"
    found = [Piece(programs / f"{name}.desktop", entry, 0o600)]
    return [*found, Piece(desktop / f"{name}.desktop", entry, 0o700)] if desktop.is_dir() else found


def _entry(words: Sequence[str], name: str) -> str:
    """Return a desktop entry; a terminal stays open beside the book, and to close it closes the book."""
    lines = {"Type": "Application", "Version": "1.5", "Name": name, "Exec": " ".join(map(_exec, words)), "Icon": ICON}
    told = "".join(f"{key}={value}\n" for key, value in {**lines, "Terminal": "true"}.items())
    return f"[Desktop Entry]\n{told}"


def _exec(word: str) -> str:
    """Quote one word of a command: first as Exec wants it, then as every value of the file wants it."""
    quoted = "".join(f"\\{c}" if c in '"`$\\' else c for c in word).replace("%", "%%")
    return f'"{quoted}"'.replace("\\", "\\\\")


def _put(piece: Piece) -> bool:
    if os.path.lexists(piece.path) and not _is_ours(piece.path):
        raise NameTaken(path=str(piece.path))
    piece.path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(piece.path, piece.text.encode(), piece.mode)
    return True


def _take(piece: Piece) -> bool:
    """Delete a shortcut that is ours; another program's file of that name stays."""
    if not _is_ours(piece.path):
        return False
    piece.path.unlink()
    return True


def _is_ours(path: Path) -> bool:
    """Tell whether a file is there and starts the book."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return False
    return any(f"{mark}-m{mark} {mark}rekindle{mark}" in text for mark in ('"', "'"))
