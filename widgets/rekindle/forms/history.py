"""The history of a log: a page of entries, with change, delete and put back. One query a page."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content import fields as asked
from rekindle.forms.fields import own_ask
from rekindle.forms.finder import Finder
from rekindle.forms.host import Host
from rekindle.forms.stock import VBox, style
from rekindle.forms.telling import told_day, told_value
from rekindle.forms.turns import PAGE, Turns
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Entry, Leaf


class History:
    """Entries newest first, a page at a time: all of them, or those that the finder looks for."""

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
        self._turns = Turns(book.say)
        self.removed = ""
        self._bare, self._here = (
            False,
            set[str](),
        )  # words are covered until asked for, but for what was written just now
        self.finder = Finder(exercise, field, book, self._on_look)
        self._list = Words("rk-hist")
        self._list.on_act = self._on_act
        self.widget = style(VBox([self.finder.widget, self._list]), "rk-past")

    def wrote(self, id_: str) -> None:
        """Leave this entry's words uncovered: it was written while the page was open."""
        self._here.add(id_)

    def to_start(self) -> None:
        """Show the newest of all entries."""
        self.finder.reset()
        self._turns.to_start()
        self.removed = ""
        self.refresh()

    def refresh(self) -> None:
        """Read this page of entries anew; what cannot be read stays as it was."""
        leaf = self._leaf()
        if leaf and self._turns.beyond(leaf.found):
            leaf = self._leaf()
        if leaf:
            self.finder.show(leaf)
            self._list.tell(*self._blocks(leaf))

    def _leaf(self) -> Leaf | None:
        return self._book.leaf(self._exercise, self.finder.look, self._turns.offset, PAGE)

    def _on_look(self) -> None:
        self._turns.to_start()
        self.refresh()

    def _blocks(self, leaf: Leaf) -> list[Block]:
        say = self._book.say
        blocks: list[Block] = []
        if self.removed:
            look = "rk-btn rk-btn--quiet"
            back = element("button", say("interface.buttons.put_back"), cls=look, act="back", land=True)
            blocks.append(element("p", "", say("interface.fields.removed_entry") + " ", back, set={"role": "status"}))
        if not leaf.total:
            if not self.removed:
                blocks.append(element("p", say("interface.log.empty"), cls="rk-empty"))
            return blocks
        title = element("h3", say("interface.log.history"), cls="rk-sec", land=not self.removed)
        if not leaf.found:
            return [title, *blocks, element("p", self.finder.none(leaf), cls="rk-empty")]
        turns = self._turns.blocks(len(leaf.entries))
        entries = (self._entry(entry) for entry in leaf.entries)
        return [title, *self._cover(leaf), *turns, *blocks, *entries, *turns]

    def _cover(self, leaf: Leaf) -> list[Block]:
        """Return the way to uncover what came back, and to cover it again."""
        if not self._bare and not any(map(self._is_covered, leaf.entries)):
            return []
        say = self._book.say
        key = "cover" if self._bare else "uncover"
        button = element("button", say(f"interface.log.{key}"), cls="rk-btn rk-btn--quiet", act="cover")
        told: list[Block] = [] if self._bare else [say("interface.log.covered"), " "]
        return [element("p", "", *told, button, cls="rk-small")]

    def _is_covered(self, entry: Entry) -> bool:
        """Tell if an entry's words came back by themselves: nobody asked for them or just wrote them."""
        return not self._bare and self.finder.look.finds_all and entry.id not in self._here

    def _entry(self, entry: Entry) -> Block:
        say, when = self._book.say, entry.happened.local
        day = told_day(entry.happened.local_date, say)
        stamp = f"{day}, {when:%H:%M}"
        lines: list[Block] = []
        for part in self._field.fields:
            if part.id in entry.values and part.type != "when":
                told = told_value(part, entry.values[part.id], say)
                own = own_ask(part, self._book.offers) or part.ask
                lines.append(
                    element(
                        "p",
                        "",
                        element("small", own, cls="rk-words" if own != part.ask else ""),
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
        look = "rk-entry rk-covered" if self._is_covered(entry) else "rk-entry"
        return element("div", "", text, ends, cls=look)

    def _on_act(self, act: str) -> None:
        kind, _, id_ = act.partition(" ")
        if self._turns.take(act):
            self.removed = ""
            self.refresh()
            self._list.land()
        elif kind == "cover":
            self._bare = not self._bare
            self.refresh()
        elif kind == "change" and (entry := self._book.entry(id_)) is not None:
            self._edit(entry)
        elif kind == "remove" and not isinstance(self._book.remove(id_), Refusal):
            self.removed = id_
            self._after_change()
        elif kind == "back" and self.removed and not isinstance(self._book.bring_back(self.removed), Refusal):
            self.removed = ""
            self._after_change()

    def _after_change(self) -> None:
        self.refresh()
        self._list.land()
        self._changed()
