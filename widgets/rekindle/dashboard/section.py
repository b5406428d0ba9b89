"""Sections of the story: a title, a button that shows or puts away what is behind it, sentences and their charts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rekindle import charts
from rekindle.errors import RekindleError
from rekindle.forms.insight import put_chart, twin_block
from rekindle.forms.stock import Button, Output, VBox, style
from rekindle.forms.telling import told_day, told_short
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import Finding, fill
from rekindle.page.chronicle import labels_of
from rekindle.page.part import Page


class Fold:
    """A title and a button; what is behind it is told only while it is open. A kind of fold says how: `tell`."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.say = page, name, page.say
        self.is_open = False
        top = Words()
        top.tell(
            element("h3", self.say(f"story.sections.{name}.title"), cls="rk-sec"),
            element("p", self.say(f"story.sections.{name}.about"), cls="rk-small"),
        )
        self._button = style(Button(description=self.say(f"story.sections.{name}.show")), "rk-quiet")
        self._button.on_click(lambda _b: self.shut() if self.is_open else self.open())
        self.body = style(VBox(), "rk-charts")
        self.root = style(VBox([top, self._button, self.body]), "rk-card", f"rk-story--{name}")

    def open(self) -> None:
        """Show what is behind the button."""
        self.is_open = True
        self._button.description = self.say(f"story.sections.{self.name}.hide")
        self.renew()

    def shut(self) -> None:
        """Put it away: nothing of it stays on the page."""
        self.is_open = False
        self._button.description = self.say(f"story.sections.{self.name}.show")
        self.body.children = ()

    def renew(self) -> None:
        """Tell it anew if it is open; if the journal cannot be read, the page says so."""
        if not self.is_open:
            return
        try:
            self.tell()
        except RekindleError as error:
            self.page.host.on_trouble(self.page.book.refusal(error))

    def tell(self) -> None:
        """Fill the body."""
        raise NotImplementedError

    def empty(self) -> Block:
        """Return the kind line for a fold with nothing behind it yet."""
        return element("p", self.say(f"story.sections.{self.name}.empty"), cls="rk-small")


class Findings:
    """Sentences, and charts below those that have one. Told again, they change in their places."""

    def __init__(self, page: Page) -> None:
        self._page, self._say = page, page.say
        self._shape: tuple[bool, ...] = ()
        self.root = style(VBox(), "rk-charts")

    def tell(self, found: Sequence[Finding], own: Mapping[str, str], empty: Block) -> None:
        """Show these findings, or a kind line where there is none. `own` are the person's own words for labels."""
        shape = tuple(bool(finding.chart) for finding in found)
        if shape != self._shape or not self.root.children:
            self._shape = shape
            self.root.children = [_box(drawn=drawn) for drawn in shape or (False,)]
        if not found:
            self.root.children[0].children[0].tell(empty)
        labels = labels_of(self._page.words)
        for box, finding in zip(self.root.children, found, strict=False):
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


class Section(Fold):
    """A fold of findings: `told` gives them, and the person's own words for labels."""

    def __init__(self, page: Page, name: str, told: Callable[[], tuple[Sequence[Finding], Mapping[str, str]]]) -> None:
        super().__init__(page, name)
        self._told, self._findings = told, Findings(page)

    def tell(self) -> None:
        """Count anew, and show it in its place."""
        self._findings.tell(*self._told(), self.empty())
        if not self.body.children:
            self.body.children = (self._findings.root,)


def _box(*, drawn: bool) -> VBox:
    chart = [VBox([style(Output(), "rk-chart"), Words("rk-twinbox")])] if drawn else []
    return VBox([Words(), *chart])
