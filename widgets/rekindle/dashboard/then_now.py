"""Then and now: the same question at the start, in between and today, in the person's own words, and the wall."""

from __future__ import annotations

from rekindle.dashboard.section import Fold
from rekindle.frontend.words import Block, Words, element
from rekindle.page.part import Page
from rekindle.page.twice import Twice, TwiceTold, Version, Wall


class ThenNow(Fold):
    """Told only when somebody asks: old words can hurt."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "then")
        self._words = Words("rk-then")
        self._twice = TwiceTold(page.words, page.book)

    def tell(self) -> None:
        """Set every question that stands twice side by side, then the wall with its dated proof."""
        found = [_question(each) for each in self._twice.questions()]
        if found:
            found.insert(0, element("p", self.say("story.then.key"), cls="rk-small"))
        if wall := self._twice.wall():
            found.append(self._wall(wall))
        told: list[Block] = found or [self.empty()]
        if list(self._words.told) != told:
            self._words.tell(*told)
        if not self.body.children:
            self.body.children = (self._words,)

    def _wall(self, wall: Wall) -> Block:
        title = element("h4", self.say("story.then.wall"), cls="rk-ask")
        own = element("p", wall.words, cls="rk-words")
        items = [
            element("li", "", element("span", head), element("b", did, cls="rk-words")) for head, did in wall.proofs
        ]
        return element("section", "", title, own, element("ul", "", *items, cls="rk-list"))


def _question(asked: Twice) -> Block:
    columns = [_column(version) for version in asked.versions]
    title = element("h4", asked.ask, cls="rk-ask")
    return element("section", "", title, element("div", "", *columns, cls="rk-then__row"))


def _column(version: Version) -> Block:
    kids: list[Block] = [element("strong", part, cls="rk-new") if new else part for part, new in version.pieces]
    lines = [element("p", version.when, cls="rk-small"), element("p", "", *kids, cls="rk-words")]
    if version.changed:
        lines.append(element("p", version.changed, cls="rk-small rk-words"))
    return element("div", "", *lines)
