"""Presence: the page's own line to its kernel. Shown, hidden, alive; and what the page may call saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, greeted, script

Message = Mapping[str, Any]


class Presence(FrontWidget):
    """Tells `on_shown(zone, dirty)` when the page comes to the front, and carries the page's messages.

    `token` names this page in the document (JupyterLab shows several at once); `page_words` are the few sentences
    that the script says by itself. `dirty` lists the paths of fields with unsaved changes. `hiding` tells if words
    are hidden: "yes", "no", or "unsaid" while they are shown and nobody has asked for that in this browser session.
    """

    token = tl.Unicode().tag(sync=True)
    words = tl.Dict().tag(sync=True)

    def __init__(self, token: str, page_words: Mapping[str, Any], *, css: str = "") -> None:
        self.hiding = "unsaid"
        self.on_shown: Callable[[str, frozenset[str]], None] = lambda _zone, _dirty: None
        self.on_hidden: Callable[[], None] = lambda: None
        self.on_again: Callable[[], None] = lambda: None
        self.on_beat: Callable[[], None] = lambda: None
        self.on_settled: Callable[[str], None] = lambda _exercise: None
        super().__init__(token=token, words=dict(page_words), _esm=script(), _css=css)

    def say(self, kind: str, **facts: Any) -> None:
        """Send the page one message of this kind."""
        self.send({"t": kind, **facts})

    def _hear_shown(self, message: Message) -> None:
        self.hiding = str(message.get("hiding", "unsaid"))
        self.on_shown(str(message.get("zone", "UTC")), frozenset(map(str, message.get("dirty", ()))))

    def _hear_views(self, message: Message) -> None:
        told, failed = greeted(message.get("lines", ()))
        self.say("views", told=told)
        if failed:
            raise failed[0]

    def _hear_hidden(self, _message: Message) -> None:
        self.on_hidden()

    def _hear_beat(self, message: Message) -> None:
        self.say("beat")
        if message.get("again"):
            self.on_again()
        self.on_beat()

    def _hear_settled(self, message: Message) -> None:
        self.on_settled(str(message.get("exercise", "")))
