"""Time off: a pause from the book that the person chose in a weekly review. While it lasts, nothing is suggested."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rekindle.page.book import Book

REVIEW = "weekly-review"
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TimeOff:
    """A chosen pause, from its first day to its last; with no day named, a week."""

    start: dt.date
    end: dt.date


def time_off(book: Book) -> TimeOff | None:
    """Return the pause that the newest weekly review chose, even one that is over; None where it chose none."""
    newest = book.journal.entries(REVIEW, limit=1)
    if not newest or newest[0].values.get("week_off") not in ("week", "until"):
        return None
    start, end = newest[0].happened.local_date, None
    if newest[0].values.get("week_off") == "until":
        try:
            end = dt.date.fromisoformat(str(newest[0].values.get("off_until")))
        except ValueError:
            end = None
    end = end or start + _WEEK
    return TimeOff(start, end) if end >= start else None


def is_off(book: Book) -> bool:
    """Return if today lies in a chosen pause; its last day is the day on which the person is back."""
    pause = time_off(book)
    return pause is not None and pause.start <= book.now().local_date < pause.end
