"""The host: the page's answers to what its cards ask. It looks at the contact state before anything opens."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from rekindle import charts
from rekindle.contact import openness
from rekindle.content import Catalog, Exercise
from rekindle.errors import RekindleError
from rekindle.forms.choices import Pairs
from rekindle.forms.fresh_pages import VISIT
from rekindle.forms.host import Kept, OwnQuestions
from rekindle.forms.insight import twin_block
from rekindle.forms.telling import told_short
from rekindle.frontend import at_once
from rekindle.frontend.presence import Presence
from rekindle.frontend.words import Block
from rekindle.frontend.writing import Refusal
from rekindle.insights import Finding, Pile, findings, held, is_counted, need_of, reads, words_of
from rekindle.page.book import Book
from rekindle.page.buttons import Buttons
from rekindle.page.frame import Frame
from rekindle.page.lock_words import lock_help
from rekindle.page.offers import offers
from rekindle.page.questions import Questions
from rekindle.records import Answer, Entry, Json, Leaf, Look

T = TypeVar("T")
Log = Sequence[Entry] | Pile

BEARS_ON_CONTACT = frozenset(
    {
        "consent-gate",
        "ready-check",
        "reply-reader",
        "say-it-once",
        "decision-check",
        "pause-signs",
        "state-of-us",
        "if-they-say-no",
        "let-go-path",
        "space-agreement",
        "coffee-plan",
    }
)
"""Exercises whose answers may change what is open or shown."""

LENDERS = {"promises": "promise-log"}
"""Charts that another page may show too, each with the page whose words label them."""

CONTACTS = "contact-log"
"""The log whose entries bear on the contact state."""

HELP_FIRST = frozenset({"contact-log", "pause-signs", "reply-reader", "say-it-once", "state-of-us", "trust-review"})
"""Pages that stay open until they are put away, so that the help which an answer brings is seen before they fold.

