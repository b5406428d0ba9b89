"""A section of the story: a title, a button that shows or puts away what is behind it, sentences, and their charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rekindle import charts
from rekindle.content import Catalog
from rekindle.forms.control import Say
from rekindle.forms.insight import put_chart, twin_block
from rekindle.forms.stock import Button, Output, VBox, style
from rekindle.forms.telling import told_day, told_short
from rekindle.frontend.words import Words, element
from rekindle.insights import Finding, fill, words_of
from rekindle.page.part import Page

SAYS = "story.says"
_LENDERS = ("urge-log", "weekly-check-in")
"""Exercises whose small words the story shares: sliders, weekdays, times of day."""


def labels_of(words: Catalog) -> dict[str, str]:
    """Return every small word of the story by key: its own, over those that it shares with exercises."""
    shared = {key: text for each in _LENDERS for key, text in words_of(words.exercise(each)).items()}
    return shared | words.words.under(SAYS)


class Section:
    """One section. `tell` gives its findings, and the person's own words for labels; it is asked only while open."""

    def __init__(self, page: Page, name: str, tell: Callable[[], tuple[Sequence[Finding], Mapping[str, str]]]) -> None:
        self._page, self._name, self._tell = page, name, tell
        self._say: Say = page.say
        self.is_open = False
        self._shape: tuple[bool, ...] = ()
        top = Words()
        top.tell(
            element("h3", self._say(f"story.sections.{name}.title"), cls="rk-sec"),
            element("p", self._say(f"story.sections.{name}.about"), cls="rk-small"),
        )
        self._button = style(Button(description=self._say(f"story.sections.{name}.show")), "rk-quiet")
        self._button.on_click(lambda _b: self.shut() if self.is_open else self.open())
        self._body = style(VBox(), "rk-charts")
        self.root = style(VBox([top, self._button, self._body]), "rk-card", f"rk-story--{name}")

    def open(self) -> None:
        """Show what is behind the button."""
        self.is_open = True
        self._button.description = self._say(f"story.sections.{self._name}.hide")
        self.renew()

    def shut(self) -> None:
        """Put it away."""
        self.is_open, self._shape = False, ()
        self._button.description = self._say(f"story.sections.{self._name}.show")
        self._body.children = ()

    def renew(self) -> None:
        """Tell it anew if it is open; sentences and charts change in their places."""
        if not self.is_open:
            return
        found, own = self._tell()
        shape = tuple(bool(finding.chart) for finding in found)
        if shape != self._shape or not self._body.children:
            self._shape = shape
            self._body.children = [_box(drawn=drawn) for drawn in shape] or [VBox([Words()])]
        if not found:
            empty = element("p", self._say(f"story.sections.{self._name}.empty"), cls="rk-small")
            self._body.children[0].children[0].tell(empty)
        labels = labels_of(self._page.words)
        for box, finding in zip(self._body.children, found, strict=False):
            self._show(box, finding, labels, {**labels, **own})

    def _show(self, box: VBox, finding: Finding, says: Mapping[str, str], labels: Mapping[str, str]) -> None:
        words, *chart = box.children
        sentence = fill(finding, says, lambda day: told_day(day, self._say))
        words.tell(element("p", sentence, cls="rk-say" if finding.chart else "rk-fact"))
        if finding.chart and finding.frame is not None and chart:
            today = self._page.host.today()
            drawn = charts.draw(finding.chart, finding.frame, labels, lambda day: told_short(day, today, self._say))
            as_text = self._say("interface.folds.chart_as_text")
            put_chart(
                chart[0],
                drawn.bundle,
                twin_block(as_text, drawn.twin_head, drawn.twin_rows, says[f"{finding.sentence}_chart"]),
            )


def _box(*, drawn: bool) -> VBox:
    chart = [VBox([style(Output(), "rk-chart"), Words("rk-twinbox")])] if drawn else []
    return VBox([Words(), *chart])
