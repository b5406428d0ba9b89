"""A page on the screen: built empty, filled when a browser shows it, and filled again whenever it comes back."""

from __future__ import annotations

import functools
import secrets

from rekindle.contact import Standing, openness
from rekindle.content import Catalog, Exercise, OtherWords, Part
from rekindle.content.wording import has_other_lead, reworded
from rekindle.errors import RekindleError
from rekindle.forms.card import Card
from rekindle.forms.markup import minutes_key
from rekindle.forms.question_card import QuestionCard
from rekindle.forms.stock import VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.ask import Ask
from rekindle.frontend.at_once import at_once
from rekindle.frontend.front import stylesheet
from rekindle.frontend.presence import Presence
from rekindle.frontend.words import Words, element
from rekindle.frontend.writing import Refusal
from rekindle.page import keepsakes
from rekindle.page.banner import Banner
from rekindle.page.book import Book
from rekindle.page.checkup import Checkup
from rekindle.page.daily import Daily
from rekindle.page.frame import CONTACT_PARTS, STAYS_IN_SIGHT
from rekindle.page.hiding import hides
from rekindle.page.host import PageHost
from rekindle.page.page_words import page_words
from rekindle.page.questions import state
from rekindle.page.summary import Summary
from rekindle.page.tails import Tails
from rekindle.page.tone import cloth, cover, ending, opener, tone
from rekindle.page.unlocking import asking, must_ask
from rekindle.questions import is_own_page
from rekindle.settings import Surface, is_shared, surface


