"""The insight of a page: true sentences from its findings, and a chart with its text twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rekindle.content.parts import Exercise
from rekindle.forms.host import Host
from rekindle.forms.stock import Output, VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import Finding, fill, words_of

_FITS = 3
_LOOKS = ((_FITS, "rk-twin--rows"), (6, "rk-twin--many"))
"""How many columns of a chart's table a phone shows; and past how many it becomes lines there, and at a desk too."""


class Insight:
    """What a page shows back. It says nothing below a finding's minimum: then there simply is no finding."""

    def __init__(self, exercise: Exercise, host: Host) -> None:
        self._exercise, self._host = exercise, host
        self.top, self._words = Words("rk-said"), Words("rk-said")
        self._words.on_act = self._on_act
        self._charts = style(VBox(), "rk-charts")
        self._drawn: tuple[object, ...] = ()
        self._declined: set[str] = set()
        self._waits = False
        self.widgets = (self._words, self._charts)

    def refresh(self) -> None:
        """Look at the answers anew and show what has changed."""
        self._waits = self._host.waits(self._exercise.id)
        findings = self._host.findings(self._exercise.id)
        above = self._above([finding for finding in findings if finding.on_top])
        below = [finding for finding in findings if not finding.on_top]
        for box, blocks in ((self.top, above), (self._words, self._blocks(below))):
            if list(box.told) != blocks:
                box.tell(*blocks)
        self._draw([finding for finding in findings if finding.chart])

    def _blocks(self, findings: Sequence[Finding]) -> list[Block]:
        say, words = self._host.say, words_of(self._exercise)
        cards: list[Block] = []
        kept: dict[str, dict[str, Any]] = {}
        lines: list[Block] = []
        notes: list[Block] = []
        after: list[Block] = []
        for finding in findings:
            if finding.offer and finding.offer in self._declined:
                continue
            text = fill(finding, words, lambda day: told_day(day, say))
            line = element("p", text, cls="rk-words" if finding.own_words else "")
            if finding.tone == "card":
                kept[finding.sentence] = element("div", "", line, cls="rk-keep")
                cards.append(kept[finding.sentence])
            elif finding.tone == "note":
                notes.append(line)
            elif (card := kept.get(finding.sentence.removesuffix("_not"))) is not None:
                card["kids"].append(line)  # what a number does not mean is never parted from it
            else:
                lines.append(line)
            after += self._pages(finding) + self._offer(finding)
            if finding.help and not (finding.help == "support" and finding.pages):
                after += self._host.help_blocks(finding.help)
        if lines:
            title = element("h3", say("interface.folds.shows"))
            small = element("p", say("interface.folds.mirror"), cls="rk-small")
            lines = [element("div", "", title, *lines, small, cls="rk-insight")]
        return [*cards, *lines, *self._note(notes), *after, *self._wait(), *self._host.acts(self._exercise.id)]

    def _wait(self) -> list[Block]:
        """Return the line that stands where more is told as soon as a long log is counted."""
        line = element("p", self._host.say("interface.folds.counting"), cls="rk-small", set={"role": "status"})
        return [line] if self._waits else []

    def _note(self, lines: Sequence[Block]) -> list[Block]:
        """Return lines that a person may copy: the page's script does that, and nothing of it is sent."""
        if not lines:
            return []
        say = self._host.say
        done = {"data-state": say("interface.status.copied")}
        button = element("button", say("interface.buttons.copy_note"), cls="rk-btn rk-btn--quiet", act="copy", set=done)
        return [element("div", "", element("div", "", *lines, cls="rk-copyfrom"), button, cls="rk-keep rk-copybox")]

    def _above(self, findings: Sequence[Finding]) -> list[Block]:
        """Return what stands above the questions: cards, then lines."""
        words = words_of(self._exercise)
        told = [(each, fill(each, words, lambda day: told_day(day, self._host.say))) for each in findings]
        cards = [element("p", text, cls="rk-words") for each, text in told if each.tone == "card"]
        lines = [element("p", text, cls="rk-words") for each, text in told if each.tone != "card"]
        blocks: list[Block] = [element("div", "", card, cls="rk-keep") for card in cards]
        return [*blocks, *([element("div", "", *lines, cls="rk-insight")] if lines else [])]

    def _pages(self, finding: Finding) -> list[Block]:
        links = [self._host.address(page) for page in finding.pages]
        items = [element("li", "", element("a", title, href=href)) for title, href in links if href]
        return [element("ul", "", *items, cls="rk-next")] if items else []

    def _offer(self, finding: Finding) -> list[Block]:
        if not finding.offer:
            return []
        says, offer = self._exercise.says, finding.offer
        yes = element("button", says["offer_yes"], cls="rk-btn", act=f"agree {offer}")
        no = element("button", says["offer_no"], cls="rk-btn rk-btn--quiet", act=f"decline {offer}")
        return [element("p", "", yes, no, cls="rk-row")]

    def _on_act(self, act: str) -> None:
        kind, _, state = act.partition(" ")
        if kind == "agree":
            self._host.agree(state)
        elif kind == "decline":
            self._declined.add(state)
        else:
            self._host.act(self._exercise.id, act)
        self.refresh()

    def _draw(self, findings: Sequence[Finding]) -> None:
        shown = tuple((finding.chart, repr(finding.frame)) for finding in findings)
        if shown == self._drawn:
            return
        same = len(shown) == len(self._drawn)
        self._drawn = shown
        charts = [drawn for f in findings if (drawn := self._host.chart(f, self._exercise)) is not None]
        if same and len(self._charts.children) == len(charts):
            for box, (figure, twin) in zip(self._charts.children, charts, strict=True):
                put_chart(box, figure, twin)
            return
        boxes = [VBox([style(Output(), "rk-chart"), Words("rk-twinbox")]) for _ in charts]
        for box, (figure, twin) in zip(boxes, charts, strict=True):
            put_chart(box, figure, twin)
        self._charts.children = boxes


def put_chart(box: VBox, bundle: Mapping[str, object], twin: Block) -> None:
    """Show a figure and its text twin in a box made of an Output and a Words; the chart is renewed in place."""
    output, words = box.children
    shown = {"output_type": "display_data", "metadata": {}, "data": {**bundle, "text/plain": ""}}
    output.outputs = (shown,) if bundle else ()
    words.tell(twin)


def twin_block(label: str, head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Block:
    """Return a chart's figures as a table behind a line that opens.

    Many columns fit no phone, and some no desk: there each row is told as a line, and each cell says whose it is.
    """
    names = head[1:] if len(head) > _FITS else [""] * len(head)
    top = element("tr", "", *(element("th", cell, set={"scope": "col"}) for cell in head))
    body = [element("tr", "", _head(row[0]), *map(_cell, names, row[1:])) for row in rows]
    table = element(
        "table",
        "",
        element("caption", caption, cls="rk-vh"),
        element("thead", "", top),
        element("tbody", "", *body),
    )
    inside = element("div", "", table, cls="rk-fold__in rk-words")
    looks = ["rk-fold rk-twin", *(look for most, look in _LOOKS if len(head) > most)]
    return element("details", "", element("summary", label), inside, cls=" ".join(looks))


def _head(cell: str) -> Block:
    """Return the head of a row; where it would be empty, it names nothing and is no head."""
    return element("th", cell, set={"scope": "row"}) if cell.strip() else element("td")


def _cell(name: str, cell: str) -> Block:
    kids = [element("span", f"{name} ", cls="rk-twin__name")] if name and cell else []
    return element("td", "", *kids, cell) if kids else element("td", cell)
