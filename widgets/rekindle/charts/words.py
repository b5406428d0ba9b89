"""Charts of a person's own words and numbers: a timeline, a field of dots, columns side by side."""

from __future__ import annotations

from typing import Any

from rekindle.charts.chart import Chart, Frame, Words, twin
from rekindle.charts.look import layout, safe, short, ten, wrapped
from rekindle.charts.marks import dots


def timeline(frame: Frame, words: Words) -> Chart:
    """Moments one below the other, in the person's own order."""
    when, what = [str(w) for w in frame["when"]], [str(w) for w in frame["what"]]
    places = list(range(len(when)))
    line = dots(0, x=[0] * len(places), y=places, mode="lines+markers+text", textposition="middle right")
    line |= {"text": [wrapped(short(w), 30) for w in what], "line": {"color": line["marker"]["color"], "width": 2}}
    side: dict[str, Any] = {"tickmode": "array", "tickvals": places, "showgrid": False}
    side |= {"ticktext": [wrapped(short(w), 12) for w in when], "range": [len(places) - 0.5, -0.5]}
    across: dict[str, Any] = {"visible": False, "range": [-0.1, 4]}
    figure = {"data": [line], "layout": layout(62 * len(places) + 30, xaxis=across, yaxis=side)}
    return Chart(figure, **twin([words("chart_when"), words("chart_what")], when, what))


def field(frame: Frame, words: Words) -> Chart:
    """Dots in a field of two scales from 0 to 10, each with its name."""
    names = [str(what) for what in frame["what"]]
    marks = dots(0, x=list(frame["x"]), y=list(frame["y"]), mode="markers+text", textposition="top center")
    marks["text"] = [wrapped(short(name), 16) for name in names]
    across = ten(title={"text": safe(words("chart_x"))})
    up = ten(title={"text": safe(words("chart_y"))})
    figure = {"data": [marks], "layout": layout(340, xaxis=across, yaxis=up)}
    columns = [[words.cell(value) for value in frame[axis]] for axis in ("x", "y")]
    return Chart(figure, **twin([words("chart_what"), words("chart_x"), words("chart_y")], names, *columns))


def columns(frame: Frame, words: Words) -> Chart:
    """Words in columns side by side: a table, with no figure."""
    cells = [[str(cell or "") for cell in frame[name]] for name in frame]
    return Chart(None, **twin([words(f"chart_{name.replace('-', '_')}") for name in frame], *cells))
