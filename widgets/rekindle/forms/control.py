"""A control: one field on the page, from what it shows to what it hands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import ipywidgets as ipw

from rekindle.frontend.writing import Refusal
from rekindle.records import Json

Keep = Callable[[Json], "str | Refusal"]
"""Stores a value and returns the local time of the commit ("14:02"), or why it was not stored."""


class Say(Protocol):
    """Looks up a sentence by its key and fills in plain facts."""

    def __call__(self, key: str, **facts: str | int | float) -> str:
        """Return the sentence."""


class Control:
    """One field. `widget` is its root, `own` tells that it acknowledges by itself (Writing and Rows do).

    `keep` is called with each new value; `on_kept` with what a stock control showed when its value was stored.
    `unkept` tells that the newest value was refused: it stands on the screen only, and `again` tries once more.
    """

    own = False
    widget: ipw.Box

    def __init__(self, key: str) -> None:
        self.key = key
        self.keep: Keep = lambda _value: ""
        self.on_kept: Callable[[str, str], None] = lambda _shown, _at: None
        self.on_refused: Callable[[str], None] = lambda _why: None
        self.unkept = False
        self._due: Json = None
        self._filling = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def fill(self, value: Json, *, answered: bool) -> None:
        """Show a stored value without storing it again; `answered` tells a skip (None) from no answer."""
        self.unkept, self._due = False, None
        with self._quietly():
            self._show(value, answered=answered)

    def shown(self) -> str:
        """What the control shows, in the short form that the page computes from its side."""
        return ""

    def refresh(self) -> None:
        """Look again at what the choices are made from, where they are made while the book runs."""

    def value(self) -> Json:
        """The value that the control stands for now."""
        raise NotImplementedError(type(self).__name__)

    def again(self) -> None:
        """Try once more to store what could not be stored."""
        if self.unkept:
            self._tell(self.shown(), self.store(self._due))

    def store(self, value: Json) -> str | Refusal:
        """Hand a value to `keep`; one that is refused is remembered, to be tried again."""
        kept = self.keep(value)
        self.unkept = isinstance(kept, Refusal)
        self._due = value if self.unkept else None
        return kept

    def _tell(self, shown: str, kept: str | Refusal) -> None:
        if isinstance(kept, Refusal):
            self.on_refused(kept.why)
        else:
            self.on_kept(shown, kept)

    def _show(self, value: Json, *, answered: bool) -> None:
        raise NotImplementedError(type(self).__name__)

    def _changed(self, _change: object = None) -> None:
        if not self._filling:
            self._tell(self.shown(), self.store(self.value()))

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._filling = self._filling, True
        try:
            yield
        finally:
            self._filling = before


def question(ask: str, hint: str = "") -> str:
    """Return a question as the markup that a stock widget's description takes; only our own words go in."""
    words = _plain(ask)
    return f"{words} <span>{_plain(hint)}</span>" if hint else words


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
