"""The form that adds or changes an own question. It saves itself like every other: nothing in it waits unsaved."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable

from rekindle.content import fields as asked
from rekindle.forms.choices import SingleChoice
from rekindle.forms.control import Control, Say
from rekindle.forms.host import Host, Kept
from rekindle.forms.stock import HTML, Button, HBox, VBox, style
from rekindle.forms.texts import Text
from rekindle.frontend.words import Words, element
from rekindle.frontend.writing import Refusal
from rekindle.questions import CHOICES, KINDS, choices_in
from rekindle.records import Json

LIMIT = 500
"""How long a question may be, in characters."""

_BUTTONS = ("keep", "up", "down", "remove")


class QuestionForm:
    """Words, kind and choices of one question. `on_act` hears "keep", "up", "down" and "remove"."""

    def __init__(self, page: str, host: Host) -> None:
        self._page, self._host, say = page, host, host.say
        self.on_act: Callable[[str], None] = lambda _act: None
        self.on_changed: Callable[[], None] = lambda: None
        self.id = ""
        self.values: dict[str, Json] = {}
        ask, kind, choices = question_fields(say)
        kinds = [(option.id, option.text) for option in kind.options]
        self._inner: dict[str, Control] = {
            "ask": Text("ask", ask.ask, ask.hint, say, limit=LIMIT, skip=False),
            "kind": SingleChoice("kind", kind.ask, kind.hint, kinds, look="chips"),
            "choices": Text("choices", choices.ask, choices.hint, say, limit=5000, skip=False),
        }
        for key, control in self._inner.items():
            control.keep = functools.partial(self._keep, key)
            style(control.widget, "rk-field", f"rk-field--{key}")
        self._title, self._told = HTML(), Words("rk-mine__told")
        self._buttons = {name: Button(description=say(f"own-questions.form.{name}")) for name in _BUTTONS}
        for name, button in self._buttons.items():
            style(button, "rk-puts-away", f"rk-mine-{name}", "rk-primary" if name == "keep" else "rk-quiet")
            button.on_click(functools.partial(self._press, name))
        self._row = style(HBox(list(self._buttons.values())), "rk-row")
        self.widget = style(VBox(), "rk-mineform", "rk-field", "rk-field--form")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def every(self) -> dict[str, Control]:
        """All its controls, by their keys on the card."""
        return {f"form/{key}": control for key, control in self._inner.items()}

    @property
    def controls(self) -> dict[str, Control]:
        """The controls that are shown, by their keys on the card."""
        return {key: c for key, c in self.every.items() if key != "form/choices" or self._wants_choices}

    @property
    def _wants_choices(self) -> bool:
        return self.values.get("kind") in CHOICES

    def begin(self, id_: str = "") -> None:
        """Show a question that is to be changed, or an empty form for a new one."""
        self.id, self.values = id_ or uuid.uuid4().hex, {}
        title = self._host.say(f"own-questions.form.{'change' if id_ else 'new'}")
        self._title.value = f'<h3 class="rk-sec">{title}</h3>'
        self._told.tell()
        self._lay_out()
        self.refill(frozenset())

    def refill(self, dirty: frozenset[str]) -> None:
        """Show the question as it is stored now, but for what the person has not saved yet."""
        entry = self._host.entry(self.id)
        if entry is not None:
            if not any(f"{self._page}/{key}" in dirty for key in self.controls):
                self._host.take_entry(entry)
            self.values = dict(entry.values)
        for key, control in self._inner.items():
            if f"{self._page}/form/{key}" not in dirty:
                control.fill(self._shown(key), answered=key in self.values)
        self._lay_out()

    def place(self, *, first: bool, last: bool) -> None:
        """Tell the form where its question stands; one that is new stands nowhere yet."""
        self._buttons["up"].disabled, self._buttons["down"].disabled = first, last
        named = [name for name in _BUTTONS if name == "keep" or not (first and last and not self.values)]
        self._row.children = [self._buttons[name] for name in named]

    def _press(self, name: str, _button: object) -> None:
        self.on_act(name)

    @property
    def is_blank(self) -> bool:
        """Nothing stands in it."""
        return not any(self.values.values())

    def _shown(self, key: str) -> Json:
        value = self.values.get(key)
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def _lay_out(self) -> None:
        shown = [control.widget for control in self.controls.values()]
        kids = [self._title, *shown, self._told, self._row]
        if list(self.widget.children) != kids:
            self.widget.children = kids

    def _keep(self, key: str, value: Json) -> Kept:
        given = choices_in(str(value)) if key == "choices" else value
        values = {**self.values, key: given}
        if given in ("", [], None):
            values.pop(key)
        kept = self._host.keep_entry(self._page, self.id, values, "")
        if not isinstance(kept, Refusal):
            self.values = values
            self._lay_out()
            self._host.soon(self.on_changed)
        return kept

    def may_close(self) -> bool:
        """Return if the form can be closed: it is blank, or it has words. If not, say what it needs."""
        if self.is_blank or str(self.values.get("ask") or "").strip():
            return True
        line = self._host.say("own-questions.form.needs_words")
        self._told.tell(element("p", line, cls="rk-small", set={"role": "status"}))
        return False


def question_fields(say: Say) -> tuple[asked.LogField, ...]:
    """Return what the form asks, as the fields of a log: an own question is kept as an entry of one."""
    words = {name: say(f"own-questions.form.{name}") for name in ("ask", "kind", "choices")}
    hints = {name: say(f"own-questions.form.{name}_hint") for name in words}
    kinds = tuple(asked.Option(id=kind, text=say(f"own-questions.kinds.{kind}")) for kind in KINDS)
    return (
        asked.LogField(id="ask", type="short_text", ask=words["ask"], hint=hints["ask"]),
        asked.LogField(id="kind", type="single_choice", ask=words["kind"], hint=hints["kind"], options=kinds),
        asked.LogField(id="choices", type="short_text", ask=words["choices"], hint=hints["choices"]),
    )
