"""A visit: one page opened from plain Python, with the real widgets, the real journal, and a browser that is played."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import ipywidgets as ipw

from rekindle.contact import READY_CHECKS, is_open, standing
from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.errors import RekindleError
from rekindle.forms.card import Card
from rekindle.forms.choices import MultiChoice, Scale, SingleChoice
from rekindle.forms.control import Control
from rekindle.forms.dates import Day, Minutes, When
from rekindle.forms.tables import Table
from rekindle.forms.texts import Text
from rekindle.frontend.front import FrontWidget
from rekindle.frontend.words import Block, Words
from rekindle.journal import Journal
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.page.unlocking import key_now
from rekindle.records import Entry, Event, FieldId, Json, Moment
from rekindle.settings import journal_path

Said = dict[str, Any]
Refuse = Callable[[RekindleError], Callable[[], None]]
"""Has every write to a journal fail with an error, and returns what mends it."""
_TOUCH: dict[FieldId, Json] = {("consent-gate", "asked"): "in-touch", ("consent-gate", "order"): "no"}
_QUIET: dict[FieldId, Json] = {("consent-gate", "asked"): "quiet", ("consent-gate", "order"): "no"}
_READY: dict[FieldId, Json] = {
    ("ready-check", "checks"): list[Json](sorted(READY_CHECKS)),
    ("ready-check", "steady"): 7,
}
STANDINGS: dict[str, tuple[dict[FieldId, Json], tuple[str, ...]]] = {
    "unknown": ({}, ()),
    "open": (_TOUCH, ()),
    "trying": (_TOUCH, ("they-proposed",)),
    "quiet": (_QUIET, ()),
    "quiet and ready": (_QUIET | _READY, ()),
    "open and ready": (_TOUCH | _READY, ()),
    "hello sent": (_QUIET | _READY, ("hello-sent",)),
    "space": (_QUIET | {("consent-gate", "asked"): "space"}, ()),
    "closed": (_TOUCH | {("consent-gate", "asked"): "stop"}, ()),
    "order": (_TOUCH | {("consent-gate", "order"): "yes"}, ()),
    "order unsure": (_TOUCH | {("consent-gate", "order"): "not-sure"}, ()),
    "paused": (_TOUCH, ("paused",)),
}
"""What stands in the journal for each contact state: answers and events."""


def open_journal() -> Journal:
    """Open the person's journal as the book does."""
    return Journal.open(journal_path(), never_kept=catalog().never_kept, key=key_now())


def stand(name: str) -> None:
    """Write a contact state of `STANDINGS` into the journal, as of some days ago."""
    answers, events = STANDINGS[name]
    past = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=3), "Europe/Berlin")
    with open_journal() as journal:
        for (exercise, field), value in answers.items():
            journal.save(exercise, field, value, base=0, wording="", sitting="before", moment=past)
        for kind in events:
            journal.note(kind, {}, moment=Moment.now("Europe/Berlin"))


def where_open(exercise: str) -> str:
    """Return the name of a contact state in which an exercise is open, the plainest that there is."""
    past = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=3), "Europe/Berlin")
    for name in ("unknown", "open", "quiet", "quiet and ready", "open and ready", "trying"):
        answers, kinds = STANDINGS[name]
        events = [Event(kind, {}, Moment.now("Europe/Berlin")) for kind in kinds]
        now = standing(answers, [], events, Moment.now("Europe/Berlin").local_date, dict.fromkeys(answers, past))
        if is_open(exercise, now):
            return name
    raise LookupError(exercise)


