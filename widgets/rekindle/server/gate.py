"""The gate: who may ask for anything at all. One wall in front of every address, page, file and socket."""

from __future__ import annotations

import hashlib

from tornado.httputil import HTTPServerRequest, split_host_and_port
from tornado.web import RequestHandler, create_signed_value, decode_signed_value

from rekindle.server.tickets import ENTER

HOSTS = ("127.0.0.1", "localhost")


def _digest(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()


class Gate:
    """Knows the logins of one server: tickets that work once, and the cookie that they are exchanged for."""

    def __init__(self, secret: str, port: int) -> None:
        self.secret = secret
        self.port = port
        self.cookie = f"rekindle-{port}"
        self.is_shut = False
        self._tickets: set[bytes] = set()

    def add(self, ticket: str) -> None:
        """Let a ticket in, once. Only its digest is kept."""
        self._tickets.add(_digest(ticket))

    def take(self, ticket: str) -> bool:
        """Use a ticket up and tell whether it was good."""
        digest = _digest(ticket)
        good = digest in self._tickets
        self._tickets.discard(digest)
        return good

    def pass_for(self, handler: RequestHandler) -> None:
        """Give the browser behind `handler` its cookie. It lasts as long as the browser and this server."""
        value = create_signed_value(self.secret, self.cookie, "in")
        handler.set_cookie(self.cookie, value, path="/", httponly=True, samesite="Strict")

    def lets_in(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request carries the cookie."""
        morsel = request.cookies.get(self.cookie)
        return morsel is not None and decode_signed_value(self.secret, self.cookie, morsel.value) == b"in"

    def knows_host(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request was meant for this computer by name: other names are how a web site gets in."""
        host, port = split_host_and_port(request.host.lower())
        return host in HOSTS and port in (None, self.port)

    def refusal(self, request: HTTPServerRequest) -> str:
        """Return the name of the calm page that a request gets instead, or nothing."""
        if not self.knows_host(request):
            return "foreign"
        if request.path.startswith(ENTER) or self.lets_in(request):
            return ""
        return "not-in"
