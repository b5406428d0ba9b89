"""The supervisor: owns the port, starts the worker, checks it, tells the address, and ends everything."""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from rekindle.errors import WorkerEnded
from rekindle.server import doorway, process, runtime, signals
from rekindle.server.child import Child
from rekindle.server.claim import Claim, ask_running
from rekindle.server.crew import Crew, send_home
from rekindle.server.keydesk import KeyDesk
from rekindle.server.order import Mode
from rekindle.server.setup import Setup
from rekindle.server.stillness import Stillness

PATIENCE = 6.0
TRIES = 3


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
        claim.clear_up()
        Supervisor(setup, claim).run(ready, browser=browser)
    finally:
        claim.release()


class Supervisor:
    """One server, from its start to its end. At any time one child is at the front: the worker, or the porter.

    With a lock, it alone holds the key. A worker and its kernels, who see words, end with every lock; a new worker is
    made ready behind the porter, warm and without a word, so that the book is there as soon as it is unlocked.
    """

    def __init__(self, setup: Setup, claim: Claim) -> None:
        self.setup = setup
        self.claim = claim
        self.socket = process.listen_patiently(setup.port, bool(claim.before))
        self.port: int = self.socket.getsockname()[1]
        self.folder = runtime.make()
        self.desk = KeyDesk(self.folder)
        secret, desk = secrets.token_hex(32), self.desk.address
        self.crew = Crew(setup, self.socket, self.folder, secret=secret, desk=desk, on_said=self._on_said)
        self.worker: Child | None = None
        self.porter: Child | None = None
        self.front: Child | None = None
        self.happened: queue.SimpleQueue[tuple[str, Child | None, str]] = queue.SimpleQueue()
        self.stillness = Stillness(setup.lock_after)
        self._keys: queue.SimpleQueue[bytearray] = queue.SimpleQueue()
        self._ends: list[float] = []
        self._early = True

    def run(self, ready: Callable[[str], None], *, browser: bool) -> None:
        """Start, check, tell, wait for the end, and clear up."""
        try:
            with signals.heard(self._on_signal):
                self._begin()
                self._early = False
                address = self.new_address()
                ready(address)
                if browser:
                    doorway.open_here(self.folder, address)
                self._furnish()
                self._wait()
        except _StoppedEarly:
            return
        finally:
            self._stop()

    def new_address(self) -> str:
        """Return an address that logs one browser in, once."""
        if self.front is None:
            raise WorkerEnded
        return self.front.address(self.port)

    # What happens

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGTSTP", None):
            self.happened.put(("suspend", None, ""))
            return
        if self._early:
            raise _StoppedEarly
        self.happened.put(("stop", None, ""))

    def _on_said(self, child: Child, said: dict[str, Any], key: bytearray) -> None:
        """Hear a child, in a thread of its own."""
        what = str(said.get("said"))
        if what == "key":
            self._keys.put(key)
        if what in ("lock", "awake", "passphrase", "key", "plain", "back", "ended"):
            self.happened.put((what, child, str(said.get("back", "/"))))

    def _wait(self) -> None:
        """Wait for what happens, until somebody wants an end."""
        while True:
            try:
                what, child, back = self.happened.get(timeout=0.5)  # a limit, since Windows would not see Ctrl-C
            except queue.Empty:
                what, child, back = "", None, ""
            if what == "stop":
                return
            if self.stillness.is_over() and not (what == "awake" and child is self.front):
                self._lock()
            self._obey(what, child, back)

    def _obey(self, what: str, child: Child | None, back: str) -> None:
        at_front = child is self.front
        if what == "awake":
            self.stillness.touch()
        elif what == "suspend":
            self._lock()
            os.kill(os.getpid(), signal.SIGSTOP)  # what Ctrl-Z asked for
        elif what == "ended" and child is not None and child.is_wanted:
            self._replace(child)
        elif what == "lock" and at_front:
            self._lock()
        elif what == "passphrase" and at_front and not self.setup.never_lock:
            self._bring_porter("passphrase", back)
        elif what in ("key", "plain", "back") and child is self.porter:
            self._let_in(what)

    # Who is at the front

    def _begin(self) -> None:
        if self.setup.key:
            self.desk.put(self.setup.key)
        self.worker = self.crew.worker(self._meanwhile)
        self._show_front()

    def _meanwhile(self) -> None:
        """Listen for a second start, which asks again until we are ready; look for a lock, which takes imports."""
        self.claim.answer(self.folder, self.new_address)
        _ = self._must_ask

    @property
    def _must_ask(self) -> bool:
        return self.setup.is_locked and not self.desk.has_key

    def _show_front(self) -> None:
        """Let browsers in: to the book, or to the porter if the journal is locked and nobody has the key."""
        if self._must_ask:
            self._put_porter("unlock", "/")
            return
        self.stillness.touch()
        self.worker = self.worker or self.crew.worker()
        self.worker.tell("open")
        self.front = self.worker

    def _furnish(self) -> None:
        """Have the worker make what pages need: not before somebody knows that the book is there."""
        if self.worker is not None:
            with contextlib.suppress(WorkerEnded):  # we hear of that in another way
                self.worker.tell("furnish")

    def _put_porter(self, mode: Mode, back: str) -> None:
        self.porter = self.crew.porter(mode, back)
        self.porter.tell("open")
        self.front = self.porter

    def _lock(self) -> None:
        """Forget the key, end all who saw words, and let the porter ask. Without a lock there is nothing to do."""
        self.stillness.touch()
        if self.front is not None and self.setup.is_locked and self.desk.has_key:
            self.desk.forget()
            self._bring_porter("unlock", "/")

    def _bring_porter(self, mode: Mode, back: str) -> None:
        """Put the porter at the front; end the worker that saw words, and make a new one ready behind it."""
        before = [child for child in (self.worker, self.porter) if child is not None]
        self.worker = self.porter = self.front = None
        send_home(*before)
        self._put_porter(mode, back)
        for child in before:
            child.end(PATIENCE)
        self.worker = self.crew.worker()
        self._furnish()

    def _let_in(self, what: str) -> None:
        """Open the book: the porter has a key, or there is no lock any more, or nothing was changed."""
        if what == "key":
            self.desk.put(self._keys.get())
        elif what == "plain":
            self.desk.forget()
        porter, self.porter, self.front = self.porter, None, None
        assert porter is not None  # noqa: S101 (it said so)
        porter.is_wanted = False
        self._show_front()
        self._furnish()
        # Its last answer is still on its way: it goes by itself, and nobody waits for that.
        threading.Thread(target=porter.end, args=(PATIENCE,), daemon=True).start()

    def _replace(self, child: Child) -> None:
        """Start a child again that ended by itself, unless children keep ending."""
        child.end(PATIENCE)
        now = time.monotonic()
        self._ends = [end for end in self._ends if now - end < 60] + [now]
        if len(self._ends) >= TRIES:
            raise WorkerEnded
        if child is self.worker:
            self.worker = self.crew.worker()
            if child is self.front:
                self._show_front()
            self._furnish()
        elif child is self.porter:
            self._put_porter("unlock" if self._must_ask else "passphrase", "/")

    def _stop(self) -> None:
        """End the children, and with them every kernel; then remove what was only for this run."""
        self.socket.close()
        for child in (self.porter, self.worker):
            if child is not None:
                child.end(PATIENCE)
        self.desk.close()
        runtime.remove(self.folder)


class _StoppedEarly(Exception):
    """A signal came before the server was ready."""
