"""A part on the screen: it is built empty, filled when a browser shows it, and filled again whenever it comes back."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from rekindle import charts
from rekindle.contact import Openness, Standing, openness
from rekindle.content import Catalog, Exercise
from rekindle.errors import RekindleError
from rekindle.forms.card import Card, after_blocks
from rekindle.forms.choices import Pairs
from rekindle.forms.insight import twin_block
from rekindle.forms.stock import VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.front import stylesheet
from rekindle.frontend.presence import Presence
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.insights import Finding, findings, words_of
from rekindle.page.book import Book
from rekindle.page.frame import CONTACT_PARTS, Frame
from rekindle.page.page_words import page_words
from rekindle.records import Answer, Entry, Json
from rekindle.settings import Surface, surface


class Page:
    """One notebook's page: a line to the browser, the journal behind it, and the cards on it."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self.words, self.book, self.frame = words, book, Frame(words)
        self.say = words.say
        self.token = secrets.token_hex(4)
        css = stylesheet() if surface() is Surface.LAB else ""
        self.presence = Presence(self.token, page_words(words), css=css)
        self.presence.on_shown = self._on_shown
        self.presence.on_hidden = self._on_hidden
        self.presence.on_again = self._on_again
        self.presence.on_settled = self._on_settled
        self._state = Words("rk-stateline")
        self.head = style(VBox([self.presence, self._state]), "rk", "rk-head", f"rk-of-{self.token}")
        self.cards: dict[str, Card] = {}
        self._tails: dict[str, Sequence[Block]] = {}
        self._shown = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def exercise(self, exercise_id: str) -> VBox:
        """Return the card of an exercise, shut or folded; raises UnknownExercise. One root per id on a page."""
        exercise = self.words.exercise(exercise_id)
        if (old := self.cards.get(exercise_id)) is not None:
            return old.root
        card = self.cards[exercise_id] = Card(exercise, self.token, self)
        if self._shown:
            self._place(card, self.book.standing())
        return card.root

    # A page's life

    def _on_shown(self, zone: str, dirty: frozenset[str]) -> None:
        self.book.zone = zone
        try:
            self.book.read(dirty)
        except RekindleError as error:
            self._state.tell(element("div", self.book.refusal(error).why, cls="rk-note", set={"role": "alert"}))
            self.presence.say("shown")
            return
        self._shown = True
        self.arrange()
        for card in self.cards.values():
            if card.is_open:
                card.refill(dirty)
                card.refresh()
        self.shown(dirty)
        self.presence.say("shown")

    def shown(self, dirty: frozenset[str]) -> None:
        """Fill what a kind of page has besides its cards."""

    def arrange(self) -> None:
        """Show the contact state, and fold or unfold each card by it."""
        now = self.book.standing()
        self._state.tell(*self.frame.state(now))
        for card in self.cards.values():
            self._place(card, now)
        self._tell_frame(now)

    def _place(self, card: Card, now: Standing) -> None:
        verdict = openness(card.exercise.id, now)
        if not verdict.open:
            card.fold(self.say("interface.card.folded"), *self._fold_blocks(verdict, now))
        elif not card.is_open:
            card.shut(self.meta(card.exercise), *self._tails.get(card.exercise.id, ()))

    def _fold_blocks(self, verdict: Openness, now: Standing) -> list[Block]:
        return self.frame.fold(verdict, now)

    def _tell_frame(self, now: Standing) -> None:
        folded = [p.id for p in self.words.parts if p.id in CONTACT_PARTS and not any(openness(e.id, now).open and e.id not in _ALWAYS_SHOWN for e in p.exercises)]
        states = {id_: self.meta(card.exercise) if openness(id_, now).open else self.say("interface.card.folded") for id_, card in self.cards.items()}
        self.presence.say("frame", folded=folded, word=self.say("interface.frame.folded"), states=states)

    def meta(self, exercise: Exercise) -> str:
        """Return an exercise's state in words: its minutes, started, or done for now with the date."""
        done, blank = self.book.event("done", exercise.id), self.book.event("left-blank", exercise.id)
        last = max((e for e in (done, blank) if e), key=lambda e: e.moment.utc, default=None)
        if last is not None:
            key = "done" if last.kind == "done" else "left_blank"
            return self.say(f"interface.card.{key}", date=told_day(last.moment.local_date, self.say))
        if self.book.answers_of(exercise.id):
            return self.say("interface.card.started")
        key = "half_minute" if exercise.minutes < 1 else "minute" if exercise.minutes == 1 else "minutes"
        return self.say(f"interface.card.{key}", count=f"{exercise.minutes:g}")

    def _on_hidden(self) -> None:
        for id_, card in self.cards.items():
            if card.is_open:
                self.book.put_away(id_)

    def _on_again(self) -> None:
        for card in self.cards.values():
            if card.is_open:
                card.again()

    def _on_settled(self, exercise: str) -> None:
        if (card := self.cards.get(exercise)) and card.is_open:
            style(card.root, "rk-is-open")

    # What a card asks for

    def may_open(self, exercise: str) -> bool:
        """Read the journal anew and say if the contact state allows this page; fold it if not."""
        try:
            self.book.read()
        except RekindleError as error:
            self._state.tell(element("div", self.book.refusal(error).why, cls="rk-note", set={"role": "alert"}))
            return False
        if not openness(exercise, self.book.standing()).open:
            self.arrange()
            return False
        self._tails.pop(exercise, None)
        return True

    def answer(self, exercise: str, field: str) -> tuple[Json, bool]:
        """Return a field's value and whether it was ever answered."""
        return self.book.answer(exercise, field)

    def keep(self, exercise: str, field: str, value: Json, wording: str) -> str | Refusal:
        """Save one answer, and look again at the contact state if the answer bears on it."""
        kept = self.book.keep(exercise, field, value, wording)
        if exercise in _BEARS_ON_CONTACT:
            self.soon(self._look_again)
        return kept

    def _look_again(self) -> None:
        self.arrange()

    def keep_entry(self, exercise: str, id_: str, values: dict[str, Json], happened: str) -> str | Refusal:
        """Save one log entry."""
        return self.book.keep_entry(exercise, id_, values, happened)

    def entry(self, id_: str) -> Entry | None:
        """Return one entry."""
        return self.book.entry(id_)

    def page_of(self, exercise: str, offset: int, limit: int) -> tuple[Sequence[Entry], int]:
        """Return one page of a log."""
        return self.book.page_of(exercise, offset, limit)

    def remove(self, id_: str) -> str | Refusal:
        """Take an entry out of its log."""
        return self.book.remove(id_)

    def bring_back(self, id_: str) -> str | Refusal:
        """Put an entry back into its log."""
        return self.book.bring_back(id_)

    def others(self, exercise: str) -> dict[str, list[Answer]]:
        """Return the versions that another page's save took the place of."""
        return self.book.others(exercise)

    def settle(self, exercise: str, field: str) -> None:
        """Note that the person has seen them."""
        self.book.settle(exercise, field)

    def findings(self, exercise: str) -> Sequence[Finding]:
        """Return what a page shows back now."""
        return findings(exercise, self.book.answers_of(exercise), self.book.entries(exercise), self.book.context(exercise))

    def offers(self, name: str) -> Pairs:
        """Return a list of options that is made while the book runs."""
        if name == "countries":
            return list(self.words.helplines.countries.items())
        exercise, field, column = name.split(".")
        value, _ = self.book.answer(exercise, field)
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return [(text, text) for row in rows if (text := str(row.get(column, "")))]

    def tell(self, kind: str, **facts: Any) -> None:
        """Send the page's script one message."""
        self.presence.say(kind, **facts)

    def soon(self, act: Callable[[], None]) -> None:
        """Do something after the acknowledgement is on its way, so that it never waits for a chart."""
        try:
            asyncio.get_running_loop().call_soon(act)
        except RuntimeError:
            act()

    def agree(self, state: str) -> None:
        """The person agrees to what their own list shows about the other's wish."""
        self.book.note("their-wish", state=state)
        self.arrange()

    def done(self, exercise: str, *, blank: bool) -> None:
        """Put a page away: draw its consequences, say its warm line, and shut the card."""
        card = self.cards[exercise]
        self.book.put_away(exercise)
        self.book.note("left-blank" if blank and not self.book.answers_of(exercise) else "done", exercise=exercise)
        helped = any(finding.help in ("abuse", "harm", "crisis") for finding in self.findings(exercise))
        if not helped:
            self._tails[exercise] = after_blocks(card.exercise, self.say, self.frame.address("support-card")[1])
        card.shut(self.meta(card.exercise), *self._tails.get(exercise, ()))
        self.tell("closed", exercise=exercise, focus=True)
        self.arrange()

    def chart(self, finding: Finding, exercise: Exercise) -> tuple[dict[str, object], Block] | None:
        """Return a finding's figure and its text twin."""
        if not finding.chart or finding.frame is None:
            return None
        drawn = charts.draw(finding.chart, finding.frame, words_of(exercise))
        caption = exercise.says.get("chart", exercise.title)
        return drawn.figure, twin_block(self.say("interface.folds.chart_as_text"), drawn.twin_head, drawn.twin_rows, caption)

    def address(self, exercise: str) -> tuple[str, str]:
        """Return an exercise's title and link."""
        return self.frame.address(exercise)

    def help_blocks(self, kind: str) -> list[Block]:
        """Return the help that a finding asks for, the person's own country first."""
        country, _ = self.book.answer("support-card", "lines")
        return self.frame.help(kind, country if isinstance(country, str) else "world")


_BEARS_ON_CONTACT = frozenset({"consent-gate", "ready-check", "reply-reader", "say-it-once", "decision-check", "pause-signs", "state-of-us", "if-they-say-no", "let-go-path", "space-agreement"})
_ALWAYS_SHOWN = frozenset({"should-i", "their-wishes", "my-own-life", "closing-report"})
