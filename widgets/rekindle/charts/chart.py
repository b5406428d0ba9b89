"""One chart with its text twin, both made from the same frame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rekindle.charts.look import CONFIG, MIME
from rekindle.errors import ContentError

Cell = str | int | float | None
Frame = Mapping[str, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A plotly figure as a plain dict (`data`, `layout`), or None where a table says it all; and the same as a table.

    In the figure a person's words are made safe for plotly. `twin_head` and `twin_rows` hold plain text: whoever
    shows them escapes it.
    """

    figure: dict[str, Any] | None = field(repr=False)
    twin_head: list[str] = field(repr=False)
    twin_rows: list[list[str]] = field(repr=False)

    @property
    def bundle(self) -> dict[str, Any]:
        """The MIME bundle to put into `Output.outputs`; empty where there is no figure."""
        return {} if self.figure is None else {MIME: {**self.figure, "config": dict(CONFIG)}}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page (`insights.words_of`) and how a date is written."""

    labels: Mapping[str, str]
    day: Callable[[dt.date], str]

    def __call__(self, key: str) -> str:
        """Return the words at a key; raises ContentError."""
        try:
            return self.labels[key]
        except KeyError as missing:
            raise ContentError(key=key) from missing

    def date(self, iso: Cell) -> str:
        """Return an ISO date as it is written, or the word for a gap."""
        return self.day(dt.date.fromisoformat(iso)) if isinstance(iso, str) else self("chart_gap")

    def cell(self, value: Cell) -> str:
        """Return a value as text; a gap has a word of its own, a 0 is a 0."""
        return self("chart_gap") if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def twin(head: Sequence[str], *columns: Sequence[str]) -> dict[str, Any]:
    """Return the twin's two parts, for a chart: columns of equal length become rows."""
    return {"twin_head": list(head), "twin_rows": [list(row) for row in zip(*columns, strict=True)]}
