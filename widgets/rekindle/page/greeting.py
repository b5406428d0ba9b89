"""The greeting: the hour, a kind line for somebody who comes back, and where they left off. Never a count of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.contact import openness
from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.page.book import Book
from rekindle.page.frame import Frame
from rekindle.page.time_off import time_off
from rekindle.records import Entry, Moment

FIRST = "screen-check"
MOOD, GATE = "mood-check-in", "consent-gate"
A_WEEK, A_MONTH = 7, 28
HARD_UP_TO, GOOD_FROM = 2, 8
LOOKS_BACK = 200
"""How many of the newest log entries are asked when the person was here last."""


class Greeting:
    """What the first page says before anything else. With words hidden it gives nothing away."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._say, self._book, self._frame = words.say, book, frame
        self._known = {exercise.id for exercise in words.exercises}

    def blocks(self, *, hidden: bool) -> list[Block]:
        """Return the greeting as it is now."""
        blocks: list[Block] = [element("p", self._say(f"dashboard.{_hour(self._book.now())}"), cls="rk-greet")]
        page, line = self.left_off(), self._welcome(hidden=hidden)
        if not page and not line:
            link = element(
                "a", self._say("interface.buttons.begin"), href=self._href(FIRST), cls="rk-btn rk-btn--begin"
            )
            return [*blocks, element("p", self._say("dashboard.first_visit"), cls="rk-say"), element("p", "", link)]
        blocks += line
        if page:
            title, href = self._frame.address(page)
            link = element("a", self._say("dashboard.left_off.open"), href=href)
            told = self._say("dashboard.left_off.page", title=title)
            blocks.append(element("p", "", f"{told} ", link, cls="rk-small" if line else "rk-say"))
        return blocks

    def left_off(self) -> str:
        """Return the page of the newest answer, of the pages that are open now; "" for none."""
        now = self._book.standing()
        told = [(a.moment.utc, a.exercise) for a in self._book.answered if a.moment and a.exercise in self._known]
        return next((page for _, page in sorted(told, reverse=True) if openness(page, now).open), "")

    def _welcome(self, *, hidden: bool) -> list[Block]:
        entries = self._book.newest(LOOKS_BACK)
        here = [m for m in [*(a.moment for a in self._book.answered), *(e.moment for e in entries)] if m]
        if not here:
            return []
        last = max(here, key=lambda moment: moment.utc).local_date
        key = _line((self._book.now().local_date - last).days, _mood(entries, last))
        if not key:
            return []
        pause = time_off(self._book)
        if key != "after_a_month" and pause is not None and pause.start <= last <= pause.end:
            key = "after_a_chosen_pause"
        if hidden:
            key = "after_a_day"
        page = {"after_a_month": GATE, "after_a_hard_day": "support-card"}.get(key)
        title, href = self._frame.address(page) if page else ("", "")
        link = [element("p", "", element("a", title, href=href))] if page else []
        return [element("p", self._say(f"greetings.{key}"), cls="rk-say"), *link]

    def _href(self, page: str) -> str:
        return self._frame.address(page)[1]


def _hour(now: Moment) -> str:
    hour = now.local.hour
    return "night" if hour < 5 or hour >= 23 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _line(days: int, mood: int | None) -> str:
    """Return the key of the line after so many days away; "" for somebody who was here today."""
    if days <= 0:
        return ""
    if days >= A_WEEK:
        return "after_a_month" if days >= A_MONTH else "after_a_week"
    if mood is None or HARD_UP_TO < mood < GOOD_FROM:
        return "after_a_day"
    return "after_a_hard_day" if mood <= HARD_UP_TO else "after_a_good_day"


def _mood(entries: Sequence[Entry], day: dt.date) -> int | None:
    """Return the last mood that was marked on a day."""
    marked = [e for e in entries if e.exercise == MOOD and e.happened.local_date == day]
    found = [m for e in marked if isinstance(m := e.values.get("mood"), int) and not isinstance(m, bool)]
    return found[0] if found else None
