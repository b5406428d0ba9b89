"""The porter's desk: its pages and forms, and what they may do. Try a passphrase; set, change or remove the lock."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import tornado.web

from rekindle.errors import EmptyKey, JournalDamaged, JournalError, JournalLocked, RekindleError
from rekindle.journal import Journal, Key, Relocked, is_good, is_locked, key_for, new_key, new_passphrase, relock
from rekindle.journal.backup import every_backup
from rekindle.server import walls
from rekindle.server.calm import CalmPages
from rekindle.server.gate import Gate
from rekindle.server.order import PorterOrder
from rekindle.server.porter_pages import POLICY, PorterPages
from rekindle.server.tickets import ENTER
from rekindle.settings import JOURNAL_NAME

FIRST_WAIT, LONGEST_WAIT = 1.0, 20.0
"""Seconds that the answer to a wrong passphrase takes, and takes at most; it doubles with each. Nobody is shut out."""

LAST_PAGE = 1.0
"""Seconds that the last page has to fetch its typefaces, before the book comes to the front."""

Say = Callable[[dict[str, Any], bytes], None]
ELSEWHERE = ("/voila/static", "/voila/templates", "/voila/labextensions", "/api/", "/static/")


class PorterDesk:
    """What the handlers share: the journal, the pages, and the way to the supervisor."""

    def __init__(self, order: PorterOrder, say: Say) -> None:
        self.order, self.say = order, say
        self.pages, self.calm = PorterPages(order), CalmPages(order.words)
        self.journal = Path(order.home, JOURNAL_NAME)
        self.is_done = self.opens_backup = False
        self.token = hmac.new(order.secret.encode(), b"form", hashlib.sha256).hexdigest()
        self._turn, self._wait = asyncio.Lock(), FIRST_WAIT

    def back(self, wished: str) -> str:
        """Return the page to go back to: one of the book's own, whatever was wished."""
        path, sharp, place = wished.partition("#")
        known = {
            *(f"/voila/render/{page}{ending}" for page in self.order.pages for ending in ("", ".ipynb")),
            *(f"/lab/tree/{page}.ipynb" for page in self.order.pages),
        }
        good = path in known and (not place or place.replace("-", "").isalnum())
        return f"{path}{sharp}{place}" if good else "/"

    async def unlock(self, passphrase: str) -> Key:
        """Return the key of a passphrase that opens the journal; a wrong one takes a while to be told.

        Raises a journal error.
        """
        async with self._turn:  # one at a time, so that asking often is no way to ask quickly
            self.opens_backup = False
            try:
                key = await asyncio.to_thread(_try, self.journal, passphrase)
            except JournalError as error:
                if isinstance(error, JournalLocked):
                    self.opens_backup = await asyncio.to_thread(_opens_a_backup, self.journal, passphrase)
                await asyncio.sleep(self._wait)
                self._wait = min(self._wait * 2, LONGEST_WAIT)
                raise
            self._wait = FIRST_WAIT
            return key

    async def change(self, old: Key | None, passphrase: str | None) -> tuple[Key | None, Relocked]:
        """Give the journal another lock, or none; return its key and what became of the backups."""
        async with self._turn:
            return await asyncio.to_thread(_change, self.journal, old, passphrase)


def _try(journal: Path, passphrase: str) -> Key:
    """Return the key of a passphrase that opens the journal; a damaged one too, if the key fits what can be read of it.

    The page then offers the newest good backup. Raises a journal error.
    """
    key = key_for(journal, passphrase)
    with suppress(JournalDamaged):
        Journal.open(journal, never_kept=(), key=key, check_later=True).close()
    return key


def _opens_a_backup(journal: Path, passphrase: str) -> bool:
    """Return whether a passphrase that did not open the journal opens its newest locked backup."""
    copy = next((place for place in every_backup(journal) if is_locked(place)), None)
    if copy is None:
        return False
    with suppress(JournalError):
        return is_good(copy, key_for(copy, passphrase))
    return False


def _change(journal: Path, old: Key | None, passphrase: str | None) -> tuple[Key | None, Relocked]:
    new = None if passphrase is None else new_key(passphrase)
    if not journal.exists() and new is not None:  # before the first word there is no file yet
        Journal.open(journal, never_kept=(), key=new).close()
        return new, Relocked(0, 0, 0)
    return new, relock(journal, old, new)


class NotDone(Exception):
    """Something was asked that is not to be done; its text is the key of the sentence that says why."""


