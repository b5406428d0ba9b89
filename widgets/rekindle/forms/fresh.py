"""A fresh page: it starts empty each time, and what is written on it becomes one entry."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Mapping

from rekindle.content.parts import Exercise
from rekindle.forms.control import Control
from rekindle.forms.fields import build
from rekindle.forms.host import Host
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Words
from rekindle.frontend.writing import Refusal
from rekindle.records import Json


class FreshForm:
    """The fields of a fresh exercise. Its entry exists from the first answer that is kept on.

    Fields with `keep = "never"` stay in memory: `values` holds them for the page, the entry does not.
    """

    def __init__(self, exercise: Exercise, host: Host) -> None:
        self._exercise, self._host = exercise, host
        self.on_changed: Callable[[], None] = lambda: None
        self.on_filled: Callable[[], None] = lambda: None
        self.values: dict[str, Json] = {}
        self._id = uuid.uuid4().hex
        self._unkept = {field.key for field in exercise.fields if field.keep == "never"}
        self.controls: dict[str, Control] = {f.key: build(f, host.say, host.offers) for f in exercise.fields}
        for key, control in self.controls.items():
            control.keep = functools.partial(self._keep, key)
        self._told = Words("rk-fresh-told")
        self._told.on_act = self._on_act
        self.widget = style(VBox(self._kids()), "rk-fresh")

    def _kids(self) -> list[object]:
        return [*(control.widget for control in self.controls.values()), self._told]

    def refill(self) -> None:
        """A fresh page has nothing of its own to read again."""
        self._host.keep_fresh(self._exercise.id, self.values)
        for key, control in self.controls.items():
            control.fill(self.values.get(key), answered=key in self.values)

    def _keep(self, key: str, value: Json) -> str | Refusal:
        values = {**self.values, key: value}
        kept: str | Refusal = ""
        if key not in self._unkept:
            kept = self._keep_entry(values)
        if not isinstance(kept, Refusal):
            self.values = values
            self._host.keep_fresh(self._exercise.id, values)
            self._on_kept(key, value)
            self.on_changed()
        return kept

    def _keep_entry(self, values: Mapping[str, Json]) -> str | Refusal:
        entry = {key: value for key, value in values.items() if key not in self._unkept and value not in ("", [])}
        return self._host.keep_entry(self._exercise.id, self._id, entry, "")

    def _on_kept(self, key: str, value: Json) -> None:
        """React to one answer, after it was kept."""

    def _on_act(self, act: str) -> None:
        """React to a button."""

    def _start_anew(self) -> None:
        self._id, self.values = uuid.uuid4().hex, {}
        self.refill()
        self.on_filled()
