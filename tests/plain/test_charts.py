"""Charts: valid figures that plotly accepts, with a text twin of the same frame, and no markup from anybody's words."""

from __future__ import annotations

import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import rekindle
from rekindle.charts import CHARTS, CONFIG, MIME, draw
from rekindle.content import catalog
from rekindle.errors import ContentError
from rekindle.insights import words_of
from rekindle.page.chronicle import labels_of

EXTENSION = Path(rekindle.__file__).parent / "frontend" / "charts_extension"
HOSTILE = "<b>Cook</b> $5$ & <a href='https://evil.example'>eat</a>"
FRAMES: dict[str, tuple[str, dict[str, list[Any]]]] = {
    "miss-places": (
        "what-do-i-miss",
        {"place": ["only_they", "friend", "build", "never_there"], "rows": [1, 2, 0, 1]},
    ),
    "reasons": (
        "why-it-ended",
        {
            "whose": ["mine", "theirs", "between", "outside"],
            "yes": [1, 0, 0, 0],
            "partly": [0, 1, 0, 1],
            "no": [0, 1, 1, 0],
            "unsaid": [0, 0, 0, 2],
        },
    ),
    "promises": (
        "promise-log",
        {
            "fortnight": ["2026-04-06", "2026-04-20", "2026-05-04"],
            "kept": [3, None, 4],
            "partly": [1, None, 0],
            "missed": [0, None, 2],
            "changed": [1, None, 0],
        },
    ),
    "trust-bars": (
        "trust-map",
        {"kind": ["steady", "dependable", "faith"], "then": [3, None, 5], "now": [5, 0, 10]},
    ),
    "mood-week": (
        "mood-check-in",
        {"day": [f"2026-05-{d:02}" for d in range(6, 13)], "mood": [3, None, 5.5, 0, None, 10, 4]},
    ),
    "urges": (
        "urge-log",
        {"day": ["2026-05-06", "2026-05-06", "2026-05-08"], "before": [9, 7, 8], "after": [5, 7, 2]},
    ),
    "first-dots": ("baseline", {"slider": ["satisfied", "happy", "pull"], "first": [3, None, 0]}),
    "pace": (
        "pace-plan",
        {
            "step": ["light-contact", "own-one", "meet"],
            "own": ["", HOSTILE, ""],
            "earliest": ["2026-05-06", "2026-06-01", None],
            "done": [None, None, "2026-06-03"],
            "agreed": ["yes", None, "not-yet"],
            "choice": ["decided", None, "slid"],
        },
    ),
    "facts-guesses": (
        "their-side-too",
        {"words": [HOSTILE, ""], "guess": ["a", "b"], "other_guess": ["", "c"]},
    ),
    "line-days": (
        "online-distance",
        {"day": ["2026-05-01", "2026-05-08", "2026-05-15"], "peeks": [8, None, 3], "missed": [9, 7, 0]},
    ),
    "small-lines": (
        "weekly-check-in",
        {
            "day": ["2026-05-01", "2026-05-08", "2026-05-15"],
            "happy": [3, 0, 5],
            "pull": [8, None, 2],
            "kind_self": [1, 2, 3],
            "note": ["", HOSTILE, ""],
        },
    ),
    "dot-days": (
        "habit-tracker",
        {
            "day": ["2026-05-06", "2026-05-06", "2026-05-08"],
            "row": ["Park loop", HOSTILE, "Park loop"],
            "state": ["yes", "rest", "bit"],
        },
    ),
    "hours": ("urge-log", {"weekday": [0, 4, 6], "hour": [23, 0, 12], "count": [1, 3, 2]}),
    "stack-days": (
        "proof-of-change",
        {"day": ["2026-04-06", "2026-04-20"], "old": [3, None], "mixed": [1, None], "new": [0, None]},
    ),
    "stack-groups": (
        "weekly-goals",
        {"group": ["goals.area.body", "goals.area.play"], "done": [2, 0], "partly": [0, 1], "not-this-week": [1, 0]},
    ),
    "two-ways": (
        "pattern-swap",
        {
            "pattern": [HOSTILE] * 3,
            "day": ["2026-03-01", "2026-04-01", "2026-05-01"],
            "old": [3, None, 0],
            "new": [1, None, 4],
        },
    ),
    "timeline": ("breakup-timeline", {"when": ["May", HOSTILE], "what": [HOSTILE, "he left"]}),
    "compass": ("values-compass", {"area": ["love", "play", "spirit"], "close": [3, None, 0]}),
    "field": ("try-something-new", {"what": [HOSTILE, "chess"], "x": [9, 0], "y": [8, 10]}),
    "slopes": ("closing-report", {"slider": ["happy", "anxious"], "first": [3, 8], "now": [5, 8]}),
    "then-now": ("closing-report", {"row": ["sentence", "wall"], "then": [HOSTILE, "x"], "now": ["", "y"]}),
    "ranges": (
        "story",
        {
            "group": ["trial_moved", "trial_other"],
            "count": [12, 30],
            "lowest": [2, 0],
            "low": [4, 3.5],
            "middle": [5, 4.5],
            "high": [7, 6],
            "highest": [9, 10],
        },
    ),
    "columns": ("decision-check", {"try": [HOSTILE, ""], "wait": ["a", "b"], "let-go": ["", "c"]}),
}


