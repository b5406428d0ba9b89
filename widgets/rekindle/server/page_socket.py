"""The page's socket: the line between a page and its kernel, on which the pool hears of each sign of life."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from zmq import POLLOUT


class PageSocket(VoilaKernelWebsocketHandler):
    """The socket between a page and its kernel; the pool hears of each sign of life."""

    open_sockets: ClassVar[set[PageSocket]] = set()
    opened = False

    async def open(self, kernel_id: str) -> None:
        """Connect, and note that the page is there."""
        self.opened = True
        self.open_sockets.add(self)
        self._sight("connect")
        await super().open(kernel_id)

    def on_message(self, ws_message: Any) -> None:
        """Pass a message on, and note that the page is alive.

        It goes at once: a stream would wait for another turn of the loop, and an answer is on its way to the disk.
        """
        self._sight("hear")
        super().on_message(ws_message)
        for stream in self.connection.channels.values():
            if stream.sending():
                stream.flush(POLLOUT)

    def on_close(self) -> None:
        """Note that the page is not there any more."""
        if self.opened:
            self.open_sockets.discard(self)
            self._sight("disconnect")
            super().on_close()
        elif getattr(self, "connection", None) is not None:
            self._let_go()

    def _let_go(self) -> None:
        """Let go of a line that was never opened.

        Jupyter counts it out of the kernel's pages though it never counted it in: the page that is still there would
        be taken for gone. It is counted in twice here and out once more, so that it is not the last one either, whose
        line Jupyter would look for among the open ones.
        """
        self.kernel_manager.notify_connect(self.kernel_id)
        self.kernel_manager.notify_connect(self.kernel_id)
        super().on_close()
        self.kernel_manager.notify_disconnect(self.kernel_id)

    def _sight(self, what: str) -> None:
        sight = self.kernel_manager.sights.get(self.kernel_id)
        if sight is not None:
            getattr(sight, what)(time.monotonic())

    @classmethod
    def close_all_of(cls, kernel_id: str) -> None:
        """Close the sockets of a kernel that died, so that its page knows."""
        for socket in [one for one in cls.open_sockets if one.kernel_id == kernel_id]:
            socket.close()
