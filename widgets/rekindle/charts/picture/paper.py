"""Paper: how large a figure's picture is, where its plot lies in it, and where each point of it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rekindle.charts.picture.axes import Axis, Value, axis_of

WIDTH = 640.0
SIZE, LINE, LETTER = 13.0, 16.0, 6.6
"""The size of letters, the room of a line, and the usual breadth of a letter."""

_KEY = 22.0
Figure = Mapping[str, Any]


@dataclass(frozen=True)
class Box:
    """The plot on the paper."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Paper:
    """A figure laid out: its axes, its box, and the rows of its legend."""

    figure: Figure = field(repr=False)
    height: float
    box: Box
    across: Axis
    ups: Mapping[str, Axis]
    key: Sequence[Sequence[tuple[float, int]]]

    def x(self, value: Value) -> float | None:
        """Return how far to the right a value lies."""
        return self.across.along(value, self.box.left, self.box.right)

    def y(self, value: Value, axis: str = "y") -> float | None:
        """Return how far down a value lies."""
        low, high = self.figure["layout"].get(axis_name(axis), {}).get("domain", (0.0, 1.0))
        tall = self.box.bottom - self.box.top
        return self.ups[axis].along(value, self.box.bottom - low * tall, self.box.bottom - high * tall)


def axis_name(axis: str) -> str:
    """Return what the layout calls the axis that a trace calls "y2"."""
    return f"{axis[0]}axis{axis[1:]}"


def lay_out(figure: Figure) -> Paper:
    """Return a figure's paper."""
    shape, data = figure["layout"], figure["data"]
    across = axis_of(shape["xaxis"], _values(figure, "x"))
    names = dict.fromkeys(trace.get("yaxis", "y") for trace in data)
    ups = {name: axis_of(shape[axis_name(name)], _values(figure, "y", name)) for name in names}
    key = _key_rows(data) if shape.get("showlegend") else []
    height, margin = float(shape["height"]), shape["margin"]
    names_below = max((len(lines(text)) for _, text in across.ticks), default=0) if across.is_shown else 0
    titled = LINE * bool(shape["xaxis"].get("title"))
    bottom = max(float(margin["b"]), LINE * names_below + 12 + titled)
    left = max(float(margin["l"]), *(_beside(up) for up in ups.values())) + LINE * bool(shape["yaxis"].get("title"))
    box = Box(left, max(float(margin["t"]), _KEY * len(key) + 14), WIDTH - float(margin["r"]) - 8, height - bottom)
    if shape["yaxis"].get("scaleanchor"):
        box = _square(box, across, ups["y"])
    return Paper(figure, height, box, across, ups, key)


def lines(text: str) -> list[str]:
    """Return the lines of a label, still in the figure's own writing."""
    return text.split("<br>")


def breadth(text: str) -> float:
    """Return about how broad a line is."""
    return LETTER * len(text)


def _values(figure: Figure, side: str, name: str = "") -> Iterator[Value]:
    """Give every value that an axis must have room for; bars in a stack stand on each other."""
    piled: dict[Value, float] = {}
    for trace in figure["data"]:
        if name and trace.get("yaxis", "y") != name:
            continue
        values = trace.get(side, ())
        yield from values
        if trace["type"] == "bar" and (side == "x") == (trace.get("orientation") == "h"):
            yield 0
            for place, value in zip(trace["y" if side == "x" else "x"], values, strict=True):
                piled[place] = piled.get(place, 0) + (value or 0)
    if figure["layout"].get("barmode") == "stack":
        yield from piled.values()


def _beside(up: Axis) -> float:
    """Return the room that the names beside an axis need."""
    names = [line for _, text in up.ticks for line in lines(text)] if up.is_shown else []
    return max(map(breadth, names), default=0.0) + 14


def _key_rows(data: Sequence[Mapping[str, Any]]) -> list[list[tuple[float, int]]]:
    """Return the rows of the legend: where each name begins, and of which trace it is."""
    rows: list[list[tuple[float, int]]] = [[]]
    at = 0.0
    for number, trace in enumerate(data):
        if not trace.get("name") or trace.get("showlegend") is False:
            continue
        room = breadth(trace["name"]) + 44
        if rows[-1] and at + room > WIDTH:
            rows.append([])
            at = 0.0
        rows[-1].append((at, number))
        at += room
    return [row for row in rows if row]


def _square(box: Box, across: Axis, up: Axis) -> Box:
    """Return the part of a box in which a step to the side is as long as a step up."""
    wide, tall = box.right - box.left, box.bottom - box.top
    unit = min(wide / abs(across.high - across.low), tall / abs(up.high - up.low))
    spare_x, spare_y = wide - unit * abs(across.high - across.low), tall - unit * abs(up.high - up.low)
    return Box(box.left + spare_x / 2, box.top + spare_y / 2, box.right - spare_x / 2, box.bottom - spare_y / 2)