def drawn(name: str) -> Any:
    exercise, frame = FRAMES[name]
    return draw(name, frame, labels_of(catalog()) if exercise == "story" else words_of(catalog().exercise(exercise)))


def plotted(figure: dict[str, Any]) -> list[Any]:
    """Every value that stands in the figure's traces, in order."""
    values: list[Any] = []
    for trace in figure["data"]:
        if trace.get("mode") != "lines":
            axis = "x" if trace.get("orientation") == "h" else "y"
            values += trace[axis]
    return values


def test_each_chart_has_a_case_here() -> None:
    assert set(FRAMES) == set(CHARTS)


@pytest.mark.parametrize("name", FRAMES)
def test_plotly_accepts_the_figure_and_json_carries_it(name: str) -> None:
    chart = drawn(name)
    if chart.figure is None:
        assert chart.bundle == {}
        return
    go.Figure(chart.figure)
    assert json.loads(json.dumps(chart.bundle, allow_nan=False))[MIME]["config"] == CONFIG
    assert CONFIG["staticPlot"] is True


@pytest.mark.parametrize("name", FRAMES)
def test_the_twin_has_a_row_for_each_place_and_a_cell_for_each_head(name: str) -> None:
    chart, frame = drawn(name), FRAMES[name][1]
    assert len(chart.twin_rows) == len(next(iter(frame.values())))
    assert all(len(row) == len(chart.twin_head) for row in chart.twin_rows)
    assert all(isinstance(cell, str) for row in chart.twin_rows for cell in row)


def said(value: Any, gap: str) -> str:
    return gap if value is None else f"{value:g}"


SAME_NUMBERS = ["miss-places", "reasons", "promises", "trust-bars", "mood-week", "urges"]
SAME_NUMBERS += ["line-days", "stack-days", "stack-groups"]


@pytest.mark.parametrize("name", SAME_NUMBERS)
def test_figure_and_twin_tell_the_same_numbers(name: str) -> None:
    chart = drawn(name)
    gap = catalog().exercise(FRAMES[name][0]).says.get("chart_gap", "")
    in_twin = [cell for column in zip(*chart.twin_rows, strict=True) for cell in column][len(chart.twin_rows) :]
    assert [said(v, gap) for v in plotted(chart.figure)] == in_twin


def test_first_dots_and_their_twin_tell_the_same_numbers() -> None:
    chart = drawn("first-dots")
    assert chart.figure["data"][0]["x"] == [3, None, 0]
    assert [row[1] for row in chart.twin_rows] == ["3", "left blank", "0"]


def test_the_pace_and_its_twin_tell_the_same_dates() -> None:
    chart = drawn("pace")
    planned, done = chart.figure["data"]
    assert planned["x"] == ["2026-05-06", "2026-06-01", None]
    assert done["x"] == [None, None, "2026-06-03"]
    assert [row[1:3] for row in chart.twin_rows] == [
        ["2026-05-06", "left blank"],
        ["2026-06-01", "left blank"],
        ["left blank", "2026-06-03"],
    ]


def test_a_step_is_marked_in_words_as_decided_or_slid() -> None:
    chart = drawn("pace")
    ends = [label.split("<br>")[-1] for label in chart.figure["layout"]["yaxis"]["ticktext"]]
    assert (ends[0], ends[2]) == ("(decided)", "(slid)")
    assert [row[4] for row in chart.twin_rows] == ["decided", "left blank", "slid"]


