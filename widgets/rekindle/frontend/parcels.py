"""Parcels: a file goes to the browser or comes from it, in pieces, and rests in no state. Names of files stay there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, stub

PIECE = 256 * 1024
"""Bytes of one message: small enough for every server between a page and its kernel."""


class Giving(FrontWidget):
    """Offers to make a file: `on_make(form, passphrase)` hands it to `give`; `on_suggest()` returns a passphrase."""

    words = tl.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.on_make: Callable[[str, str], None] = lambda _form, _passphrase: None
        self.on_suggest: Callable[[], str] = lambda: ""
        self._file, self._number = b"", 0
        super().__init__(words=dict(words), _esm=stub("giving"))

    def give(self, name: str, file: bytes) -> None:
        """Hand a file to the browser, which asks for its pieces one by one and saves it under this name."""
        self._file, self._number = file, self._number + 1
        self.send({"t": "offer", "n": self._number, "name": name, "pieces": -(-len(file) // PIECE), "size": len(file)})

    def tell(self, text: str) -> None:
        """Say something below the buttons."""
        self.send({"t": "told", "text": text})

    def _hear_make(self, message: Mapping[str, Any]) -> None:
        self.on_make(str(message.get("form", "")), str(message.get("passphrase", "")))

    def _hear_suggest(self, _message: Mapping[str, Any]) -> None:
        self.send({"t": "words", "text": self.on_suggest()})

    def _hear_piece(self, message: Mapping[str, Any]) -> None:
        at = message.get("at")
        if message.get("n") == self._number and isinstance(at, int) and 0 <= at * PIECE < len(self._file):
            piece = self._file[at * PIECE : (at + 1) * PIECE]
            self.send({"t": "piece", "n": self._number, "at": at}, buffers=[piece])

    def _hear_whole(self, message: Mapping[str, Any]) -> None:
        if message.get("n") == self._number:
            self._file = b""


class Taking(FrontWidget):
    """Asks for a file, which comes to `on_file(file)`, and for its passphrase, to `on_passphrase(text)`, if told to."""

    words = tl.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, Any], largest: int) -> None:
        self.on_file: Callable[[bytes], None] = lambda _file: None
        self.on_passphrase: Callable[[str], None] = lambda _text: None
        self._largest = largest
        self._pieces, self._size, self._number = bytearray(), 0, -1
        super().__init__(words={**words, "largest": largest, "piece": PIECE}, _esm=stub("taking"))

    def ask(self, trouble: str) -> None:
        """Ask for the file's passphrase, and say why the last one did not do."""
        self.send({"t": "ask", "trouble": trouble})

    def settle(self, trouble: str = "") -> None:
        """Be ready for another file, and say what was wrong with the last one."""
        self.send({"t": "settled", "trouble": trouble})

    def _on_message(self, widget: object, message: Mapping[str, Any], buffers: object) -> None:
        if message.get("t") == "piece":
            self._take(message, buffers)
        else:
            super()._on_message(widget, message, buffers)

    def _hear_begin(self, message: Mapping[str, Any]) -> None:
        number, size = message.get("n"), message.get("size")
        if isinstance(number, int) and isinstance(size, int) and 0 <= size <= self._largest:
            self._pieces, self._size, self._number = bytearray(), size, number
            self._tell_got()

    def _take(self, message: Mapping[str, Any], buffers: object) -> None:
        """Take the next piece; one that came twice only gets its answer again."""
        if message.get("n") != self._number or not isinstance(buffers, list):
            return
        if message.get("at") == len(self._pieces) and len(self._pieces) < self._size:
            self._pieces += b"".join(bytes(part) for part in buffers)
        self._tell_got()

    def _tell_got(self) -> None:
        self.send({"t": "got", "n": self._number, "at": len(self._pieces)})
        if len(self._pieces) >= self._size and self._number >= 0:
            file, self._pieces, self._number = bytes(self._pieces), bytearray(), -1
            self.on_file(file)

    def _hear_passphrase(self, message: Mapping[str, Any]) -> None:
        self.on_passphrase(str(message.get("text", "")))
