"""An open journal file: one held connection, its pragmas and its transactions."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2 as sqlite

from rekindle.errors import JournalDamaged, JournalLocked, JournalMoved, JournalPlain
from rekindle.journal.faults import told
from rekindle.journal.key import Key

MAGIC = b"SQLite format 3\0"
PAGE = 4096
NO_KEY = "''"
PATIENCE = 10.0
"""Seconds to wait for another program that holds the file, before it is called busy."""

_PAUSE = 0.0005, 0.008

_FIRST = (
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
# These may write, or matter only to writing: they come after the file has been found to be ours and sound.
_FOR_WRITING = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA secure_delete = ON",
)

# Closing any handle of a file drops every POSIX lock that this process holds on it. So nobody peeks into a
# journal's file while a transaction of the same process, in another thread, relies on such a lock.
_TURN = threading.RLock()


class Store:
    """One connection to one journal file. Any thread may use it; they take turns."""

    def __init__(self, path: Path, key: Key | None = None, *, new: bool = False) -> None:
        """Open an existing file (with `new`, an empty one); raise a journal error if key and file do not fit.

        Changes no byte, unless a program died while it wrote: then SQLite undoes what that one had begun.
        """
        self.path = path
        self.key = key
        self.patience = PATIENCE
        self._waits_since = 0.0
        self._new = new
        self.before_writing: Callable[[], None] = lambda: None
        with told(path):
            # JupyterLab hands a page's messages to threads of its own choice (subshells), and _TURN keeps them apart.
            self._connection: Any = sqlite.connect(
                path.as_uri() + "?mode=rw", uri=True, isolation_level=None, check_same_thread=False
            )
        try:
            self._unlock()
            self.identity = self._find_identity()
        except BaseException:
            self.close()
            raise

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {'encrypted' if self.key else 'plain'}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with _TURN:
            self._connection.close()

    def prepare_to_write(self) -> None:
        """Set what makes a commit durable and a deletion real."""
        for pragma in _FOR_WRITING:
            self.rows(pragma)

    def rows(self, sql: str, content: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of one statement."""
        with _TURN, told(self.path):
            rows: list[tuple[Any, ...]] = self._connection.execute(sql, content).fetchall()
            return rows

    def number(self, sql: str, content: Sequence[object] = ()) -> int:
        """Return the first column of the only row of a statement."""
        return int(self.rows(sql, content)[0][0])

    @property
    def own_changes(self) -> int:
        """How many rows this connection has written since it was opened."""
        return int(self._connection.total_changes)

    @contextmanager
    def knowing(self, name: str, act: Callable[..., bool], *, takes: int = 1) -> Iterator[None]:
        """Let statements call a function of one text or more by this name, and forget it afterwards."""
        with _TURN, told(self.path):
            self._connection.create_function(name, takes, act)
            try:
                yield
            finally:
                self._connection.create_function(name, takes, None)

    def refuse_moved(self) -> None:
        """Raise JournalMoved if our file is no longer the one at its path: what we wrote would be in no file."""
        if self.identity is None or self._find_identity() != self.identity:
            raise JournalMoved(path=str(self.path))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing, alone: the write lock is taken at the start. Raises JournalBusy after 10 seconds.

        `before_writing` is called first, and may refuse.
        """
        self.before_writing()
        with self._between("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several times from one and the same state."""
        with self._between("BEGIN"):
            yield

    def hold(self) -> None:
        """Keep every other program out, readers too, until this store is closed. Raises JournalBusy after 10 seconds.

        From now on nothing in this process may open the file: closing that handle would give the lock away.
        """
        self.rows("PRAGMA main.locking_mode = EXCLUSIVE")
        with self._between("BEGIN EXCLUSIVE"):
            self.number("SELECT count(*) FROM sqlite_schema")

    def export_to(self, path: Path, key: Key | None) -> None:
        """Write all that is in the file into an empty one, with another key or with none."""
        with _TURN, told(path):
            at = (f"{path.as_uri()}?mode=rw",)
            # Without its own KEY the new file would be given the key of this one.
            self._connection.execute(f"ATTACH DATABASE ? AS other KEY {key.literal if key else NO_KEY}", at)
            try:
                # It is complete or of no use, so nothing of it need be undone: it has no rollback journal.
                for pragma in ("journal_mode = OFF", "synchronous = EXTRA", "fullfsync = ON"):
                    self.rows(f"PRAGMA other.{pragma}")
                with self._between("BEGIN EXCLUSIVE"):
                    self.rows("SELECT sqlcipher_export('other')")
                for mark in ("application_id", "user_version"):
                    self.rows(f"PRAGMA other.{mark} = {self.number(f'PRAGMA main.{mark}')}")
            finally:
                with suppress(sqlite.Error):
                    self._connection.execute("DETACH DATABASE other")

    def copy_into(self, other: Store) -> None:
        """Make the file behind `other` a copy of this one, as it stands now."""
        with told(other.path):
            self._connection.backup(other._connection)

    def is_sound(self, *, thorough: bool = False) -> bool:
        """Return whether the file is in order: a plain one's structure, an encrypted one's every page (or both).

        Rows of a plain file have checksums of their own for what this cannot see.
        """
        with self.snapshot():
            # The check of an encrypted file takes no lock, and would call a page torn that another program writes
            # just then. The first reading of a snapshot takes one.
            self.rows("SELECT count(*) FROM sqlite_schema")
            found = self.rows("PRAGMA cipher_integrity_check") if self.key else []
            if thorough or not self.key:
                found += self.rows("PRAGMA integrity_check(1)")
            return all(row[0] == "ok" for row in found)

    @contextmanager
    def _between(self, beginning: str) -> Iterator[None]:
        with _TURN:
            try:
                self.rows(beginning)
            except JournalDamaged:
                self.refuse_moved()  # what a file held that was replaced by a locked one is overwritten
                raise
            try:
                self.refuse_moved()
                yield
                self.rows("COMMIT")
            except BaseException:
                # After some faults SQLite has rolled back by itself; then there is nothing to roll back.
                with suppress(sqlite.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def _unlock(self) -> None:
        with _TURN:
            header = header_of(self.path)
            if self.key and header == MAGIC:
                raise JournalPlain(path=str(self.path))
            if not self.key and header != MAGIC and not self._new:
                kind = JournalLocked if looks_encrypted(self.path) else JournalDamaged
                raise kind(path=str(self.path))
            # SQLCipher writes about a wrong key on stderr unless told, before the key, not to.
            self.rows("PRAGMA cipher_log_level = NONE")
            if self.key:
                self._give(self.key)
            self._connection.set_busy_handler(self._wait)
            for pragma in _FIRST:
                self.rows(pragma)
            try:
                self.rows("SELECT count(*) FROM sqlite_schema")
            except JournalDamaged:
                if self.key:
                    raise JournalLocked(path=str(self.path)) from None
                raise

    def _wait(self, times: int) -> bool:
        """Wait a moment for another program's lock; return whether to try again.

        SQLite's own way sleeps ever longer, up to 100 ms, so that whoever has waited longest comes last: of 16 busy
        writers one was turned away after 10 seconds (measured). Here the pauses are short, and shrink with waiting:
        on an overloaded machine at most some 20 of 480 saves went before one that waited.
        """
        now = time.monotonic()
        if not times:
            self._waits_since = now
        waited = now - self._waits_since
        time.sleep(random.uniform(*_PAUSE) / (1 + 10 * waited))  # noqa: S311 - a pause is no secret
        return waited < self.patience

    def _give(self, key: Key) -> None:
        with told(self.path):
            self._connection.execute(f"PRAGMA key = {key.literal}")

    def _find_identity(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def header_of(path: Path) -> bytes:
    """Return the first 16 bytes of a file: a plain journal's are SQLite's own, an encrypted one's are chance."""
    with _TURN:
        try:
            with path.open("rb") as file:
                return file.read(len(MAGIC))
        except OSError:
            return b""


def looks_encrypted(path: Path) -> bool:
    """Return whether a file could be an encrypted journal."""
    return seems_encrypted(header_of(path), path.stat().st_size)


def seems_encrypted(header: bytes, size: int) -> bool:
    """Return whether a file with this beginning could be: whole pages, and no plain header with a scratch."""
    alike = sum(a == b for a, b in zip(header, MAGIC, strict=False))
    return size > 0 and size % PAGE == 0 and alike < len(MAGIC) // 2 and any(header)
