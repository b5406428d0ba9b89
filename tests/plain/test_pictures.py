"""Pictures: each chart as static SVG, from the same figure; it holds every mark, and no markup from anybody's words."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any

import pytest

from rekindle.charts import CHARTS, Chart
from rekindle.charts.picture import picture
from rekindle.charts.picture.axes import axis_of
from rekindle.charts.picture.tags import css_string, tag, told
from tests.hostile import ALL
from tests.plain.test_charts import FRAMES, drawn

SHAPES = {"svg", "g", "line", "path", "circle", "rect", "text", "tspan"}


def parsed(name: str) -> tuple[Chart, ET.Element]:
    chart = drawn(name)
    assert chart.figure
    made = picture(chart.figure).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return chart, ET.fromstring(made)  # noqa: S314 - it is our own, made a line above


def names_in(root: ET.Element) -> Counter[str]:
    return Counter(each.tag.rpartition("}")[2] for each in root.iter())


WITH_FIGURE = [name for name in FRAMES if drawn(name).figure]


def test_each_chart_that_has_a_figure_has_a_picture() -> None:
    assert set(FRAMES) == set(CHARTS)
    assert len(WITH_FIGURE) > 15


@pytest.mark.parametrize("name", WITH_FIGURE)
def test_a_picture_is_made_of_plain_shapes_inside_its_frame(name: str) -> None:
    chart, root = parsed(name)
    assert chart.figure
    assert set(names_in(root)) <= SHAPES
    assert root.get("aria-hidden") == "true"
    assert root.find(".//*[@id]") is None
    _, _, wide, tall = map(float, str(root.get("viewBox")).split())
    for each in root.iter():
        for x, y in (("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2")):
            if (across := each.get(x)) is not None:
                assert -wide / 2 - 1 <= float(across) <= wide + 1, (name, each.tag, across)
                assert -tall / 2 - 1 <= float(str(each.get(y))) <= tall + 1, (name, each.tag)


@pytest.mark.parametrize("name", WITH_FIGURE)
def test_a_picture_holds_every_mark_and_a_gap_stays_a_gap(name: str) -> None:
    chart, root = parsed(name)
    assert chart.figure
    dots = bars = 0
    for trace in chart.figure["data"]:
        if "markers" in trace.get("mode", ""):
            dots += sum(x is not None and y is not None for x, y in zip(trace["x"], trace["y"], strict=True))
        if trace["type"] == "bar":
            bars += sum(bool(value) for value in trace["x" if trace.get("orientation") == "h" else "y"])
    samples = [t for t in chart.figure["data"] if t.get("name") and t.get("showlegend") is not False]
    samples = samples if chart.figure["layout"].get("showlegend") else []
    found = names_in(root)
    assert found["rect"] == bars + sum(t["type"] == "bar" for t in samples)
    assert found["circle"] + found["path"] >= dots


@pytest.mark.parametrize("name", WITH_FIGURE)
def test_every_name_on_an_axis_is_in_the_picture(name: str) -> None:
    chart, root = parsed(name)
    assert chart.figure
    shown = " ".join(" ".join(part.itertext()) for part in root.iter() if part.tag.endswith("}text"))
    for side in ("xaxis", "yaxis"):
        axis: dict[str, Any] = chart.figure["layout"][side]
        for label in axis.get("ticktext", ()) if axis.get("visible", True) else ():
            for line in str(label).split("<br>"):
                assert html.unescape(line) in shown, (name, line)


def test_bars_in_a_stack_stand_on_each_other_and_the_axis_reaches_to_their_top() -> None:
    _, root = parsed("stack-groups")
    boxes = [r for r in root.iter() if r.tag.endswith("}rect")]
    assert all(float(str(box.get("y"))) >= 0 for box in boxes)
    figure = drawn("stack-days").figure
    assert figure
    whole = axis_of(figure["layout"]["yaxis"], [0, 5, 9], from_zero=True)
    assert whole.low == 0
    assert whole.high >= 9
    assert len(whole.ticks) <= 6


def test_an_axis_of_0_to_10_never_stretches_to_the_data() -> None:
    figure = drawn("line-days").figure
    assert figure
    axis = axis_of(figure["layout"]["yaxis"], [4, 5])
    assert (axis.low, axis.high) == (-0.4, 10.4)
    assert [at for at, _ in axis.ticks] == [0, 5, 10]
    assert axis.along(None, 0, 1) is None
    assert axis.along(-0.4, 0, 100) == 0


@pytest.mark.parametrize("payload", ALL)
def test_a_text_in_a_tag_is_that_text_and_nothing_more(payload: str) -> None:
    made = tag("p", told(payload), title=payload)
    assert re.findall(r"<(/?\w+)", made) == ["p", "/p"]
    fit = re.sub(r"[\x00-\x08\x0b-\x1f]", "\ufffd", payload)
    assert html.unescape(made[made.index(">") + 1 : -4]) == fit
    assert not set('"\\<>\n\r{}') & set(re.sub(r"\\[0-9a-f]{6} ", "", css_string(payload))[1:-1])


def test_half_letters_and_control_characters_are_shown_as_unknown() -> None:
    assert told("a\ud800b\0c\x7fd\ne\tf") == "a\ufffdb\ufffdc\ufffdd\ne\tf"
