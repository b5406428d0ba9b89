"""The log: a form for one entry, which saves itself as it is filled in, and the entries so far, newest first."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Sequence

from rekindle.content import fields as asked
from rekindle.forms.control import Control
from rekindle.forms.entry_versions import EntryVersions
from rekindle.forms.fields import build_part
from rekindle.forms.history import History
from rekindle.forms.host import Host
from rekindle.forms.stock import Button, GridBox, HBox, VBox, style
from rekindle.frontend.words import Words, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Entry, Json

HAPPENED = ("when", "day", "promised")
"""The parts of an entry that say when it happened. Other days in it are days it speaks of: off until, by when."""


class LogForm:
    """The form and the history of one log. An entry exists from its first filled field on; nothing waits unsaved."""

    def __init__(self, exercise: str, field: asked.Log, book: Host, *, only: Sequence[str] = ()) -> None:
        self._exercise, self._field, self._book = exercise, field, book
        self.on_changed: Callable[[], None] = lambda: None
        self.on_filled: Callable[[], None] = lambda: None
        self.on_said: Callable[[], None] = lambda: None
        self._parts = {part.id: part for part in field.fields if not only or part.id in only}
        self._id, self._only, self._day = "", bool(only), book.today()
        self._changing = False  # an earlier entry is in hand
        self._values: dict[str, Json] = {}
        self._inner = {part.id: build_part(part, book.say, book.offers) for part in self._parts.values()}
        for key, control in self._inner.items():
            control.keep = functools.partial(self._keep, key)
        self.controls: dict[str, Control] = {f"{field.key}/{key}": control for key, control in self._inner.items()}
        self.history = History(exercise, field, book, self._edit, self._on_history)
        self.others = EntryVersions(exercise, field, book, self._on_settled)
        self._told, self._title = Words("rk-log-told"), Words("rk-log-ask")
        self.bare = style(
            VBox([*(control.widget for control in self._inner.values()), self._told]),
            "rk-field",
            f"rk-field--{field.key}",
        )
        self.widget = self.bare if only else self._layout()
        self._keeps_history = not only and field.several

    def _layout(self) -> VBox:
        say = self._book.say
        front = [self._inner[p.id].widget for p in self._parts.values() if not p.more]
        behind = [self._inner[p.id].widget for p in self._parts.values() if p.more]
        save = style(Button(description=say("interface.buttons.save_entry")), "rk-primary", "rk-puts-away")
        save.on_click(lambda _b: self._finish())
        clear = style(Button(description=say("interface.buttons.clear_form")), "rk-quiet", "rk-puts-away")
        clear.on_click(lambda _b: self._start_anew() if self._all_kept() else None)
        kids = [style(GridBox(front), "rk-form")]
        if behind:
            kids.append(self._behind(behind))
        self._title.tell(element("h3", self._field.ask, cls="rk-sec", land=True))
        if self._field.several:
            kids += [style(HBox([save, clear]), "rk-row"), self._told, self.history.widget]
        box = VBox([self._title, self.others.widget, *kids])
        return style(box, "rk-field", f"rk-field--{self._field.key}", "rk-log")

    def _behind(self, widgets: Sequence[object]) -> VBox:
        inner = style(GridBox(list(widgets)), "rk-form")
        button = style(Button(description=self._book.say("interface.folds.more")), "rk-quiet")
        box = style(VBox([button]), "rk-more")
        button.on_click(lambda _b: self._unfold(box, button, inner))
        return box

    def _unfold(self, box: VBox, button: Button, inner: GridBox) -> None:
        box.children = (button,) if inner in box.children else (button, inner)
        self.on_filled()

    # One entry

    def _keep(self, key: str, value: Json) -> str | Refusal:
        values = {**self._values, key: value}
        if value in ("", []):
            values.pop(key)
        if self._only and self._day != self._book.today():
            self._id, values = "", {key: value}  # one tap is today's dot: it must not change yesterday's
        id_ = self._id or uuid.uuid4().hex
        kept = self._book.keep_entry(self._exercise, id_, values, self._happened(values))
        if not isinstance(kept, Refusal):
            self._id, self._values, self._day = id_, values, self._book.today()
            self.history.wrote(id_)
            self.on_changed()
            self._book.soon(self.others.refresh)
        return kept

    def _happened(self, values: dict[str, Json]) -> str:
        """When the entry says that it happened; "" leaves that to the moment of its first save."""
        return next((str(values[key]) for key in HAPPENED if key in self._inner and values.get(key)), "")

    def _all_kept(self) -> bool:
        """Try to store what could not be stored; what stands on the screen only must not be cleared away."""
        for control in self._inner.values():
            control.again()
        return not any(control.unkept for control in self._inner.values())

    def _finish(self) -> None:
        if not self._all_kept():
            return
        key = "interface.log.kept" if self._values else "interface.log.nothing"
        earlier = self._changing
        self._start_anew()
        self._told.tell(element("p", self._book.say(key), cls="rk-small", set={"role": "status"}))
        if earlier:  # who works through old entries goes on where they were
            self.history.refresh()
        else:
            self.history.to_start()
        self.on_changed()

    def _start_anew(self) -> None:
        self._id, self._values, self._changing = "", {}, False
        for control in self._inner.values():
            control.fill(None, answered=False)
        if self._told.told:
            self._told.tell()
        self.on_filled()

    def _edit(self, entry: Entry) -> None:
        if not self._all_kept():
            return
        self._show(entry, frozenset())
        self._changing = True
        self._told.tell(element("p", self._book.say("interface.log.changing"), cls="rk-small", set={"role": "status"}))
        self.on_filled()
        self._title.land()  # the form stands above the entries, out of sight
        self.on_said()

    def _on_settled(self) -> None:
        self.refill(frozenset())
        self.on_filled()
        self.on_changed()

    def _on_history(self) -> None:
        if self._id and self.history.removed == self._id:
            self._start_anew()
        self.on_changed()

    def refill(self, dirty: frozenset[str]) -> None:
        """Show the history as it is now, and the entry in hand as another page may have left it."""
        if self._keeps_history:
            self.history.refresh()
        self.others.refresh()
        if self._only and self._day != self._book.today():
            self._id, self._values = "", {}
        if not self._field.several and not self._id:  # a form that is filled in once: go on with it
            once = self._book.page_of(self._exercise, 0, 1)
            self._id = once[0][0].id if once and once[0] else ""
        entry = self._book.entry(self._id) if self._id else None
        if entry is None:
            for key, control in self._inner.items():
                if not self._values and not self._is_dirty(key, dirty):
                    control.fill(None, answered=False)
            return
        changing = [key for key in self._inner if self._is_dirty(key, dirty)]
        if all(entry.values.get(key) == self._values.get(key) for key in changing):
            self._show(entry, dirty)  # else two pages change the same thing: this one's save shows and keeps both

    def _show(self, entry: Entry, dirty: frozenset[str]) -> None:
        self._book.take_entry(entry)
        self._id, self._values = entry.id, dict(entry.values)
        for key, control in self._inner.items():
            if not self._is_dirty(key, dirty):
                control.fill(self._values.get(key), answered=key in self._values)

    def _is_dirty(self, key: str, dirty: frozenset[str]) -> bool:
        return f"{self._exercise}/{self._field.key}/{key}" in dirty
