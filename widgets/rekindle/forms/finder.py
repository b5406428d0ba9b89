"""The finder: what a person looks for in a log, by words and by time. It is remembered only while they look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from rekindle.content import fields as asked
from rekindle.forms.control import Say
from rekindle.forms.host import Host
from rekindle.frontend.seek import Asked, Seek
from rekindle.records import Leaf, Look

LONGEST = 200
_LAST = {"last-7": 7, "last-30": 30, "last-90": 90}


class Finder:
    """The controls above a log's entries. `look` is what they stand for; `changed` is called when that changes."""

    def __init__(self, exercise: str, field: asked.Log, book: Host, changed: Callable[[], None]) -> None:
        self._exercise, self._book, self._changed = exercise, book, changed
        self._own = frozenset(p.id for p in field.fields if p.type == "short_text" or p.options_from)
        self._shown = {(p.id, option.id): option.text for p in field.fields for option in p.options}
        self.look = Look()
        self.widget = Seek(_labels(book.say, field.ask))
        self.widget.on_seek = self._on_seek

    def reset(self) -> None:
        """Look for nothing any more."""
        if not self.look.finds_all:
            self.look = Look()
            self.widget.reset()

    def show(self, leaf: Leaf) -> None:
        """Say how many entries were found."""
        active = not self.look.finds_all
        text = self._book.say(f"interface.seek.found{_one(leaf)}", found=leaf.found, total=leaf.total) if active else ""
        self.widget.show(text, active=active, any_there=leaf.total > 0)

    def none(self, leaf: Leaf) -> str:
        """Return what is said where nothing was found."""
        return self._book.say(f"interface.seek.none{_one(leaf)}", total=leaf.total)

    def _on_seek(self, wish: Asked) -> None:
        words = wish.get("words", "")[:LONGEST]
        since, until = self._days(wish)
        look = Look(words, since, until, self._own, self._shown)
        self.look = Look() if look.finds_all else look
        self._changed()

    def _days(self, wish: Asked) -> tuple[dt.date | None, dt.date | None]:
        """Return the first and the last day to look at; None where nothing bounds them."""
        span, today = wish.get("span", ""), self._book.today()
        if span in _LAST:
            return today - dt.timedelta(days=_LAST[span] - 1), today
        if span == "month":
            return self._month(wish.get("month", ""))
        if span != "days":
            return None, None
        since, until = _day(wish.get("since", "")), _day(wish.get("until", ""))
        return (until, since) if since and until and since > until else (since, until)

    def _month(self, chosen: str) -> tuple[dt.date | None, dt.date | None]:
        """Return a month's first and last day; where none is chosen yet, offer those that have entries."""
        if not chosen:
            months = [(month, first) for month in self._book.months(self._exercise) if (first := _day(f"{month}-01"))]
            chosen = months[0][0] if months else ""
            self.widget.offer_months([(month, _told(first, self._book.say)) for month, first in months], chosen)
        first = _day(f"{chosen}-01")
        if first is None:
            return None, None
        return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _labels(say: Say, about: str) -> dict[str, object]:
    names = ("find", "find_words", "hint", "when", "month", "since", "until", "all")
    spans = ("all-time", *_LAST, "month", "days")
    labels: dict[str, object] = {name: say(f"interface.seek.{name}") for name in names}
    labels["spans"] = [
        [id_.replace("all-time", "all"), say(f"interface.seek.{id_.replace('-', '_')}")] for id_ in spans
    ]
    return labels | {"about": f"{labels['find']}: {about}"}


def _told(first: dt.date, say: Say) -> str:
    return say("interface.seek.month_year", month=say(f"interface.dates.month_{first.month}"), year=first.year)


def _one(leaf: Leaf) -> str:
    return "_one" if leaf.total == 1 else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
