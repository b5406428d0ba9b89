"""The identity: the second wall, inside Jupyter. Its own handlers ask who is there, and get the gate's answer."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler

from rekindle.server.gate import Gate


class GateIdentity(IdentityProvider):
    """The second wall: each of Jupyter's own handlers asks who is there, and gets the gate's answer."""

    gate: Gate  # set on a subclass, since Jupyter makes the instance

    @property
    def auth_enabled(self) -> bool:
        """Nobody is let in without a login."""
        return True

    @property
    def login_available(self) -> bool:
        """There is no login form: the one-time address is the login."""
        return False

    def _token_default(self) -> str:
        return ""

    def get_user(self, handler: RequestHandler) -> User | Awaitable[User | None] | None:
        """Return the one user there is, or nobody."""
        known = self.gate.knows_host(handler.request) and self.gate.lets_in(handler.request)
        return User(username="reader") if known else None

    def get_handlers(self) -> list[Any]:
        """Return no login and no logout page."""
        return []


def identity_of(gate: Gate) -> type[GateIdentity]:
    """Return the identity provider class that asks `gate`."""
    return type("ThisIdentity", (GateIdentity,), {"gate": gate})
