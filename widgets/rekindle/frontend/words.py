"""Words: shows text that may be a person's own, always as text and never as markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, Told, stub

Block = str | Mapping[str, Any]
"""A text, or an element: tag, cls, text, kids, href, act, set, land."""


class Words(FrontWidget):
    """A part of the page that is told what to show. `on_act(act)` hears its buttons.

    The words live in this object and go to the page when it asks; the widget's synced state holds none.
    """

    look = tl.Unicode().tag(sync=True)

    def __init__(self, look: str = "") -> None:
        self.on_act: Callable[[str], None] = lambda _act: None
        self._blocks: list[Block] = []
        self._told = 0
        super().__init__(look=look, _esm=stub("words"))
        self.add_class("rk-words-here")  # on the page before its words are, so that the page knows that they will come

    @property
    def told(self) -> Sequence[Block]:
        """What is shown now."""
        return tuple(self._blocks)

    def tell(self, *blocks: Block) -> None:
        """Show these blocks in place of the former ones."""
        self._blocks = list(blocks)
        self._told += 1
        self._tell_page()

    def land(self) -> None:
        """Take the person to the block that is marked `land`, after something changed what was under their hand."""
        self.send({"t": "land"})

    def _first_words(self) -> Sequence[Told]:
        return [{"t": "tell", "n": self._told, "blocks": self._blocks}]

    def _hear_act(self, message: Mapping[str, Any]) -> None:
        self.on_act(str(message.get("act", "")))


def element(tag: str, text: str = "", *kids: Block, cls: str = "", **more: Any) -> dict[str, Any]:
    """Return one block: an element with a text and kids. `href`, `act`, `set` and `land` may be given by name."""
    block: dict[str, Any] = {"tag": tag, **more}
    if cls:
        block["cls"] = cls
    if text:
        block["text"] = text
    if kids:
        block["kids"] = list(kids)
    return block
