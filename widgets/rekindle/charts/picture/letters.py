"""Letters: labels of a picture, on their lines."""

from __future__ import annotations

import html

from rekindle.charts.picture.paper import LINE, SIZE, lines
from rekindle.charts.picture.tags import tag, told

_INK = "#514C45"


def text(words: str, x: float, y: float, *, side: str = "start", lift: float = 0.5, size: float = SIZE) -> str:
    """Return a label in the figure's writing, on its lines. `lift` is how much of it stands above `y`."""
    rows = [html.unescape(line) for line in lines(words)]
    top = y - lift * LINE * len(rows) + 0.75 * LINE
    spans = [tag("tspan", told(row), x=x, y=top + LINE * at) for at, row in enumerate(rows)]
    return tag("text", *spans, text_anchor=side, font_size=size, fill=_INK)
