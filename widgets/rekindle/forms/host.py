"""The host: what forms ask of the page that they stand on. Forms never see the journal, only this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from rekindle.content import Exercise
from rekindle.forms.choices import Pairs
from rekindle.frontend.words import Block
from rekindle.frontend.writing import Refusal
from rekindle.insights import Finding
from rekindle.questions import Question
from rekindle.records import Answer, Entry, Json, Leaf, Look

Kept = str | Refusal
"""The local time of a commit ("14:02"; "" where nothing is ever kept), or why it was refused."""


class OwnQuestions(Protocol):
    """The questions that a person asks themselves, as their card sees them; `page` is a part's page of them."""

    def all(self, page: str) -> Sequence[Question] | None:
        """Return a page's questions in their order, those taken out too; None if they cannot be read."""

    def arrange(self, page: str, ids: Sequence[str]) -> Kept:
        """Keep the order of a page's questions."""

    def worded(self, page: str, field: str) -> str:
        """Return the words under which a question was answered last; "" if it never was."""

    def earlier(self, page: str, question: Question) -> Sequence[tuple[str, Json]]:
        """Return what a question was answered with in other ways: kind and value."""


class Host(Protocol):
    """A page, as its cards see it."""

    questions: OwnQuestions

    def say(self, key: str, **facts: str | int | float) -> str:
        """Return a sentence by its key."""

    def tell(self, kind: str, **facts: Any) -> None:
        """Send the page's script a message."""

    def front(self, exercise: str, *lines: str) -> None:
        """Have the page draw a shut card with these lines, title and state; without any, draw nothing of its own."""

    def soon(self, act: Callable[[], None]) -> None:
        """Do something after the acknowledgement is on its way."""

    def may_open(self, exercise: str) -> bool:
        """Read the journal anew and say if the contact state allows a page."""

    def done(self, exercise: str, *, blank: bool) -> None:
        """Put a page away."""

    def answer(self, exercise: str, field: str) -> tuple[Json, bool]:
        """Return what a field is to be filled with, and whether it was ever answered; its saves build on that."""

    def keep(self, exercise: str, field: str, value: Json, wording: str) -> Kept:
        """Save one answer."""

    def keep_fresh(self, exercise: str, values: Mapping[str, Json]) -> None:
        """Remember what stands on a fresh page, in memory only."""

    def others(self, exercise: str) -> dict[str, list[Answer]]:
        """Return the versions of answers that another page's save took the place of."""

    def settle(self, exercise: str, field: str) -> None:
        """Note that the person has seen them."""

    def entry_others(self, exercise: str) -> Mapping[str, Sequence[Entry]]:
        """Return the versions of entries that another page's save took the place of, by id."""

    def settle_entry(self, id_: str) -> None:
        """Note that the person has seen them."""

    def keep_entry(self, exercise: str, id_: str, values: Mapping[str, Json], happened: str) -> Kept:
        """Save one log entry; `happened` is a local date or time in ISO form, or "" for now."""

    def entry(self, id_: str) -> Entry | None:
        """Return an entry that is not taken out."""

    def take_entry(self, entry: Entry) -> None:
        """Build the next saves of an entry on this version: it is what the form shows."""

    def leaf(self, exercise: str, look: Look, offset: int, limit: int) -> Leaf | None:
        """Return one page of what a look finds in a log, newest first, with both counts; None if it cannot be read."""

    def page_of(self, exercise: str, offset: int, limit: int) -> tuple[Sequence[Entry], int] | None:
        """Return one page of a log, newest first, and how many entries there are; None if it cannot be read."""

    def months(self, exercise: str) -> Sequence[str]:
        """Return the months in which a log has entries, as "2026-03", newest first."""

    def remove(self, id_: str) -> Kept:
        """Take an entry out of its log."""

    def bring_back(self, id_: str) -> Kept:
        """Put it back."""

    def erase(self, id_: str) -> Kept:
        """Take an entry out of the file, with all its versions."""

    def held(self, exercise: str) -> frozenset[str]:
        """Return the fields of a page that rest now and are not to be shown."""

    def findings(self, exercise: str) -> Sequence[Finding]:
        """Return what a page shows back now."""

    def waits(self, exercise: str) -> bool:
        """Return if more is shown back as soon as a long log is counted."""

    def chart(self, finding: Finding, exercise: Exercise) -> tuple[Mapping[str, object], Block] | None:
        """Return a finding's figure, as a MIME bundle, and its text twin."""

    def acts(self, exercise: str) -> list[Block]:
        """Return a page's buttons and what they have shown."""

    def act(self, exercise: str, act: str) -> None:
        """Do what one of them asks."""

    def agree(self, state: str) -> None:
        """Note what the person's own list shows about the other's wish."""

    def address(self, exercise: str) -> tuple[str, str]:
        """Return an exercise's title and its link."""

    def help_blocks(self, kind: str) -> list[Block]:
        """Return the help that a finding asks for."""

    def offers(self, name: str) -> Pairs:
        """Return a list of options that is made while the book runs."""

    def today(self) -> dt.date:
        """Return the date on the person's calendar."""

    def prompt(self, skip: int) -> str:
        """Return the prompt of the day, or the one `skip` further on."""
