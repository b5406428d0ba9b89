"""The card of one exercise: shut with its title, folded with its reason, or open with its fields."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

import ipywidgets as ipw

from rekindle.content import fields as asked
from rekindle.content.parts import Exercise
from rekindle.forms.control import Control
from rekindle.forms.fields import build
from rekindle.forms.fresh import FreshForm
from rekindle.forms.fresh_pages import fresh_form
from rekindle.forms.host import Host
from rekindle.forms.insight import Insight
from rekindle.forms.log import LogForm
from rekindle.forms.markup import fold, head, minutes_key, status
from rekindle.forms.stock import HTML, Button, HBox, VBox, style
from rekindle.forms.versions import Versions
from rekindle.frontend.words import Block, Words
from rekindle.frontend.writing import Refusal
from rekindle.records import Json


class Card:
    """One exercise on a page. It builds its fields when it is opened, and never while it is folded.

    Shut, it is one widget: the page draws what stands on it, for a part may have fifty of them.
    """

    def __init__(self, exercise: Exercise, token: str, host: Host) -> None:
        self.exercise, self._host, self._say = exercise, host, host.say
        self.controls: dict[str, Control] = {}
        self.log: LogForm | None = None
        self.fresh: FreshForm | None = None
        self.is_open = False
        self.held: frozenset[str] = frozenset()
        self._folded = False
        self._insight: Insight | None = None
        self._versions: Versions | None = None
        self.root = style(VBox(), "rk-exercise", f"rk-exercise--{exercise.id}", f"rk-of-{token}", "rk-card")
        self.on_tail: Callable[[str], None] = lambda _act: None
        self._tail: Words | None = None  # few cards ever have one
        self.shut("")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.exercise.id}>"

    @functools.cached_property
    def _head(self) -> HTML:
        return HTML()

    def speak(self, exercise: Exercise) -> None:
        """Speak in these words from the next opening on: the same page, for a time of letting go or of care."""
        if not self.is_open:
            self.exercise = exercise

    def _tail_of(self, words: tuple[Block, ...]) -> Words:
        if self._tail is None:
            self._tail = Words("rk-tailwords")
            self._tail.on_act = self.on_tail
        self._tail.tell(*words)
        return self._tail

    # Shut and folded

    def shut(self, meta: str, *tail: Block) -> None:
        """Show title, state in words and the button that opens it; `tail` may hold a warm line for after a visit."""
        self._forget()
        self._folded = False
        style(self.root, "rk-card--shut")
        self.root.children = (self._tail_of(tail),) if tail else ()
        self._host.front(self.exercise.id, self.exercise.title, meta)

    def fold(self, meta: str, *reason: Block, named: bool = True) -> None:
        """Show that the page is folded, why, and what is open instead. Nothing of it is built.

        A page that is not `named` keeps its title to itself.
        """
        self._forget()
        self._folded = True
        self._unfront()
        self._head.value = head(self.exercise.title if named else meta, meta if named else "")
        self.root.children = (self._head, self._tail_of(reason))

    def _unfront(self) -> None:
        self.root.remove_class("rk-card--shut")
        self._host.front(self.exercise.id)

    def _forget(self) -> None:
        if self.is_open:
            self._host.tell("closed", exercise=self.exercise.id, focus=False)
        self.root.remove_class("rk-is-open")
        self.is_open, self.controls, self.log, self.fresh = False, {}, None, None
        self._insight = self._versions = None

    # Open

    def open(self, *, go: bool = True) -> None:
        """Build the fields, fill them from the journal, and show them, if the contact state allows the page."""
        if self.is_open or not self._host.may_open(self.exercise.id):
            return
        self.is_open = True
        self.held = self._host.held(self.exercise.id)
        inside = self._inside()
        self._unfront()
        self._head.value = head(self.exercise.title, self._minutes(), self.exercise.purpose)
        self.root.children = (self._head, *inside)
        self.refill(frozenset())
        if self._insight:
            self._insight.refresh()
        self._announce(go=go)

    def _inside(self) -> list[ipw.DOMWidget]:
        fields = style(VBox(self._boxes()), "rk-fields")
        insight = self._insight = Insight(self.exercise, self._host)
        versions = self._versions = Versions(self.exercise, self._host, self._use_other)
        return [HTML(self._folds()), versions.widget, insight.top, fields, *insight.widgets, self._foot()]

    def refill(self, dirty: frozenset[str]) -> None:
        """Show what the journal holds now, except where the person has unsaved changes."""
        for key, control in self.controls.items():
            if f"{self.exercise.id}/{key}" not in dirty:
                value, answered = self._host.answer(self.exercise.id, key)
                control.fill(value, answered=answered)
        if self.log:
            self.log.refill(dirty)
        if self.fresh:
            self.fresh.refill()
        if self._versions:
            self._versions.refresh()

    def rest(self, held: frozenset[str]) -> None:
        """Empty the fields that rest from now on in the open card, if all is kept; the others stay as they stand.

        Their empty boxes stay: a box draws all that follows a removed child anew, and the keyboard may be there.
        """
        gone = held & self.controls.keys()
        if not gone or not self.all_kept():
            return
        self.held |= held
        for key in gone:
            style(self.controls.pop(key).widget, "rk-rests").children = ()

    def refresh(self) -> None:
        """Read the insights again, and the state of the fields, after another page has written."""
        if self.is_open and self._insight:
            self._insight.refresh()
            self._announce(go=False)

    def counted(self) -> None:
        """Show what a long log had to be counted for."""
        if self._insight:
            self._insight.refresh()

    def again(self) -> None:
        """Try once more to store what could not be stored."""
        for control in self._all().values():
            control.again()

    def all_kept(self) -> bool:
        """Try once more to store what could not be stored, and return whether nothing is left on the screen only."""
        self.again()
        return not any(control.unkept for control in self._all().values())

    def _all(self) -> dict[str, Control]:
        log = self.log.controls if self.log else {}
        return {**self.controls, **log, **(self.fresh.controls if self.fresh else {})}

    def _announce(self, *, go: bool) -> None:
        standing = set(_standing(self.root))  # some fields wait behind a fold, and are on no screen yet
        paths = {f"{self.exercise.id}/{key}": c for key, c in self._all().items() if c.widget in standing}
        expect = {path: control.shown() for path, control in paths.items() if not control.own}
        own = [path for path, control in paths.items() if control.own]
        self._host.tell("opened", exercise=self.exercise.id, expect=expect, own=own, go=go)

    def _boxes(self) -> list[ipw.DOMWidget]:
        if self.exercise.fresh:
            self.fresh = fresh_form(self.exercise, self._host)
            self.fresh.on_changed, self.fresh.on_filled = self._answered, lambda: self._announce(go=False)
            self._hook(self.fresh.controls)
            return [self.fresh.widget]
        return [self._build(field) for field in self.exercise.fields if field.key not in self.held]

    def _build(self, field: asked.Field) -> ipw.DOMWidget:
        if isinstance(field, asked.Log):
            self.log = LogForm(self.exercise.id, field, self._host)
            self.log.on_changed = self._answered
            self.log.on_filled = lambda: self._announce(go=False)
            self._hook(self.log.controls)
            return self.log.widget
        control = build(field, self._say, self._host.offers)
        control.keep = functools.partial(self._keep, field)
        self.controls[field.key] = control
        self._hook({field.key: control})
        return control.widget

    def _hook(self, controls: dict[str, Control]) -> None:
        for key, control in controls.items():
            path = f"{self.exercise.id}/{key}"
            control.on_kept = functools.partial(self._kept, path)
            control.on_refused = functools.partial(self._refused, path)

    def _kept(self, path: str, shown: str, at: str) -> None:
        self._host.tell("kept", path=path, shown=shown, at=at)

    def _refused(self, path: str, why: str) -> None:
        self._host.tell("not", path=path, why=why)

    def _keep(self, field: asked.Field, value: Json) -> str | Refusal:
        kept = self._host.keep(self.exercise.id, field.key, value, field.ask)
        if not isinstance(kept, Refusal):
            self._answered()
        return kept

    def _answered(self) -> None:
        for control in (*self.controls.values(), *(self.log.controls.values() if self.log else ())):
            control.refresh()
        if self._insight:
            self._host.soon(self._insight.refresh)
        if self._versions:
            self._host.soon(self._versions.refresh)

    def _use_other(self, key: str, value: Json) -> bool:
        control = self.controls.get(key)
        if control is None:
            return False
        kept = control.store(value)
        if isinstance(kept, Refusal):
            self._refused(f"{self.exercise.id}/{key}", kept.why)
            return False
        control.fill(value, answered=True)
        self._announce(go=False)
        return True

    # Words around the fields

    def _minutes(self) -> str:
        minutes = self.exercise.minutes
        return self._say(f"interface.card.{minutes_key(minutes)}", count=f"{minutes:g}")

    def _folds(self) -> str:
        folds = [fold(self._say("interface.folds.why"), self.exercise.why)]
        if self.exercise.example:
            folds.append(fold(self._say("interface.folds.example"), self.exercise.example))
        return f'<div class="rk-folds">{"".join(folds)}</div>'

    def _foot(self) -> VBox:
        done = style(Button(description=self._say("interface.buttons.done")), "rk-puts-away")
        done.on_click(lambda _b: self._host.done(self.exercise.id, blank=False))
        mark = HTML(status(self._say("interface.status.still")))
        if self.log:  # the log's own button is the one solid button of its card
            return style(HBox([done, mark]), "rk-foot")
        style(done, "rk-primary")
        blank = style(Button(description=self._say("interface.buttons.leave_blank")), "rk-puts-away")
        blank.on_click(lambda _b: self._host.done(self.exercise.id, blank=True))
        return style(HBox([done, blank, mark] if not self.fresh else [done, mark]), "rk-foot")


def _standing(widget: ipw.Widget) -> Iterator[ipw.Widget]:
    """Give a widget and everything that stands in it now."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _standing(child)
