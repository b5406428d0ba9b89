"""Unlocking where no server of ours stands in front: the page asks by itself, and this kernel keeps the key."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from rekindle.content import Catalog
from rekindle.errors import JournalLocked, RekindleError
from rekindle.frontend.ask import Ask
from rekindle.frontend.writing import Refusal
from rekindle.journal import Journal, Key, key_for
from rekindle.server import keydesk
from rekindle.settings import journal_path

A_MOMENT = 1.0


class KernelKey:
    """The key that was typed in this kernel; it goes with the kernel."""

    held: ClassVar[Key | None] = None


def key_now() -> Key | None:
    """Return the key to open the journal with: the supervisor's, or the one that was typed here; None is none."""
    return keydesk.ask() or KernelKey.held


def must_ask(error: RekindleError) -> bool:
    """Return whether the page is to ask for the passphrase by itself: it is locked, and nobody else asks."""
    return isinstance(error, JournalLocked) and not keydesk.is_there() and KernelKey.held is None


def asking(words: Catalog, told: Callable[[RekindleError], Refusal], opened: Callable[[], None]) -> Ask:
    """Return the field that asks; `opened` is called when the journal has opened."""
    keys = ("title", "text", "button", "restart")
    ask = Ask({**{key: words.say(f"lock.ask.{key}") for key in keys}, "label": words.say("lock.passphrase")})

    def tried(passphrase: str) -> None:
        try:
            key = key_for(journal_path(), passphrase)
            Journal.open(journal_path(), never_kept=words.never_kept, key=key, check_later=True).close()
        except RekindleError as error:
            time.sleep(A_MOMENT)  # so that trying many takes long
            ask.tell(told(error).why)
            return
        KernelKey.held = key
        ask.tell("")
        opened()

    ask.on_passphrase = tried
    return ask
