"""The walls: headers on every answer, a calm page for every error, and nothing past the gate without a login."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from rekindle.server.calm import CalmPages
from rekindle.server.gate import Gate
from rekindle.server.tickets import ENTER
from rekindle.server.touches import LOCK

HASHED = re.compile(r"[.\-/][0-9a-f]{8,}\.(js|css|woff2?|svg|png)$")
CALM_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def headers(port: int) -> dict[str, str]:
    """Return what every answer says: nothing from outside, nothing kept, nothing told to others.

    `blob:` is for anywidget, whose modules are loaded from one. The sockets are named for browsers to which 'self'
    does not mean them.
    """
    sockets = f"ws://127.0.0.1:{port} ws://localhost:{port}"
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {sockets}; worker-src 'self' blob:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


class CalmHandler(RequestHandler):
    """Answers anything with one calm page."""

    def initialize(self, page: str, status: int, *, again: bool = False) -> None:
        """Take the page to show, the status to show it with, and if the browser is to ask again soon."""
        self.page = page
        self.status = status
        self.again = again

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed here, so nothing is checked."""

    def prepare(self) -> None:
        """Answer, whatever was asked for."""
        self.set_status(self.status)
        if self.again:
            self.set_header("Refresh", "1")
            self.set_header("Connection", "close")  # the next request is for whoever is at the front then
        self.set_header("Content-Security-Policy", CALM_POLICY)
        _ = self.finish(self.page)


class EnterHandler(RequestHandler):
    """The one-time address: the first visit gets the cookie, every later one a page that says so."""

    def initialize(self, gate: Gate, calm: CalmPages) -> None:
        """Take the gate and the pages."""
        self.gate = gate
        self.calm = calm

    def get(self, ticket: str) -> None:
        """Exchange a ticket for the cookie."""
        self.set_header("Content-Security-Policy", CALM_POLICY)
        ahead = self.request.headers.get("Sec-Purpose", self.request.headers.get("Purpose", ""))
        if "prefetch" in ahead or not self.gate.take(ticket):  # a page fetched ahead must not use the ticket up
            self.set_status(403)
            _ = self.finish(self.calm.page("used"))
            return
        self.gate.pass_for(self)
        if self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
            self.redirect("/")
        else:
            # Opened from the launcher's file: a browser would not send a strict cookie along with a redirect.
            _ = self.finish(self.calm.page("entering"))


def build(
    application: Application,
    gate: Gate,
    calm: CalmPages,
    said: Mapping[str, str],
    touched: Callable[[], None] = lambda: None,
) -> None:
    """Put the walls around a tornado application: every request passes here before any handler is chosen.

    `touched` hears of requests that change something: in JupyterLab a person may be at work where no page of ours is.
    """
    deliver = application.get_handler_delegate

    def guarded(request: HTTPServerRequest, target_class: type[RequestHandler], *rest: Any, **more: Any) -> Any:
        refusal = gate.refusal(request)
        if refusal or (request.path.startswith(ENTER) and target_class is not EnterHandler):
            page = calm.page(refusal or "missing")
            return deliver(request, hardened(CalmHandler), {"page": page, "status": 403 if refusal else 404})
        if gate.is_shut:  # the porter comes to the front
            again = {"page": calm.page("moment"), "status": 200, "again": True}
            return deliver(request, hardened(CalmHandler), again)
        if request.method not in ("GET", "HEAD") and not request.path.startswith(LOCK):
            touched()
        return deliver(request, hardened(target_class), *rest, **more)

    known: dict[type[RequestHandler], type[RequestHandler]] = {}

    def hardened(handler: type[RequestHandler]) -> type[RequestHandler]:
        if handler not in known:
            socket = issubclass(handler, WebSocketHandler)
            known[handler] = _harden_socket(handler) if socket else _harden(handler, said, calm)
        return known[handler]

    application.get_handler_delegate = guarded  # type: ignore[method-assign]  # tornado's own hook, on one instance


def _harden(handler: type[Any], said: Mapping[str, str], calm: CalmPages) -> type[RequestHandler]:
    """Return the handler with our headers, and our calm page in place of its error page."""
    jupyter = sys.modules.get("jupyter_server.base.handlers")  # the porter has no Jupyter, and is quick without it
    asked_by_programs: Any = getattr(jupyter, "APIHandler", ())

    class Hardened(handler):
        def set_default_headers(self) -> None:
            super().set_default_headers()
            for name, value in said.items():
                self.set_header(name, value)

        def write_error(self, status_code: int, **details: Any) -> None:
            if isinstance(self, asked_by_programs):  # asked by a program: short JSON, without a traceback
                super().write_error(status_code, **details)
                return
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(calm.for_status(status_code))

        if issubclass(handler, StaticFileHandler):

            def set_headers(self) -> None:
                super().set_headers()
                hashed = HASHED.search(self.request.path) or "v" in self.request.arguments
                kept = "private, max-age=31536000, immutable" if hashed else "private, no-cache"
                self.set_header("Cache-Control", kept)

    Hardened.__name__ = handler.__name__
    Hardened.__qualname__ = handler.__qualname__
    return Hardened


def _harden_socket(handler: type[Any]) -> type[RequestHandler]:
    """Return the handler of a socket, calm about a page that is gone before its socket is open.

    Jupyter lets go of the kernel's line then, asks it for its protocol all the same, and writes a page about that.
    """

    class Hardened(handler):
        def select_subprotocol(self, subprotocols: list[str]) -> str | None:
            if getattr(self, "connection", self) is None:
                raise WebSocketClosedError
            chosen: str | None = super().select_subprotocol(subprotocols)
            return chosen

        def write_error(self, status_code: int, **details: Any) -> None:
            self.finish()

    Hardened.__name__ = handler.__name__
    Hardened.__qualname__ = handler.__qualname__
    return Hardened
