"""Versions: when two pages changed the same answer, both are kept, and the person is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content.parts import Exercise
from rekindle.forms.host import Host
from rekindle.forms.telling import told_value
from rekindle.frontend.words import Block, Words, element
from rekindle.records import Answer, Json


class Versions:
    """Shows the versions that another page saved meanwhile, and lets the person take one or leave it."""

    def __init__(self, exercise: Exercise, keeper: Host, use: Callable[[str, Json], bool]) -> None:
        self._exercise, self._keeper, self._use = exercise, keeper, use
        self._found: dict[str, list[Answer]] = {}
        self.widget = Words("rk-versions")
        self.widget.on_act = self._on_act

    def refresh(self) -> None:
        """Read and show the unsettled versions; with none, show nothing."""
        self._found = self._keeper.others(self._exercise.id)
        blocks = [block for key, found in self._found.items() for block in self._blocks(key, found)]
        if blocks or self.widget.told:
            self.widget.tell(*blocks)

    def _blocks(self, key: str, found: Sequence[Answer]) -> list[Block]:
        say = self._keeper.say
        told = [text for other in found if (text := self._told(key, other.value)) is not None]
        if len(told) < len(found):
            return []
        kids: list[Block] = [element("p", say("interface.conflict.two_versions")), *self._about(key)]
        for number, other in enumerate(found):
            at = other.moment.local.strftime("%H:%M") if other.moment else ""
            kids.append(element("p", say("interface.conflict.other_from", time=at), cls="rk-small"))
            kids.append(element("blockquote", told[number], cls="rk-words"))
            button = element("button", say("interface.buttons.use_other"), cls="rk-btn", act=f"use {number} {key}")
            kids.append(element("p", "", button, cls="rk-row"))
        leave = element("button", say("interface.buttons.keep_this"), cls="rk-btn rk-btn--quiet", act=f"leave 0 {key}")
        return [element("div", "", *kids, leave, cls="rk-other", set={"role": "status"})]

    def _told(self, key: str, value: Json) -> str | None:
        """Return a value in words; None for a field that is not on this page."""
        field = next((f for f in self._exercise.fields if f.key == key), None)
        return None if field is None else told_value(field, value, self._keeper.say)

    def _about(self, key: str) -> list[Block]:
        """Return what is said of the field, where the two versions alone would not tell which it is."""
        return []

    def _on_act(self, act: str) -> None:
        kind, number, key = (*act.split(" ", 2), "", "", "")[:3]
        found = self._found.get(key, [])
        chosen = found[int(number)] if kind == "use" and number.isdigit() and int(number) < len(found) else None
        if chosen is None or self._use(key, chosen.value):
            self._keeper.settle(self._exercise.id, key)
        self.refresh()
