"""Soundness: whether an open journal's file is in order as a whole, and what waits until that is known.

A check reads the whole file: some ten milliseconds for most people's, a second for a million entries, and several where
the disk has to fetch them. So a page looks a large file over after it was shown (`page/checkup.py`), and not before its
first word. What that leaves open meanwhile is small, since what is read is proven as it is read: a row by its checksum,
a page of an encrypted file by its own. And nothing at all is written before the check has ended well: the first save
waits for it, or makes it. From the moment that a file is found damaged, it is neither read nor written.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from rekindle.errors import JournalBusy, JournalDamaged
from rekindle.journal.store import Store
from rekindle.settings import sound_notes

AT_ONCE = 4 << 20
"""Up to so many bytes, a file is checked while it is opened: in some ten milliseconds."""

A_WHILE = 3600.0
"""Seconds for which one kernel's check is good for the others of one server. Damage is not noted: each finds it."""


class Soundness:
    """What is known of the file of one open store. Any thread may ask; a check is made once, by whoever asks first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._known: bool | None = None
        self._looking: sqlite.Connection | None = None
        self._closed = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._known}>"

    @property
    def is_known(self) -> bool:
        """Whether the file has been checked, by us or by another kernel of this server a short while ago."""
        if self._known is None and self._is_noted():
            self._known = True
        return self._known is not None

    def refuse_damaged(self) -> None:
        """Raise JournalDamaged if the file was found damaged. Waits for nothing."""
        if self._known is False:
            raise JournalDamaged(path=str(self._store.path))

    def make_sure(self) -> None:
        """Raise JournalDamaged unless the file is in order; check it, or wait for the check, if that is not known yet.

        Raises other journal errors where it cannot be checked; then nothing is known.
        """
        if not self.is_known:
            with self._turn:
                if self._known is None:
                    seems_sound = self._seems_sound()
                    self._store.refuse_moved()  # else what was checked is another file
                    self._known = seems_sound or self._is_sound()
                    if self._known:
                        self._note()
        self.refuse_damaged()

    def look_now(self) -> None:
        """Check the file under a lock, as it is opened; raise JournalDamaged if it is damaged."""
        self._known = self._is_sound()
        self.refuse_damaged()

    def close(self) -> None:
        """Break off a check that another thread is making, and wait until it has let go of the file."""
        self._closed = True
        if looking := self._looking:
            with suppress(sqlite.Error):  # it may be done in this moment
                looking.interrupt()
        with self._turn:
            pass

    def _is_sound(self) -> bool:
        try:
            return self._store.is_sound()
        except JournalDamaged:
            return False

    def _seems_sound(self) -> bool:
        """Check the file as it stands, with no lock, so that nobody's save has to wait; only a yes is to be believed.

        A save in between can make a sound file look torn. Then it is checked again, under a lock and a snapshot.
        """
        key, uri = self._store.key, f"{self._store.path.as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite.connect(uri, uri=True, isolation_level=None, check_same_thread=False)) as connection:
                connection.execute("PRAGMA cipher_log_level = NONE")
                if key:
                    connection.execute(f"PRAGMA key = {key.literal}")
                connection.execute("PRAGMA cell_size_check = ON")
                connection.execute("SELECT count(*) FROM sqlite_schema")
                self._looking = connection
                check = "PRAGMA cipher_integrity_check" if key else "PRAGMA integrity_check(1)"
                found = [] if self._closed else connection.execute(check).fetchall()
        except (sqlite.Error, UnicodeDecodeError):
            found = [("unsure",)]
        finally:
            self._looking = None
        if self._closed:
            raise JournalBusy(path=str(self._store.path))
        return all(row[0] == "ok" for row in found)

    # What the kernels of one server tell each other

    def _is_noted(self) -> bool:
        try:
            note = self._place()
            return note is not None and 0 <= time.time() - note.stat().st_mtime < A_WHILE
        except OSError:
            return False

    def _note(self) -> None:
        with suppress(OSError):  # without a note the next kernel checks for itself
            if note := self._place():
                note.touch(0o600)
                os.utime(note)

    def _place(self) -> Path | None:
        """Return the path of the note on this file: an empty file in the server's own folder, which goes with it."""
        folder, file = sound_notes(), self._store.identity
        return folder / f"{file[0]}-{file[1]}" if folder and file else None
