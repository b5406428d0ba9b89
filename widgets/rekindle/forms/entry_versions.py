"""Versions of entries: when two pages changed the same entry of a log, both are kept, and the person is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rekindle.content import fields as asked
from rekindle.forms.fields import own_ask
from rekindle.forms.host import Host
from rekindle.forms.telling import told_day, told_value
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Entry


class EntryVersions:
    """Shows what another page had saved in an entry meanwhile, and lets the person take it or leave it."""

    def __init__(self, exercise: str, field: asked.Log, host: Host, changed: Callable[[], None]) -> None:
        self._exercise, self._field, self._host, self._changed = exercise, field, host, changed
        self._found: Mapping[str, Sequence[Entry]] = {}
        self.widget = Words("rk-versions")
        self.widget.on_act = self._on_act

    def refresh(self) -> None:
        """Read and show the unsettled versions; with none, show nothing."""
        self._found = self._host.entry_others(self._exercise)
        told = [self._block(id_, found[0]) for id_, found in self._found.items()]
        if told or self.widget.told:
            self.widget.tell(*told)

    def _block(self, id_: str, other: Entry) -> Block:
        say = self._host.say
        when = f"{told_day(other.happened.local_date, say)}, {other.happened.local:%H:%M}"
        lines: list[Block] = [
            element(
                "p",
                "",
                element("small", own_ask(part, self._host.offers) or part.ask, cls="rk-words"),
                " ",
                element("span", told, cls="rk-words"),
            )
            for part in self._field.fields
            if part.id in other.values and (told := told_value(part, other.values[part.id], say))
        ]
        at = other.moment.local.strftime("%H:%M") if other.moment else ""
        use = element("button", say("interface.buttons.use_other"), cls="rk-btn", act=f"use {id_}")
        leave = element("button", say("interface.buttons.keep_this"), cls="rk-btn rk-btn--quiet", act=f"leave {id_}")
        return element(
            "div",
            "",
            element("p", say("interface.conflict.entry")),
            element("p", f"{when}. {say('interface.conflict.other_from', time=at)}", cls="rk-small"),
            element("blockquote", "", *lines),
            element("p", "", use, leave, cls="rk-row"),
            cls="rk-other",
            set={"role": "status"},
        )

    def _on_act(self, act: str) -> None:
        kind, _, id_ = act.partition(" ")
        found = self._found.get(id_)
        if not found or (kind == "use" and not self._take(id_, found[0])):
            return
        self._host.settle_entry(id_)
        self.refresh()
        self._changed()

    def _take(self, id_: str, other: Entry) -> bool:
        """Save the other version as the newest, on top of the one that stands."""
        stands = self._host.entry(id_)
        if stands is not None:
            self._host.take_entry(stands)
        happened = f"{other.happened.local:%Y-%m-%dT%H:%M}"
        return not isinstance(self._host.keep_entry(self._exercise, id_, other.values, happened), Refusal)