class Page:
    """One notebook's page: a line to the browser, the journal behind it, and the cards on it."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self.words, self.book, self.say = words, book, words.say
        self.token = secrets.token_hex(4)
        is_lab = surface() is Surface.LAB
        css = stylesheet() if is_lab else ""
        self.presence = Presence(self.token, page_words(words), css=css, whole=is_lab)
        self.host = PageHost(words, book, self.presence)
        self.frame = self.host.frame
        self._state = Words("rk-stateline")
        self.banner = Banner(words, book, self.presence, self._again) if is_shared() else None
        first = [self.presence, *([self.banner.widget] if self.banner else [])]
        self.head = style(VBox([*first, self._state]), "rk", "rk-head", f"rk-of-{self.token}")
        self.cards: dict[str, Card] = {}
        self._slots: dict[str, VBox] = {}
        self._leads: dict[str, Words] = {}
        self._spared: dict[str, Standing] = {}  # pages that stay open though their own answer folds them
        self._told_reasons: set[str] = set()  # a reason stands once on a page in full; after that, in one line
        self._tails = Tails(self.say, self.frame.address("support-card")[1], lambda: self.host.help_blocks("crisis"))
        self._ending = Words()
        self._shown = self.hidden = False
        self._daily, self._checkup = Daily(book), Checkup(book, self._on_damaged)
        self._asks: Ask | None = None
        self._part: Part | None = None
        self._summary: Summary | None = None
        self._listen()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _listen(self) -> None:
        self.presence.on_shown = self._on_shown
        self.presence.on_hidden = self._on_hidden
        self.presence.on_again = self._on_again
        self.presence.on_settled = self._on_settled
        self.presence.on_asked = self._on_asked
        self.host.on_arrange = self.arrange
        self.host.on_done = self._on_done
        self.host.on_trouble = self._on_trouble
        self.book.counting.on_done = self._on_counted

    @at_once()
    def exercise(self, exercise_id: str) -> VBox:
        """Return the card of an exercise or of own questions, shut or folded; one root per id on a page.

        Raises UnknownExercise, and UnknownPart for the questions of no part.
        """
        exercise = self.words.page(exercise_id)
        if exercise_id in self.cards:
            return self._slots[exercise_id]
        kind = QuestionCard if is_own_page(exercise_id) else Card
        card = self.cards[exercise_id] = kind(exercise, self.token, self.host)
        card.on_tail = functools.partial(self._on_tail, exercise_id)
        above = [self._leads.setdefault(exercise_id, Words())] if has_other_lead(exercise) else []
        # A notebook has no frame of ours, and a card that has words above it shares a box with them.
        bare = surface() is Surface.VOILA and not above
        slot = self._slots[exercise_id] = card.root if bare else style(VBox([*above, card.root]), "rk", "rk-slot")
        if self._shown:
            self._place(card, self.book.standing())
        return slot

    @at_once()
    def summary(self) -> VBox:
        """Return what the person wrote on this page's exercises, put away until they ask, and another ending below."""
        if self._summary is None:
            self._summary = Summary(self.book, self.host, self._pages, self._on_trouble)
        return style(VBox([style(VBox([self._summary.widget]), "rk-card"), self._ending]), "rk", "rk-slot")

    def _pages(self) -> list[Exercise]:
        return [card.exercise for card in self.cards.values()]

    # A page's life

    def _on_shown(self, zone: str, dirty: frozenset[str]) -> None:
        self.book.zone = zone
        try:
            self.book.read()
            self._shown = True
            self._hide_words()
            self.arrange()
            for card in self.cards.values():
                if card.is_open:
                    card.refill(dirty)
                    card.refresh()
            self.shown(dirty)
            self._renew_summary()
            self._daily.soon()
            self._checkup.soon()
        except RekindleError as error:
            self._on_trouble(self.book.refusal(error))
            self._ask_if_locked(error, zone, dirty)
        self.presence.say("shown")

    def _ask_if_locked(self, error: RekindleError, zone: str, dirty: frozenset[str]) -> None:
        """Ask for the passphrase on the page itself, where no server of ours does it before a page is shown."""
        if must_ask(error) and not self._asks:
            self._asks = asking(self.words, self.book.refusal, lambda: self._on_shown(zone, dirty))
            self.head.children = (*self.head.children, self._asks)

    def _hide_words(self) -> None:
        self.hidden = hides(self.book, self.presence.hiding)
        self.presence.say("hide", on=self.hidden)

    def _again(self) -> None:
        """Fill all of it anew, after the journal came to hold other words."""
        self._on_shown(self.book.zone, frozenset())

    @at_once()
    def _on_counted(self) -> None:
        try:
            self.counted()
        except RekindleError as error:
            self._on_trouble(self.book.refusal(error))

    def _on_damaged(self) -> None:
        """Say what a page says whose journal does not open; what stands in its fields stays there."""
        try:
            self.book.read()
        except RekindleError as error:
            self._on_trouble(self.book.refusal(error))

    def shown(self, dirty: frozenset[str]) -> None:
        """Fill what a kind of page has besides its cards."""

    def counted(self) -> None:
        """Show what a log that is counted now was waited for."""
        for card in self.cards.values():
            card.counted()

    def arrange(self, spare: str = "") -> None:
        """Show the contact state, and fold or unfold each card by it, all but the one to `spare` if it is open.

        Of that one, only what rests from now on is taken away; so it stays until it is put away, or until something
        else moves the state: to look at another window for a moment takes no page from under a hand.
        """
        now = self.book.standing()
        if spare:
            self._spared[spare] = now
        other = self._part.letting_go if self._part and cloth(now) else None
        self._state.tell(*self.frame.state(now), *opener(other))
        self._ending.tell(*ending(other, self.say))
        if self.banner:
            self.banner.tell()
        self._told_reasons = set()
        for card in self.cards.values():
            id_ = card.exercise.id
            if card.is_open and self._spared.get(id_) == now:
                card.rest(self.host.held(id_))
            else:
                self._spared.pop(id_, None)
                self._place(card, now)
        self._tell_frame(now, other)

    def stand_for(self, part: Part) -> None:
        """Be the page of a part, which may have words of its own for a time of letting go."""
        self._part = part

    def _place(self, card: Card, now: Standing) -> None:
        id_ = card.exercise.id
        spoken = reworded(self.words.page(id_), tone(now))
        card.speak(spoken)
        if id_ in self._leads:  # the notebook's own lead is prose, and steps back while this one stands
            other = spoken.lead != self.words.page(id_).lead
            self._leads[id_].tell(*([element("p", spoken.lead, cls="rk-lead")] if other else []))
        verdict = openness(id_, now)
        if not verdict.open:
            reason = self.frame.fold(verdict, now, brief=verdict.reason in self._told_reasons)
            self._told_reasons.add(verdict.reason)
            card.fold(self.say("interface.card.folded"), *reason, named=not verdict.hidden)
        elif not card.is_open:
            card.shut(self.meta(card.exercise), *self._tails.of(id_))
        elif card.held != self.host.held(id_) and card.all_kept():  # some of its fields rest from now on, or are back
            card.shut(self.meta(card.exercise))
            card.open(go=False)

    def _tell_frame(self, now: Standing, other: OtherWords | None) -> None:
        folded = sorted(self.folded_parts(now))
        states = {
            id_: self.meta(card.exercise) if openness(id_, now).open else self.say("interface.card.folded")
            for id_, card in self.cards.items()
        }
        word = self.say("interface.frame.folded")
        card = keepsakes.at_hand(self.book, self.say)
        worn = {"cloth": cloth(now), "cover": cover(other)}
        self.presence.say("frame", folded=folded, word=word, states=states, card=card, **worn)

    def folded_parts(self, now: Standing) -> set[str]:
        """Return the ids of the parts that the contact state folds but for the pages that stay in sight."""
        open_parts = {
            part.id
            for part in self.words.parts
            for exercise in part.exercises
            if exercise.id not in STAYS_IN_SIGHT and openness(exercise.id, now).open
        }
        return set(CONTACT_PARTS) - open_parts

    def meta(self, exercise: Exercise) -> str:
        """Return an exercise's state in words: its minutes, started, or done for now with the date."""
        if asked := state(exercise.id, self.words, self.book):
            return asked
        noted = [self.book.event(kind, exercise.id) for kind in ("done", "left-blank")]
        last = max((event for event in noted if event), key=lambda event: event.moment.utc, default=None)
        if last is not None:
            key = "done" if last.kind == "done" else "left_blank"
            return self.say(f"interface.card.{key}", date=told_day(last.moment.local_date, self.say))
        if self.book.answers_of(exercise.id):
            return self.say("interface.card.started")
        return self.say(f"interface.card.{minutes_key(exercise.minutes)}", count=f"{exercise.minutes:g}")

    def _on_done(self, exercise: str, blank: bool) -> None:
        card = self.cards[exercise]
        if not card.all_kept():  # shutting it would take the words off the screen, the only place where they are
            return
        left_blank = blank and not self.book.answers_of(exercise)
        found = self.host.findings(exercise)
        # What a log that is still being counted shows, nobody knows yet.
        worry = self.host.waits(exercise) or any(each.help in ("abuse", "harm", "crisis") for each in found)
        if isinstance(put := self.book.put_away(exercise), Refusal):
            self._on_trouble(put)
            return
        self.book.note("left-blank" if left_blank else "done", exercise=exercise)
        self._hide_words()
        self.host.forget(exercise)
        self._tails.put_away(card.exercise, worry=worry)
        card.shut(self.meta(card.exercise), *self._tails.of(exercise))
        self.presence.say("closed", exercise=exercise, focus=True)
        self.arrange()
        self._renew_summary()

    def _on_tail(self, exercise: str, act: str) -> None:
        card = self.cards[exercise]
        if not card.is_open and self._tails.answer(card.exercise, act):
            card.shut(self.meta(card.exercise), *self._tails.of(exercise))

    def _renew_summary(self) -> None:
        if self._summary:
            self._summary.renew()

    def _on_hidden(self) -> None:
        for id_, card in self.cards.items():
            if card.is_open and isinstance(put := self.book.put_away(id_), Refusal):
                self._on_trouble(put)

    def _on_again(self) -> None:
        for card in self.cards.values():
            if card.is_open:
                card.again()

    def _on_settled(self, exercise: str) -> None:
        if (card := self.cards.get(exercise)) and card.is_open:
            style(card.root, "rk-is-open")

    def _on_asked(self, exercise: str) -> None:
        if card := self.cards.get(exercise):
            card.open()

    def _on_trouble(self, trouble: Refusal) -> None:
        self._state.tell(element("div", trouble.why, cls="rk-note", set={"role": "alert"}))
