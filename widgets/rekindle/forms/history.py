"""The history of a log: a page of entries, with change, delete and put back. One query a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content import fields as asked
from rekindle.forms.host import Host
from rekindle.forms.telling import told_day, told_value
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Entry

PAGE = 10


class History:
    """Entries newest first, `PAGE` at a time."""

    def __init__(
        self,
        exercise: str,
        field: asked.Log,
        book: Host,
        edit: Callable[[Entry], None],
        changed: Callable[[], None],
    ) -> None:
        self._exercise, self._field, self._book = exercise, field, book
        self._edit, self._changed = edit, changed
        self._offset = 0
        self.removed = ""
        self.widget = Words("rk-hist")
        self.widget.on_act = self._on_act

    def to_start(self) -> None:
        """Show the newest entries."""
        self._offset, self.removed = 0, ""
        self.refresh()

    def refresh(self) -> None:
        """Read this page of entries anew; what cannot be read stays as it was."""
        found = self._book.page_of(self._exercise, self._offset, PAGE)
        if found and not found[0] and self._offset:
            self._offset = max(0, self._offset - PAGE)
            found = self._book.page_of(self._exercise, self._offset, PAGE)
        if found:
            self.widget.tell(*self._blocks(*found))

    def _blocks(self, entries: Sequence[Entry], total: int) -> list[Block]:
        say = self._book.say
        blocks: list[Block] = []
        if self.removed:
            back = element("button", say("interface.buttons.put_back"), cls="rk-btn rk-btn--quiet", act="back")
            blocks.append(element("p", "", say("interface.fields.removed_entry") + " ", back, set={"role": "status"}))
        if not total:
            if not self.removed:
                blocks.append(element("p", say("interface.log.empty"), cls="rk-empty"))
            return blocks
        return [
            element("h3", say("interface.log.history"), cls="rk-sec"),
            *blocks,
            *(self._entry(entry) for entry in entries),
            *self._turns(len(entries), total),
        ]

    def _entry(self, entry: Entry) -> Block:
        say, when = self._book.say, entry.happened.local
        day = told_day(entry.happened.local_date, say)
        stamp = f"{day}, {when:%H:%M}"
        lines: list[Block] = []
        for part in self._field.fields:
            if part.id in entry.values and part.type != "when":
                told = told_value(part, entry.values[part.id], say)
                lines.append(
                    element(
                        "p",
                        "",
                        element("small", part.ask),
                        " ",
                        element("span", told, cls="rk-words"),
                        cls="rk-entry__what",
                    )
                )
        ends = element(
            "div",
            "",
            element(
                "button",
                say("interface.buttons.change"),
                cls="rk-btn rk-btn--quiet",
                act=f"change {entry.id}",
                set={"aria-label": f"{say('interface.buttons.change')}: {stamp}"},
            ),
            element(
                "button",
                say("interface.buttons.delete"),
                cls="rk-btn rk-btn--quiet",
                act=f"remove {entry.id}",
                set={"aria-label": f"{say('interface.buttons.delete')}: {stamp}"},
            ),
            cls="rk-ends",
        )
        text = element("div", "", element("p", stamp, cls="rk-entry__when"), *lines)
        return element("div", "", text, ends, cls="rk-entry")

    def _turns(self, shown: int, total: int) -> list[Block]:
        say, kids = self._book.say, []
        if self._offset:
            kids.append(element("button", say("interface.log.newer"), cls="rk-btn", act="newer"))
        if self._offset + shown < total:
            kids.append(element("button", say("interface.log.older"), cls="rk-btn", act="older"))
        if not kids:
            return []
        place = say("interface.log.place", first=self._offset + 1, last=self._offset + shown, total=total)
        return [element("p", "", *kids, element("span", place, cls="rk-small"), cls="rk-row")]

    def _on_act(self, act: str) -> None:
        kind, _, id_ = act.partition(" ")
        if kind in ("older", "newer"):
            self._offset = max(0, self._offset + (PAGE if kind == "older" else -PAGE))
            self.refresh()
        elif kind == "change" and (entry := self._book.entry(id_)) is not None:
            self._edit(entry)
        elif kind == "remove" and not isinstance(self._book.remove(id_), Refusal):
            self.removed = id_
            self.refresh()
            self._changed()
        elif kind == "back" and self.removed and not isinstance(self._book.bring_back(self.removed), Refusal):
            self.removed = ""
            self.refresh()
            self._changed()
