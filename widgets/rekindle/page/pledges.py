"""Pledges: a clearer way to act, named on its page, becomes a line of the promise log when the person asks for it."""

from __future__ import annotations

import uuid

from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.page.book import Book
from rekindle.page.frame import Frame

FROM = {"doubt-triggers": ("rows", "instead"), "trust-map": ("rows", "proof")}
"""Pages, each with the table and the column whose lines can become promises."""
NOT_MINE = {"whose": "mine"}
"""Where my trust was hurt, the proof is theirs to give: no promise of mine."""
LOG, LINE, DAY = "promise-log", "promise", "promised"


class Pledges:
    """The rows that can become promises. Whom a promise is for, and by when, is left to the person."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book, self._frame = words, book, frame
        self._written = ""

    def forget(self) -> None:
        """Forget that one was written just now."""
        self._written = ""

    def blocks(self, exercise: str) -> list[Block]:
        """Return each line of a page that is no promise yet, with its button, and what was done."""
        says = self._words.exercise(exercise).says
        blocks: list[Block] = []
        for number, line in enumerate(self._lines(exercise)):
            named = {"aria-label": f"{says['pledge']}: {line}"}
            button = element("button", says["pledge"], cls="rk-btn rk-btn--quiet", act=f"pledge {number}", set=named)
            blocks.append(element("div", "", element("span", line, cls="rk-words"), button, cls="rk-row"))
        if self._written == exercise:
            title, link = self._frame.address(LOG)
            said = element("p", "", says["pledged"] + " ", element("a", title, href=link), set={"role": "status"})
            blocks.append(said)
        return blocks

    def write(self, exercise: str, number: str) -> str | Refusal:
        """Put one line of a page into the promise log, promised today; return why that could not be done, if so."""
        lines = self._lines(exercise)
        if not number.isdecimal() or int(number) >= len(lines):
            return ""
        today = self._book.now().local_date.isoformat()
        values = {LINE: lines[int(number)], DAY: today}
        kept = self._book.keep_entry(LOG, uuid.uuid4().hex, values, today)
        self._written = "" if isinstance(kept, Refusal) else exercise
        return kept

    def _lines(self, exercise: str) -> list[str]:
        field, column = FROM[exercise]
        value, _ = self._book.answer(exercise, field)
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        mine = [row for row in rows if not NOT_MINE.items() <= row.items()]
        lines = dict.fromkeys(str(row.get(column) or "").strip() for row in mine)
        lines.pop("", None)
        if not lines:
            return []
        there = self._book.journal.counts.written(LOG, LINE, lines)
        return [line for line in lines if line not in there]
