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
import time
from collections.abc import Mapping, Sequence

from rekindle.server import linux
from rekindle.server.seedling import Seedling

READY, BEGIN = b"ready", b"!"
READY_WITHIN = 15.0
ANSWER_WITHIN = 2.0
PYTHON = (sys.executable, "-P", "-m")
KERNEL = (*PYTHON, "rekindle.server.kernel")
SEEDBED = (*PYTHON, "rekindle.server.seedbed")

log = logging.getLogger(__name__)


class Gardener:
    """Has one seedbed for as long as it answers well and in time; then none, and kernels are started the plain way."""

    def __init__(self, seeds: Sequence[str], name: str) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.setblocking(False)
        self._since = time.monotonic()
        self._opening: asyncio.Future[bool] | None = None
        command, nothing = _command(seeds, name), subprocess.DEVNULL
        with theirs:
            try:
                self._bed = subprocess.Popen(command, stdin=theirs.fileno(), stdout=nothing, stderr=nothing)
            except OSError:
                self._line.close()
                raise

    @classmethod
    def hire(cls, seeds: Sequence[str], name: str) -> Gardener | None:
        """Start a seedbed with these modules, if this system can have one. `name` is as long as any kernel's file."""
        if not linux.HERE or not seeds:
            return None
        with contextlib.suppress(OSError):
            return cls(seeds, name)
        log.error("there is no seedbed; kernels are started the plain way")
        return None

    async def grow(self, command: Sequence[str], environment: Mapping[str, str], folder: str) -> Seedling | None:
        """Return a new kernel, or None if it is to be started the plain way."""
        if tuple(command[: len(KERNEL)]) != KERNEL:
            return None
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._is_ready())
        if not await asyncio.shield(self._opening) or self._bed.returncode is not None:
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
        """Tell if the seedbed says that it is ready. It was started with the worker, and needs about as long."""
        left = self._since + READY_WITHIN - time.monotonic()
        try:
            heard = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(self._line, 16), max(left, 0.1))
            if heard != READY:
                raise ConnectionError
        except (OSError, TimeoutError) as error:
            self._let_go(error)
            return False
        return True

    def _let_go(self, error: Exception) -> None:
        """End the seedbed; the kernels that came from it stay."""
        if self._bed.returncode is None:
            log.error("the seedbed is no more (%s); kernels are started the plain way", type(error).__name__)
            self._line.close()
            self._bed.kill()
            self._bed.wait()


def _command(seeds: Sequence[str], name: str) -> list[str]:
    """Return the seedbed's command line, with room at its end for that of a kernel, which is to stand in its place."""
    command = [*SEEDBED, *seeds]
    missing = sum(len(os.fsencode(word)) + 1 for word in (*KERNEL, "-f", name))
    missing -= sum(len(os.fsencode(word)) + 1 for word in command) + 1
    return [*command, "-" * missing] if missing > 0 else command
