"""The gardener: the worker's side of the seedbed. Has one started, asks it for kernels, and lets go of a bad one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

from rekindle.server import linux
from rekindle.server.seedling import Seedling

READY, BEGIN = b"ready", b"!"
READY_WITHIN = 10.0
ANSWER_WITHIN = 2.0
PYTHON = (sys.executable, "-P", "-m")
KERNEL = (*PYTHON, "rekindle.server.kernel")
SEEDBED = (*PYTHON, "rekindle.server.seedbed")

log = logging.getLogger(__name__)


class Gardener:
    """Has one seedbed for as long as it answers well and in time; then none, and kernels are started the plain way.

    The seedbed is started by `begin`, or when the first kernel is wanted: that one takes about as long from it as by
    itself. Who is not `patient` starts such early ones the plain way.
    """

    def __init__(self, seeds: Sequence[str], name: str, *, patient: bool = True) -> None:
        self._command = _command(seeds, name)
        self._patient = patient
        self._held = contextlib.ExitStack()
        self._bed: subprocess.Popen[bytes] | None = None
        self._opening: asyncio.Future[bool] | None = None
        self._is_over = not linux.HERE or not seeds

    def begin(self) -> None:
        """Start the seedbed now, if there is none yet."""
        if self._bed is None and not self._is_over:
            try:
                self._start()
            except OSError as error:
                self._let_go(error)

    async def grow(self, command: Sequence[str], environment: Mapping[str, str], folder: str) -> Seedling | None:
        """Return a new kernel, or None if it is to be started the plain way."""
        if self._is_over or tuple(command[: len(KERNEL)]) != KERNEL or not await self._is_ready():
            return None
        told = {"command": list(command), "environment": dict(environment), "folder": folder}
        try:
            return self._ask(json.dumps(told).encode() + b"\n")
        except (OSError, ValueError) as error:
            self._let_go(error)
            return None

    def _ask(self, request: bytes) -> Seedling:
        """Ask, and wait for the answer. It takes a few milliseconds, and nothing else may happen in between."""
        ours, theirs = socket.socketpair()
        with ours, linux.adopting():
            with theirs:
                socket.send_fds(self._line, [READY], [theirs.fileno()])
            ours.settimeout(ANSWER_WITHIN)
            ours.sendall(request)
            kernel = int(ours.recv(64))
            if os.waitpid(kernel, os.WNOHANG) != (0, 0):
                raise ChildProcessError
            ours.sendall(BEGIN)
        return Seedling(kernel)

    async def _is_ready(self) -> bool:
        """Tell if there is a seedbed that has said that it is ready."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._open())
        if not self._patient and not self._opening.done():
            return False
        return await asyncio.shield(self._opening) and not self._is_over

    async def _open(self) -> bool:
        """Have a seedbed, and tell if it got ready in time."""
        self.begin()
        if self._is_over:
            return False
        try:
            hearing = asyncio.get_running_loop().sock_recv(self._line, 16)
            if await asyncio.wait_for(hearing, READY_WITHIN) != READY:
                raise ConnectionError
        except (OSError, TimeoutError) as error:
            self._let_go(error)
            return False
        return True

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line = self._held.enter_context(ours)
        self._line.setblocking(False)
        nothing = subprocess.DEVNULL
        with theirs:
            self._bed = subprocess.Popen(self._command, stdin=theirs.fileno(), stdout=nothing, stderr=nothing)

    def _let_go(self, error: Exception) -> None:
        """End the seedbed; the kernels that came from it stay."""
        if not self._is_over:
            log.error("there is no seedbed (%s); kernels are started the plain way", type(error).__name__)
            self._is_over = True
            self._held.close()
            if self._bed is not None:
                self._bed.kill()
                self._bed.wait()


def _command(seeds: Sequence[str], name: str) -> list[str]:
    """Return the seedbed's command line, with room at its end for that of a kernel, which is to stand in its place."""
    command = [*SEEDBED, *seeds]
    missing = sum(len(os.fsencode(word)) + 1 for word in (*KERNEL, "-f", name))
    missing -= sum(len(os.fsencode(word)) + 1 for word in command) + 1
    return [*command, "-" * missing] if missing > 0 else command