class Visit:
    """One page in one kernel. `said` is what the page was told, newest last; `fail` may refuse to open the journal."""

    def __init__(self, make: type[Page] = Page, zone: str = "Europe/Berlin") -> None:
        self.zone, self._number = zone, 0
        self.fail: Callable[[], None] = lambda: None
        self.journal: Journal | None = None
        self.page = make(catalog(), Book(catalog(), self._open))
        self.said: list[Said] = []
        self.page.presence.send = self._hear  # the browser's end of the line

    def _hear(self, content: Said, buffers: object = None) -> None:
        del buffers
        self.said.append(content)

    def _open(self) -> Journal:
        self.fail()
        self.journal = open_journal()
        return self.journal

    def close(self) -> None:
        """End the kernel."""
        if self.journal:
            self.journal.close()

    # The browser's side

    def hear(self, widget: FrontWidget, **message: object) -> None:
        """Bring a widget one message from the browser."""
        widget._on_message(widget, message, [])

    def show(self, *dirty: str) -> None:
        """Bring the page to the front."""
        self.hear(self.page.presence, t="shown", zone=self.zone, dirty=list(dirty))

    def hide(self) -> None:
        """Take it from the front."""
        self.hear(self.page.presence, t="hidden")

    def open(self, exercise: str) -> Card:
        """Press a card's first button, as a person does; the card may still be folded."""
        self.page.exercise(exercise)
        if not self.page._shown:
            self.show()
        card = self.page.cards[exercise]
        self.hear(self.page.presence, t="open", exercise=exercise)
        return card

    def front(self, exercise: str) -> list[str]:
        """Return what the page draws on a shut card: title and state. Nothing for one that is open or folded."""
        lines: list[str] = self.page.presence.fronts.get(exercise, [])
        return lines

    def done(self, card: Card, *, blank: bool = False) -> None:
        """Press "Done for now" or "Leave this page blank"."""
        press(card.root, catalog().say(f"interface.buttons.{'leave_blank' if blank else 'done'}"))

    def write(self, control: Control, value: object) -> Said:
        """Type into a text or a table, and return how the kernel answers."""
        assert isinstance(control, Text | Table)
        widget = control.writing if isinstance(control, Text) else control.rows
        answers: list[Said] = []

        def answer(content: Said, buffers: object = None) -> None:
            del buffers
            answers.append(content)

        before, widget.send = widget.send, answer
        self._number += 1
        self.hear(widget, t="keep", n=self._number, value=value)
        widget.send = before
        return [one for one in answers if one["t"] in ("kept", "not")][-1]

    def answer(self, control: Control, value: Json | Sequence[str] | Sequence[dict[str, str]]) -> None:
        """Give a control a value, as a person does with their hands; None is a skip."""
        if value is None and isinstance(control, Text):
            press(control.widget, catalog().say("interface.buttons.skip"))
        elif isinstance(control, Text | Table):
            assert self.write(control, value)["t"] == "kept"
        elif isinstance(control, SingleChoice | Scale):
            control._box.value = "skip" if value is None else value
        elif isinstance(control, MultiChoice):
            wanted = ["skip"] if value is None else value
            assert isinstance(wanted, list)
            for id_, tick in zip(control._ids, control._ticks, strict=True):
                tick.value = id_ in wanted
        elif isinstance(control, Minutes):
            control._box.value = value
        elif isinstance(control, Day):
            control._box.value = dt.date.fromisoformat(str(value)) if value else None
        else:
            assert isinstance(control, When)
            control._box.value = dt.datetime.fromisoformat(str(value)) if value else None

    def last(self, kind: str) -> Said:
        """Return the newest message of a kind that the page was sent."""
        return [one for one in self.said if one["t"] == kind][-1]

    # The journal's side

    @property
    def stored(self) -> dict[str, Json]:
        """What the file holds, as "exercise/field" and value."""
        with open_journal() as journal:
            return {"/".join(at): answer.value for at, answer in journal.answers().items()}

    def entries(self, exercise: str) -> Sequence[Entry]:
        """Return a log's entries, as the file holds them."""
        with open_journal() as journal:
            return journal.entries(exercise)

    def events(self) -> list[str]:
        """Return the kinds of event in the file, oldest first."""
        with open_journal() as journal:
            return [event.kind for event in journal.events()]


class HomeVisit(Visit):
    """A visit to the dashboard."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(Dashboard, zone)


def inside(widget: ipw.Widget) -> Iterator[ipw.Widget]:
    """Yield a widget and all that is shown inside it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def press(root: ipw.Widget, label: str, *, missing_is_fine: bool = False) -> None:
    """Press the first button with these words."""
    for widget in inside(root):
        if isinstance(widget, ipw.Button) and widget.description == label:
            widget.click()
            return
    assert missing_is_fine, f"no such button: {label}"


def blocks(shown: Sequence[Block]) -> Iterator[Mapping[str, Any]]:
    """Yield all elements in some blocks."""
    for block in shown:
        if not isinstance(block, str):
            yield block
            yield from blocks(block.get("kids", ()))


def text_of(shown: Sequence[Block]) -> str:
    """Return what some blocks say."""
    parts = [b if isinstance(b, str) else f"{b.get('text', '')} {text_of(b.get('kids', ()))}" for b in shown]
    return re.sub(r"\s+", " ", " ".join(parts)).strip()


def words_in(root: ipw.Widget) -> str:
    """Return what a part of the page says: told words and markup of ours."""
    found = []
    for widget in inside(root):
        if isinstance(widget, Words):
            found.append(text_of(widget.told))
        elif isinstance(widget, ipw.HTML):
            found.append(re.sub(r"<[^>]+>", " ", widget.value))
    return re.sub(r"\s+", " ", " ".join(found)).strip()


def act(root: ipw.Widget, starts: str) -> None:
    """Press the first told button whose act starts so."""
    for widget in inside(root):
        if isinstance(widget, Words):
            for block in blocks(widget.told):
                if str(block.get("act", "")).startswith(starts):
                    widget._on_message(widget, {"t": "act", "act": block["act"]}, [])
                    return
    raise AssertionError(f"no button acts {starts}")


def acts(root: ipw.Widget) -> list[str]:
    """Return the acts of all told buttons."""
    told = [widget.told for widget in inside(root) if isinstance(widget, Words)]
    return [str(block["act"]) for shown in told for block in blocks(shown) if "act" in block]
