"""Charts made of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rekindle.charts.chart import Cell, Chart, Frame, Words, twin
from rekindle.charts.look import COLOURS, PATTERNS, day_axis, layout, legend, short, ten, wrapped

OUTCOMES = ("kept", "partly", "missed", "changed")


def bar(name: str, at: Sequence[str], values: Sequence[Cell], code: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own shapes
    """Return a trace of bars; `code` picks its colour and its pattern."""
    colour = COLOURS[code]
    pattern = {"shape": PATTERNS[code], "fillmode": "replace", "fgcolor": colour, "size": 7, "solidity": 0.4}
    # Without an outline of its own, a 0 leaves no thin line that reads as a little of something.
    marker = {
        "color": colour,
        "line": {"color": colour, "width": [1.5 if v else 0 for v in values]},
        "pattern": pattern,
    }
    return {"type": "bar", "name": name, "x": list(at), "y": list(values), "marker": marker, **more}


def miss_places(frame: Frame, words: Words) -> Chart:
    """Rows per place where it could come from."""
    places = [words(f"rows.{place}") for place in frame["place"]]
    rows_bar = bar(words("chart_rows"), [], frame["rows"], 0) | {
        "orientation": "h",
        "y": [wrapped(place) for place in places],
        "x": list(frame["rows"]),
        "text": [words.cell(n) for n in frame["rows"]],
        "textposition": "outside",
        "cliponaxis": False,
    }
    figure = {
        "data": [rows_bar],
        "layout": layout(
            230, xaxis={"visible": False, "rangemode": "tozero"}, yaxis={"autorange": "reversed", "showgrid": False}
        ),
    }
    rows = [words.cell(n) for n in frame["rows"]]
    return Chart(figure, **twin([words("chart_place"), words("chart_rows")], places, rows))


def reasons(frame: Frame, words: Words) -> Chart:
    """Reasons by whose they are, stacked by whether they could change."""
    whose = [words(f"rows.whose.{w}") for w in frame["whose"]]
    series = {c: words(f"chart_change_{c}") for c in frame if c != "whose"}
    shown = {c: name for c, name in series.items() if any(frame[c])}
    data = [bar(name, whose, frame[c], list(series).index(c)) for c, name in shown.items()]
    figure = {"data": data, "layout": stacked(_named())}
    columns = [[words.cell(n) for n in frame[c]] for c in shown]
    return Chart(figure, **twin([words("rows.whose"), *shown.values()], whose, *columns))


def promises(frame: Frame, words: Words) -> Chart:
    """Promises by fortnight: kept, partly, missed, changed with notice."""
    weeks = [words.date(day) for day in frame["fortnight"]]
    names = {o: words(f"entry.outcome.{o}") for o in OUTCOMES}
    data = [bar(name, weeks, frame[o], code) for code, (o, name) in enumerate(names.items())]
    figure = {"data": data, "layout": stacked(day_axis(weeks))}
    columns = [[words.cell(n) for n in frame[o]] for o in names]
    return Chart(figure, **twin([words("chart_fortnight"), *names.values()], weeks, *columns))


def stacked(axis: dict[str, Any]) -> dict[str, Any]:
    """Return the layout of bars in stacks over an axis."""
    # Tall enough for a legend of four lines above it on a phone.
    whole = {"rangemode": "tozero", "tickformat": "d", "nticks": 3}
    whole["autorangeoptions"] = {"include": 2}  # or bars of one would stand on an axis of halves, told as 0, 1, 1
    shared = {"showlegend": True, "legend": legend(), "margin": {"t": 40}}
    return layout(300, barmode="stack", yaxis=whole, xaxis=axis, **shared)


def two_ways(frame: Frame, words: Words) -> Chart:
    """Two bars a month, the old way and the new, under the person's own words for the pattern."""
    months = [words.date(day) for day in frame["day"]]
    names = {way: words(f"chart_{way}") for way in ("old", "new")}
    data = [bar(name, months, frame[way], code) for code, (way, name) in enumerate(names.items())]
    patterns = [str(pattern) for pattern in frame["pattern"]]
    title = wrapped(short(patterns[0]), 34)
    above = 44 + 20 * (title.count("<br>") + 1)
    called = {"text": title, "showarrow": False, "align": "left", "x": 0, "xref": "paper", "xanchor": "left"}
    called |= {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 36}
    shown = stacked(day_axis(months)) | {"barmode": "group", "height": 180 + above, "annotations": [called]}
    shown["margin"] = {**shown["margin"], "t": above}
    head = [words("chart_day"), *names.values(), words("chart_pattern")]
    columns = [[words.cell(n) for n in frame[way]] for way in names]
    return Chart({"data": data, "layout": shown}, **twin(head, months, *columns, patterns))


def _named() -> dict[str, Any]:
    return {"type": "category", "tickangle": 0}


def trust_bars(frame: Frame, words: Words) -> Chart:
    """Three pairs of bars, then and now, in the person's own view."""
    kinds = [words(f"self.{kind}") for kind in frame["kind"]]
    sides = ("then", "now")
    data = []
    for code, side in enumerate(sides):
        shown = [words.cell(v) if v is not None else "" for v in frame[side]]
        data.append(
            bar(words(f"self.{side}"), kinds, frame[side], code, text=shown, textposition="outside", cliponaxis=False)
        )
    figure = {
        "data": data,
        "layout": layout(
            240,
            barmode="group",
            showlegend=True,
            legend=legend(),
            margin={"t": 40},
            yaxis=ten(range=[0, 11.5]),
            xaxis=_named(),
        ),
    }
    columns = [[words.cell(v) for v in frame[side]] for side in sides]
    return Chart(figure, **twin([words("chart_kind"), *(words(f"self.{s}") for s in sides)], kinds, *columns))
