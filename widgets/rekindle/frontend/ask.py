"""Ask: a field for the passphrase where no server of ours asks first. What is typed is in no trait and no output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, stub


class Ask(FrontWidget):
    """Tells `on_passphrase(text)` what was typed, once, as a message; the page's field is emptied at once."""

    words = tl.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, str]) -> None:
        self.on_passphrase: Callable[[str], None] = lambda _text: None
        super().__init__(words=dict(words), _esm=stub("ask"))

    def tell(self, trouble: str) -> None:
        """Say why it did not open; "" says that it did, and takes the field away."""
        self.send({"t": "told", "trouble": trouble})

    def _hear_passphrase(self, message: Mapping[str, Any]) -> None:
        self.on_passphrase(str(message.get("text", "")))
