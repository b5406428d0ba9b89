"""Places: every file beside a journal, its size, and who can read it. Of most, only the first bytes are read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rekindle.journal.backup import ENDING, folders
from rekindle.journal.folder import ASIDE
from rekindle.journal.noise import is_noise
from rekindle.journal.store import looks_encrypted


@dataclass(frozen=True, slots=True)
class Place:
    """One file: `kind` is journal, backup, aside (a damaged one that was kept), begun (of SQLite), or other.

    `locked` is None for a damaged one of which only some reads as locked.
    """

    path: Path
    kind: str
    size: int
    private: bool
    locked: bool | None


def places(journal: Path) -> list[Place]:
    """Return the files in a journal's folder and in those of its backups that are there, the journal first."""
    kept = folders(journal)
    found = [*_files(journal.parent), *(path for folder in kept for path in _files(folder))]
    return sorted(
        (_place(path, journal, kept) for path in found), key=lambda place: (place.path != journal, place.path)
    )


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.is_file() and not path.is_symlink())


def _place(path: Path, journal: Path, kept: list[Path]) -> Place:
    found = path.stat()
    private = os.name == "nt" or not stat.S_IMODE(found.st_mode) & 0o077
    kind = _kind(path, journal, kept)
    # Damage may have cut a locked file short, or scratched the beginning of a plain one: that is looked through.
    locked = is_noise(path) if kind == "aside" else kind in ("journal", "backup") and looks_encrypted(path)
    return Place(path, kind, found.st_size, private, locked)


def _kind(path: Path, journal: Path, kept: list[Path]) -> str:
    if path == journal:
        return "journal"
    if path.name.startswith(ASIDE) and path.suffix == ENDING:
        return "aside"
    if path.name.endswith("-journal") or f"{ENDING}." in path.name:
        return "begun"
    return "backup" if path.parent in kept and path.suffix == ENDING else "other"
