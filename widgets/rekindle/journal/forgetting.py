"""Forgetting: words go for ever, with every version, from the file and, if that is asked for, from its backups."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rekindle.errors import JournalDamaged, JournalError
from rekindle.journal import backup, migrations
from rekindle.journal.chosen import forget_chosen
from rekindle.journal.folder import ASIDE, FILE_MODE, refusal
from rekindle.journal.key import Key
from rekindle.journal.lock import DRAFT, put_in_place
from rekindle.journal.shred import shred
from rekindle.journal.store import Store
from rekindle.questions import is_own_page

MADE_UP = "made-up"
"""The mark of the made-up person: the sitting of their answers, the start of their entries' ids, and an event."""

PUT_AWAY = ("done", "left-blank")
"""Events that only tell when a page was put away. Others bear on what is open, and deleting words opens nothing."""


@dataclass(frozen=True, slots=True)
class What:
    """What is to go: one answer (`field`), one entry or own question (`entry`), a page's log, or all of a page.

    `made_up`: all that the made-up person wrote, and nobody has changed since.
    """

    exercise: str
    field: str = ""
    entry: str = ""
    log_only: bool = False
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went from the journal, from how many backups it went too, and how many could not be changed.

    `away` is a folder that was chosen for backups and is not there now: what lies in it has it still.
    """

    rows: int
    backups: int = 0
    left: int = 0
    away: str = ""


class Forgetting:
    """Takes words out of one open journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def pages(self) -> list[str]:
        """Return the ids of the pages of which the file holds anything, what was taken out of logs included."""
        tables = ("answer", "entry", "entry_revision")
        each = " UNION ".join(f"SELECT exercise FROM {table}" for table in tables)  # noqa: S608 - our own names
        return [str(row[0]) for row in self._store.rows(f"{each} ORDER BY 1")]

    def forget(self, what: What, *, backups_too: bool) -> Forgotten:
        """Take something out with all its versions, and write the file anew, so that no free page holds it.

        What this cannot reach: blocks that the disk put aside, snapshots, and copies made elsewhere.
        """
        count = _take_out(self._store, what)
        if not backups_too:
            return Forgotten(count)
        copies = backup.every_backup(self._store.path)
        changed = sum(_redraw(copy, self._store.key, what) for copy in copies)
        away = next((str(folder.parent) for folder in backup.away(self._store.path)), "")
        return Forgotten(count, changed, len(copies) - changed, away)


def forget_all(path: Path) -> int:
    """Overwrite and delete a journal, its backups, and all that our programs left beside it; return how many files.

    The lock plays no part: nothing is read. Where a folder that was chosen for backups is away, the note of it stays.
    """
    found = [
        *_of_journal(path),
        *(place for folder in backup.folders(path) for place in _of_journal(folder / path.name)),
    ]
    try:
        for place in found:
            shred(place)
        if not backup.away(path):
            forget_chosen(path)
    except OSError as fault:
        raise refusal(fault, path) from None
    return len(found)


def set_aside(path: Path) -> list[Path]:
    """Return the damaged journals that were set aside beside a journal, and what SQLite had begun beside them."""
    return sorted(place for place in _of_journal(path) if place.name.startswith(ASIDE))


def forget_set_aside(path: Path) -> int:
    """Overwrite and delete the damaged journals that were set aside; return how many files."""
    found = set_aside(path)
    try:
        for place in found:
            shred(place)
    except OSError as fault:
        raise refusal(fault, path) from None
    return len(found)


def _of_journal(path: Path) -> Iterator[Path]:
    """Yield the journals in a folder: whole ones, drafts, and what SQLite had begun to write beside them."""
    for pattern in (f"*{backup.ENDING}", f"*{backup.ENDING}-journal", f".*{backup.ENDING}.*"):
        yield from (place for place in path.parent.glob(pattern) if place.is_file() or place.is_symlink())


def _take_out(store: Store, what: What) -> int:
    with store.transaction():
        migrations.refuse_newer(store, migrations.MIGRATIONS)
        count = 0
        for sql, content in _statements(what):
            store.rows(sql, content)
            count += store.number("SELECT changes()")  # what triggers took away besides is no row of a person's
    store.rows("VACUUM")
    return count


def _statements(what: What) -> Iterator[tuple[str, tuple[object, ...]]]:
    yield from _made_up() if what.made_up else _chosen(what)


def _made_up() -> Iterator[tuple[str, tuple[object, ...]]]:
    yield "DELETE FROM answer WHERE sitting = ?", (MADE_UP,)
    for table in ("entry", "entry_revision"):  # a sitting is told of an entry only when a page has saved it
        sql = f"DELETE FROM {table} WHERE substr(id, 1, ?) = ? AND sitting = ''"  # noqa: S608 - our own names
        yield sql, (len(MADE_UP) + 1, f"{MADE_UP}-")
    yield "DELETE FROM event WHERE kind = ?", (MADE_UP,)


def _chosen(what: What) -> Iterator[tuple[str, tuple[object, ...]]]:
    if what.field:
        yield "DELETE FROM answer WHERE exercise = ? AND field = ?", (what.exercise, what.field)
        return
    for table in ("entry", "entry_revision"):
        sql = f"DELETE FROM {table} WHERE exercise = ?"  # noqa: S608 - our own names
        yield (f"{sql} AND id = ?", (what.exercise, what.entry)) if what.entry else (sql, (what.exercise,))
    if what.entry:
        if is_own_page(what.exercise):  # a question's answers, one for each kind that it ever had
            starts = f"{what.entry}-"
            sql = "DELETE FROM answer WHERE exercise = ? AND substr(field, 1, ?) = ?"
            yield sql, (what.exercise, len(starts), starts)
    elif not what.log_only:
        yield "DELETE FROM answer WHERE exercise = ?", (what.exercise,)
        sql = "DELETE FROM event WHERE kind IN (?, ?) AND json_extract(detail, '$.exercise') = ?"
        yield sql, (*PUT_AWAY, what.exercise)
        if is_own_page(what.exercise):
            yield "DELETE FROM meta WHERE name = ?", (what.exercise,)  # the order of its questions


def _redraw(place: Path, key: Key | None, what: What) -> bool:
    """Put a copy without it in a backup's place; return False for one that does not open with our key."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(8)}{DRAFT}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        with Store(place, key) as old:
            migrations.admit(old, migrations.MIGRATIONS)
            with Store(draft, key, new=True) as copy:
                old.copy_into(copy)
        with Store(draft, key) as copy:
            copy.prepare_to_write()
            _take_out(copy, what)
            if not copy.is_sound(thorough=True):
                raise JournalDamaged(path=str(place))
        put_in_place(draft, place)
    except (JournalError, OSError):
        return False
    finally:
        with suppress(OSError):
            if draft.exists():
                shred(draft)
    return True
