"""Telling a value: an answer as a person would read it, ids turned into words. Nothing is escaped here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from rekindle.content import fields as asked
from rekindle.records import Json


class Say(Protocol):
    """Looks up a sentence by its key and fills in plain facts."""

    def __call__(self, key: str, **facts: str | int | float) -> str:
        """Return the sentence."""


def told_value(field: asked.Field | asked.LogField, value: Json, say: Say) -> str:
    """Return an answer in words: a person's own text as it is, ids as their options' texts, a skip as "Skipped"."""
    if value is None:
        return say("interface.fields.skipped_word")
    if isinstance(field, asked.Table):
        return "\n".join(_row(field, row) for row in value) if isinstance(value, list) else ""
    if isinstance(field, asked.IfThen):
        return "\n".join(_plan(row, say) for row in value) if isinstance(value, list) else ""
    options = getattr(field, "options", ())
    if isinstance(value, list):
        return ", ".join(_option(options, one) for one in value)
    if isinstance(value, str) and field.type in ("date", "day", "when"):
        return told_time(value, say)
    return _option(options, value)


def told_time(value: str, say: Say) -> str:
    """Return "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" as people write it; what cannot be read stays as it is."""
    try:
        at = dt.datetime.fromisoformat(value)
    except ValueError:
        return value
    day = told_day(at.date(), say)
    return f"{day}, {at:%H:%M}" if "T" in value else day


def told_day(day: dt.date, say: Say) -> str:
    """Return a date in words, without its weekday: "2 March 2026"."""
    return say("interface.dates.day", day=day.day, month=say(f"interface.dates.month_{day.month}"), year=day.year)


def told_short(day: dt.date, today: dt.date, say: Say) -> str:
    """Return a date in short, as it stands on a chart: "2 Mar", with its year if that is not this one."""
    key = "short" if day.year == today.year else "short_year"
    return say(f"interface.dates.{key}", day=day.day, month=say(f"interface.dates.brief_{day.month}"), year=day.year)


def _option(options: Sequence[asked.Option], value: Json) -> str:
    return next((option.text for option in options if option.id == value), "" if value is None else str(value))


def _row(field: asked.Table, row: Json) -> str:
    if not isinstance(row, dict):
        return ""
    cells = [_option(field.rows, row["row"])] if "row" in row else []
    given = [(column, row[column.id]) for column in field.columns if row.get(column.id) not in (None, "", False)]
    cells += [column.label if value is True else _option(column.options, value) for column, value in given]
    return " · ".join(cells)


def _plan(row: Json, say: Say) -> str:
    if not isinstance(row, dict):
        return ""
    return say("interface.fields.plan", cue=str(row.get("if", "")), act=str(row.get("then", "")))
