"""The porter: a small process that stands where the book would be, and asks for the passphrase.

A passphrase passes through this process only. It makes the key of it, hands that to the supervisor, and ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from typing import Any

import tornado.httpserver

from rekindle.server import logs
from rekindle.server.gate import Gate
from rekindle.server.order import PorterOrder
from rekindle.server.porter_desk import PorterDesk, application
from rekindle.server.process import restrict, take_over, take_stdout

GOODBYE = 1.0
"""Seconds that the last answer has to get out, before the process ends."""


def main() -> None:
    """Take the order from standard input, stand at the front, and end when there is a key, or that input closes."""
    restrict()
    logs.set_up()
    replies = take_stdout()
    line = sys.stdin.buffer.readline()
    if line:
        asyncio.run(_stand(PorterOrder.from_line(line), replies))


async def _stand(order: PorterOrder, replies: int) -> None:
    loop, porter = asyncio.get_running_loop(), Porter(order, replies)

    def listen() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(porter.obey, json.loads(line))
        if not porter.is_done:  # else it goes by itself, when its last answer is out
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    porter.say({"said": "up"})
    await porter.ended.wait()
    os._exit(0)


class Porter:
    """What the porter does when it is told to, and how it answers."""

    def __init__(self, order: PorterOrder, replies: int) -> None:
        self._replies, self._front = replies, take_over(order.socket)
        self._gate = Gate(order.secret, order.port)
        self.ended, self.is_done = asyncio.Event(), False
        app = application(PorterDesk(order, self.say), self._gate)
        # Each answer ends its line, so that the browser's next request finds whoever is at the front then.
        self._trial, self._server = (tornado.httpserver.HTTPServer(app, no_keep_alive=True) for _ in range(2))
        self._trial.add_socket(take_over(order.trial))

    def obey(self, told: dict[str, Any]) -> None:
        """Do what the supervisor says, and say that it is done."""
        what = str(told["do"])
        if what == "ticket":
            self._gate.add(str(told["ticket"]))
        elif what == "open":
            self._trial.stop()
            self._server.add_socket(self._front)
        elif what == "shut":
            self._server.stop()
        elif what == "end":
            self.ended.set()
        self.say({"said": what})

    def say(self, what: dict[str, Any], key: bytes = b"") -> None:
        """Tell the supervisor something. With a key, or without need of one, our work is done: the book comes next."""
        if what["said"] in ("key", "plain", "back"):
            self._server.stop()
            self.is_done = True
            asyncio.get_running_loop().call_later(GOODBYE, self.ended.set)
        try:
            os.write(self._replies, json.dumps(what).encode() + b"\n" + key)
        except OSError:
            self.ended.set()


if __name__ == "__main__":
    main()
