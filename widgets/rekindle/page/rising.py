"""Rising: the page whose time has come, at the top of the first page. One line, one link, and no hurry in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from rekindle.contact import State, is_open
from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.insights.care import heavy
from rekindle.insights.resting import held
from rekindle.insights.steps import FOUR_WEEKS
from rekindle.page.book import Book
from rekindle.page.frame import Frame
from rekindle.page.gates import GATES
from rekindle.page.time_off import is_off
from rekindle.page.way import REACHING

OFFERED = "offered-again"
_THREE_DAYS = dt.timedelta(days=3)


class Rising:
    """Looks at what the journal holds and says what comes to the top: help first, then at most one more `page`."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book, self._frame, self._say = words, book, frame, words.say
        self.page = ""

    def blocks(self, help_blocks: Callable[[str], list[Block]]) -> list[Block]:
        """Return what rises now; nothing on most days. A chosen pause lets only help through."""
        blocks, self.page = self._help(help_blocks), ""
        if not is_off(self._book):
            self.page = next((page for page, is_due in self._due() if is_due()), "")
            blocks += self._page(self.page) if self.page else []
        return [element("h2", self._say("dashboard.rising.title"), cls="rk-sec"), *blocks] if blocks else []

    # Help

    def _help(self, help_blocks: Callable[[str], list[Block]]) -> list[Block]:
        journal, today = self._book.journal, self._book.now().local_date
        check_ins = [*journal.entries("weekly-check-in", limit=2), *journal.entries("baseline", limit=1)]
        found = heavy(check_ins, journal.entries("mood-check-in", since=today - _THREE_DAYS), today)
        if not found:
            return []
        links = [self._link(page) for page in ("get-help", "support-card")]
        line = element("p", self._say(f"dashboard.rising.{found}"), cls="rk-say")
        return [line, element("ul", "", *links, cls="rk-next"), *help_blocks("talk")]

    # Pages

    def _due(self) -> Sequence[tuple[str, Callable[[], bool]]]:
        return (
            ("screen-check", self._seen_was_skipped),
            *((gate, self._skipped(gate)) for gate in GATES),
            ("let-go-path", self._look_back),
            ("decision-check", self._four_weeks),
            ("woop-goal", self._goal),
        )

    def _page(self, page: str) -> list[Block]:
        key = "gate" if page in GATES else page.replace("-", "_")
        line = element("p", self._say(f"dashboard.rising.{key}"), cls="rk-say")
        return [line, element("ul", "", self._link(page), cls="rk-next")]

    def _link(self, page: str) -> Block:
        title, href = self._frame.address(page)
        return element("li", "", element("a", title, href=href))

    def _today(self) -> dt.date:
        return self._book.now().local_date

    def _given(self, exercise: str, field: str) -> dt.date | None:
        return next(
            (
                a.moment.local_date
                for a in self._book.answered
                if (a.exercise, a.field) == (exercise, field) and a.moment
            ),
            None,
        )

    def _four_weeks(self) -> bool:
        """Four weeks after the last choice, unless they let go, or look at it again and put it away."""
        chosen = self._given("decision-check", "choose")
        away = self._book.event("done", "decision-check")
        last = max((day for day in (chosen, away.moment.local_date if away else None) if day), default=None)
        now = self._book.standing()
        return bool(chosen and last and self._today() - last >= FOUR_WEEKS and not now.letting_go)

    def _look_back(self) -> bool:
        """On the day that they chose to look back, until the page is put away."""
        value, _ = self._book.answer("let-go-path", "date")
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            return False
        away = self._book.event("done", "let-go-path")
        return day <= self._today() and not (away and away.moment.local_date >= day)

    def _goal(self) -> bool:
        """When a goal's four weeks are over and nothing is said about it yet."""
        answers = self._book.answers_of("woop-goal")
        asks = "outcome" not in held("woop-goal", answers, self._book.context("woop-goal"))
        return asks and not answers.get("outcome") and not answers.get("learned")

    def _seen_was_skipped(self) -> bool:
        """Once more after the first sitting, where it was not said who may see the screen."""
        if self._book.answer("screen-check", "seen")[0] not in (None, "", "skip"):
            return False
        first = min((a.moment.local_date for a in self._book.answered if a.moment), default=self._today())
        return first < self._today() and self._once("screen-check")

    def _skipped(self, gate: str) -> Callable[[], bool]:
        """Once more before Step 3, where a gate was passed by; nothing is assumed either way."""

        def is_due() -> bool:
            now = self._book.standing()
            answered = any(
                e.kind == "paused" or (e.kind, e.detail.get("gate")) == ("gate-clear", gate) for e in self._book.events
            )
            if (
                answered
                or State.PAUSED in now.also
                or not any(is_open(page, now) for page in (REACHING[0], "say-it-once"))
            ):
                return False
            return self._once(gate)

        return is_due

    def _once(self, page: str) -> bool:
        """If a page was not offered again on an earlier day; notes that it is today."""
        days = [
            e.moment.local_date for e in self._book.events if e.kind == OFFERED and e.detail.get("exercise") == page
        ]
        if not days:
            self._book.note(OFFERED, exercise=page)
        return not days or max(days) == self._today()
