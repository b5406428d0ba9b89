"""Leaving out: the list of what stands in the book, page by page, from which single things are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rekindle.content import Catalog
from rekindle.frontend.words import Block, Words, element
from rekindle.keepsake.folios import Chapter, Folio, Item, Said

Left = str | tuple[str, str]
"""What can be left out: a page, an answer or an entry by its id, or one line of an answer."""


class Leaving:
    """What is left out, held until the book is put away. `changed` is called when that changes."""

    def __init__(self, words: Catalog, changed: Callable[[], None]) -> None:
        self._words, self._changed = words, changed
        self._chapters: Sequence[Chapter] = ()
        self._left: set[Left] = set()
        self._page = ""
        self._open = False
        self._numbers: dict[Left, int] = {}
        self.widget = Words("rk-leaving")
        self.widget.on_act = self._act

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def left_out(self) -> frozenset[str]:
        """The pages, answers and entries that are left out."""
        return frozenset(left for left in self._left if isinstance(left, str))

    @property
    def lines_out(self) -> frozenset[tuple[str, str]]:
        """The lines that are left out, each with its answer's id."""
        return frozenset(left for left in self._left if not isinstance(left, str))

    def take(self, chapters: Sequence[Chapter]) -> None:
        """Take all that could stand in the book."""
        self._chapters = chapters
        self._tell()

    def forget(self) -> None:
        """Leave nothing out any more."""
        self._left.clear()
        self._numbers.clear()
        self._chapters, self._page, self._open = (), "", False
        self.widget.tell()

    def _say(self, key: str, **facts: str) -> str:
        return self._words.say(f"keepsake.leave.{key}", **facts)

    def _tell(self) -> None:
        folios = {folio.id: folio for chapter in self._chapters for folio in chapter.folios}
        page = folios.get(self._page)
        rows = list(self._rows(page)) if page else [self._pages(list(folios.values()))]
        if not folios:
            self.widget.tell()
            return
        inside = element("div", "", element("p", self._say("text"), cls="rk-small"), *rows, cls="rk-fold__in")
        summary = element("summary", self._say("title"))
        opened = {"open": ""} if self._open else {}
        self.widget.tell(element("details", "", summary, inside, cls="rk-fold", set=opened))

    def _pages(self, folios: Sequence[Folio]) -> Block:
        buttons = [
            element("button", self._say("page", title=folio.title), cls="rk-btn rk-btn--quiet", act=f"page {folio.id}")
            for folio in folios
        ]
        return element("ul", "", *(element("li", "", button) for button in buttons), cls="rk-puts-away")

    def _rows(self, folio: Folio) -> Iterator[Block]:
        yield element("h3", folio.title, land=True)
        other = element("button", self._say("other"), cls="rk-btn rk-btn--quiet", act="page")
        yield element("p", "", self._turn(folio.id, "whole"), other, cls="rk-row")
        if folio.id not in self._left:
            items = [element("li", "", *self._item(item)) for item in folio.items if _told(item)]
            yield element("ul", "", *items, cls="rk-puts-away")

    def _item(self, item: Item) -> Iterator[Block]:
        out = item.id in self._left
        if item.when:
            yield element("p", "", element("b", item.when))
        if not out:
            for said in item.said:
                yield from self._said(said)
        elif not item.when:
            yield element("p", "", element("b", item.said[0].ask))
        yield element("p", "", self._turn(item.id, "item"))

    def _said(self, said: Said) -> Iterator[Block]:
        if said.ask:
            yield element("p", "", element("small", said.ask, cls="rk-words" if said.own else ""))
        for line in said.lines:
            out = (said.id, line) in self._left
            kids: list[Block] = [] if out else [element("span", line, cls="rk-words"), " "]
            if len(said.lines) > 1:
                kids.append(self._turn((said.id, line), "line"))
            yield element("p", "", *kids)

    def _turn(self, left: Left, what: str) -> Block:
        """Return the button that leaves something out, or puts it back. It goes by a number, and never by words."""
        number = self._numbers.setdefault(left, len(self._numbers))
        label = self._say(f"{what}_back" if left in self._left else what)
        return element("button", label, cls="rk-btn rk-btn--quiet", act=f"turn {number}")

    def _act(self, act: str) -> None:
        verb, _, at = act.partition(" ")
        self._open = True
        if verb == "page":
            self._page = at
            self._tell()
            self.widget.land()
        elif verb == "turn":
            self._left ^= {left for left, number in self._numbers.items() if str(number) == at}
            self._changed()


def _told(item: Item) -> bool:
    return any(said.lines for said in item.said)
