"""Choices: one of several, several of several, and the scale from 0 to 10. Nothing is preset."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.forms.control import Control, Say, question
from rekindle.forms.stock import HTML, Checkbox, Dropdown, RadioButtons, ToggleButtons, VBox, style
from rekindle.records import Json

SKIP = "skip"
BLANK = ""  # a list's empty first line: with None the kernel would choose no line at all, and the screen this one
Pairs = Sequence[tuple[str, str]]
"""Options in order: (id, text)."""


class SingleChoice(Control):
    """One of several: radio buttons, chips where they are few and short, a list where they are many."""

    def __init__(self, key: str, ask: str, hint: str, options: Pairs, *, look: str = "radio", blank: str = "") -> None:
        super().__init__(key)
        self._ids = [id_ for id_, _ in options]
        texts = [(text, id_) for id_, text in options]
        self.is_list = look == "list"
        if self.is_list:
            self._box = style(Dropdown(options=[(blank, BLANK), *texts], value=BLANK), "rk-f")
        elif look == "chips":
            self._box = style(ToggleButtons(options=texts, value=None), "rk-f", "rk-chips")
        else:
            self._box = style(RadioButtons(options=texts, value=None), "rk-f")
        self._box.description_allow_html = True
        self._box.description = question(ask, hint)
        self._box.observe(self._changed, "value")
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """The chosen option's id; None for a skip."""
        chosen: str | None = self._box.value
        return None if chosen in (SKIP, BLANK) else chosen

    def shown(self) -> str:
        """The chosen option's place, "" for none."""
        index = self._box.index
        return "" if index is None else str(index)

    def _show(self, value: Json, *, answered: bool) -> None:
        if answered and value is None and SKIP in self._ids:
            self._box.value = SKIP
        else:
            self._box.value = value if value in self._ids else BLANK if self.is_list else None


class MultiChoice(Control):
    """Several of several, as ticks."""

    def __init__(self, key: str, ask: str, hint: str, options: Pairs, *, long: bool = False) -> None:
        super().__init__(key)
        self._ids = [id_ for id_, _ in options]
        self._ticks = [Checkbox(description=text, value=False, indent=False) for _, text in options]
        for tick in self._ticks:
            tick.observe(self._changed, "value")
        asked = HTML(f'<span class="rk-q">{question(ask, hint)}</span>')
        grid = style(VBox(self._ticks), "rk-opts")
        self._box = style(VBox([asked, grid]), "rk-multi", *(["rk-long"] if long else []))
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """The ids of what is ticked, in the order of the options; None if Skip is ticked."""
        ticked: list[Json] = [id_ for id_, tick in zip(self._ids, self._ticks, strict=True) if tick.value]
        return None if SKIP in ticked else ticked

    def shown(self) -> str:
        """The places of what is ticked, with commas."""
        return ",".join(str(i) for i, tick in enumerate(self._ticks) if tick.value)

    def _show(self, value: Json, *, answered: bool) -> None:
        ticked = value if isinstance(value, list) else [SKIP] if answered and value is None else []
        for id_, tick in zip(self._ids, self._ticks, strict=True):
            tick.value = id_ in ticked


class Scale(Control):
    """0 to 10 as buttons, since a slider always holds a value; the twelfth button is Skip."""

    def __init__(self, key: str, ask: str, ends: str, say: Say) -> None:
        super().__init__(key)
        options = [*((str(n), n) for n in range(11)), (say("interface.buttons.skip"), SKIP)]
        self._box = style(ToggleButtons(options=options, value=None), "rk-f", "rk-scale")
        self._box.description_allow_html = True
        self._box.description = question(ask, ends)
        self._box.observe(self._changed, "value")
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """A whole number from 0 to 10; None for a skip."""
        chosen: int | str | None = self._box.value
        return chosen if isinstance(chosen, int) else None

    def shown(self) -> str:
        """The pressed button's place, "" for none."""
        return "" if self._box.index is None else str(self._box.index)

    def _show(self, value: Json, *, answered: bool) -> None:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10:
            self._box.value = value
        else:
            self._box.value = SKIP if answered and value is None else None
