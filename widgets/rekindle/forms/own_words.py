"""Own words: a choice in the person's own words. Question and lines travel as told words and rest in no state."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.forms.choices import Pairs
from rekindle.forms.control import Control, Say
from rekindle.forms.stock import VBox
from rekindle.frontend.words import Block, Words, element
from rekindle.records import Json


class OwnChoice(Control):
    """One of several lines that the person wrote elsewhere; a second press takes the choice back.

    `named` returns the question, which may be their own words too; without one, the field rests unless it is answered.
    `more` are options of the content that stand after their lines; like those they are stored by their id.
    """

    def __init__(
        self, key: str, ask: str, hint: str, say: Say, offers: Callable[[], Pairs], *, more: Pairs = ()
    ) -> None:
        super().__init__(key)
        self._ask, self._hint, self._say, self._offers = ask, hint, say, offers
        self.named: Callable[[], str] = lambda: ask
        self._more = dict(more)
        self._value: Json = None
        self._lines: list[str] = []
        self._known: list[
            str
        ] = []  # every line that was ever offered here: a button keeps its number if the list changes
        self._words = Words("rk-own-choice")
        self._words.on_act = self._on_act
        self.widget = VBox([self._words])

    def value(self) -> Json:
        """The chosen line; "" when the choice was taken back."""
        return self._value

    def refresh(self) -> None:
        """Offer the lines as they are now. A chosen line that was reworded since is still there."""
        lines = [text for _, text in self._offers() if text.strip()]
        chosen = [self._value] if isinstance(self._value, str) and self._value else []
        self._lines = [*dict.fromkeys([*lines, *(own for own in chosen if own not in self._more), *self._more])]
        self._known += [line for line in self._lines if line not in self._known]
        told = self._told(self.named() or (self._ask if self._value else ""))
        if list(self._words.told) != told:
            self._words.tell(*told)

    def _told(self, ask: str) -> list[Block]:
        if not ask:
            return []
        look = "rk-q" if ask == self._ask else "rk-q rk-words"
        asked = element("p", ask, *([element("span", self._hint)] if self._hint else []), cls=look)
        empty: list[Block] = [] if self._lines else [element("p", self._say("interface.fields.no_rows_yet"))]
        return [
            asked,
            element("div", "", *map(self._line, self._lines), cls="rk-row", set={"role": "group", "aria-label": ask}),
            *empty,
        ]

    def _line(self, line: str) -> Block:
        number = self._known.index(line)
        pressed = {"aria-pressed": "true" if line == self._value else "false"}
        look = "rk-btn" if line in self._more else "rk-btn rk-words"
        return element("button", self._more.get(line, line), cls=look, act=f"choose {number}", set=pressed)

    def _show(self, value: Json, *, answered: bool) -> None:
        del answered
        self._value = value if isinstance(value, str) else None
        self.refresh()

    def _on_act(self, act: str) -> None:
        number = act.removeprefix("choose ")
        if number.isdigit() and int(number) < len(self._known):
            line = self._known[int(number)]
            before, self._value = self._value, "" if line == self._value else line
            self._changed()
            if self.unkept:
                self._value = before
            self.refresh()
