"""Naming: the list of names that become initials; each can stay as it is, and more can be added. Kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content import Catalog
from rekindle.frontend.words import Block, Words, element
from rekindle.keepsake.initials import initial


class Naming:
    """The names, and what the person wants of each. `changed` is called when that changes."""

    def __init__(self, words: Catalog, changed: Callable[[], None]) -> None:
        self._words, self._changed = words, changed
        self._given: list[str] = []
        self._added: list[str] = []
        self._kept: set[str] = set()
        self.widget = Words("rk-naming")
        self.widget.on_act = self._act

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def names(self) -> tuple[str, ...]:
        """The names that become initials."""
        return tuple(name for name in self._all if name.casefold() not in self._kept)

    @property
    def _all(self) -> list[str]:
        return list({name.casefold(): name for name in (*self._given, *self._added)}.values())

    def take(self, given: Sequence[str]) -> None:
        """Take the names that stand in the book now."""
        self._given = list(given)
        self._tell()

    def add(self, name: str) -> None:
        """Take one more name."""
        if name:
            self._added.append(name)
            self._kept.discard(name.casefold())
            self._tell()

    def _tell(self) -> None:
        say, names = self._say, self._all
        title = element("h3", say("title"), cls="rk-sec", land=True)
        honest = [element("p", say(key), cls="rk-small") for key in ("words", "honest")]
        if not names:
            self.widget.tell(title, element("p", say("none")), *honest)
            return
        rows = element("ul", "", *(self._row(at, name) for at, name in enumerate(names)), cls="rk-list")
        self.widget.tell(title, element("p", say("text")), rows, *honest)

    def _row(self, at: int, name: str) -> Block:
        short = initial(name, self._words.say("keepsake.someone"))
        kept = name.casefold() in self._kept
        shown = name if kept else f"{name} → {short}"
        label = self._say("shorten", short=short) if kept else self._say("keep")
        button = element("button", label, cls="rk-btn rk-btn--quiet", act=f"turn {at}")
        return element("li", "", element("span", shown, cls="rk-words"), " ", button)

    def _say(self, key: str, **facts: str) -> str:
        return self._words.say(f"keepsake.names.{key}", **facts)

    def _act(self, act: str) -> None:
        number = act.removeprefix("turn ")
        if number.isdigit() and int(number) < len(self._all):
            self._kept ^= {self._all[int(number)].casefold()}
            self._tell()
            self._changed()
