"""The claim: one server for each journal folder, and the way in which a second start reaches the first."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rekindle.errors import FolderNotWritable, RunningUnreachable
from rekindle.server import runtime
from rekindle.server.order import Kind

if TYPE_CHECKING:
    from multiprocessing.connection import Connection, Listener

WAIT = 30.0
LOOKS = (1.0, 2.0, 5.0, 10.0)
"""Seconds between the looks for what comes back after a crash."""
FAR = 1 << 20  # Windows locks bytes, and locked ones cannot be read: lock one far behind the text


class Claim:
    """The right to serve one journal folder, held by a lock that the system lets go of when we end, however."""

    def __init__(self, descriptor: int, before: dict[str, str]) -> None:
        self._descriptor = descriptor
        self.before = before
        self._listener: Listener | None = None
        self._ended = threading.Event()

    @classmethod
    def try_take(cls, home: Path, kind: Kind) -> Claim | None:
        """Return the claim, or nothing if a running server holds it.

        Raises:
            FolderNotWritable: the journal's folder cannot be made or written.
        """
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(lock_path(home, kind), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderNotWritable(path=str(home)) from error
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        return cls(descriptor, _read(home, kind))

    def answer(self, folder: Path, new_address: Callable[[], str]) -> None:
        """Let later starts ask for a one-time address, over a socket in the private runtime folder."""
        from multiprocessing.connection import Listener  # the first child begins without it

        key = secrets.token_bytes(32)
        family = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
        where = rf"\\.\pipe\rekindle-{secrets.token_hex(8)}" if sys.platform == "win32" else str(folder / "control")
        runtime.write_private(folder / "control.key", key.hex())
        self._listener = Listener(where, family, authkey=key)
        threading.Thread(target=_answer, args=(self._listener, new_address, self._ended), daemon=True).start()
        self._write({"runtime": str(folder), "control": where, "pid": str(os.getpid())})

    def clear_up(self) -> None:
        """Remove what a server that crashed left behind, once its worker has let go.

        A kernel that was just beginning makes its places anew before it sees that its parent is gone: it looks again.
        """
        if "runtime" in self.before:
            left = Path(self.before["runtime"])
            runtime.remove_left_behind(left)
            threading.Thread(target=self._look_again, args=(left,), daemon=True).start()

    def _look_again(self, left: Path) -> None:
        for wait in LOOKS:
            if self._ended.wait(wait):
                return
            runtime.remove_left_behind(left)

    def release(self) -> None:
        """Give the folder free."""
        self._ended.set()
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.close()
        self._write({})
        os.close(self._descriptor)

    def _write(self, record: dict[str, str]) -> None:
        with contextlib.suppress(OSError):  # a full disk keeps the lock, only not the way to us
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, json.dumps(record).encode())


def lock_path(home: Path, kind: Kind) -> Path:
    """Return the file whose lock says that a server runs for this folder."""
    return home / f".running-{kind}"


def is_running(home: Path, kind: Kind = "pages") -> bool:
    """Tell whether a server serves this folder now. Makes nothing, and holds nothing."""
    try:
        descriptor = os.open(lock_path(home, kind), os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


def ask_running(home: Path, kind: Kind) -> str | None:
    """Return a fresh one-time address of the running server; nothing if it ended meanwhile.

    Raises:
        RunningUnreachable: there is one, and it does not answer.
    """
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        record = _read(home, kind)
        if record:
            with contextlib.suppress(OSError, EOFError, ValueError):
                return _ask(record)
        claim = Claim.try_take(home, kind)
        if claim is not None:
            claim.release()
            return None
        time.sleep(0.2)
    raise RunningUnreachable(path=str(home))


def _ask(record: dict[str, str]) -> str:
    key = bytes.fromhex(Path(record["runtime"], "control.key").read_text(encoding="utf-8"))
    from multiprocessing.connection import Client  # a first start does without it

    with Client(record["control"], authkey=key) as line:
        line.send_bytes(b"address")
        if not line.poll(WAIT / 3):
            raise EOFError
        return line.recv_bytes(4096).decode()


def _answer(listener: Listener, new_address: Callable[[], str], ended: threading.Event) -> None:
    while True:
        try:
            with listener.accept() as line:
                _answer_one(line, new_address)
        except Exception:  # noqa: BLE001 (a stranger without the key, a line cut, or our own end)
            if ended.is_set():
                return


def _answer_one(line: Connection, new_address: Callable[[], str]) -> None:
    if line.poll(5) and line.recv_bytes(64) == b"address":
        line.send_bytes(new_address().encode())


def _read(home: Path, kind: Kind) -> dict[str, str]:
    try:
        found = json.loads(lock_path(home, kind).read_text(encoding="utf-8") or "{}")
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt  # exists on Windows only

        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl  # does not exist on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: the journal itself still stands several writers
    return True
