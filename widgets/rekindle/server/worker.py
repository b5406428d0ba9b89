"""The worker: one process that serves the pages, or JupyterLab, for as long as its supervisor is there."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from rekindle.server import logs, runtime
from rekindle.server.environment import hide_formats, prepare
from rekindle.server.gardener import Gardener
from rekindle.server.later import wait_for_use
from rekindle.server.order import Order
from rekindle.server.process import restrict, take_over, take_stdout

if TYPE_CHECKING:
    from rekindle.server.touches import Voice  # it imports tornado, which waits for the environment

PATIENCE = 4.0
FOR_PAGES = (
    "dateutil.parser",
    "jupyter_events",
    "jupyter_events.schema_registry",
    "jupyter_server.prometheus.metrics",
    "nbclient",
    "nbclient.exceptions",
    "nbclient.util",
    "nbconvert.exporters.templateexporter",
    "nbformat",
    "nbformat.sign",
    "nbformat.v4",
    "voila.execute",
    "voila.exporter",
    "voila.notebook_renderer",
)
"""What renders pages, and what a kernel's first message needs: Voilà names it, and starts without."""

GATHERING = ("jupyterlab_server", "nbconvert", "nbconvert.exporters", "nbconvert.preprocessors", "voila")
"""Packages that gather all that others may want of them, of which Voilà needs a part."""

log = logging.getLogger("rekindle.server.worker")  # here `__name__` is that of a program


class Served(Protocol):
    """What a worker can serve. `voice` is the way to the supervisor."""

    gate: Any
    voice: Voice

    @classmethod
    def for_order(cls, order: Order) -> Self:
        """Return a server that is set up and does not listen yet."""

    async def try_out(self, sock: Any) -> None:
        """Begin to serve on a socket that only the supervisor knows of."""

    def open(self, sock: Any) -> None:
        """Let browsers in."""

    def furnish(self) -> None:
        """Make what pages need and a start does not."""

    def shut(self) -> None:
        """Let nobody in any more; what is under way may end."""

    async def close(self, *, now: bool) -> None:
        """End every kernel; `now`: without a word to it."""


def main() -> None:
    """Take the order from standard input, serve, and end when that input closes.

    What is told first is enough to import all that is needed: that takes longest, and meanwhile the rest is found out.
    """
    gc.disable()  # until the imports are done: they make much, and nothing of it is rubbish
    restrict()
    logs.set_up()
    replies = take_stdout()
    if not (ground := sys.stdin.buffer.readline()):
        return
    begun = Order.from_line(ground)
    prepare(begun)
    kind = _kind(begun)
    if whole := sys.stdin.buffer.readline():
        asyncio.run(_serve(Order.from_line(whole), kind, replies))


async def _serve(order: Order, kind: type[Served], replies: int) -> None:
    loop, duty = asyncio.get_running_loop(), Duty(order, kind, replies)

    def listen() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(duty.obey, json.loads(line))
        loop.call_soon_threadsafe(duty.ended.set)
        _end_anyway()

    await duty.served.try_out(take_over(order.trial))
    gc.enable()
    threading.Thread(target=listen, daemon=True).start()
    duty.say({"said": "up"})
    await duty.ended.wait()
    logs.fall_silent()  # pages that are cut off now are no error
    duty.served.shut()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(duty.served.close(now=duty.abrupt), PATIENCE)
    if not duty.abrupt:
        runtime.remove(Path(order.runtime))  # the supervisor does it too, unless it was killed
    os._exit(0)  # kernels that would not end see that their parent is gone; threads of ours need not be waited for


class Duty:
    """What a worker does when it is told to, and how it answers."""

    def __init__(self, order: Order, kind: type[Served], replies: int) -> None:
        self._replies, self._front = replies, take_over(order.socket)
        self.served = kind.for_order(order)
        self.served.voice = self.say
        self.ended = asyncio.Event()
        self.abrupt = False

    def obey(self, told: dict[str, Any]) -> None:
        """Do what the supervisor says, and say that it is done."""
        what = str(told["do"])
        if what == "ticket":
            self.served.gate.add(str(told["ticket"]))
        elif what == "open":
            self.served.open(self._front)
        elif what == "furnish":
            asyncio.get_running_loop().call_soon(self._furnish)  # it takes a moment, and nobody waits for it
        elif what == "shut":
            self.served.shut()
        elif what == "end":  # a lock: whoever saw words is not to linger
            self.abrupt = True
            self.ended.set()
        self.say({"said": what})

    def _furnish(self) -> None:
        """Make what pages need. A server that cannot ends, as one that cannot start does."""
        try:
            self.served.furnish()
        except Exception as error:  # noqa: BLE001 (whatever it is; the supervisor tries again, and then says so)
            log.error("pages cannot be furnished (%s)", type(error).__name__)
            self.abrupt = True
            self.ended.set()

    def say(self, what: dict[str, Any]) -> None:
        """Tell the supervisor something."""
        try:
            os.write(self._replies, json.dumps(what).encode() + b"\n")
        except OSError:
            return  # nobody listens any more; the closed input says the same


def _end_anyway() -> None:
    """End this process even if it hangs while closing; its kernels see that their parent is gone, and end too."""
    timer = threading.Timer(PATIENCE + 1, os._exit, args=(1,))
    timer.daemon = True
    timer.start()


def _kind(order: Order) -> type[Served]:
    """Return what serves such an order. Imported only now: Jupyter reads its environment when it is imported."""
    hide_formats()
    if order.kind == "pages":
        wait_for_use(FOR_PAGES, GATHERING)
    from rekindle.server.kernels import Provisioner

    # JupyterLab needs a kernel for its self-check before it is ready: that one does not wait for the seedbed.
    Provisioner.gardener = Gardener(order.seeds, order.kernel_file, patient=order.kind == "pages")
    if order.kind == "lab":
        from rekindle.server.lab import Lab

        return Lab
    from rekindle.server.pages import Pages

    return Pages


if __name__ == "__main__":
    main()
