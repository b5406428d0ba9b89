"""Own options: a choice among lines that the person wrote for it. The lines are told words and rest in no state."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.forms.control import Control, Say
from rekindle.forms.stock import VBox
from rekindle.frontend.words import Block, Words, element
from rekindle.records import Json


class OwnOptions(Control):
    """One line, or with `several` any number of them; a second press takes a line back. What is stored is the lines.

    A chosen line that the person has since taken out of the choices is still shown: it was the answer.
    """

    def __init__(self, key: str, choices: Sequence[str], say: Say, *, several: bool) -> None:
        super().__init__(key)
        self._choices, self._say, self._several = tuple(choices), say, several
        self._chosen: list[str] = []
        self._skipped = False
        self._lines: list[str] = []
        self._words = Words("rk-own-choice")
        self._words.on_act = self._on_act
        self.widget = VBox([self._words])

    def value(self) -> Json:
        """The chosen line, "" for none; of several, a list; None for a skip."""
        if self._skipped:
            return None
        chosen: list[Json] = [*self._chosen]
        return chosen if self._several else (chosen or [""])[0]

    def _show(self, value: Json, *, answered: bool) -> None:
        given = value if isinstance(value, list) else [value]
        self._chosen = [line for line in given if isinstance(line, str) and line]
        self._skipped = answered and value is None
        self._tell_lines()

    def _tell_lines(self) -> None:
        self._lines = list(dict.fromkeys([*self._choices, *self._chosen]))
        if not self._lines:
            self._words.tell(element("p", self._say("own-questions.no_choices"), cls="rk-small"))
            return
        skip = self._button(self._say("interface.buttons.skip"), "skip", pressed=self._skipped)
        lines = [
            self._button(line, f"choose {at}", pressed=line in self._chosen, cls=" rk-words")
            for at, line in enumerate(self._lines)
        ]
        self._words.tell(element("div", "", *lines, skip, cls="rk-row", set={"role": "group"}))

    def _button(self, text: str, act: str, *, pressed: bool, cls: str = "") -> Block:
        return element("button", text, cls=f"rk-btn{cls}", act=act, set={"aria-pressed": str(pressed).lower()})

    def _on_act(self, act: str) -> None:
        _, _, number = act.partition(" ")
        before = self._chosen, self._skipped
        if act == "skip":
            self._chosen, self._skipped = [], not self._skipped
        elif number.isdigit() and int(number) < len(self._lines):
            self._chosen, self._skipped = self._with(self._lines[int(number)]), False
        self._changed()
        if self.unkept:  # a stock control would go on showing it; here the page says why, and shows what stands
            self._chosen, self._skipped = before
        self._tell_lines()

    def _with(self, line: str) -> list[str]:
        """Return what is chosen once a line was pressed, in the order of the lines."""
        if not self._several:
            return [] if line in self._chosen else [line]
        chosen = {*self._chosen} ^ {line}
        return [each for each in self._lines if each in chosen]
