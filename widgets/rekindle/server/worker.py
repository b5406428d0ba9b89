"""The worker: one process that serves the pages, or JupyterLab, for as long as its supervisor is there."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

from rekindle.server import logs, runtime
from rekindle.server.environment import prepare
from rekindle.server.order import Order
from rekindle.server.process import restrict, take_over, take_stdout

PATIENCE = 4.0


class Served(Protocol):
    """What a worker can serve."""

    gate: Any

    async def open(self, sock: Any) -> None:
        """Begin to serve."""

    async def close(self) -> None:
        """Stop, and end every kernel."""


def main() -> None:
    """Take the order from standard input, serve, and end when that input closes."""
    restrict()
    logs.set_up()
    replies = take_stdout()
    line = sys.stdin.buffer.readline()
    if not line:
        return
    order = Order.from_line(line)
    prepare(order)
    asyncio.run(_serve(order, replies))


async def _serve(order: Order, replies: int) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    served = _build(order)

    def obey(told: dict[str, Any]) -> None:
        if told.get("do") == "ticket":
            served.gate.add(str(told["ticket"]))
            _say(replies, {"said": "ticket"})

    def listen() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(obey, json.loads(line))
        loop.call_soon_threadsafe(ended.set)
        _end_anyway()

    await served.open(take_over(order.socket))
    threading.Thread(target=listen, daemon=True).start()
    _say(replies, {"said": "up"})
    await ended.wait()
    logs.fall_silent()  # pages that are cut off now are no error
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(served.close(), PATIENCE)
    runtime.remove(Path(order.runtime))  # the supervisor does it too, unless it was killed
    os._exit(0)  # kernels that would not end see that their parent is gone; threads of ours need not be waited for


def _end_anyway() -> None:
    """End this process even if it hangs while closing; its kernels see that their parent is gone, and end too."""
    timer = threading.Timer(PATIENCE + 1, os._exit, args=(1,))
    timer.daemon = True
    timer.start()


def _say(replies: int, what: dict[str, Any]) -> None:
    try:
        os.write(replies, json.dumps(what).encode() + b"\n")
    except OSError:
        return  # nobody listens any more; the closed input says the same


def _build(order: Order) -> Served:
    """Return the server for an order. Imported only now: Jupyter reads its environment when it is imported."""
    if order.kind == "lab":
        from rekindle.server.lab import Lab

        return Lab.for_order(order)
    from rekindle.server.pages import Pages

    return Pages.for_order(order)


if __name__ == "__main__":
    main()
