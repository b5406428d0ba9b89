"""The compass: a wheel with a spoke for each part of life, and a dot as far out as the person says that they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rekindle.charts.chart import Chart, Frame, Words, twin
from rekindle.charts.look import COLOURS, layout, wrapped
from rekindle.charts.marks import dots

RINGS = (5, 10)
_GRID = "rgba(132,127,118,.45)"
_NAMES_AT = 11.6
_SMOOTH = 72

Point = tuple[float, float]


def compass(frame: Frame, words: Words) -> Chart:
    """How close each part of life is to where the person wants it, from 0 at the hub to 10 at the rim."""
    names = [words(f"areas.{area}") for area in frame["area"]]
    spokes = len(names)
    close = [value if isinstance(value, int | float) else None for value in frame["close"]]
    rated = [(at, value) for at, value in enumerate(close) if value is not None]
    marks = dots(
        0, **_xy([_on(at, spokes, value) for at, value in rated]), mode="markers+text", name=words("chart_close")
    )
    marks |= {"customdata": [value for _, value in rated], "text": [words.cell(value) for _, value in rated]}
    marks["textposition"] = [_outward(at, spokes) for at, _ in rated]
    data = [_faint(_rings()), _faint(_spokes(spokes)), _outline(close, spokes), marks, _named(names), _scale(spokes)]
    flat: dict[str, Any] = {"visible": False, "autorange": False, "showgrid": False}
    across, up = flat | {"range": [-16.5, 16.5]}, flat | {"range": [-13.5, 13.5], "scaleanchor": "x"}
    figure = {"data": data, "layout": layout(340, xaxis=across, yaxis=up, margin={"l": 4, "r": 4, "t": 4, "b": 4})}
    told = [words.cell(value) for value in frame["close"]]
    return Chart(figure, **twin([words("chart_area"), words("chart_close")], names, told))


def _on(at: int, spokes: int, value: float) -> Point:
    """Return where a value lies on a spoke; the first spoke points up, and they go round with the clock."""
    angle = math.tau * at / spokes
    return round(value * math.sin(angle), 4), round(value * math.cos(angle), 4)


def _xy(points: Sequence[Point | None]) -> dict[str, list[float | None]]:
    return {"x": [p[0] if p else None for p in points], "y": [p[1] if p else None for p in points]}


def _faint(points: Sequence[Point | None]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": _GRID, "width": 1},
        "connectgaps": False,
        **_xy(points),
    }


def _rings() -> list[Point | None]:
    found: list[Point | None] = []
    for ring in RINGS:
        found += [*(_on(at, _SMOOTH, ring) for at in range(_SMOOTH + 1)), None]
    return found


def _spokes(spokes: int) -> list[Point | None]:
    return [point for at in range(spokes) for point in ((0.0, 0.0), _on(at, spokes, 10), None)]


def _outline(close: Sequence[float | None], spokes: int) -> dict[str, Any]:
    """Join neighbours that both have a dot; a blank leaves a gap, and only a whole round is filled."""
    points: list[Point | None] = []
    for at, value in enumerate(close):
        following = (at + 1) % spokes
        after = close[following]
        if value is not None and after is not None:
            points += [_on(at, spokes, value), _on(following, spokes, after), None]
    whole = all(value is not None for value in close)
    if whole:
        points = [_on(at % spokes, spokes, close[at % spokes] or 0) for at in range(spokes + 1)]
    line = {"type": "scatter", "mode": "lines", "connectgaps": False, "line": {"color": COLOURS[0], "width": 2}}
    return line | _xy(points) | ({"fill": "toself", "fillcolor": "rgba(76,137,164,.16)"} if whole else {})


def _named(names: Sequence[str]) -> dict[str, Any]:
    points = [_on(at, len(names), _NAMES_AT) for at in range(len(names))]
    sides = ["middle right" if x > 1 else "middle left" if x < -1 else "top center" for x, _ in points]
    text = [wrapped(name, 12) for name in names]
    return {"type": "scatter", "mode": "text", "text": text, "textposition": sides, "cliponaxis": False, **_xy(points)}


def _scale(spokes: int) -> dict[str, Any]:
    """Return the numbers of the rings, between two spokes where no dot can lie on them."""
    points = [_on(2 * spokes - 1, 2 * spokes, ring - 0.9) for ring in RINGS]
    return {
        "type": "scatter",
        "mode": "text",
        "text": [str(ring) for ring in RINGS],
        "textfont": {"size": 12},
        **_xy(points),
    }


def _outward(at: int, spokes: int) -> str:
    x, y = _on(at, spokes, 1)
    side = "right" if x > 0.2 else "left" if x < -0.2 else "center"
    return f"{'top' if y > 0.2 else 'bottom' if y < -0.2 else 'middle'} {side}"
