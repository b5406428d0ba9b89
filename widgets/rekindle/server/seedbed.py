"""The seedbed: a process that has imported what every page needs, and from which kernels come as copies of it.

A fresh kernel spends most of its start on imports, and holds for itself what all of them hold. A copy has them already,
and shares them. This process opens no journal, asks for no key, and reads no request: each copy reads its own.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pkgutil
import socket
import sys
import time
from typing import Any

from rekindle.server import kernel, linux
from rekindle.server.environment import hide_debugger, hide_grammars
from rekindle.server.gardener import BEGIN, READY
from rekindle.server.process import restrict

ADOPTED_WITHIN = 2.0
LATER = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "pdb",
    "tornado.locks",
    "tornado.platform.asyncio",
    "tornado.queues",
)
"""What a kernel imports by itself, after it has started."""


def main() -> None:
    """Import, say so, and be copied for as long as the worker asks. Only a copy comes back from that: as a kernel."""
    restrict()
    linux.end_with_parent()
    control = _take_stdin()
    hide_grammars()
    hide_debugger()
    gc.disable()
    for seed in (*LATER, *sys.argv[1:]):
        _bring_in(seed)
    gc.freeze()  # a search for rubbish would write into what is shared
    line = _serve(control) if linux.is_single() else None
    if line is not None:
        _become(line)
        kernel.main()


def _take_stdin() -> socket.socket:
    """Return the line to the worker, which came as standard input; nothing comes from there any more."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return control


def _bring_in(seed: str) -> None:
    """Import a module, or call the function that `module:name` means. What fails here is told where a page needs it."""
    with contextlib.suppress(Exception):
        found = pkgutil.resolve_name(seed)
        if callable(found):
            found()


def _serve(control: socket.socket) -> socket.socket | None:
    """Make a copy for each request. Return in a copy, with the line to whoever asked, and with None at the end."""
    worker = os.getppid()
    with control, contextlib.suppress(OSError):  # the worker is gone
        control.send(READY)
        while handed := socket.recv_fds(control, 16, 1)[1]:
            line = socket.socket(fileno=handed[0])
            if _is_copy():
                _be_adopted(worker)
                return line
            line.close()
    return None


def _is_copy() -> bool:
    """Split in two, and tell in which of them we are. One between them ends at once: so the worker is the parent."""
    between = os.fork()
    if between:
        os.waitpid(between, 0)
        return False
    if os.fork():
        os._exit(0)
    os.setsid()
    return True


def _be_adopted(worker: int) -> None:
    """Wait until the worker is our parent; without one, end."""
    limit = time.monotonic() + ADOPTED_WITHIN
    while os.getppid() != worker:
        if time.monotonic() > limit:
            os._exit(1)
        time.sleep(0.0002)


def _become(line: socket.socket) -> None:
    """Read what this kernel is to be, and be as a process that was started with it."""
    with line, line.makefile("rb") as lines:
        told: dict[str, Any] = json.loads(lines.readline())
        command: list[str] = told["command"]
        os.chdir(told["folder"])
        os.environ.clear()
        os.environ.update(told["environment"])
        linux.be_called(command)
        sys.orig_argv[:] = command
        sys.argv[:] = [str(kernel.__file__), *command[4:]]
        gc.enable()
        line.sendall(b"%d\n" % os.getpid())
        if lines.read(1) != BEGIN:
            os._exit(1)  # nobody waits any more


if __name__ == "__main__":
    main()
