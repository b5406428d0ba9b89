"""The entrance of a server: first by a socket that only the supervisor knows of, then by the one that browsers take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.web

from rekindle.server.gate import Gate
from rekindle.server.order import Order
from rekindle.settings import JOURNAL_NAME


class Entrance:
    """A server's two ways in. What serves has an `order` and a `gate`, and calls `receive` when it can answer."""

    order: Order
    gate: Gate

    def receive(self, app: tornado.web.Application, trial: Any) -> None:
        """Let the supervisor in, on its own socket, to see whether all is well."""
        self.trial, self.server = tornado.httpserver.HTTPServer(app), tornado.httpserver.HTTPServer(app)
        self.trial.add_socket(trial)

    def open(self, front: Any) -> None:
        """Let browsers in, and nobody by the other way any more."""
        self.trial.stop()
        self.server.add_socket(front)

    def shut(self) -> None:
        """Let nobody in any more."""
        self.gate.is_shut = True
        self.trial.stop()
        self.server.stop()

    def shut_if_locked(self) -> None:
        """Let nobody in any more, if the porter will ask for a passphrase."""
        from rekindle.journal import is_locked  # a start does without it

        if is_locked(Path(self.order.home, JOURNAL_NAME)):
            self.shut()
