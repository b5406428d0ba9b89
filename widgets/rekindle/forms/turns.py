"""Turns: which page of a long list is shown, and the ways to its other pages."""

from __future__ import annotations

from rekindle.forms.control import Say
from rekindle.frontend.words import Block, element

PAGE = 10


class Turns:
    """A place in a list, `PAGE` things at a time. `offset` is that of the first one shown."""

    def __init__(self, say: Say) -> None:
        self._say, self._found = say, 0
        self.offset = 0

    def to_start(self) -> None:
        """Go to the first page."""
        self.offset = 0

    def beyond(self, found: int) -> bool:
        """Return if the place lies behind the end of so many things; then it is on the last page from now on."""
        self._found = found
        if not self.offset or self.offset < found:
            return False
        self.offset = _last(found)
        return True

    def take(self, act: str) -> bool:
        """Go where a button leads; return if it was one of these."""
        ways = {"newest": 0, "newer": self.offset - PAGE, "older": self.offset + PAGE, "oldest": _last(self._found)}
        if act not in ways:
            return False
        self.offset = max(0, ways[act])
        return True

    def blocks(self, shown: int) -> list[Block]:
        """Return the ways to other pages, where `shown` things stand on this one: one on, and to an end further off."""
        say, end, last = self._say, self.offset + shown, _last(self._found)
        ways = {
            "newest": self.offset > PAGE,
            "newer": self.offset > 0,
            "older": end < self._found,
            "oldest": self.offset + PAGE < last,
        }
        kids: list[Block] = [
            element("button", say(f"interface.log.{way}"), cls="rk-btn", act=way)
            for way, there in ways.items()
            if there
        ]
        if not kids:
            return []
        kids.append(
            element(
                "span",
                say("interface.log.place", first=self.offset + 1, last=end, total=self._found),
                cls="rk-small",
            )
        )
        return [
            element("div", "", *kids, cls="rk-row", set={"role": "group", "aria-label": say("interface.log.pages")})
        ]


def _last(found: int) -> int:
    """Return where the last page of so many things begins."""
    return max(0, found - 1) // PAGE * PAGE
