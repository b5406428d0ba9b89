"""Bound: a document as it will be, in a frame that runs nothing, with the ways to save and to print it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, Told, stub

LONGEST_NAME = 200


class BoundView(FrontWidget):
    """Shows one document at a time. `on_done(what)` hears that it was "saved" or "printed", `on_name(text)` a name.

    Document and names travel as messages and rest in no state; the browser keeps the document until it is taken away.
    """

    words = tl.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, str]) -> None:
        self.on_done: Callable[[str], None] = lambda _what: None
        self.on_name: Callable[[str], None] = lambda _text: None
        self._html = self._file_name = ""
        self._naming = False
        super().__init__(words=dict(words), _esm=stub("bound"))

    @property
    def html(self) -> str:
        """The document that is shown now; "" for none."""
        return self._html

    def lay(self, html: str, file_name: str = "", *, naming: bool = False) -> None:
        """Show a document; "" takes it away. `file_name` holds no words of anybody; `naming` asks for more names."""
        self._html, self._file_name, self._naming = html, file_name, naming
        self._tell_page()

    def _first_words(self) -> Sequence[Told]:
        return [{"t": "lay", "html": self._html, "name": self._file_name, "naming": self._naming}]

    def _hear_done(self, message: Mapping[str, Any]) -> None:
        if message.get("what") in ("saved", "printed"):
            self.on_done(str(message["what"]))

    def _hear_name(self, message: Mapping[str, Any]) -> None:
        self.on_name(str(message.get("text", "")).strip()[:LONGEST_NAME])
