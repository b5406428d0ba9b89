"""The period: which days a person looks at, as they chose them. Months are offered only when one is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from rekindle.forms.control import Say
from rekindle.frontend.seek import Asked, Seek

ALL_TIME, DAY, MONTH, DAYS = "all", "day", "month", "days"
LAST = {"last-7": 7, "last-30": 30, "last-90": 90}
"""Spans: any time, one day, one month, between two days, and so many days up to today."""

Days = tuple[dt.date | None, dt.date | None]
"""The first and the last day to look at; None where nothing bounds them."""


class Period:
    """Reads the days out of what is asked. `months` are those that hold anything, as "2026-03", newest first."""

    def __init__(
        self, widget: Seek, say: Say, today: Callable[[], dt.date], months: Callable[[], Sequence[str]]
    ) -> None:
        self._widget, self._say, self._today, self._months = widget, say, today, months

    def days(self, wish: Asked) -> Days:
        """Return the first and the last day to look at; two days in the wrong order are turned."""
        span, today = wish.get("span", ""), self._today()
        if span in LAST:
            return today - dt.timedelta(days=LAST[span] - 1), today
        if span == MONTH:
            return self._month(wish.get("month", ""))
        if span == DAY:
            day = _day(wish.get("day", ""))
            return day, day
        if span != DAYS:
            return None, None
        since, until = _day(wish.get("since", "")), _day(wish.get("until", ""))
        return (until, since) if since and until and since > until else (since, until)

    def _month(self, chosen: str) -> Days:
        """Return a month's first and last day; where none is chosen yet, offer those that have anything."""
        if not chosen:
            months = [(month, first) for month in self._months() if (first := _day(f"{month}-01"))]
            chosen = months[0][0] if months else ""
            self._widget.offer_months([(month, _told(first, self._say)) for month, first in months], chosen)
        first = _day(f"{chosen}-01")
        if first is None:
            return None, None
        return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def labels_of(spans: Sequence[str], say: Say) -> dict[str, object]:
    """Return the words of the controls with which a period is chosen, and of the spans that they offer."""
    words = {ALL_TIME: "all_time", DAY: "one_day"}
    labels: dict[str, object] = {
        name: say(f"interface.seek.{name}") for name in ("when", "day", "month", "since", "until")
    }
    return labels | {"spans": [[id_, say(f"interface.seek.{words.get(id_, id_.replace('-', '_'))}")] for id_ in spans]}


def _told(first: dt.date, say: Say) -> str:
    return say("interface.seek.month_year", month=say(f"interface.dates.month_{first.month}"), year=first.year)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
