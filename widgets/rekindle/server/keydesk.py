"""The key desk: where the supervisor keeps the journal's key, and where a kernel of this account may ask for it.

The key is in no environment, no command line and no file. It lies in one place in memory, which is overwritten when it
is forgotten, and goes over a socket that only this account can reach (on Windows, a named pipe with a secret).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rekindle.server import runtime
from rekindle.server.process import WINDOWS

if TYPE_CHECKING:
    from rekindle.journal import Key

DESK = "REKINDLE_KEY_DESK"
"""The variable that tells a kernel where the desk is."""

LENGTH = 48
WORD = "desk.word"


class KeyDesk:
    """Holds the key, if there is one, and hands it out until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._key = bytearray()
        self._turn = threading.Lock()
        self.address = str(folder / "desk")
        self._ended = False
        serve = self._serve_pipe if WINDOWS else self._serve_socket
        if WINDOWS:
            from multiprocessing.connection import Listener  # elsewhere a start can do without it

            word = secrets.token_bytes(32)
            runtime.write_private(folder / WORD, word.hex())
            pipe = rf"\\.\pipe\rekindle-key-{secrets.token_hex(8)}"
            self.address = f"{pipe}|{folder / WORD}"
            self._listening: Any = Listener(pipe, "AF_PIPE", authkey=word)
        else:
            self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._listening.bind(self.address)
            Path(self.address).chmod(0o600)
            self._listening.listen(64)
        threading.Thread(target=serve, daemon=True).start()

    @property
    def has_key(self) -> bool:
        """Whether a key is held now."""
        return bool(self._key)

    def put(self, key: bytearray) -> None:
        """Hold this key; the caller's copy is overwritten."""
        with self._turn:
            _wipe(self._key)
            self._key = bytearray(key)
        _wipe(key)

    def forget(self) -> None:
        """Overwrite the key and hold none."""
        with self._turn:
            _wipe(self._key)
            self._key = bytearray()

    def close(self) -> None:
        """Forget the key, and hand out nothing more."""
        self._ended = True
        self.forget()
        with contextlib.suppress(OSError):
            self._listening.close()

    def _serve_socket(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError), self._turn:
                if _is_our_account(line):
                    line.sendall(memoryview(self._key))  # straight from where it lies: no copy is made of it

    def _serve_pipe(self) -> None:
        while True:
            try:
                with self._listening.accept() as line, self._turn:
                    line.send_bytes(self._key)
            except Exception:  # noqa: BLE001 (a stranger without the word, or our own end)
                if self._ended:
                    return


def is_there() -> bool:
    """Tell whether this process was started by a supervisor, which holds the key if there is one."""
    return bool(os.environ.get(DESK))


def ask() -> Key | None:
    """Return the key that the supervisor holds; None if it holds none, or there is no supervisor."""
    address = os.environ.get(DESK, "")
    if not address:
        return None
    with contextlib.suppress(OSError, EOFError, ValueError):
        raw = _ask_pipe(address) if WINDOWS else _ask_socket(address)
        if len(raw) == LENGTH:
            from rekindle.journal import Key  # whoever opens a journal has it; a server starts without it

            return Key.from_raw(raw)
    return None


def _ask_socket(address: str) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(10)
        line.connect(address)
        raw = b""
        while part := line.recv(LENGTH):
            raw += part
        return raw


def _ask_pipe(address: str) -> bytes:
    from multiprocessing.connection import Client  # as above

    pipe, _, word = address.partition("|")
    with Client(pipe, "AF_PIPE", authkey=bytes.fromhex(Path(word).read_text(encoding="utf-8"))) as line:
        return line.recv_bytes(LENGTH)


def _is_our_account(line: socket.socket) -> bool:
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # macOS: the socket's folder and mode keep others out
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", told)[1] == os.geteuid())


def _wipe(key: bytearray) -> None:
    key[:] = bytes(len(key))
