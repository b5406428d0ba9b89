"""Drafts: looking one over on a click, and letting it sleep for a chosen time. Nothing here keeps or sends a word."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.contact import is_open
from rekindle.contact.seals import LENGTHS, SEAL, asleep_until, is_night, seal, wakes
from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.insights import Finding, fill, words_of
from rekindle.insights.flags import PAGES as FLAGGED
from rekindle.insights.flags import flags
from rekindle.insights.message_check import MESSAGE_PAGES, check
from rekindle.page.book import Book
from rekindle.page.evenings import ASKS, DRANK
from rekindle.page.frame import Frame
from rekindle.page.short_lists import short_lists

SLEEPS = {"send-or-sleep": "first-hello", "say-it-once": "say-it-once"}
"""Pages that can put a draft to sleep, and the page that holds the draft."""


class Drafts:
    """What pages with drafts can do. A checked draft is not kept: only what the lists noticed is shown."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book, self._frame = words, book, frame
        self._checked: dict[str, Sequence[Finding]] = {}

    def blocks(self, exercise: str) -> list[Block]:
        """Return a page's buttons and what they have shown so far."""
        say = self._words.say
        row: list[Block] = []
        if exercise in FLAGGED or (exercise in MESSAGE_PAGES and self._awake(exercise)):
            row.append(element("button", say("interface.buttons.check_message"), cls="rk-btn", act="check"))
        if exercise == "first-hello":
            sent = say("interface.fold.hello_sent")
            row.append(element("button", sent, cls="rk-btn rk-btn--quiet", act="hello-sent"))
        blocks = [element("p", "", *row, cls="rk-row")] if row else []
        return blocks + self._noticed(exercise) + self._beds(exercise)

    def look_over(self, exercise: str) -> None:
        """Look a page's words over and remember what was noticed, until the page is put away."""
        if exercise in FLAGGED:
            self._checked[exercise] = flags(exercise, self._book.answers_of(exercise))
            return
        answers = self._book.answers_of(exercise)
        ticked, draft = answers.get("self_check"), answers.get("draft")
        ticks = [str(tick) for tick in ticked] if isinstance(ticked, list) else []
        may = is_open(exercise, self._book.standing())
        page = MESSAGE_PAGES[exercise]
        now, drank = self._book.now(), self._drank()
        self._checked[exercise] = check(str(draft or ""), page, now, ticked=ticks, is_open=may, drank=drank)

    def put_to_sleep(self, exercise: str, length: str) -> str | Refusal:
        """Seal a page's draft for a time; return why that could not be noted, if so."""
        if exercise not in SLEEPS or length not in LENGTHS:
            return ""
        return self._book.note(SEAL, **seal(SLEEPS[exercise], wakes(self._book.now(), length)))

    def forget(self, exercise: str) -> None:
        """Forget what was noticed."""
        self._checked.pop(exercise, None)

    def _awake(self, page: str) -> bool:
        said = page == "say-it-once" and self._book.standing().said
        return not said and asleep_until(self._book.events, page, self._book.now()) is None

    def _drank(self) -> bool:
        return DRANK in self._book.context(ASKS).ticked

    def _noticed(self, exercise: str) -> list[Block]:
        words = words_of(self._words.exercise(exercise))
        found: list[Block] = []
        for finding in self._checked.get(exercise, ()):
            found.append(element("li", fill(finding, words), cls="rk-words" if finding.own_words else ""))
            if finding.help:
                found += self._frame.help(finding.help)
        told = element("ul", "", *found, cls="rk-checked", set={"role": "status"})
        return [told, short_lists(exercise, self._words)] if found else []

    def _beds(self, exercise: str) -> list[Block]:
        """Return the ways to let a draft sleep; at night and after a drink, until the morning comes first."""
        page = SLEEPS.get(exercise, "")
        draft, _ = self._book.answer(page, "draft") if page else ("", False)
        if not page or not self._awake(page) or not (isinstance(draft, str) and draft.strip()):
            return []
        say = self._words.say
        night = is_night(self._book.now()) or self._drank()
        lengths = ("morning", "day", "three-days") if night else ("day", "morning", "three-days")
        buttons = [
            element("button", say(f"interface.sleep.{length.replace('-', '_')}"), cls="rk-btn", act=f"seal {length}")
            for length in lengths
        ]
        return [element("p", say("interface.sleep.lead")), element("p", "", *buttons, cls="rk-row")]
