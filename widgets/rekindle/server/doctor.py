"""The doctor: what is where, and whether it is as it should be. Reads, and changes nothing of a person's."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from packaging.version import Version

from rekindle.errors import JournalDamaged, JournalLocked, RekindleError
from rekindle.journal import Journal, Key, is_locked, migrations, newest_good
from rekindle.journal.backup import away, every_backup, taken
from rekindle.journal.chosen import chosen, is_open_to_others, there
from rekindle.journal.places import places
from rekindle.journal.store import Store
from rekindle.server.claim import is_running

# Below these versions there are known ways for others to read or run what is not theirs.
FLOORS = {
    "voila": "0.5.6",
    "jupyter-server": "2.20.0",
    "jupyterlab": "4.5.7",
    "nbconvert": "7.17.1",
    "jupyter-client": "8.10.0",
    "sqlcipher3": "0.6.4",
    "tornado": "6.5.0",
    "ipywidgets": "8.1.5",
    "anywidget": "0.11.0",
    "notebook": "7.5.6",
    "jupyterhub": "4.1.0",
    "jupyter-server-proxy": "4.1.1",
    "oauthenticator": "17.4.0",
}
# Not needed by the workbook; checked where somebody has them.
OPTIONAL = ("notebook", "jupyterhub", "jupyter-server-proxy", "oauthenticator")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a sentence under `command.doctor`, its facts, and whether it needs a look."""

    key: str
    facts: dict[str, str | int] = field(default_factory=dict)
    amiss: bool = False


def look(journal: Path, notebooks: Path, rekindle_version: str, key: Key | None = None) -> list[Finding]:
    """Return everything that was looked at, in the order in which a person would ask.

    A locked journal is looked into only with its key.
    """
    return [
        Finding("version", {"version": rekindle_version, "python": platform.python_version()}),
        *_libraries(),
        *_notebooks(notebooks),
        *_folder(journal.parent),
        *_journal(journal, key),
    ]


def _libraries() -> Iterator[Finding]:
    for name, floor in FLOORS.items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            if name not in OPTIONAL:
                yield Finding("library_missing", {"name": name, "floor": floor}, amiss=True)
            continue
        old = Version(version) < Version(floor)
        facts: dict[str, str | int] = {"name": name, "version": version}
        yield Finding("library_old", {**facts, "floor": floor}, amiss=True) if old else Finding("library", facts)


def _notebooks(folder: Path) -> Iterator[Finding]:
    there = any(folder.glob("*.ipynb"))
    yield Finding("notebooks" if there else "notebooks_none", {"path": str(folder)}, amiss=not there)


def _folder(folder: Path) -> Iterator[Finding]:
    """Look at the journal's folder; one that is not there yet is looked for in the folder that would hold it."""
    if not folder.is_dir():
        nearest = next((parent for parent in folder.parents if parent.is_dir()), folder)
        if not os.access(nearest, os.W_OK):
            yield Finding("folder_closed", {"path": str(folder)}, amiss=True)
        return
    if not os.access(folder, os.W_OK):
        yield Finding("folder_closed", {"path": str(folder)}, amiss=True)
    yield Finding("folder_fine") if _is_private(folder) else Finding("folder_wide", amiss=True)
    if is_running(folder):
        yield Finding("running")


def _journal(journal: Path, key: Key | None) -> Iterator[Finding]:
    if not journal.exists():
        yield Finding("journal_none", {"path": str(journal)})
        return
    yield Finding("journal", {"path": str(journal)})
    yield Finding("size", {"size": (journal.stat().st_size + 1023) // 1024})
    if not _is_private(journal):
        yield Finding("open_to_others", {"mode": f"{stat.S_IMODE(journal.stat().st_mode):03o}"}, amiss=True)
    if is_locked(journal) and key is None:
        yield Finding("locked")
    else:
        yield from _inside(journal, key)
    for place in places(journal)[1:]:
        key_ = {True: "place_locked", False: "place_plain", None: "place_unsure"}[place.locked]
        yield Finding(key_, {"path": str(place.path), "size": (place.size + 1023) // 1024})
        if not place.private:
            yield Finding("place_wide", {"path": str(place.path)}, amiss=True)
        if place.kind == "aside" and place.locked is False and is_locked(journal):
            yield Finding("aside_plain", {"path": str(place.path)}, amiss=True)
    yield from _chosen(journal)
    kept = every_backup(journal)
    if not kept:
        yield Finding("backups_none")
        return
    newest = max(path.stat().st_mtime for path in kept)
    yield Finding("backups_one" if len(kept) == 1 else "backups_many", {"count": len(kept), "date": _day(newest)})


def _chosen(journal: Path) -> Iterator[Finding]:
    """Say where backups go, if the person chose, and which folders of theirs are away."""
    choice = chosen(journal)
    if choice.now and choice.place:
        yield Finding("backups_go", {"path": str(choice.now)})
        exposed = any(map(is_open_to_others, there([choice.place])))
        if exposed and not is_locked(journal):
            key = "backups_exposed" if choice.agreed else "backups_not_there_plain"
            yield Finding(key, {"path": str(choice.now)}, amiss=not choice.agreed)
    for place in away(journal):
        yield Finding("backups_away", {"path": str(place.parent)}, amiss=place == choice.place)


def _inside(journal: Path, key: Key | None) -> Iterator[Finding]:
    """Open the journal and read every row. What it says is looked at by nobody."""
    try:
        store = Store(journal, key)
        try:
            yield Finding("schema", {"version": migrations.version(store)})
        finally:
            store.close()
        with Journal.open(journal, never_kept=(), key=key) as book:
            book.prove()
        yield Finding("journal_fine")
    except RekindleError as error:
        yield Finding(f"error.{error.code}", dict(error.facts), amiss=True)
        if isinstance(error, JournalDamaged | JournalLocked):
            good = newest_good(every_backup(journal), key)
            yield Finding("backup_good", {"date": taken(good).date().isoformat()}) if good else Finding("backup_bad")


def _is_private(path: Path) -> bool:
    """Tell whether no other account has any right there; on Windows a person's own folders are private as they are."""
    return os.name == "nt" or not stat.S_IMODE(path.stat().st_mode) & 0o077


def _day(stamp: float) -> str:
    return dt.datetime.fromtimestamp(stamp, dt.UTC).date().isoformat()
