"""Presence: the page's own line to its kernel. Shown, hidden, alive; and what the page may call saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import traitlets as tl

from rekindle.frontend.at_once import tell_nobody
from rekindle.frontend.front import FrontWidget, asking, greeted
from rekindle.page_script import page_module

Message = Mapping[str, Any]

FRESH = 5.0
"""Seconds for which a page that was filled early is shown as it is. After that it is filled anew."""


class Presence(FrontWidget):
    """Tells `on_shown(zone, dirty)` when the page comes to the front, and carries the page's messages.

    `token` names this page in the document (JupyterLab shows several at once); `page_words` are the few sentences
    that the script says by itself. `dirty` lists the paths of fields with unsaved changes. `hiding` tells if words
    are hidden: "yes", "no", or "unsaid" while they are shown and nobody has asked for that in this browser session.
    With `whole`, the script comes in its state; without, the page has it, or asks for it.
    `fronts` are the lines of the shut cards, title and state: the page draws them, and the button that opens a card.
    `on_asked(exercise)` hears which card is to open: by that button, or by the page's address while it is on its way.
    """

    token = tl.Unicode().tag(sync=True)
    words = tl.Dict().tag(sync=True)
    fronts = tl.Dict().tag(sync=True)

    def __init__(self, token: str, page_words: Mapping[str, Any], *, css: str = "", whole: bool = True) -> None:
        self.hiding = "unsaid"
        self.on_shown: Callable[[str, frozenset[str]], None] = lambda _zone, _dirty: None
        self.on_hidden: Callable[[], None] = lambda: None
        self.on_again: Callable[[], None] = lambda: None
        self.on_beat: Callable[[], None] = lambda: None
        self.on_settled: Callable[[str], None] = lambda _exercise: None
        self.on_asked: Callable[[str], None] = lambda _exercise: None
        self._held: list[dict[str, Any]] | None = None
        self._early = -FRESH
        super().__init__(token=token, words=dict(page_words), _esm=page_module() if whole else asking(), _css=css)

    def say(self, kind: str, **facts: Any) -> None:
        """Send the page one message of this kind; before our script is there, keep it for then."""
        told = {"t": kind, **facts}
        if self._held is None:
            self.send(told)
        else:
            self._held.append(told)

    def front(self, exercise: str, *lines: str) -> None:
        """Have the page draw a shut card with these lines; without any, it draws nothing on that card."""
        others = {id_: told for id_, told in self.fronts.items() if id_ != exercise}
        self.fronts = others | ({exercise: list(lines)} if lines else {})

    def _on_message(self, widget: object, message: Message, buffers: object) -> None:
        if message.get("t") not in ("early", "script"):  # it comes from our script: now there is somebody to tell
            held, self._held = self._held or [], None
            for told in held:
                self.send(told)
        super()._on_message(widget, message, buffers)

    def _hear_early(self, message: Message) -> None:
        """Fill a page whose script is still on its way: what there is to say waits until the script says something."""
        if self._is_seen:
            return
        tell_nobody()
        self._is_seen, self._held, self._early = True, [], time.monotonic()
        self._fill(message)
        if asked := str(message.get("asked", "")):
            self.on_asked(asked)

    def _hear_script(self, _message: Message) -> None:
        self.send({"t": "script", "text": page_module()})

    def _hear_shown(self, message: Message) -> None:
        is_fresh, self._early = time.monotonic() - self._early < FRESH, -FRESH
        if self._is_seen and is_fresh and not message.get("dirty") and message.get("hiding", "unsaid") == self.hiding:
            return
        self._is_seen = True
        self._fill(message)

    def _fill(self, message: Message) -> None:
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

    def _hear_open(self, message: Message) -> None:
        self.on_asked(str(message.get("exercise", "")))

    def _hear_settled(self, message: Message) -> None:
        self.on_settled(str(message.get("exercise", "")))
