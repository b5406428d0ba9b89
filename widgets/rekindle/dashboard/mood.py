"""The mood dot: one tap on a number is an entry, and a second tap changes it."""

from __future__ import annotations

import functools
from collections.abc import Callable

from rekindle.content import fields as asked
from rekindle.forms.insight import put_chart
from rekindle.forms.log import LogForm
from rekindle.forms.markup import head, status
from rekindle.forms.stock import HTML, HBox, Output, VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import fill, findings, words_of
from rekindle.page.greeting import MOOD
from rekindle.page.part import Page


class MoodDot:
    """Mood in twenty seconds, and the week's dots. `on_changed` hears of each tap that was kept."""

    def __init__(self, page: Page) -> None:
        self._page, self._exercise = page, page.words.exercise(MOOD)
        self.on_changed: Callable[[], None] = lambda: None
        field = next(f for f in self._exercise.fields if isinstance(f, asked.Log))
        self._log = LogForm(MOOD, field, page.host, only=("mood",))
        self._log.on_changed = lambda: page.host.soon(self._on_log_changed)
        self._words = Words()
        self._words.on_act = self._on_act
        self._chart = VBox([style(Output(), "rk-chart"), Words("rk-twinbox")])
        self._place = VBox()
        for key, control in self._log.controls.items():
            control.on_kept = functools.partial(self._kept, f"{MOOD}/{key}")
            control.on_refused = functools.partial(self._refused, f"{MOOD}/{key}")
        foot = style(HBox([HTML(status(page.say("interface.status.still")))]), "rk-foot")
        kids = [HTML(head(self._exercise.title)), self._log.bare, foot, self._words, self._place]
        self.root = style(VBox(kids), "rk-card", "rk-exercise", f"rk-exercise--{MOOD}", f"rk-of-{page.token}")

    def _kept(self, path: str, shown: str, at: str) -> None:
        self._page.presence.say("kept", path=path, shown=shown, at=at)

    def _refused(self, path: str, why: str) -> None:
        self._page.presence.say("not", path=path, why=why)

    def _on_log_changed(self) -> None:
        self.tell()
        self.on_changed()

    def _on_act(self, act: str) -> None:
        self._page.host.act(MOOD, act)
        self.tell()

    def shown(self, dirty: frozenset[str]) -> None:
        """Show the dot and its line as they are now."""
        if not dirty:
            self._log.refill(dirty)
        expect = {f"{MOOD}/{key}": control.shown() for key, control in self._log.controls.items()}
        self._page.presence.say("opened", exercise=MOOD, expect=expect, own=[], go=False)
        self.tell()

    def tell(self) -> None:
        """Tell the week anew; the dot itself is left as it stands."""
        book = self._page.book
        entries = book.logs.needed(MOOD, MOOD, self._page.host.today())[::-1]  # of one instant, the first added first
        found = findings(MOOD, {}, entries, book.context(MOOD))
        words, say = words_of(self._exercise), self._page.say
        lines = [fill(finding, words, lambda day: told_day(day, say)) for finding in found]
        blocks: list[Block] = [element("p", line, cls="rk-say") for line in lines[:2]]
        for finding, line in zip(found, lines, strict=True):
            if finding.tone == "card":  # their own kind line, chosen for such a day
                blocks.append(element("div", "", element("p", line, cls="rk-words"), cls="rk-keep"))
            blocks += self._page.host.help_blocks(finding.help) if finding.help else []
        blocks += self._page.host.acts(MOOD)
        self._words.tell(*(blocks or [element("p", say("dashboard.mood.empty"), cls="rk-small")]))
        drawn = next((d for f in found if (d := self._page.host.chart(f, self._exercise)) is not None), None)
        if drawn is not None:
            put_chart(self._chart, *drawn)
        shown = (self._chart,) if drawn is not None else ()
        if self._place.children != shown:
            self._place.children = shown
