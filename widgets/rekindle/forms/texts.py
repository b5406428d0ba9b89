"""Texts: one line or many, which save themselves, with a quiet Skip beside them."""

from __future__ import annotations

from rekindle.forms.control import Control, Say
from rekindle.forms.stock import Button, VBox, style
from rekindle.frontend.writing import Refusal, Writing
from rekindle.records import Json


class Text(Control):
    """A text. Skip empties it and is an answer of its own."""

    own = True

    def __init__(
        self, key: str, ask: str, hint: str, say: Say, *, long: bool = False, limit: int = 2000, skip: bool = True
    ) -> None:
        super().__init__(key)
        self._skipped_words = say("interface.fields.skipped")
        self.writing = Writing(
            ask=ask,
            hint=hint,
            look="rk-letter" if long else "rk-line",
            limit=limit,
            over=say("interface.fields.too_long", limit=limit),
        )
        self.writing.on_keep = self._on_keep
        kids: list[object] = [self.writing]
        if skip:
            button = style(Button(description=say("interface.buttons.skip"), tooltip=ask), "rk-quiet", "rk-for")
            button.on_click(self._on_skip)
            kids.append(button)
        self.widget = style(VBox(kids), "rk-ask")
        self._value: Json = ""

    def value(self) -> Json:
        """The text; None for a skip."""
        return self._value

    def _show(self, value: Json, *, answered: bool) -> None:
        self._value = value if isinstance(value, str) else None if answered else ""
        self.writing.fill(self._value or "", skipped=self._skipped_words if answered and value is None else "")

    def _on_keep(self, value: object) -> str | Refusal:
        return self.store(value if isinstance(value, str) else "")

    def store(self, value: Json) -> str | Refusal:
        """Store a text, or None for a skip, which the page then shows."""
        kept = super().store(value)
        if not isinstance(kept, Refusal):
            self._value = value
            self.writing.hold(value or "")
            if value is None:
                self.fill(None, answered=True)
        return kept

    def _on_skip(self, _button: object) -> None:
        self._tell("", self.store(None))
