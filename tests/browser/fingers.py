"""Fingers: a visitor with a keyboard and nothing else, who goes from stop to stop, uses what is there, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.harness import LONG

HERE = Path(__file__).with_name("here.js").read_text(encoding="utf-8")
UNREACHED = Path(__file__).with_name("unreached.js").read_text(encoding="utf-8")
ANSWERED = "!document.querySelector('.rk-saved[data-state=saving]')"
STANDS = "(at) => window.rkStops[at].checkVisibility()"
TRAPPED = 12
"""Tabs on one control after which nobody believes that it lets go; a date has a stop for each of its parts."""
MOST = 1500
DRAWING, FOLDING = 60, 1000
"""Milliseconds in which what was used is drawn anew, and in which the cards around it fold."""


@dataclass
class Fingers:
    """The keyboard on one page, and what was wrong at any of its stops.

    What `folds` says of a control is believed: one whose use would fold a page waits until `fold_at_last`.
    """

    page: Page
    faults: list[str] = field(default_factory=list)
    stops: int = 0
    used: int = 0
    folds: Callable[[dict[str, Any]], bool] = lambda _at: False
    waiting: set[int] = field(default_factory=set)
    _pause: int = DRAWING
    _tried: set[int] = field(default_factory=set)

    def here(self) -> dict[str, Any] | None:
        """Return where the keyboard is; None if it is nowhere."""
        found: dict[str, Any] | None = self.page.evaluate(HERE)
        return found

    def press(self, *keys: str) -> None:
        """Press some keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def through(self, *, use: bool, key: str = "Tab") -> None:
        """Go from the skip link once round the page; `use` what is there, or only look at it."""
        same, last = 0, -1
        for _ in range(MOST):
            self.press(key)
            at = self.here()
            if at is None or "rk-skiplink" in at["look"]:  # some browsers end nowhere, some begin again
                return
            same = same + 1 if at["at"] == last else 0
            last = at["at"]
            if same > TRAPPED:
                self._fault(at, "does not let the keyboard go")
                return
            if not same:
                self._look(at)
                if use and not at["frame"] and at["at"] not in self._tried:  # a button that adds is come to again
                    self._try(at)

    def fold_at_last(self) -> list[str]:
        """Use what waited, look at what is there then, and return what was still not used or not reached."""
        waited, self.waiting, self.folds = self.waiting, set(), lambda _at: False
        self._pause = FOLDING
        for use in (True, False):
            self.page.locator(".rk-skiplink").focus()
            self.through(use=use)
        left = [one for one in waited - self._tried if self.page.evaluate(STANDS, one)]
        return [*self.unreached(), *(f"stop {one} was not used" for one in left)]

    def unreached(self) -> list[str]:
        """Return the controls on the page to which the keyboard never came."""
        found: list[str] = self.page.evaluate(UNREACHED)
        return found

    def _try(self, at: dict[str, Any]) -> None:
        if self.folds(at):
            self.waiting.add(at["at"])
            return
        self._tried.add(at["at"])
        self._use(at)

    def _look(self, at: dict[str, Any]) -> None:
        self.stops += 1
        if at["ring"] < 3:
            self._fault(at, f"its ring has {at['ring']} to 1")
        if not at["seen"]:
            self._fault(at, "is out of sight, or behind something")

    def _fault(self, at: dict[str, Any], what: str) -> None:
        self.faults.append(f"{at['card']} <{at['tag']} {at['type']} {at['look'][:50]}> {at['name']}: {what}")

    def _use(self, at: dict[str, Any]) -> None:
        keys = self._keys(at)
        if not keys:
            return
        self.used += 1
        self.press(*keys)
        if at["shut"]:
            self.page.locator(f".rk-exercise--{at['card']}.rk-is-open").wait_for(timeout=LONG)
            self.page.wait_for_function("document.activeElement.matches('h2')")
            return
        if at["type"] != "textarea":
            self.page.wait_for_function(ANSWERED, timeout=LONG)
        self.page.wait_for_timeout(self._pause)  # what was used may be drawn anew; the keyboard stays with it
        now = self.here()
        if now is None:
            self._fault(at, "loses the keyboard when it is used")
        elif not now["seen"]:
            self._fault(at, "is out of sight once it is used")

    def _keys(self, at: dict[str, Any]) -> tuple[str, ...]:
        opens = at["tag"] == "button" and (at["shut"] or at["more"] or "rk-add" in at["look"])
        if opens or (at["tag"] == "summary" and not at["open"]):
            return ("Enter",)
        if at["scale"]:
            return ("ArrowRight", "Enter")
        if "widget-toggle-button" in at["look"]:
            return ("Space",)
        kinds = {
            "textarea": ("k",),
            "text": ("k",),
            "number": ("1",),
            "radio": ("Space",),
            "checkbox": ("Space", "Space"),  # and off again: some ticks are for danger
            "date": ("ArrowUp",),
            "datetime-local": (),
            "select-one": ("ArrowDown",),
        }
        return kinds.get(at["type"], kinds.get(at["tag"], ()))
