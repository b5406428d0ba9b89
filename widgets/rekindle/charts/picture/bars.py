"""Bars of a picture, each with a hatch of its own beside its colour.

A hatch is drawn as lines. As an SVG pattern, a browser that prints would make a large image of each bar.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rekindle.charts.picture.axes import Value
from rekindle.charts.picture.letters import text
from rekindle.charts.picture.paper import Paper
from rekindle.charts.picture.tags import tag

Trace = Mapping[str, Any]
_STEP, _ABOVE, _BESIDE = 7.0, 4.0, 6.0


class _Lane(NamedTuple):
    """Where the bars of one trace stand at a place: `name`, which of so many lanes, and if they lie flat."""

    name: Value
    lane: int
    lanes: int
    flat: bool


def bars(trace: Trace, paper: Paper) -> Iterator[str]:
    """Give the bars of a trace; a gap has none, and a 0 only its number."""
    flat = trace.get("orientation") == "h"
    names, values = (trace["y"], trace["x"]) if flat else (trace["x"], trace["y"])
    others = [each for each in paper.figure["data"] if each["type"] == "bar"]
    side = others.index(trace)
    stacked = paper.figure["layout"].get("barmode") == "stack"
    below, lane, lanes = (others[:side], 0, 1) if stacked else ([], side, len(others))
    for each, (name, value) in enumerate(zip(names, values, strict=True)):
        place = _Lane(name, lane, lanes, flat)
        if value:
            base = sum((other["y"][each] or 0) for other in below)
            yield bar(trace["marker"], *_sides(paper, place, base, base + value))
        if value is not None and trace.get("text"):
            yield _number(paper, place, value, str(trace["text"][each]))


def bar(marker: Trace, x: float, y: float, wide: float, tall: float) -> str:
    """Return one bar in the colour and the hatch of its trace."""
    colour, shape = marker["color"], marker["pattern"]["shape"]
    box = tag(
        "rect", x=x, y=y, width=wide, height=tall, fill="#fff" if shape else colour, stroke=colour, stroke_width=1.5
    )
    return box + tag("path", d=_hatch(shape, x, y, wide, tall), stroke=colour, stroke_width=1.4) if shape else box


def _room(paper: Paper, place: _Lane) -> tuple[float, float]:
    """Return where a bar's breadth begins and how broad it is."""
    box = paper.box
    axis, start, end = (paper.ups["y"], box.bottom, box.top) if place.flat else (paper.across, box.left, box.right)
    each = abs(end - start) / (abs(axis.high - axis.low) or 1)
    room = each * (1 - float(paper.figure["layout"].get("bargap", 0.3))) / place.lanes
    middle = axis.along(place.name, start, end) or 0.0
    return middle - room * place.lanes / 2 + room * place.lane, room


def _sides(paper: Paper, place: _Lane, start: float, end: float) -> tuple[float, float, float, float]:
    begin, room = _room(paper, place)
    to = paper.x if place.flat else paper.y
    low, high = sorted((to(start) or 0.0, to(end) or 0.0))
    return (low, begin, high - low, room) if place.flat else (begin, low, room, high - low)


def _number(paper: Paper, place: _Lane, value: float, words: str) -> str:
    begin, room = _room(paper, place)
    if place.flat:
        return text(words, (paper.x(value) or 0.0) + _BESIDE, begin + room / 2)
    return text(words, begin + room / 2, (paper.y(value) or 0.0) - _ABOVE, side="middle", lift=1.0)


def _hatch(shape: str, x: float, y: float, wide: float, tall: float) -> str:
    """Return the lines of a hatch inside a box."""
    rows = [y + _STEP * n for n in range(1, math.ceil(tall / _STEP))]
    columns = [x + _STEP * n for n in range(1, math.ceil(wide / _STEP))]
    if shape == ".":
        return "".join(f"M{column - 0.7:.1f} {row:.1f}h1.4" for row in rows for column in columns)
    if shape in "-+":
        across = [f"M{x:.1f} {row:.1f}h{wide:.1f}" for row in rows]
        return "".join([*across, *(f"M{column:.1f} {y:.1f}v{tall:.1f}" for column in columns if shape == "+")])
    made = []
    for n in range(1, math.ceil((wide + tall) / _STEP)):
        far = _STEP * n
        left, right = max(0.0, far - tall), min(wide, far)
        made.append(f"M{x + left:.1f} {y + far - left:.1f}L{x + right:.1f} {y + far - right:.1f}")
        if shape == "x":
            made.append(f"M{x + wide - left:.1f} {y + far - left:.1f}L{x + wide - right:.1f} {y + far - right:.1f}")
    return "".join(made)
