"""Writing: one text that saves itself, with an acknowledgement for each version."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, Told, stub


class Kept(FrontWidget):
    """What `Writing` and `Rows` share: a numbered version comes in, `on_keep` stores it, its number goes back.

    `on_keep(value)` returns the local time to show ("14:02") or raises nothing: a refusal is a `Refusal`.
    """

    def __init__(self, **traits: Any) -> None:
        self.on_keep: Callable[[Any], str | Refusal] = lambda _value: ""
        self._value: Any = None
        self._skipped = ""
        super().__init__(**traits)

    def fill(self, value: Any, *, skipped: str = "") -> None:
        """Show `value`, unless the person is in the middle of changing it; `skipped` is shown in an empty text."""
        self.hold(value, skipped=skipped)
        self._tell_page()

    def hold(self, value: Any, *, skipped: str = "") -> None:
        """Remember what is stored, for a page that asks later, and leave what is shown alone."""
        self._value, self._skipped = value, skipped

    def _first_words(self) -> Sequence[Told]:
        return [{"t": "fill", "value": self._value, "skipped": self._skipped}]

    def _hear_keep(self, message: Mapping[str, Any]) -> None:
        number, value = message.get("n"), message.get("value")
        answer = self.on_keep(value)
        if isinstance(answer, Refusal):
            self.send({"t": "not", "n": number, "why": answer.why})
            return
        self.hold(value)
        self.send({"t": "kept", "n": number, "at": answer})


class Refusal:
    """Why a version was not stored, in a sentence for the person. Truthiness is not used: ask for the type."""

    def __init__(self, why: str) -> None:
        self.why = why


class Writing(Kept):
    """One text field. `look` is its style (`rk-line` or `rk-letter`), `limit` its greatest length in characters."""

    ask = tl.Unicode().tag(sync=True)
    hint = tl.Unicode().tag(sync=True)
    look = tl.Unicode("rk-line").tag(sync=True)
    over = tl.Unicode().tag(sync=True)
    limit = tl.Int(2000).tag(sync=True)

    def __init__(self, *, ask: str, hint: str = "", look: str = "rk-line", limit: int = 2000, over: str = "") -> None:
        super().__init__(ask=ask, hint=hint, look=look, limit=limit, over=over, _esm=stub("writing"))
        self._value = ""
