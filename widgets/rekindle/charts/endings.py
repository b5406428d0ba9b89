"""Charts of the closing report: the check-in then and now, and a person's own words side by side."""

from __future__ import annotations

from typing import Any

from rekindle.charts.chart import Chart, Frame, Words, twin
from rekindle.charts.look import COLOURS, layout, legend, ten, wrapped
from rekindle.charts.marks import dots


def slopes(frame: Frame, words: Words) -> Chart:
    """One line per slider, from its first dot to its latest."""
    names = [words(f"chart_{slider}") for slider in frame["slider"]]
    places = list(range(len(names)))
    ends = {"first": words("chart_first"), "now": words("chart_now")}
    stems: dict[str, Any] = {"type": "scatter", "mode": "lines", "showlegend": False, "connectgaps": False}
    stems |= {"line": {"color": COLOURS[5], "width": 1.5}, "x": [], "y": []}
    for place, first, now in zip(places, frame["first"], frame["now"], strict=True):
        stems["x"] += [first, now, None]
        stems["y"] += [place, place, None]
    marks = [dots(1, x=list(frame["first"]), y=places, name=ends["first"])]
    marks.append(dots(0, x=list(frame["now"]), y=places, name=ends["now"]))
    marks[0]["marker"] |= {"size": 17}  # a ring around the latest dot where nothing changed
    side: dict[str, Any] = {"tickmode": "array", "tickvals": places, "ticktext": [wrapped(name, 26) for name in names]}
    side |= {"range": [len(names) - 0.5, -0.5], "showgrid": True}
    shared = {"showlegend": True, "legend": legend(), "margin": {"t": 40}}
    figure = {"data": [stems, *marks], "layout": layout(46 * len(names) + 90, xaxis=ten(), yaxis=side, **shared)}
    columns = [[words.cell(value) for value in frame[end]] for end in ends]
    return Chart(figure, **twin([words("chart_slider"), *ends.values()], names, *columns))


def then_now(frame: Frame, words: Words) -> Chart:
    """What was written at the start beside what is written now: a table, with no figure."""
    names = [words(f"chart_{row}") for row in frame["row"]]
    columns = [[str(cell or "") or words("chart_gap") for cell in frame[side]] for side in ("then", "now")]
    return Chart(None, **twin([words("chart_row"), words("chart_then"), words("chart_now")], names, *columns))
