"""Ranges side by side: from the lowest to the highest, where the middle half lies, and the middle."""

from __future__ import annotations

from typing import Any

from rekindle.charts.chart import Chart, Frame, Words, twin
from rekindle.charts.look import COLOURS, layout, ten, wrapped
from rekindle.charts.marks import dots

_COLUMNS = ("lowest", "low", "middle", "high", "highest")


def ranges(frame: Frame, words: Words) -> Chart:
    """One range for each group, on one scale from 0 to 10; `group` holds keys of the words."""
    groups = [words(str(key)) for key in frame["group"]]
    places = list(range(len(groups)))
    data: list[dict[str, Any]] = []
    for place in places:
        colour = COLOURS[place % len(COLOURS)]
        for ends, width in ((("lowest", "highest"), 2), (("low", "high"), 9)):
            line = {"color": colour, "width": width}
            across = [frame[end][place] for end in ends]
            data.append({"type": "scatter", "mode": "lines", "x": across, "y": [place, place], "line": line})
        middle = dots(place, x=[frame["middle"][place]], y=[place])
        middle["marker"] |= {"size": 17, "line": {"width": 3, "color": colour}}
        data.append(middle)
    labels = [wrapped(f"{group} ({count})", 22) for group, count in zip(groups, frame["count"], strict=True)]
    side = {"tickmode": "array", "tickvals": places, "ticktext": labels, "range": [len(groups) - 0.5, -0.5]}
    shown = layout(70 * len(groups) + 60, xaxis=ten(showgrid=True), yaxis={**side, "showgrid": False})
    columns = [[words.cell(value) for value in frame[name]] for name in ("count", *_COLUMNS)]
    head = [words("chart_group"), words("chart_count_days"), *(words(f"chart_{name}") for name in _COLUMNS)]
    return Chart({"data": data, "layout": shown}, **twin(head, groups, *columns))
