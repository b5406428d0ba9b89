"""Touches: what a page tells the worker of its person. Somebody is here; lock now; to the page of the passphrase."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tornado.web import HTTPError, RequestHandler

from rekindle.server.calm import CalmPages

LOCK = "/lock/"
MARK = "X-Rekindle"
"""A header that no other web site's page can send along."""

Voice = Callable[[dict[str, Any]], None]


class TouchHandler(RequestHandler):
    """Passes on to the supervisor what a page tells."""

    def initialize(self, voice: Voice, calm: CalmPages, shut: Callable[[], object]) -> None:
        """Take the way to the supervisor, the page for a moment of waiting, and what shuts a locked book."""
        self.voice, self.calm, self.shut = voice, calm, shut

    def check_xsrf_cookie(self) -> None:
        """Our own scripts say who they are; a form, and another site's script, cannot."""
        if self.request.headers.get(MARK) != "1":
            raise HTTPError(403)

    def get(self, what: str) -> None:
        """Answer if the book is locked, or leave for the page of the passphrase."""
        if what == "state":
            self.set_header("Content-Type", "application/json")
            _ = self.finish(json.dumps({"locked": False}))
            return
        if what != "passphrase" or self.request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site":
            raise HTTPError(404)
        if "prefetch" not in self.request.headers.get("Sec-Purpose", ""):
            self.voice({"said": "passphrase", "back": self.get_query_argument("back", "/")})
        self.set_header("Connection", "close")  # the next request must find the porter
        self.set_header("Refresh", "1")
        _ = self.finish(self.calm.page("moment"))

    def post(self, what: str) -> None:
        """Note a touch, or lock."""
        self.check_xsrf_cookie()
        if what not in ("awake", "now"):
            raise HTTPError(404)
        if what == "now":
            self.shut()  # before the page asks for anything more
        self.voice({"said": "lock" if what == "now" else "awake"})
        self.set_status(204)


def touch_route(
    voice: Voice, calm: CalmPages, shut: Callable[[], object]
) -> tuple[str, type[RequestHandler], dict[str, Any]]:
    """Return the handler's line in a table of addresses."""
    return (LOCK + r"([a-z]+)", TouchHandler, {"voice": voice, "calm": calm, "shut": shut})
