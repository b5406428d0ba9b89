"""The book: the journal as one page sees it. It reads when shown, saves on what it was based on, and says why not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

from rekindle.contact import Standing, events_due, space_due, standing
from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.frontend.writing import Refusal
from rekindle.insights import Context
from rekindle.journal import Journal, Key
from rekindle.page.counting import Counting
from rekindle.page.evenings import DRAFT, kept_for_morning
from rekindle.page.gates import gate_events
from rekindle.page.memory import Memory
from rekindle.page.sitting import Sitting
from rekindle.page.unwritten import Unwritten
from rekindle.records import Answer, Entry, Event, FieldId, Json, Leaf, Look, Moment


class Book:
    """One page's view of the journal. `read` makes it fresh; `take` hands a field its value.

    Every save names the revision that its field was filled with, so that a version which the page never showed is
    never taken for the one that it changes. Ticks that are never kept stay in memory until `put_away`.
    """

    def __init__(self, words: Catalog, opener: Callable[[], Journal]) -> None:
        self._words, self._opener = words, opener
        self._journal: Journal | None = None
        self._answers: dict[FieldId, Answer] = {}
        self._bases: dict[FieldId, int] = {}
        self._entry_bases: dict[str, int] = {}
        self._unwritten = Unwritten()
        self._events: list[Event] = []
        self._contacts: Sequence[Entry] = ()
        self.logs = Memory(lambda: self.journal)
        self.counting = Counting(self.logs)
        self._turn = threading.RLock()  # JupyterLab may bring two messages in two threads
        self._sitting = Sitting()
        self.zone = "UTC"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def journal(self) -> Journal:
        """The open journal; raises a JournalError that says why it cannot be opened."""
        if self._journal is None:
            self._journal = self._opener()
        return self._journal

    @property
    def key(self) -> Key | None:
        """The key that the journal was opened with; None for a plain one, and for one that was not opened."""
        return self._journal.key if self._journal else None

    def let_go(self) -> None:
        """Close the file, and forget what was read: another file is to take its place."""
        if self._journal:
            self._journal.close()
        self._journal, self._answers, self._events, self._contacts = None, {}, [], ()
        self._bases, self._entry_bases = {}, {}
        self.logs.forget()

    def now(self) -> Moment:
        """Return this moment as the person's browser sees it."""
        return Moment.now(self.zone)

    # Reading

    def read(self) -> None:
        """Read every answer and event anew. What a save builds on changes only where a field is filled: `take`."""
        with self._turn:
            answers, events = self.journal.answers(), self.journal.events()
            self._contacts = self.logs.signed()
            self._answers, self._events = answers, events

    def read_contacts(self) -> None:
        """Read the contact log anew: its entries bear on the contact state."""
        with self._turn:
            self._contacts = self.logs.signed()

    def used(self, exercise: str) -> bool:
        """Return if a page holds anything, in answers or in its log."""
        return bool(self.answers_of(exercise)) or bool(self.journal.entries(exercise, limit=1))

    def answer(self, exercise: str, field: str) -> tuple[Json, bool]:
        """Return a field's value and whether it was ever answered."""
        at = (exercise, field)
        if at in self._unwritten.ticks:
            return self._unwritten.ticks[at], True
        found = self._answers.get(at)
        return (found.value, True) if found else (None, False)

    def take(self, exercise: str, field: str) -> tuple[Json, bool]:
        """Return what a field is to be filled with; from now on, its saves build on that version."""
        with self._turn:
            found = self._answers.get((exercise, field))
            self._bases[exercise, field] = found.revision if found else 0
            return self.answer(exercise, field)

    def answers_of(self, exercise: str) -> dict[str, Json]:
        """Return one exercise's answers by field; of a fresh page, what stands on it now."""
        if exercise in self._unwritten.fresh:
            return dict(self._unwritten.fresh[exercise])
        return {field: answer.value for (page, field), answer in self._answers.items() if page == exercise}

    @property
    def events(self) -> Sequence[Event]:
        """The events, oldest first."""
        return self._events

    def keep_fresh(self, exercise: str, values: Mapping[str, Json]) -> None:
        """Remember what stands on a fresh page, in memory only, for its findings."""
        self._unwritten.fresh[exercise] = dict(values)

    def erase(self, id_: str) -> str | Refusal:
        """Take an entry out of the file with all its versions, so that none of its words is left there."""
        return self._change(id_, lambda _moment: self.journal.erase_entry(id_))

    def event(self, kind: str, exercise: str) -> Event | None:
        """Return the last event of this kind about an exercise."""
        found = [event for event in self._events if event.kind == kind and event.detail.get("exercise") == exercise]
        return found[-1] if found else None

    @property
    def answered(self) -> Sequence[Answer]:
        """Every answer in its current version."""
        return tuple(self._answers.values())

    def entries(self, exercise: str) -> Sequence[Entry]:
        """Return a log's entries, newest first."""
        return self.logs.whole(exercise)

    def newest(self, limit: int) -> Sequence[Entry]:
        """Return the newest entries of all logs together."""
        return self.journal.leaves.newest(limit)

    def standing(self) -> Standing:
        """Return where things stand between the two people."""
        values = {at: answer.value for at, answer in self._answers.items()}
        return standing(values, self._contacts, self._events, self.now().local_date, self._given())

    def context(self, exercise: str) -> Context:
        """Return what an exercise's findings may know besides its own answers."""
        nickname = self._answers.get(("my-situation", "nickname"))
        return Context(
            today=self.now().local_date,
            standing=self.standing(),
            answers={at: answer.value for at, answer in self._answers.items()},
            given=self._given(),
            nickname=nickname.value if nickname and isinstance(nickname.value, str) else "",
            ticked=self._unwritten.ticked(exercise),
            events=self._events,
            now=self.now(),
        )

    def _given(self) -> dict[FieldId, Moment]:
        return {at: answer.moment for at, answer in self._answers.items() if answer.moment}

    def others(self, exercise: str) -> dict[str, list[Answer]]:
        """Return the versions that another page's save took the place of, by field."""
        return {field: found for (_, field), found in self.journal.conflicts([exercise]).items()}

    # Saving

    def keep(self, exercise: str, field: str, value: Json, wording: str) -> str | Refusal:
        """Save one answer; return the local time of the commit, or why it was not saved."""
        at = (exercise, field)
        if at in self._words.never_kept:
            self._unwritten.ticks[at] = value
            return ""
        moment = self.now()
        with self._turn:
            sitting = self._sitting.at(moment)
            base = self._bases.get(at, 0)
            try:
                saved = self.journal.save(
                    exercise, field, value, base=base, wording=wording, sitting=sitting, moment=moment
                )
            except RekindleError as error:
                return self.refusal(error)
            self._bases[at] = saved.revision
            self._answers[at] = Answer(exercise, field, value, saved.revision, moment, wording, sitting)
        return f"{moment.local:%H:%M}"

    def keep_entry(self, exercise: str, id_: str, values: Mapping[str, Json], happened: str) -> str | Refusal:
        """Save one log entry; `happened` is a local date or time in ISO form, or "" for now."""
        moment = self.now()
        with self._turn:
            sitting = self._sitting.at(moment)
            base = self._entry_bases.get(id_, 0)
            try:
                when = self._when(id_, happened, moment)
                with self.logs.saving(id_):
                    saved = self.journal.save_entry(
                        id_, exercise, values, base=base, happened=when, sitting=sitting, moment=moment
                    )
            except RekindleError as error:
                return self.refusal(error)
            self._entry_bases[id_] = saved.revision
        return f"{moment.local:%H:%M}"

    def _when(self, id_: str, happened: str, now: Moment) -> Moment:
        if happened:
            try:
                return Moment.on(happened, now.zone)
            except ValueError:
                return now
        known = self.journal.entry(id_)
        return known.happened if known else now

    def entry(self, id_: str) -> Entry | None:
        """Return one entry that is not taken out."""
        found = self.journal.entry(id_)
        return None if found is None or found.deleted else found

    def take_entry(self, entry: Entry) -> None:
        """Build the next saves of an entry on this version: it is what the page shows."""
        self._entry_bases[entry.id] = entry.revision

    def leaf(self, exercise: str, look: Look, offset: int, limit: int) -> Leaf:
        """Return one page of what a look finds in a log, newest first. The look is noted nowhere."""
        return self.journal.leaves.of(exercise, look, limit=limit, offset=offset, total=self.logs.total(exercise))

    def remove(self, id_: str) -> str | Refusal:
        """Take an entry out of its log; it can be brought back."""
        return self._change(id_, lambda moment: self.journal.delete_entry(id_, moment=moment))

    def bring_back(self, id_: str) -> str | Refusal:
        """Put an entry that was taken out back."""
        return self._change(id_, lambda moment: self.journal.restore_entry(id_, moment=moment))

    def _change(self, id_: str, act: Callable[[Moment], None]) -> str | Refusal:
        def write(moment: Moment) -> None:
            with self.logs.saving(id_):
                act(moment)

        return self.do(write)

    def note(self, kind: str, **detail: Json) -> str | Refusal:
        """Note an event. Never with a person's words."""

        def write(moment: Moment) -> None:
            self._events.append(self.journal.note(kind, detail, moment=moment))

        return self.do(write)

    def put_away(self, exercise: str) -> str | Refusal:
        """Draw the consequences of a page that is put away: ticks become a state or a sleep, a stop becomes lasting.

        Where that cannot be noted, the ticks stay in memory, so that putting the page away again notes it.
        """
        ticks = self._unwritten.ticks_of(exercise)
        due = [*gate_events(exercise, ticks)]
        values = {at: answer.value for at, answer in self._answers.items()}
        due += [(kind, {}) for kind in events_due(values, self._contacts, self._events, self._given())]
        due += space_due(values, self._events, self.now().local_date)
        due += kept_for_morning(exercise, ticks, values.get(DRAFT), self._events, self.now())
        for kind, detail in due:
            if isinstance(noted := self.note(kind, **detail), Refusal):
                return noted
        self._unwritten.forget(exercise)
        return ""

    def do(self, act: Callable[[Moment], None]) -> str | Refusal:
        """Do something to the journal; return the local time of the commit, or why it was not done."""
        moment = self.now()
        try:
            act(moment)
        except RekindleError as error:
            return self.refusal(error)
        return f"{moment.local:%H:%M}"

    def refusal(self, error: RekindleError) -> Refusal:
        """Return an error as three calm sentences: what happened, what is safe, what to do."""
        parts = (f"errors.{error.code}.{part}" for part in ("happened", "safe", "todo"))
        return Refusal(" ".join(self._words.say(part, **error.facts) for part in parts))
