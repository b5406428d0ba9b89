"""Pictures: a chart as static SVG for paper, drawn from the same figure that the dashboard shows. It runs nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rekindle.charts.picture.bars import bar
from rekindle.charts.picture.letters import text
from rekindle.charts.picture.marks import draw, mark
from rekindle.charts.picture.paper import WIDTH, Figure, Paper, lay_out
from rekindle.charts.picture.tags import tag

__all__ = ["picture"]

_RULE, _KEY = "#DCD9D0", 22.0


def picture(figure: Figure) -> str:
    """Return a figure as one SVG element, which has no id and asks for nothing.

    Nothing in it is for a screen reader: the sentence above a chart and its text twin speak.
    """
    paper = lay_out(figure)
    kids = [*_grid(paper), *_shapes(paper), *(draw(trace, paper) for trace in figure["data"])]
    kids += [*_ticks(paper), *_titles(paper), *_legend(paper), *_notes(paper)]
    size = {"width": WIDTH, "height": paper.height}
    return tag("svg", *kids, viewBox=f"0 0 {WIDTH:g} {paper.height:g}", aria_hidden="true", **size)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = _RULE, dash: str | None = None) -> str:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=1, stroke_dasharray=dash)


def _grid(paper: Paper) -> Iterator[str]:
    box = paper.box
    for name, up in paper.ups.items():
        if up.is_shown and up.has_grid:
            for at, _ in up.ticks:
                y = paper.y(at, name) or 0.0
                yield _line(box.left, y, box.right, y)
    if paper.across.is_shown and paper.across.has_grid:
        for at, _ in paper.across.ticks:
            x = paper.x(at) or 0.0
            yield _line(x, box.top, x, box.bottom)


def _ticks(paper: Paper) -> Iterator[str]:
    box = paper.box
    for name, up in paper.ups.items():
        for at, words in up.ticks if up.is_shown else ():
            yield text(words, box.left - 8, paper.y(at, name) or 0.0, side="end")
    for at, words in paper.across.ticks if paper.across.is_shown else ():
        yield text(words, paper.x(at) or 0.0, box.bottom + 6, side="middle", lift=0.0)


def _titles(paper: Paper) -> Iterator[str]:
    shape, box = paper.figure["layout"], paper.box
    if across := shape["xaxis"].get("title"):
        yield text(across["text"], (box.left + box.right) / 2, paper.height - 2, side="middle", lift=1.0)
    if up := shape["yaxis"].get("title"):
        turned = text(up["text"], 0, 0, side="middle", lift=0.0)
        yield tag("g", turned, transform=f"translate(2 {(box.top + box.bottom) / 2:.1f}) rotate(-90)")


def _legend(paper: Paper) -> Iterator[str]:
    for row, names in enumerate(paper.key):
        y = 12 + _KEY * row
        for x, number in names:
            trace = paper.figure["data"][number]
            yield _sample(trace, x, y)
            yield text(trace["name"], x + 24, y)


def _sample(trace: Mapping[str, Any], x: float, y: float) -> str:
    if trace["type"] == "bar":
        return bar(trace["marker"], x + 2, y - 7, 15, 14)
    small = {**trace, "marker": {**trace["marker"], "size": 11}}
    return mark(small, x + 9, y)


def _shapes(paper: Paper) -> Iterator[str]:
    """Give the thin lines that run through a whole plot."""
    box = paper.box
    tall = box.bottom - box.top
    for shape in paper.figure["layout"].get("shapes", ()):
        x = paper.x(shape["x0"]) or 0.0
        yield _line(x, box.bottom - shape["y0"] * tall, x, box.bottom - shape["y1"] * tall, "#847F76", "2 4")


def _notes(paper: Paper) -> Iterator[str]:
    """Give the words that stand at a place of their own."""
    box = paper.box
    for note in paper.figure["layout"].get("annotations", ()):
        on_paper = note.get("xref") == "paper"
        x = box.left + note["x"] * (box.right - box.left) if on_paper else paper.x(note["x"]) or 0.0
        y = box.bottom - note["y"] * (box.bottom - box.top) - note.get("yshift", 0)
        side = {"left": "start", "right": "end"}.get(note.get("xanchor", "center"), "middle")
        lift = {"bottom": 1.0, "top": 0.0}.get(note.get("yanchor", "middle"), 0.5)
        yield text(note["text"], x, y, side=side, lift=lift)
