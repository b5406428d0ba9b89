"""The supervisor: owns the port, starts the worker, checks it, tells the address, and ends everything."""

from __future__ import annotations

import contextlib
import json
import queue
import secrets
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from rekindle.errors import PortTaken, WorkerEnded
from rekindle.server import doorway, process, runtime
from rekindle.server.check import check
from rekindle.server.claim import Claim, ask_running
from rekindle.server.order import Kind, Order
from rekindle.server.tickets import ENTER, new_ticket

START_WITHIN = 60.0
PATIENCE = 6.0
AFTER_A_CRASH = 10.0
TRIES = 3


@dataclass(frozen=True)
class Setup:
    """What is to be served: a journal's folder, the notebooks, our template and chart renderer, the calm words."""

    kind: Kind
    home: Path
    notebooks: Path
    template: Path
    extension: Path
    pages: tuple[str, ...]
    first: str
    words: dict[str, dict[str, str]]
    port: int = 0


def serve(setup: Setup, ready: Callable[[str], None], *, browser: bool) -> None:
    """Serve until told to stop. `ready` is called once, with the one-time address.

    If a server already runs for the folder, `ready` gets a fresh address of that one, and this returns.

    Raises:
        PortTaken, FolderNotWritable, SelfCheckFailed, WorkerEnded, RunningUnreachable: it could not be started.
    """
    process.restrict()
    while (claim := Claim.try_take(setup.home, setup.kind)) is None:
        address = ask_running(setup.home, setup.kind)
        if address is not None:
            ready(address)
            if browser:
                doorway.open_from_elsewhere(address)
            return
    try:
        _clear_up_after(claim.before)
        Supervisor(setup, claim).run(ready, browser=browser)
    finally:
        claim.release()


class Supervisor:
    """One server, from its start to its end."""

    def __init__(self, setup: Setup, claim: Claim) -> None:
        self.setup = setup
        self.claim = claim
        self.socket = _listen_patiently(setup.port, bool(claim.before))
        self.port: int = self.socket.getsockname()[1]
        self.folder = runtime.make()
        self.secret = secrets.token_hex(32)
        self.worker: subprocess.Popen[bytes] | None = None
        self.happened: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asking = threading.Lock()
        self._early = True

    def run(self, ready: Callable[[str], None], *, browser: bool) -> None:
        """Start, check, tell, wait for the end, and clear up."""
        try:
            with _signals(self._on_signal):
                self._start_worker()
                self._early = False
                self.claim.answer(self.folder, self.new_address)
                address = self.new_address()
                ready(address)
                if browser:
                    doorway.open_here(self.folder, address)
                self._wait()
        except _StoppedEarly:
            return
        finally:
            self._stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._early:
            raise _StoppedEarly
        self.happened.put("stop")

    def new_address(self) -> str:
        """Return an address that logs one browser in, once."""
        ticket = new_ticket()
        self._tell_ticket(ticket)
        return f"http://{process.HERE}:{self.port}{ENTER}{ticket}"

    def _tell_ticket(self, ticket: str) -> None:
        with self._asking:
            worker = self.worker
            if worker is None or worker.stdin is None:
                raise WorkerEnded
            worker.stdin.write(json.dumps({"do": "ticket", "ticket": ticket}).encode() + b"\n")
            worker.stdin.flush()
            self._hear("ticket")

    def _hear(self, wanted: str) -> None:
        """Wait until the worker says something in particular."""
        deadline = time.monotonic() + START_WITHIN
        while time.monotonic() < deadline:
            try:
                said = self.heard.get(timeout=0.2)
            except queue.Empty:
                continue
            if said == wanted:
                return
            if said == "ended":
                break
        raise WorkerEnded

    def _start_worker(self) -> None:
        """Start a worker, give it its order, and check it from outside."""
        worker = process.start("rekindle.server.worker", self.socket)
        self.worker = worker
        self.heard = queue.SimpleQueue()
        order = replace(self._order(), socket=process.hand_over(self.socket, worker.pid))
        try:
            assert worker.stdin is not None  # noqa: S101 (it was started with a pipe)
            worker.stdin.write(order.to_line())
            worker.stdin.flush()
        except OSError as error:
            raise WorkerEnded from error
        threading.Thread(target=_listen_to, args=(worker, self.heard, self.happened), daemon=True).start()
        self._hear("up")
        ticket = new_ticket()
        self._tell_ticket(ticket)
        check(order, ticket)

    def _order(self) -> Order:
        setup = self.setup
        return Order(
            kind=setup.kind,
            home=str(setup.home),
            runtime=str(self.folder),
            notebooks=str(setup.notebooks),
            template=str(setup.template),
            extension=str(setup.extension),
            port=self.port,
            pages=setup.pages,
            first=setup.first,
            words=setup.words,
            secret=self.secret,
        )

    def _wait(self) -> None:
        """Wait for a signal. A worker that ends by itself is started again, unless it keeps ending."""
        ends: list[float] = []
        while True:
            try:
                what = self.happened.get(timeout=0.5)  # with a limit, since Windows would not see Ctrl-C otherwise
            except queue.Empty:
                continue
            if what == "stop":
                return
            now = time.monotonic()
            ends = [end for end in ends if now - end < 60] + [now]
            if len(ends) >= TRIES:
                raise WorkerEnded
            self._start_worker()

    def _stop(self) -> None:
        """End the worker, and with it every kernel; then remove what was only for this run."""
        self.socket.close()
        if self.worker is not None:
            process.end(self.worker, PATIENCE)
        runtime.remove(self.folder)


class _StoppedEarly(Exception):
    """A signal came before the server was ready."""


def _listen_to(
    worker: subprocess.Popen[bytes], heard: queue.SimpleQueue[str], happened: queue.SimpleQueue[str]
) -> None:
    assert worker.stdout is not None  # noqa: S101 (it was started with a pipe)
    with worker.stdout as lines:
        for line in lines:
            with contextlib.suppress(ValueError):
                heard.put(str(json.loads(line).get("said")))
    heard.put("ended")
    happened.put("ended")


@contextlib.contextmanager
def _signals(note: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Turn every polite way of ending us into one event."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What somebody chose to ignore (nohup) stays ignored.
    before = {number: signal.signal(number, note) for number in numbers if signal.getsignal(number) != signal.SIG_IGN}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _clear_up_after(before: dict[str, str]) -> None:
    """Remove what a server that crashed left behind, once its worker has let go."""
    if "runtime" in before:
        runtime.remove_left_behind(Path(before["runtime"]))


def _listen_patiently(port: int, after_a_crash: bool) -> socket.socket:
    """Return a listening socket; the worker of a server that was killed may hold the port for a moment longer."""
    deadline = time.monotonic() + (AFTER_A_CRASH if after_a_crash else 0)
    while True:
        try:
            return process.listen(port)
        except PortTaken:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.2)
