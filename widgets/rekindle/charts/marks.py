"""The marks that charts of lines and dots are made of."""

from __future__ import annotations

from typing import Any

from rekindle.charts.look import COLOURS, MARKERS


def dots(code: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own shapes
    """Return a trace of dots; `code` picks its colour and its mark, so that colour is never the only code."""
    symbol, colour = MARKERS[code % len(MARKERS)], COLOURS[code % len(COLOURS)]
    marker = {"size": 11, "symbol": symbol, "color": colour, "line": {"width": 2, "color": colour}}
    return {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False, **more}
