"""Charts as plain dicts in plotly's JSON shape, each with its text twin; pure functions, and no plotly at run time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from rekindle.charts import bars, days, endings, lines, ranges, wheel, words
from rekindle.charts.chart import Chart, Frame, Words
from rekindle.charts.look import CONFIG, MIME

__all__ = ["CHARTS", "CONFIG", "MIME", "Chart", "draw"]

CHARTS: Mapping[str, Callable[[Frame, Words], Chart]] = {
    "miss-places": bars.miss_places,
    "reasons": bars.reasons,
    "promises": bars.promises,
    "trust-bars": bars.trust_bars,
    "mood-week": lines.mood_week,
    "urges": lines.urges,
    "first-dots": lines.first_dots,
    "pace": lines.pace,
    "facts-guesses": lines.facts_guesses,
    "line-days": days.line_days,
    "small-lines": days.small_lines,
    "dot-days": days.dot_days,
    "hours": days.hours,
    "stack-days": days.stack_days,
    "stack-groups": days.stack_groups,
    "two-ways": bars.two_ways,
    "timeline": words.timeline,
    "compass": wheel.compass,
    "field": words.field,
    "columns": words.columns,
    "slopes": endings.slopes,
    "then-now": endings.then_now,
    "ranges": ranges.ranges,
}


def draw(
    name: str, frame: Frame, labels: Mapping[str, str], day: Callable[[dt.date], str] = dt.date.isoformat
) -> Chart:
    """Return the chart of a finding. `labels` is `insights.words_of(exercise)`; `day` writes a date.

    Raises ContentError for a missing word, KeyError for an unknown chart.
    """
    return CHARTS[name](frame, Words(labels, day))