def test_the_compass_is_a_wheel_whose_dots_lie_as_far_out_as_they_were_put() -> None:
    chart = drawn("compass")
    dots = next(trace for trace in chart.figure["data"] if "customdata" in trace)
    assert dots["customdata"] == [3, 0]  # a blank has no dot, a 0 has one, at the hub
    assert [round(math.hypot(x, y), 3) for x, y in zip(dots["x"], dots["y"], strict=True)] == [3, 0]
    assert (dots["x"][0], dots["y"][0]) == (0, 3)  # the first spoke points up
    assert [row[1] for row in chart.twin_rows] == ["3", "left blank", "0"]
    assert not any("fill" in trace for trace in chart.figure["data"])
    whole = draw(
        "compass",
        {"area": ["love", "play", "body"], "close": [3, 4, 5]},
        words_of(catalog().exercise("values-compass")),
    )
    assert whole.figure is not None
    assert [trace["fill"] for trace in whole.figure["data"] if "fill" in trace] == ["toself"]
    assert whole.figure["layout"]["xaxis"]["autorange"] is False


def test_notes_stand_on_the_small_lines_with_a_number_and_in_the_twin_in_full() -> None:
    chart = drawn("small-lines")
    shown = chart.figure["layout"]
    assert [line["x0"] for line in shown["shapes"]] == [1]
    assert any(each["text"] == "1" for each in shown["annotations"])
    plain = drawn_without_notes()
    assert "shapes" not in plain["layout"]
    assert plain["layout"]["height"] < shown["height"]


def drawn_without_notes() -> dict[str, Any]:
    exercise, frame = FRAMES["small-lines"]
    figure = draw("small-lines", {**frame, "note": ["", "", ""]}, words_of(catalog().exercise(exercise))).figure
    assert figure is not None
    return figure


def test_a_gap_stays_a_gap_and_a_nought_a_nought() -> None:
    line = drawn("mood-week").figure["data"][0]
    assert line["y"] == [3, None, 5.5, 0, None, 10, 4]
    assert line["connectgaps"] is False
    assert drawn("promises").figure["data"][0]["y"] == [3, None, 4]


@pytest.mark.parametrize(
    ("name", "axis"),
    [
        ("mood-week", "yaxis"),
        ("urges", "yaxis"),
        ("trust-bars", "yaxis"),
        ("first-dots", "xaxis"),
        ("line-days", "yaxis"),
        ("small-lines", "yaxis"),
        ("small-lines", "yaxis2"),
        ("field", "xaxis"),
        ("field", "yaxis"),
    ],
)
def test_scales_never_stretch_to_the_data(name: str, axis: str) -> None:
    shown = drawn(name).figure["layout"][axis]
    assert shown["autorange"] is False
    assert shown["tickvals"] == [0, 5, 10]
    assert shown["range"][0] <= 0
    assert shown["range"][1] >= 10


@pytest.mark.parametrize("name", ["promises", "reasons", "trust-bars", "stack-days", "stack-groups", "two-ways"])
def test_each_series_of_bars_has_a_pattern_of_its_own(name: str) -> None:
    shapes = [trace["marker"]["pattern"]["shape"] for trace in drawn(name).figure["data"]]
    assert len(shapes) > 1
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("name", ["urges", "pace"])
def test_each_series_of_dots_has_a_mark_of_its_own(name: str) -> None:
    marks = [t["marker"]["symbol"] for t in drawn(name).figure["data"] if t["mode"] == "markers"]
    assert len(marks) == len(set(marks)) == 2


def test_somebodys_words_reach_plotly_as_letters_and_the_twin_as_they_are() -> None:
    chart = drawn("pace")
    figure = json.dumps(chart.figure).replace("<br>", " ")
    assert "<b>" not in figure
    assert "<a" not in figure
    assert "$" not in figure
    assert "&lt;b&gt;Cook&lt;/b&gt; &#36;5&#36; &amp;" in figure
    assert HOSTILE in [row[0] for row in chart.twin_rows]
    assert drawn("facts-guesses").twin_rows[0][0] == HOSTILE


@pytest.mark.parametrize("name", ["dot-days", "timeline", "field", "columns", "small-lines", "two-ways"])
def test_the_newer_charts_carry_words_as_letters(name: str) -> None:
    chart = drawn(name)
    figure = json.dumps(chart.figure).replace("<br>", " ")
    assert "<b>" not in figure
    assert "<a" not in figure
    assert "$" not in figure
    assert HOSTILE in [cell for row in chart.twin_rows for cell in row]


