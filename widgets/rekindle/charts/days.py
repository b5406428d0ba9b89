"""Charts over days: lines from 0 to 10, dots in rows, and bars in stacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rekindle.charts.bars import bar, stacked
from rekindle.charts.chart import Cell, Chart, Frame, Words, twin
from rekindle.charts.look import day_axis, layout, legend, safe, ten, wrapped
from rekindle.charts.marks import dots

SMALLEST_LINE = 3
"""A line of fewer dots than this is not drawn."""

MOST_POINTS = 400
"""A line shows so many of its latest points; more could not be told apart, and each of them costs time."""

_PANEL, _PANEL_DOT = 78, 5
_SIZES = ((20, 11), (60, 7), (10**6, 4))
"""How large a dot is where a line has so many places."""

_NOTES_SHOWN, _NOTE_LETTERS, _NOTE_LINE = 6, 34, 22
"""How many notes a chart names, how much of each, and the room that one takes; the twin holds every word."""


def _series(frame: Frame) -> list[str]:
    """Return the columns that hold numbers: all but the day and a note."""
    return [name for name in frame if name not in ("day", "group", "note")]


def latest(frame: Frame) -> Frame:
    """Return the latest rows of a frame, as many as a line shows."""
    return {name: column[-MOST_POINTS:] for name, column in frame.items()}


def _name(series: str, words: Words) -> str:
    return words(f"chart_{series.replace('-', '_')}")


def line_days(frame: Frame, words: Words) -> Chart:
    """One or two lines from 0 to 10 over days; a gap stays a gap."""
    frame = latest(frame)
    days = [words.date(day) for day in frame["day"]]
    places = list(range(len(days)))
    names = {series: _name(series, words) for series in _series(frame)}
    data = [_line(code, places, frame[series], name=safe(name)) for code, (series, name) in enumerate(names.items())]
    axis = day_axis(days, places) | {"range": [-0.4, len(days) - 0.6]}
    more: dict[str, Any] = {} if len(names) == 1 else {"showlegend": True, "legend": legend(), "margin": {"t": 40}}
    figure = {"data": data, "layout": layout(210 + 40 * (len(names) > 1), yaxis=ten(), xaxis=axis, **more)}
    columns = [[words.cell(value) for value in frame[series]] for series in names]
    return Chart(figure, **twin([words("chart_day"), *names.values()], days, *columns))


def _line(code: int, places: Sequence[int], values: Sequence[Cell], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plotly's own shapes
    line = dots(code, x=list(places), y=list(values), mode="lines+markers", connectgaps=False, **more)
    line["marker"] |= {"size": next(size for most, size in _SIZES if len(places) <= most)}
    line["line"] = {"color": line["marker"]["color"], "width": 2, "shape": "linear", "dash": ("solid", "dot")[code % 2]}
    return line


def small_lines(frame: Frame, words: Words) -> Chart:
    """One small panel for each slider that has a line, with a numbered mark where a note stands; the twin holds all."""
    frame = latest(frame)
    days = [words.date(day) for day in frame["day"]]
    sliders = _series(frame)
    drawn = [s for s in sliders if sum(v is not None for v in frame[s]) >= SMALLEST_LINE]
    places = list(range(len(days)))
    shown = layout(_PANEL * len(drawn) + 60, xaxis=day_axis(days, places), margin={"t": 34})
    data = []
    shown["annotations"] = []
    for at, slider in enumerate(drawn):
        key = "" if at == 0 else str(at + 1)
        top = 1 - at / len(drawn)
        domain = [top - 0.62 / len(drawn), top - 0.12 / len(drawn)]
        shown[f"yaxis{key}"] = {**shown["yaxis"], **ten(), "domain": domain, "anchor": "x"}
        title = {"text": safe(_name(slider, words)), "showarrow": False, "x": 0, "xanchor": "left"}
        shown["annotations"].append(title | {"xref": "paper", "yref": "paper", "y": domain[1], "yanchor": "bottom"})
        line = _line(0, places, frame[slider], name=safe(_name(slider, words)), yaxis=f"y{key}")
        line["marker"]["size"] = min(line["marker"]["size"], _PANEL_DOT)
        data.append(line)
    # Days are named below the last panel, where nothing stands in their way.
    shown["xaxis"]["anchor"] = f"y{len(drawn)}" if len(drawn) > 1 else "y"
    columns = [[words.cell(v) for v in frame[s]] for s in sliders]
    head = [words("chart_day"), *(_name(s, words) for s in sliders)]
    if "note" in frame:
        notes = [str(note or "") for note in frame["note"]]
        _mark_notes(shown, notes)
        columns.append(notes)
        head.append(words("chart_note"))
    return Chart({"data": data, "layout": shown}, **twin(head, days, *columns))


def _mark_notes(shown: dict[str, Any], notes: Sequence[str]) -> None:
    """Put a thin line and a number through all panels where a note stands, and the notes below; the newest few."""
    noted = [(at, note) for at, note in enumerate(notes) if note][-_NOTES_SHOWN:]
    if not noted:
        return
    inside = shown["height"] - 34 - 34
    below = _NOTE_LINE * len(noted) + 16
    shown["height"] += below
    shown["margin"] = {**shown["margin"], "b": 34 + below}
    shown["shapes"] = []
    foot = min(axis["domain"][0] for name, axis in shown.items() if name.startswith("yaxis"))
    line = {"color": "rgba(132,127,118,.6)", "width": 1, "dash": "dot"}
    for number, (at, note) in enumerate(noted, 1):
        shown["shapes"].append({"type": "line", "x0": at, "x1": at, "y0": foot, "y1": 1, "yref": "paper", "line": line})
        mark = {"text": str(number), "showarrow": False, "x": at, "xref": "x", "y": 1, "yref": "paper", "yshift": 9}
        place = {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": -(46 + _NOTE_LINE * (number - 1)) / inside,
            "yref": "paper",
        }
        told = safe(f"{number}  {note if len(note) <= _NOTE_LETTERS else note[: _NOTE_LETTERS - 1] + '…'}")
        shown["annotations"] += [
            mark | {"yanchor": "bottom"},
            {"text": told, "showarrow": False, **place, "yanchor": "top"},
        ]


def dot_days(frame: Frame, words: Words) -> Chart:
    """A calm dot for each day that has one, in a row for each thing; the mark says what was noted."""
    rows = [words.labels.get(f"chart_row_{row}", str(row)) for row in frame["row"]]
    named = list(dict.fromkeys(rows))
    states = list(dict.fromkeys(str(state) for state in frame["state"]))
    names = {state: words(f"chart_state_{state.replace('-', '_')}") for state in states}
    data = []
    for code, state in enumerate(states):
        picked = [at for at, each in enumerate(frame["state"]) if each == state]
        at_days, at_rows = [frame["day"][at] for at in picked], [named.index(rows[at]) for at in picked]
        data.append(dots(code, x=at_days, y=at_rows, name=names[state]))
    ends = sorted({str(day) for day in frame["day"]})
    ends = ends[:1] + ends[1:][-1:]
    labels = [wrapped(name if len(name) <= 36 else f"{name[:35]}…", 14) for name in named]
    side = {"tickmode": "array", "tickvals": list(range(len(named))), "ticktext": labels}
    side |= {"range": [len(named) - 0.5, -0.5]}
    axis = {"type": "date"} | day_axis([words.date(day) for day in ends], ends)
    shared = {"showlegend": True, "legend": legend(), "margin": {"t": 60, "r": 40, "b": 52}}
    figure = {"data": data, "layout": layout(46 * len(named) + 170, xaxis=axis, yaxis=side, **shared)}
    days = [words.date(day) for day in frame["day"]]
    head = [words("chart_day"), words("chart_row"), words("chart_state")]
    return Chart(figure, **twin(head, days, rows, [names[str(state)] for state in frame["state"]]))


def hours(frame: Frame, words: Words) -> Chart:
    """A week of hours: a dot where something came, larger where it came more than once."""
    names = [words(f"weekday_{day}") for day in range(7)]
    marks = dots(0, x=list(frame["hour"]), y=list(frame["weekday"]))
    marks["marker"] |= {"size": [9 + 3 * min(int(count or 0), 6) for count in frame["count"]], "opacity": 0.8}
    side = {"tickmode": "array", "tickvals": list(range(7)), "ticktext": names, "range": [6.6, -0.6], "showgrid": True}
    across = {"range": [-0.8, 23.8], "tickmode": "array", "tickvals": [0, 6, 12, 18], "showgrid": True}
    across["ticktext"] = [f"{hour:02}:00" for hour in (0, 6, 12, 18)]
    figure = {"data": [marks], "layout": layout(300, xaxis=across, yaxis=side)}
    days = [names[int(day or 0)] for day in frame["weekday"]]
    clock = [f"{hour:02}:00" for hour in frame["hour"]]
    head = [words("chart_weekday"), words("chart_hour"), words("chart_count")]
    return Chart(figure, **twin(head, days, clock, [words.cell(count) for count in frame["count"]]))


def stack_days(frame: Frame, words: Words) -> Chart:
    """Counts in stacks over days, such as two weeks or a month each."""
    days = [words.date(day) for day in frame["day"]]
    names = {series: _name(series, words) for series in _series(frame)}
    data = [bar(name, days, frame[series], code) for code, (series, name) in enumerate(names.items())]
    columns = [[words.cell(n) for n in frame[series]] for series in names]
    figure = {"data": data, "layout": stacked(day_axis(days))}
    return Chart(figure, **twin([words("chart_day"), *names.values()], days, *columns))


def stack_groups(frame: Frame, words: Words) -> Chart:
    """Counts in stacks, one for each group; `group` holds keys of the exercise's words."""
    groups = [words(str(key)) for key in frame["group"]]
    names = {series: _name(series, words) for series in _series(frame)}
    at = [wrapped(group, 12) for group in groups]
    data = [bar(name, at, frame[series], code) for code, (series, name) in enumerate(names.items())]
    columns = [[words.cell(n) for n in frame[series]] for series in names]
    figure = {"data": data, "layout": stacked({"type": "category", "tickangle": 0})}
    return Chart(figure, **twin([words("chart_area"), *names.values()], groups, *columns))
