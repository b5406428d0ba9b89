"""The crew: how workers and porters are made, checked before a browser is let in, and sent home."""

from __future__ import annotations

import contextlib
import functools
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rekindle.errors import WorkerEnded
from rekindle.server import process
from rekindle.server.child import Child, Heard
from rekindle.server.claim import is_running
from rekindle.server.order import Kind, Mode, Order, PorterOrder
from rekindle.server.setup import Book, Setup

LAST_WORDS = 0.7
"""Seconds that a page's last save gets between a lock and the end of its kernel; a save takes some ten milliseconds."""


class Crew:
    """Makes children for one server: each is given its order, and asked from outside as a stranger would ask."""

    def __init__(
        self, setup: Setup, front: socket.socket, folder: Path, *, secret: str, desk: str, on_said: Heard
    ) -> None:
        self._setup, self._front, self._folder = setup, front, folder
        self._secret, self._desk, self._on_said = secret, desk, on_said
        self._port: int = front.getsockname()[1]

    def worker(self, meanwhile: Callable[[], object] = lambda: None) -> Child:
        """Return a worker that is checked, warm, and not open yet; raises SelfCheckFailed and WorkerEnded.

        `meanwhile` is done while it gets ready.
        """
        with self._hired("rekindle.server.worker") as (child, sockets):
            ground = replace(self._ground(), **sockets)
            child.order(ground)
            order = replace(ground, pages=self._book.pages, first=self._book.first, words=self._book.words)
            child.order(order)
            from rekindle.server.check import check  # the worker imports its own meanwhile

            meanwhile()
            child.hear("up")
            check(order, child.new_ticket())
            return child

    def porter(self, mode: Mode, back: str) -> Child:
        """Return a porter that is checked, and not open yet; raises SelfCheckFailed and WorkerEnded."""
        with self._hired("rekindle.server.porter") as (child, sockets):
            order = replace(self._porter_order(mode, back), **sockets)
            child.order(order)
            from rekindle.server.check import check_porter  # as above

            child.hear("up")
            check_porter(order, child.new_ticket())
            return child

    @contextlib.contextmanager
    def _hired(self, module: str) -> Iterator[tuple[Child, dict[str, Any]]]:
        """Start a child, and give what it needs to listen; one that does not pass is ended."""
        with contextlib.closing(process.listen(0)) as trial:  # nobody else knows of this port
            child = Child(module, self._on_said, self._front, trial)
            try:
                handed = {name: process.hand_over(sock, child.pid) for name, sock in self._listening(trial)}
                yield child, {**handed, "trial_port": trial.getsockname()[1]}
            except BaseException:
                child.end(0)
                raise

    def _listening(self, trial: socket.socket) -> Iterator[tuple[str, socket.socket]]:
        yield "socket", self._front
        yield "trial", trial

    @functools.cached_property
    def _book(self) -> Book:
        return self._setup.book()

    def _ground(self) -> Order:
        """Return a worker's order without the book."""
        setup = self._setup
        return Order(
            kind=setup.kind,
            home=str(setup.home),
            runtime=str(self._folder),
            notebooks=str(setup.notebooks),
            template=str(setup.template),
            extension=str(setup.extension),
            port=self._port,
            secret=self._secret,
            seeds=setup.seeds,
            desk=self._desk,
            lock_after=setup.lock_after,
            never_lock=setup.never_lock,
            read_only=setup.read_only,
        )

    def _porter_order(self, mode: Mode, back: str) -> PorterOrder:
        setup = self._setup
        other: Kind = "lab" if setup.kind == "pages" else "pages"
        return PorterOrder(
            kind=setup.kind,
            mode=mode,
            home=str(setup.home),
            styles=str(setup.template / "static"),
            port=self._port,
            pages=self._book.pages,
            words=self._book.words,
            says=self._book.says,
            help=self._book.help,
            back=back,
            secret=self._secret,
            lock_after=setup.lock_after,
            busy=is_running(setup.home, other),
        )


def send_home(*children: Child) -> None:
    """Shut children off from browsers, leave the last words a moment to reach the disk, and have them end at once."""
    for child in children:
        child.is_wanted = False
        with contextlib.suppress(WorkerEnded):
            child.tell("shut")
    time.sleep(LAST_WORDS)
    for child in children:
        with contextlib.suppress(WorkerEnded):
            child.tell("end")