def test_two_ways_stand_side_by_side_and_their_twin_tells_the_same_months() -> None:
    chart = drawn("two-ways")
    assert chart.figure["layout"]["barmode"] == "group"
    assert [(trace["name"], trace["y"]) for trace in chart.figure["data"]] == [
        ("Old", [3, None, 0]),
        ("New", [1, None, 4]),
    ]
    assert [row[1:3] for row in chart.twin_rows] == [["3", "1"], ["none noted", "none noted"], ["0", "4"]]


def test_a_small_panel_needs_three_dots_and_its_twin_none() -> None:
    chart = drawn("small-lines")
    assert [line["name"] for line in chart.figure["data"]] == ["Happy yesterday", "I was kind to myself"]
    assert [row[2] for row in chart.twin_rows] == ["8", "no dot", "2"]


def test_a_word_without_end_leaves_room_for_the_chart() -> None:
    labels = words_of(catalog().exercise("pace-plan"))
    frame = FRAMES["pace"][1] | {"own": ["", "x" * 2000, ""]}
    shown = draw("pace", frame, labels).figure
    assert shown is not None
    lines = shown["layout"]["yaxis"]["ticktext"][1].split("<br>")
    assert [len(line) for line in lines] == [18, 18, 12]
    assert shown["layout"]["height"] < 500


def test_repr_holds_no_words() -> None:
    assert "Cook" not in repr(drawn("pace"))
    assert "Cook" not in repr(drawn("facts-guesses"))


def test_a_missing_word_is_named() -> None:
    with pytest.raises(ContentError):
        draw("mood-week", FRAMES["mood-week"][1], {})


def test_drawing_imports_neither_plotly_nor_pandas() -> None:
    code = (
        "import sys; from rekindle.charts import draw; from rekindle.insights import findings;"
        "sys.exit(bool({'plotly', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- the renderer ----------------------------------------------------------------------------------------------------


def test_plotly_is_the_vendored_one_with_its_licence() -> None:
    vendored = EXTENSION / "static" / "plotly-basic.min.js"
    hint, published = vendored.read_bytes().split(b"\n", 1)
    assert hint == b"//# allFunctionsCalledOnLoad", "browsers that know it read the script beside the page's own work"
    digest = hashlib.sha256(published).hexdigest()
    assert digest == "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"
    assert b"v4.1.1" in published[:200]
    asks = (EXTENSION / "static" / "remoteEntry.js").read_text(encoding="utf-8")
    assert 'PLOTLY = "4.1.1"' in asks, "its address says which one it is, and a browser keeps it for a year"
    assert "MIT License" in (EXTENSION / "static" / "plotly-basic.LICENSE.txt").read_text(encoding="utf-8")


def test_the_extension_says_what_jupyter_asks_of_it() -> None:
    package = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    build = package["jupyterlab"]["_build"]
    assert package["name"] == "rekindle-charts"
    assert (EXTENSION / build["load"]).is_file()
    assert build["mimeExtension"] == "./mimeExtension"


def test_the_renderer_writes_nothing_to_the_console_and_asks_nobody_outside() -> None:
    script = (EXTENSION / "static" / "remoteEntry.js").read_text(encoding="utf-8")
    assert "console." not in script
    assert "http" not in script
    assert "innerHTML" not in script
    assert len(script) < 8000


@pytest.mark.parametrize(("name", "page"), [("line-days", "online-distance"), ("small-lines", "weekly-check-in")])
def test_a_line_has_at_most_four_hundred_points_and_they_are_the_latest(name: str, page: str) -> None:
    days = [f"{2000 + n // 360}-{n // 30 % 12 + 1:02}-{n % 30 % 28 + 1:02}" for n in range(1000)]
    series = "peeks" if name == "line-days" else "happy"
    drawn = draw(name, {"day": days, series: [n % 11 for n in range(1000)]}, words_of(catalog().exercise(page)))
    figure: Any = drawn.bundle[MIME]
    assert {len(trace["y"]) for trace in figure["data"]} == {400}
    assert figure["data"][0]["y"][-1] == 999 % 11
    assert [row[0] for row in drawn.twin_rows] == days[-400:]
