"""Charts made of lines and dots, and the one that is only a table."""

from __future__ import annotations

from typing import Any

from rekindle.charts.chart import Chart, Frame, Words, twin
from rekindle.charts.look import COLOURS, day_axis, layout, legend, ten, wrapped
from rekindle.charts.marks import dots


def mood_week(frame: Frame, words: Words) -> Chart:
    """Seven days, a dot for each that has one; a gap stays a gap."""
    days = [words.date(day) for day in frame["day"]]
    line = dots(0, x=days, y=list(frame["mood"]), mode="lines+markers", connectgaps=False, name=words("chart_mood"))
    line["line"] = {"color": COLOURS[0], "width": 2, "shape": "linear"}
    axis = day_axis(days) | {"range": [-0.4, 6.4]}
    figure = {"data": [line], "layout": layout(200, yaxis=ten(), xaxis=axis)}
    moods = [words.cell(m) for m in frame["mood"]]
    return Chart(figure, **twin([words("chart_day"), words("chart_mood")], days, moods))


def urges(frame: Frame, words: Words) -> Chart:
    """Each urge at the start and after, the newest last."""
    days = [words.date(day) for day in frame["day"]]
    # Several urges on one day each keep a place of their own, so the axis counts entries and is labelled with days.
    places = list(range(len(days)))
    ends = {"before": words("chart_before"), "after": words("chart_after")}
    stems: dict[str, Any] = {"type": "scatter", "mode": "lines", "showlegend": False, "connectgaps": False}
    stems |= {"line": {"color": COLOURS[5], "width": 1.5}, "x": [], "y": []}
    for place, before, after in zip(places, frame["before"], frame["after"], strict=True):
        stems["x"] += [place, place, None]
        stems["y"] += [before, after, None]
    ends_dots = [dots(code, x=places, y=list(frame[end]), name=ends[end]) for code, end in enumerate(ends)]
    ends_dots[1]["marker"] |= {"size": 17}  # a ring around the first dot where nothing changed
    axis = day_axis(days, places) | {"range": [-0.6, len(days) - 0.4]}
    shared = {"showlegend": True, "legend": legend(), "margin": {"t": 40}}
    figure = {"data": [stems, *ends_dots], "layout": layout(250, yaxis=ten(), xaxis=axis, **shared)}
    columns = [[words.cell(v) for v in frame[end]] for end in ends]
    return Chart(figure, **twin([words("chart_day"), *ends.values()], days, *columns))


def first_dots(frame: Frame, words: Words) -> Chart:
    """One line per slider with its first dot; blanks have none."""
    names = [words(f"chart_{slider}") for slider in frame["slider"]]
    first = dots(0, x=list(frame["first"]), y=[wrapped(name, 26) for name in names], name=words("chart_first"))
    side = {"autorange": "reversed", "type": "category", "showgrid": True}
    figure = {"data": [first], "layout": layout(46 * len(names) + 40, xaxis=ten(), yaxis=side)}
    values = [words.cell(v) for v in frame["first"]]
    return Chart(figure, **twin([words("chart_slider"), words("chart_first")], names, values))


def pace(frame: Frame, words: Words) -> Chart:
    """The steps on a time line: open dots are planned, filled ones are done, and the room between is the wait."""
    names = [str(own) or words(f"rows.{step}") for step, own in zip(frame["step"], frame["own"], strict=True)]
    choices = [words(f"chart_{choice}") if choice else "" for choice in frame["choice"]]
    # A place per step, so that two steps with the same words stay two.
    places = list(range(len(names)))
    planned = dots(1, x=list(frame["earliest"]), y=places, name=words("rows.earliest"))
    done = dots(0, x=list(frame["done"]), y=places, name=words("rows.done"))
    # Three lines at most beside the chart; the twin holds every word.
    labels = [wrapped(name if len(name) <= 48 else f"{name[:47]}…", 18) for name in names]
    labels = [f"{label}<br>({choice})" if choice else label for label, choice in zip(labels, choices, strict=True)]
    tallest = max((label.count("<br>") + 1 for label in labels), default=1)
    side = {"tickmode": "array", "tickvals": places, "ticktext": labels, "showgrid": True}
    side |= {"range": [len(names) - 0.5, -0.5]}
    shared = {"showlegend": True, "legend": legend(), "margin": {"t": 40, "r": 40, "b": 64}}
    dated = sorted({str(d) for when in ("earliest", "done") for d in frame[when] if d})
    ends = dated[:1] + dated[1:][-1:]
    axis = {"type": "date"} | day_axis([words.date(d) for d in ends], ends)
    shown = layout((20 + 20 * tallest) * len(names) + 130, xaxis=axis, yaxis=side, **shared)
    figure = {"data": [planned, done], "layout": shown}
    agreed = [words(f"rows.agreed.{a}") if a else words("chart_gap") for a in frame["agreed"]]
    dates = [[words.date(day) for day in frame[when]] for when in ("earliest", "done")]
    head = [
        words("chart_step"),
        words("rows.earliest"),
        words("rows.done"),
        words("rows.agreed"),
        words("chart_choice"),
    ]
    return Chart(figure, **twin(head, names, *dates, agreed, [choice or words("chart_gap") for choice in choices]))


def facts_guesses(frame: Frame, words: Words) -> Chart:
    """What they said beside what is guessed: a table, with no figure."""
    columns = ("words", "guess", "other_guess")
    cells = [[str(cell) for cell in frame[c]] for c in columns]
    return Chart(None, **twin([words(f"said.{c}") for c in columns], *cells))
