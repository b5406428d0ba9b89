"""The browser's half of a page: one script, sent once by Presence and shared by the other widgets."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import anywidget
import traitlets as tl

from rekindle.frontend.at_once import AtOnce
from rekindle.frontend.bare import Bare

SHEETS = ("rekindle.css", "page.css")
_MEETING = """const front = (globalThis.rekindleFront ??= (() => { let resolve;
  const promise = new Promise((go) => { resolve = go; }); return { promise, resolve }; })());"""
_STUB = """// rekindle: {view}
{meeting}
export default {{ async render(context) {{ return (await front.promise).{view}(context); }} }};"""
_ASKING = """// rekindle: presence
{meeting}
async function take({{ t, text }}) {{
  if (t === "script") await import(URL.createObjectURL(new Blob([text], {{ type: "text/javascript" }})));
}}
export default {{ async render(context) {{
  if (!front.isThere) {{
    context.model.on("msg:custom", take);
    context.model.send({{ t: "script" }});
    await front.promise;
    context.model.off("msg:custom", take);
  }}
  return (await front.promise).presence(context);
}} }};"""


@functools.cache
def stub(view: str) -> str:
    """Return what stands for one kind of view: it waits until the page's script is there, and hands over to it.

    The lean page knows it by its first line (`lean.js`), and never runs it.
    """
    return _STUB.format(view=view, meeting=_MEETING)


@functools.cache
def asking() -> str:
    """Return what stands for Presence in the dashboard: where the page came without the script, it asks for it."""
    return _ASKING.format(meeting=_MEETING)


@functools.cache
def stylesheet() -> str:
    """Return the styles for JupyterLab, which has no template of ours; web fonts stay with the template."""
    folder = Path(__file__).parent.parent / "voila_template" / "static"
    lines = [line for name in SHEETS for line in (folder / name).read_text("utf-8").splitlines()]
    return "\n".join(line for line in lines if not line.startswith("@font-face"))


Told = Mapping[str, Any]
_lines = itertools.count(1)
_known: WeakValueDictionary[int, FrontWidget] = WeakValueDictionary()


def greeted(lines: Sequence[object]) -> tuple[list[list[Any]], list[Exception]]:
    """Return what views that came together are told, and what went wrong: one that fails keeps no other waiting.

    What each is told is its line's number and its first words.
    """
    told, failed = list[list[Any]](), list[Exception]()
    for widget in (_known.get(line) for line in lines if isinstance(line, int)):
        if widget is not None:
            try:
                told.append([widget.line, *widget.greet()])
            except Exception as error:  # noqa: BLE001 (whatever it is, it is raised once the others are told)
                failed.append(error)
    return told, failed


class FrontWidget(Bare, AtOnce, anywidget.AnyWidget):
    """A widget of ours: a person's words travel as messages and never rest in its state, nor show in its repr."""

    _esm = tl.Unicode("").tag(sync=True)
    _css = tl.Unicode("").tag(sync=True)
    _anywidget_id = tl.Unicode().tag(sync=True)
    line = tl.Int().tag(sync=True)

    @tl.default("_anywidget_id")
    def _name_of_kind(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"

    def add_traits(self, **traits: Any) -> None:
        """Add traits, but for those that stand above: for a new one, anywidget would make a class of each widget."""
        new = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if new:
            super().add_traits(**new)

    def __init__(self, **traits: Any) -> None:
        self._is_seen = False
        super().__init__(line=next(_lines), **traits)
        _known[self.line] = self
        self.add_class("rk-front")  # by this the page knows it from a box that only keeps a child's place
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def greet(self) -> Sequence[Told]:
        """Return what a view that has just come is told; from now on there is somebody to tell."""
        self._is_seen = True
        return self._first_words()

    def _first_words(self) -> Sequence[Told]:
        """Return what a view is told first: all that it cannot know from the state."""
        return ()

    def _tell_page(self) -> None:
        """Tell the views anew. Before the first has come there is none, and it asks when it does."""
        if self._is_seen:
            for told in self._first_words():
                self.send(told)

    def _hear_ready(self, _message: Told) -> None:
        for told in self.greet():
            self.send(told)

    def _on_message(self, _widget: object, message: Mapping[str, Any], _buffers: object) -> None:
        hear = getattr(self, f"_hear_{message.get('t', '')}", None)
        if hear is not None:
            hear(message)
