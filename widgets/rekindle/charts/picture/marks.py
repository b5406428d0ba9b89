"""Marks: dots, lines and names of a figure as SVG, with the same second code beside each colour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rekindle.charts.picture.axes import Value
from rekindle.charts.picture.bars import bars
from rekindle.charts.picture.letters import text
from rekindle.charts.picture.paper import SIZE, Paper
from rekindle.charts.picture.tags import tag

Trace = Mapping[str, Any]
Point = tuple[float, float]

_DASH = {"dot": "2 4"}
_SIDES = {"right": "start", "left": "end", "center": "middle"}


def draw(trace: Trace, paper: Paper) -> str:
    """Return one trace."""
    if trace["type"] == "bar":
        return "".join(bars(trace, paper))
    points = [_point(trace, paper, x, y) for x, y in zip(trace["x"], trace["y"], strict=True)]
    mode = trace.get("mode", "lines")
    made = [_line(trace, points)] if "lines" in mode else []
    if "markers" in mode:
        made += [mark(trace, *at, each) for each, at in enumerate(points) if at]
    if "text" in mode:
        made += [_named(trace, *at, each) for each, at in enumerate(points) if at]
    return "".join(made)


def _point(trace: Trace, paper: Paper, x: Value, y: Value) -> Point | None:
    across, down = paper.x(x), paper.y(y, trace.get("yaxis", "y"))
    return None if across is None or down is None else (across, down)


def _line(trace: Trace, points: Sequence[Point | None]) -> str:
    """Return a line through the points; a gap stays a gap."""
    steps: list[str] = []
    pen = "M"
    for at in points:
        if at is not None:
            steps.append(f"{pen}{at[0]:.1f} {at[1]:.1f}")
        pen = "L" if at is not None else "M"
    drawn = trace["line"]
    filled = trace.get("fillcolor", "none") if trace.get("fill") else "none"
    dash = _DASH.get(drawn.get("dash", ""))
    return tag(
        "path",
        d=" ".join(steps) or "M0 0",
        fill=filled,
        stroke=drawn["color"],
        stroke_width=float(drawn["width"]),
        stroke_dasharray=dash,
    )


def mark(trace: Trace, x: float, y: float, each: int = 0) -> str:
    """Return one dot of a trace, in its shape."""
    marker = trace["marker"]
    size = marker["size"]
    half = (size[each] if isinstance(size, list) else size) / 2
    shape, is_open, _ = marker.get("symbol", "circle").partition("-open")
    paint = {
        "fill": "#fff" if is_open else marker["color"],
        "fill_opacity": 0.0 if is_open else marker.get("opacity"),
        "stroke": marker["color"],
        "stroke_width": float(marker.get("line", {}).get("width", 1)),
    }
    if shape == "circle":
        return tag("circle", cx=x, cy=y, r=half, **paint)
    return tag("path", d=_SHAPES[shape](x, y, half), **paint)


_SHAPES: Mapping[str, Callable[[float, float, float], str]] = {
    "diamond": lambda x, y, r: f"M{x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z",
    "square": lambda x, y, r: f"M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h{-2 * r:.1f}z",
    "triangle-up": lambda x, y, r: f"M{x:.1f} {y - r:.1f}l{r:.1f} {2 * r:.1f}h{-2 * r:.1f}z",
    "x": lambda x, y, r: (
        f"M{x - r:.1f} {y - r:.1f}l{2 * r:.1f} {2 * r:.1f}M{x + r:.1f} {y - r:.1f}l{-2 * r:.1f} {2 * r:.1f}"
    ),
}


def _named(trace: Trace, x: float, y: float, each: int) -> str:
    """Return the words beside a dot."""
    place = trace.get("textposition", "middle center")
    up, _, side = (place[each] if isinstance(place, list) else place).partition(" ")
    away = 9.0 if "markers" in trace["mode"] else 2.0
    dx = {"right": away, "left": -away}.get(side, 0.0)
    dy = {"top": -away, "bottom": away}.get(up, 0.0)
    lift = {"top": 1.0, "bottom": 0.0}.get(up, 0.5)
    size = float(trace.get("textfont", {}).get("size", SIZE))
    return text(str(trace["text"][each]), x + dx, y + dy, side=_SIDES[side], lift=lift, size=size)