An answer that was pressed by mistake, or passed by with the arrow keys, can be changed until then.
"""


class PageHost:
    """What cards ask for, answered from the book. `on_arrange` shows the contact state anew; `on_done` shuts a card."""

    def __init__(self, words: Catalog, book: Book, presence: Presence) -> None:
        self.words, self.book, self.presence, self.frame = words, book, presence, Frame(words)
        self.questions: OwnQuestions = Questions(book, self._read, self._done)
        self.front, self._buttons = presence.front, Buttons(words, book, self.frame)
        self.on_arrange: Callable[[str], None] = lambda _spare: None
        self.on_done: Callable[[str, bool], None] = lambda _exercise, _blank: None
        self.on_trouble: Callable[[Refusal], None] = lambda _trouble: None

    def say(self, key: str, **facts: str | int | float) -> str:
        """Return a sentence by its key."""
        return self.words.say(key, **facts)

    def done(self, exercise: str, *, blank: bool) -> None:
        """Put a page away."""
        self.on_done(exercise, blank)

    def may_open(self, exercise: str) -> bool:
        """Read the journal anew and say if the contact state allows this page; fold it if not."""
        try:
            self.book.read()
        except RekindleError as error:
            self.on_trouble(self.book.refusal(error))
            return False
        if not openness(exercise, self.book.standing()).open:
            self.on_arrange("")
            return False
        return True

    def answer(self, exercise: str, field: str) -> tuple[Json, bool]:
        """Return a field's value and whether it was ever answered."""
        return self.book.take(exercise, field)

    def keep(self, exercise: str, field: str, value: Json, wording: str) -> Kept:
        """Save one answer, and look again at the contact state if the answer bears on it."""
        kept = self.book.keep(exercise, field, value, wording)
        if exercise in BEARS_ON_CONTACT:
            self._look_again(exercise)
        return kept

    def _look_again(self, exercise: str) -> None:
        spare = exercise if exercise in HELP_FIRST else ""
        self.soon(lambda: self.on_arrange(spare))

    def keep_entry(self, exercise: str, id_: str, values: Mapping[str, Json], happened: str) -> Kept:
        """Save one log entry, and look again at the contact state if it is a contact."""
        kept = self.book.keep_entry(exercise, id_, values, happened)
        self._after_entry(exercise)
        return kept

    def _after_entry(self, exercise: str) -> None:
        if exercise == CONTACTS:
            self._read(self.book.read_contacts, None)
            self._look_again(exercise)

    def entry(self, id_: str) -> Entry | None:
        """Return one entry."""
        return self._read(lambda: self.book.entry(id_), None)

    def take_entry(self, entry: Entry) -> None:
        """Build the next saves of an entry on this version."""
        self.book.take_entry(entry)

    def leaf(self, exercise: str, look: Look, offset: int, limit: int) -> Leaf | None:
        """Return one page of what a look finds in a log."""
        return self._read(lambda: self.book.leaf(exercise, look, offset, limit), None)

    def page_of(self, exercise: str, offset: int, limit: int) -> tuple[Sequence[Entry], int] | None:
        """Return one page of a log, and how many entries there are."""
        leaf = self.leaf(exercise, Look(), offset, limit)
        return (leaf.entries, leaf.total) if leaf else None

    def months(self, exercise: str) -> Sequence[str]:
        """Return the months in which a log has entries."""
        return self._read(lambda: self.book.journal.leaves.months(exercise), ())

    def remove(self, id_: str) -> Kept:
        """Take an entry out of its log."""
        kept = self._done(self.book.remove(id_))
        self._read(self.book.read_contacts, None)
        return kept

    def bring_back(self, id_: str) -> Kept:
        """Put an entry back into its log."""
        kept = self._done(self.book.bring_back(id_))
        self._read(self.book.read_contacts, None)
        return kept

    def others(self, exercise: str) -> dict[str, list[Answer]]:
        """Return the versions that another page's save took the place of."""
        none: dict[str, list[Answer]] = {}
        found = self._read(lambda: self.book.others(exercise), none)
        return {field: versions for field, versions in found.items() if field not in self.held(exercise)}

    def held(self, exercise: str) -> frozenset[str]:
        """Return the fields of a page that rest now and are not to be shown."""
        return held(exercise, self.book.answers_of(exercise), self.book.context(exercise))

    def entry_others(self, exercise: str) -> Mapping[str, Sequence[Entry]]:
        """Return the versions of entries that another page's save took the place of."""
        none: Mapping[str, Sequence[Entry]] = {}
        return self._read(lambda: self.book.journal.entry_conflicts(exercise), none)

    def settle_entry(self, id_: str) -> None:
        """Note that the person has seen them."""
        self._done(self.book.do(lambda _moment: self.book.journal.settle_entry(id_)))

    def settle(self, exercise: str, field: str) -> None:
        """Note that the person has seen them."""
        self._done(self.book.do(lambda _moment: self.book.journal.settle(exercise, field)))

    def findings(self, exercise: str) -> Sequence[Finding]:
        """Return what a page shows back now."""
        none: Log = ()
        waits, entries = self.waits(exercise), self._read(lambda: self._entries(exercise), none)
        logs, past = reads(exercise)
        context = dataclasses.replace(
            self.book.context(exercise),
            logs={log: self._read(functools.partial(self._needed, exercise, log), none) for log in logs},
            past=self._read(lambda: {at: self.book.journal.history(*at) for at in past}, {}),
        )
        told = functools.partial(findings, exercise, self.book.answers_of(exercise), entries, context)
        nothing: Sequence[Finding] = ()
        found = self._read(told, nothing)  # a pile is read as far down as it is told
        # What a log that is not counted yet does not hold would be told wrongly; what brings help waits for nothing.
        return [finding for finding in found if finding.help] if waits or self.waits(exercise) else found

    def waits(self, exercise: str) -> bool:
        """Return if a log that a page's findings look at is still being counted."""
        return self._read(lambda: self.book.counting.holds_up(exercise), otherwise=False)

    def _entries(self, exercise: str) -> Log:
        if exercise != "right-now":
            return self._needed(exercise, exercise)
        urges = self.book.journal.entries("urge-log", since=self.today())
        return [entry for entry in reversed(urges) if entry.id.startswith(VISIT)]

    def _needed(self, exercise: str, log: str) -> Log:
        """Return a log as far as a page's findings look at it; of entries of one instant, the first added first."""
        if is_counted(log) and need_of(exercise, log) is None:
            return () if self.book.counting.waits_for(log) else self.book.logs.pile(log)
        return self.book.logs.needed(exercise, log, self.today())[::-1]

    def _read(self, act: Callable[[], T], otherwise: T) -> T:
        """Return what is read; if it cannot be, say so on the page and return `otherwise`."""
        try:
            return act()
        except RekindleError as error:
            self.on_trouble(self.book.refusal(error))
            return otherwise

    def _done(self, kept: Kept) -> Kept:
        """Return what was done, and say on the page if it was not."""
        if isinstance(kept, Refusal):
            self.on_trouble(kept)
        return kept

    def offers(self, name: str) -> Pairs:
        """Return a list of options that is made while the book runs."""
        return offers(name, self.words, self.book)

    def tell(self, kind: str, **facts: Any) -> None:
        """Send the page's script one message."""
        self.presence.say(kind, **facts)

    def soon(self, act: Callable[[], None]) -> None:
        """Do something after the acknowledgement is on its way, so that it never waits for a chart."""
        at_once.soon(act)

    def note(self, kind: str) -> None:
        """Note an event, and say on the page if it could not be."""
        self._done(self.book.note(kind))

    def agree(self, state: str) -> None:
        """The person agrees to what their own list shows about the other's wish."""
        if not isinstance(self._done(self.book.note("their-wish", state=state)), Refusal):
            self.on_arrange("")

    def acts(self, exercise: str) -> list[Block]:
        """Return the buttons of a page, and what they have shown."""
        return self._buttons.blocks(exercise, self.findings, self.chart)

    def act(self, exercise: str, act: str) -> None:
        """Do what one of them asks."""
        done = self._done(self._buttons.act(exercise, act))
        if not isinstance(done, Refusal) and self._buttons.bears_on_contact(act):
            self.on_arrange("")

    def forget(self, exercise: str) -> None:
        """Forget what a page's buttons have shown."""
        self._buttons.forget(exercise)

    def keep_fresh(self, exercise: str, values: Mapping[str, Json]) -> None:
        """Remember what stands on a fresh page."""
        self.book.keep_fresh(exercise, values)

    def erase(self, id_: str) -> Kept:
        """Take an entry out of the file, with all its versions."""
        return self._done(self.book.erase(id_))

    def today(self) -> dt.date:
        """Return the date on the person's calendar."""
        return self.book.now().local_date

    def prompt(self, skip: int) -> str:
        """Return the prompt of the day, or the one `skip` further on; there are thirty, and they go round."""
        prompts = self.words.prompts
        return prompts[(self.today().toordinal() + skip) % len(prompts)]

    def chart(self, finding: Finding, exercise: Exercise) -> tuple[Mapping[str, object], Block] | None:
        """Return a finding's figure and its text twin."""
        if not finding.chart or finding.frame is None:
            return None
        today = self.today()
        lender = LENDERS.get(finding.chart)
        lent = words_of(self.words.exercise(lender)) if lender else {}
        labels = lent | words_of(exercise)
        drawn = charts.draw(finding.chart, finding.frame, labels, lambda day: told_short(day, today, self.say))
        caption = exercise.says.get(f"{finding.sentence}_chart") or exercise.says.get("chart", exercise.title)
        return drawn.bundle, twin_block(
            self.say("interface.folds.chart_as_text"), drawn.twin_head, drawn.twin_rows, caption
        )

    def address(self, exercise: str) -> tuple[str, str]:
        """Return an exercise's title and link."""
        return self.frame.address(exercise)

    def help_blocks(self, kind: str) -> list[Block]:
        """Return the help that a finding asks for, the person's own country first."""
        if kind == "lock":
            return lock_help(self.words)
        country, _ = self.book.answer("support-card", "lines")
        return self.frame.help(kind, country if isinstance(country, str) else "world")
