"""How every chart looks: mid-tones that stand on light and dark paper, a second code beside each colour, no motion.

Text and grid take their colour from the stylesheet, since plotly cannot read its variables.
"""

from __future__ import annotations

from typing import Any

MIME = "application/vnd.plotly.v1+json"
CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "staticPlot": True}
COLOURS = ("#4C89A4", "#9B7A45", "#A56C87", "#628C6A", "#AF6D53", "#858074")
PATTERNS = ("", "/", "x", ".", "-", "+")
"""The second code of bars; markers are filled, then open, then of another shape."""

MARKERS = ("circle", "circle-open", "diamond", "square-open", "triangle-up", "x")
_SHOWN = 60
_FONT = "'Source Sans 3 Variable','Segoe UI',system-ui,sans-serif"


def layout(height: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own shapes
    """Return the layout that all charts share, with `more` laid over it, one level deep."""
    shared: dict[str, Any] = {
        "font": {"family": _FONT, "size": 15, "color": "#6F6A61"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(COLOURS),
        "margin": {"l": 34, "r": 8, "t": 8, "b": 34},
        "bargap": 0.38,
        "hovermode": False,
        "dragmode": False,
        "showlegend": False,
        "height": height,
        "xaxis": {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True},
        "yaxis": {
            "gridcolor": "rgba(132,127,118,.35)",
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
    }
    for key, value in more.items():
        shared[key] = {**shared[key], **value} if isinstance(value, dict) and key in shared else value
    return shared


def ten(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own shapes
    """Return an axis from 0 to 10 that never stretches to the data."""
    return {"range": [-0.4, 10.4], "autorange": False, "tickmode": "array", "tickvals": [0, 5, 10], **more}


def day_axis(days: list[str], places: list[Any] | None = None) -> dict[str, Any]:
    """Return an axis of written days, at most three of them named, so that a phone has room; `places` are the days."""
    step = -(-len(days) // 3) or 1
    named = [_over_two_lines(day) if at % step == 0 else "" for at, day in enumerate(days)]
    axis: dict[str, Any] = {"tickmode": "array", "tickvals": places or days, "ticktext": named, "tickangle": 0}
    return axis if places else axis | {"type": "category", "categoryorder": "array", "categoryarray": days}


def _over_two_lines(day: str) -> str:
    """Return a written day; its year, where it has one, comes last and goes below."""
    rest, _, last = day.rpartition(" ")
    return f"{safe(rest)}<br>{last}" if rest and len(last) == 4 and last.isdigit() else safe(day)


def legend() -> dict[str, Any]:
    """Return a legend above the chart, in the order of the stack."""
    return {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}


def safe(words: str) -> str:
    """Return a person's words as plotly shows them, letter for letter: no markup, no link, no formula."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")


def short(words: str) -> str:
    """Return the beginning of a person's words, as much as a chart has room for; the twin holds them all."""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def wrapped(words: str, width: int = 22) -> str:
    """Return safe words on as many lines of at most `width` letters as they need; a longer word is cut."""
    lines: list[str] = []
    for word in (whole[at : at + width] for whole in words.split() for at in range(0, len(whole), width)):
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(safe(line) for line in lines)
