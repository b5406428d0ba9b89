"""The browser's half of a page: one script, sent once by Presence and shared by the other widgets."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets as tl

from rekindle.frontend.at_once import AtOnce
from rekindle.frontend.shapes import Shared

STATIC = Path(__file__).parent / "static"
SHEETS = ("rekindle.css", "page.css")
PARTS = (
    "repairs",
    "press",
    "whole",
    "sight",
    "status",
    "lock",
    "writing",
    "rows",
    "words",
    "seek",
    "ask",
    "parcels",
    "bound",
    "banner",
    "presence",
)

STUB = """const front = (globalThis.rekindleFront ??= (() => { let resolve;
  const promise = new Promise((go) => { resolve = go; }); return { promise, resolve }; })());
export default { async render(context) { return (await front.promise).%s(context); } };"""


@functools.cache
def script() -> str:
    """Return the page's script as one ES module: its files share one scope, so they need no import."""
    return "\n".join((STATIC / f"{part}.js").read_text("utf-8") for part in PARTS)


@functools.cache
def stylesheet() -> str:
    """Return the styles for JupyterLab, which has no template of ours; web fonts stay with the template."""
    folder = Path(__file__).parent.parent / "voila_template" / "static"
    lines = [line for name in SHEETS for line in (folder / name).read_text("utf-8").splitlines()]
    return "\n".join(line for line in lines if not line.startswith("@font-face"))


class FrontWidget(Shared, AtOnce, anywidget.AnyWidget):
    """A widget of ours: a person's words travel as messages and never rest in its state, nor show in its repr."""

    _esm = tl.Unicode("").tag(sync=True)
    _css = tl.Unicode("").tag(sync=True)
    _anywidget_id = tl.Unicode().tag(sync=True)

    @tl.default("_anywidget_id")
    def _name_of_kind(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"

    def add_traits(self, **traits: Any) -> None:
        """Add traits, but for those that stand above: for a new one, anywidget would make a class of each widget."""
        new = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if new:
            super().add_traits(**new)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.add_class("rk-front")  # by this the page knows it from a box that only keeps a child's place
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _on_message(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        hear = getattr(self, f"_hear_{message.get('t', '')}", None)
        if hear is not None:
            hear(message)
