"""The folder that a person chose for backups, noted beside the journal: a damaged or locked one is then no hindrance.

In it we make a folder of our own, with a name that no other journal has: what a person keeps beside it is never ours
to close or to delete. It is made when it is chosen, and only then. So a stick that is away is away, and nothing is
written where it would be.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rekindle.errors import BackupFolderOpen, BackupFolderRefused, JournalError
from rekindle.journal.folder import FOLDER_MODE, make_whole

FILE = "backups.json"
NAME = "backups-"
_ALL, _MOST = 0o077, 20


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen: `now`, and every folder that was before it; in each, a folder `name` is ours.

    `agreed` says that backups without a lock may lie where others could read them.
    """

    name: str
    now: Path | None = None
    every: tuple[Path, ...] = ()
    agreed: bool = False

    @property
    def place(self) -> Path | None:
        """Where backups go; None: beside the journal. It may be away."""
        return self.now / self.name if self.now else None

    @property
    def places(self) -> list[Path]:
        """Where backups are or were, the ones that are away too."""
        return [folder / self.name for folder in self.every]


def chosen(journal: Path) -> Chosen:
    """Return what was chosen for a journal; of a note that cannot be read, that nothing was."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept: dict[str, Any] = json.loads((journal.parent / FILE).read_text(encoding="utf-8"))
        name, now = str(kept["name"]), kept["now"]
        if name.startswith(NAME) and name == Path(name).name:
            every = tuple(Path(folder) for folder in kept["every"][:_MOST])
            return Chosen(name, Path(now) if now else None, every, bool(kept["agreed"]))
    return Chosen(NAME + secrets.token_hex(3))


def choose(journal: Path, folder: Path | None, *, agreed: bool = False, locked: bool) -> Chosen:
    """Let backups go to a folder from now on; None: beside the journal. What is in earlier ones stays there.

    Raises BackupFolderRefused for one that is not there, cannot be written or is the journal's own; and
    BackupFolderOpen for one that others could read, unless the journal is locked or that was agreed to.
    """
    before = chosen(journal)
    every = [one for one in before.every if (one / before.name).is_dir() or one == before.now]
    if folder is None:
        return _note(journal, replace(before, now=None, every=tuple(every), agreed=False))
    folder = folder.expanduser().absolute()
    if not folder.is_dir() or folder.resolve().is_relative_to(journal.parent.resolve()):
        raise BackupFolderRefused(path=str(folder))
    place = folder / before.name
    made = _make(place)
    if not locked and not agreed and is_open_to_others(place):
        if made:
            place.rmdir()
        raise BackupFolderOpen(path=str(folder))
    kept = dict.fromkeys([*every, folder])
    return _note(journal, Chosen(before.name, folder, tuple(kept)[-_MOST:], agreed))


def is_open_to_others(place: Path) -> bool:
    """Return whether another account could read what is in a folder, as far as the system tells.

    A stick's file system often knows no owners. Windows tells it by other means than a mode, so there only what is
    in the person's own folders counts as theirs.
    """
    if os.name == "nt":
        return not place.resolve().is_relative_to(Path.home().resolve())
    return bool(stat.S_IMODE(place.stat().st_mode) & _ALL)


def there(places: list[Path]) -> Iterator[Path]:
    """Yield those of some folders that are there, and are folders of their own."""
    for place in places:
        with suppress(OSError):
            if place.is_dir() and not place.is_symlink():
                yield place


def forget_chosen(journal: Path) -> None:
    """Take away the note, and our folders that are empty."""
    for place in there(chosen(journal).places):
        with suppress(OSError):  # something else lies in it: then it stays
            place.rmdir()
    with suppress(OSError):
        (journal.parent / FILE).unlink(missing_ok=True)


def _make(place: Path) -> bool:
    """Make our folder, as private as its file system can, and write in it; return False if it was there."""
    try:
        made = not place.exists()
        if place.is_symlink():
            raise BackupFolderRefused(path=str(place))
        place.mkdir(FOLDER_MODE, exist_ok=True)
        with suppress(PermissionError):  # FAT has one mode for all
            place.chmod(FOLDER_MODE)
        proof = place / f".{secrets.token_hex(8)}.new"
        try:
            make_whole(proof, lambda draft: _write(draft, b"-"))
        finally:
            proof.unlink(missing_ok=True)
    except (OSError, JournalError):
        raise BackupFolderRefused(path=str(place.parent)) from None
    return made


def _note(journal: Path, kept: Chosen) -> Chosen:
    note = {
        "name": kept.name,
        "now": str(kept.now) if kept.now else None,
        "every": [str(folder) for folder in kept.every],
        "agreed": kept.agreed,
    }
    text = json.dumps(note, indent=1, ensure_ascii=False).encode("utf-8", "surrogateescape")
    make_whole(journal.parent / FILE, lambda draft: _write(draft, text), replace=True)
    return kept


def _write(draft: Path, content: bytes) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