class PorterHandler(tornado.web.RequestHandler):
    """What all pages of the porter have in common."""

    def initialize(self, porter: PorterDesk) -> None:
        """Take the porter."""
        self.porter = porter
        self.pages, self.order = porter.pages, porter.order

    def check_xsrf_cookie(self) -> None:
        """Every form carries our token; no other site's page can read it."""
        given = self.get_body_argument("form", "").encode()
        if not hmac.compare_digest(given, self.porter.token.encode()):
            raise tornado.web.HTTPError(403)

    def show(self, body: str) -> None:
        """Answer with a page."""
        nonce = os.urandom(12).hex()
        self.set_header("Content-Security-Policy", POLICY.format(nonce=nonce))
        self.set_header("Referrer-Policy", "same-origin")
        _ = self.finish(self.pages.page(body, nonce))

    def show_first(self, *, back: str, trouble: str = "") -> None:
        """Answer with what the porter is there for; when that is done, with a moment's patience for the book."""
        if self.porter.is_done:
            self.set_header("Refresh", "1")
            _ = self.finish(self.porter.calm.page("moment"))
            return
        locked, token = is_locked(self.porter.journal), self.porter.token
        if self.order.mode == "passphrase":
            body = self.pages.passphrase(locked=locked, token=token, back=back, trouble=trouble, made=new_passphrase())
            self.show(body)
        else:
            self.show(self.pages.unlock(token=token, back=back, trouble=trouble))

    def in_words(self, error: RekindleError) -> str:
        """Return what is to be said about an error: three sentences."""
        return " ".join(
            self.pages.say(f"error.{error.code}.{part}", **error.facts) for part in ("happened", "safe", "todo")
        )

    def say_and_go(self, what: str, key: Key | None = None) -> None:
        """Tell the supervisor that the book may come to the front."""
        self.porter.say({"said": what}, key.raw if key else b"")


class FrontHandler(PorterHandler):
    """Any address of the book: the page that asks, in its place."""

    def head(self, _path: str) -> None:
        """Say that somebody is here: a page that lost its kernel asks so before it opens itself anew."""

    def get(self, path: str) -> None:
        """Show the page that asks."""
        self.porter.say({"said": "awake"}, b"")
        if path == "/lock/state":
            self.set_header("Content-Type", "application/json")
            _ = self.finish(json.dumps({"locked": True}))
            return
        if path.startswith(ELSEWHERE):
            raise tornado.web.HTTPError(404)
        wished = self.order.back if self.order.mode == "passphrase" else path
        self.show_first(back=self.porter.back(wished))


class UnlockHandler(PorterHandler):
    """A passphrase that was typed to open the book."""

    async def post(self) -> None:
        """Try it."""
        back = self.porter.back(self.get_body_argument("back", "/"))
        try:
            key = await self.porter.unlock(self.get_body_argument("passphrase", "", strip=False))
        except RekindleError as error:
            more = f" {self.pages.say('opens_backup')}" if self.porter.opens_backup else ""
            self.show_first(back=back, trouble=self.in_words(error) + more)
            return
        self.porter.is_done = True  # the next request may still come here: then it waits for the book, and asks nothing
        self.say_and_go("key", key)
        self.redirect(back, status=303)


class PassphraseHandler(PorterHandler):
    """A lock that is set, changed or taken away."""

    async def post(self, what: str) -> None:
        """Do it."""
        back = self.porter.back(self.get_body_argument("back", "/"))
        if what == "back":
            self.say_and_go("back")
            self.redirect(back, status=303)
            return
        try:
            key, done = await self._change(what)
        except RekindleError as error:
            self.show_first(back=back, trouble=self.in_words(error))
            return
        except NotDone as trouble:
            self.show_first(back=back, trouble=self.pages.say(str(trouble)))
            return
        self.porter.is_done = True
        self.show(self.pages.done(what, done, back=back))
        await asyncio.sleep(LAST_PAGE)
        self.say_and_go("key" if key else "plain", key)

    async def _change(self, what: str) -> tuple[Key | None, Relocked]:
        if self.order.busy:
            raise NotDone("busy")
        typed = {name: self.get_body_argument(name, "", strip=False) for name in ("passphrase", "new", "again")}
        locked = is_locked(self.porter.journal)
        if locked is (what == "set") or what not in ("set", "change", "remove"):
            raise NotDone("stale")
        if what != "remove" and typed["new"] != typed["again"]:
            raise NotDone("differ")
        if what != "remove" and not typed["new"].strip():
            raise EmptyKey
        old = await self.porter.unlock(typed["passphrase"]) if locked else None
        return await self.porter.change(old, None if what == "remove" else typed["new"])


def application(porter: PorterDesk, gate: Gate) -> tornado.web.Application:
    """Return what the porter serves, behind the same walls as the book."""
    order, calm, given = porter.order, porter.calm, {"porter": porter}
    fonts = {"path": str(Path(order.styles, "fonts"))}
    routes: list[Any] = [
        (ENTER + r"([\w-]+)", walls.EnterHandler, {"gate": gate, "calm": calm}),
        (r"/porter/fonts/([\w-]+\.woff2)", tornado.web.StaticFileHandler, fonts),
        (r"/unlock", UnlockHandler, given),
        (r"/passphrase/([a-z]+)", PassphraseHandler, given),
        (r"(/.*)", FrontHandler, given),
    ]
    app = tornado.web.Application(log_function=lambda _handler: None, serve_traceback=False, xsrf_cookies=True)
    walls.build(app, gate, calm, walls.headers(order.port))
    app.add_handlers(".*$", routes)
    return app
