"""A child: a process that the supervisor started, what it is told, and what it says."""

from __future__ import annotations

import contextlib
import json
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from rekindle.errors import WorkerEnded
from rekindle.server import process
from rekindle.server.keydesk import LENGTH
from rekindle.server.order import Order, PorterOrder
from rekindle.server.tickets import ENTER, new_ticket

START_WITHIN = 60.0

Heard = Callable[["Child", dict[str, Any], bytearray], None]


class Child:
    """One worker or porter. `on_said(child, what, key)` hears, in a thread of its own, all that it says.

    It is told of the world in its order, and then in single lines; it may hand over one thing that is no line: a key.
    """

    def __init__(self, module: str, on_said: Heard, *socks: socket.socket) -> None:
        self._on_said = on_said
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._turn = threading.Lock()
        self.is_wanted = True
        self._process: subprocess.Popen[bytes] = process.start(module, *socks)
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def order(self, order: Order | PorterOrder) -> None:
        """Give the order, or as much of it as is known; when it stands, "up" is heard. Raises WorkerEnded."""
        self._write(order.to_line())

    def tell(self, what: str, **more: str) -> None:
        """Tell it to do something, and wait until it says that it did; raises WorkerEnded."""
        with self._turn:
            self._write(json.dumps({"do": what, **more}).encode() + b"\n")
            self.hear(what)

    def new_ticket(self) -> str:
        """Return a ticket that it lets in, once."""
        ticket = new_ticket()
        self.tell("ticket", ticket=ticket)
        return ticket

    def address(self, port: int) -> str:
        """Return an address that logs one browser in, once."""
        return f"http://{process.HERE}:{port}{ENTER}{self.new_ticket()}"

    def hear(self, wanted: str) -> None:
        """Wait until it says something in particular; raises WorkerEnded."""
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            try:
                said = self._heard.get(timeout=0.2)
            except queue.Empty:
                continue
            if said == wanted:
                return
            if said == "ended":
                break
        raise WorkerEnded

    def end(self, patience: float) -> None:
        """End it, and with it every kernel."""
        self.is_wanted = False
        process.end(self._process, patience)

    def _write(self, line: bytes) -> None:
        try:
            assert self._process.stdin is not None  # noqa: S101 (it was started with a pipe)
            written = 0
            while written < len(line):  # without a buffer, one write need not take it all
                written += self._process.stdin.write(line[written:]) or 0
        except (OSError, ValueError) as error:
            raise WorkerEnded from error

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 (it was started with a pipe)
        with self._process.stdout as lines:
            while line := lines.readline():
                with contextlib.suppress(ValueError):
                    said = json.loads(line)
                    key = _read_key(lines) if said.get("said") == "key" else bytearray()
                    self._hear(said, key)
        self._hear({"said": "ended"}, bytearray())

    def _hear(self, said: dict[str, Any], key: bytearray) -> None:
        self._heard.put(str(said.get("said")))
        self._on_said(self, said, key)


def _read_key(lines: IO[bytes]) -> bytearray:
    """Read a key straight into the place where it stays until it is overwritten."""
    key = bytearray(LENGTH)
    view, got = memoryview(key), 0
    while got < LENGTH and (more := lines.readinto(view[got:])):  # type: ignore[attr-defined]  # unbuffered: it has it
        got += more
    return key
