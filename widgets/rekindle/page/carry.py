"""Carrying: what a page hands on at a click. Rows to another page's table, and the day on which a plan was used."""

from __future__ import annotations

from dataclasses import dataclass

from rekindle.content import Catalog
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.page.book import Book
from rekindle.records import Json


@dataclass(frozen=True, slots=True)
class Way:
    """From the rows of one page to the rows of another: `columns` pairs a column here with a column there."""

    rows: str
    page: str
    table: str
    columns: tuple[tuple[str, str], ...]


WAYS = {
    "my-part": Way("rows", "pattern-swap", "rows", (("did", "old"),)),
    "my-people": Way("rows", "support-card", "people", (("name", "who"), ("how", "how"))),
}
"""Pages whose rows can be carried to another page. A row that is there already is left as it is."""

PLANS = {"the-do-over": "plan", "move-my-body": "plan"}
"""Pages with a plan that can be marked as used, and its field."""

USED = "plan-used"
CARRIES = ("carry", "used")
"""What its buttons ask for."""


class Carry:
    """The buttons that carry something on, and what they say when it is done."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._book = words, book
        self._done: set[str] = set()

    def blocks(self, exercise: str) -> list[Block]:
        """Return a page's buttons, where there is something to carry."""
        if exercise in PLANS:
            return self._used(exercise)
        way = WAYS.get(exercise)
        if way is None:
            return []
        says = self._words.exercise(exercise).says
        if self._new_rows(exercise, way):
            return [element("p", "", element("button", says["carry"], cls="rk-btn", act="carry"), cls="rk-row")]
        return [element("p", says["carried"], set={"role": "status"})] if exercise in self._done else []

    def act(self, exercise: str, act: str) -> str | Refusal:
        """Do what a button asks; return why it could not be kept, if so."""
        kind, _, page = act.partition(" ")
        if kind == "used":
            return self._book.note(USED, exercise=page or exercise)
        way = WAYS.get(exercise) if act == "carry" else None
        return self._carry(exercise, way) if way else ""

    # Rows

    def _carry(self, exercise: str, way: Way) -> str | Refusal:
        rows = self._new_rows(exercise, way)
        there, _ = self._book.take(way.page, way.table)
        standing = [row for row in there if isinstance(row, dict)] if isinstance(there, list) else []
        asked = self._words.exercise(way.page).field(way.table).ask
        kept = self._book.keep(way.page, way.table, [*standing, *rows], asked)
        if not isinstance(kept, Refusal):
            self._done.add(exercise)
        return kept

    def _new_rows(self, exercise: str, way: Way) -> list[Json]:
        """Return the rows that would be new in the other table, by the words of its first column."""
        (_, first), *_ = way.columns
        there = {row.get(first) for row in self._rows(way.page, way.table)}
        made = ({to: row[at] for at, to in way.columns if row.get(at)} for row in self._rows(exercise, way.rows))
        return [row for row in made if row.get(first) and row[first] not in there]

    def _rows(self, exercise: str, field: str) -> list[dict[str, Json]]:
        value, _ = self._book.answer(exercise, field)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    # Plans

    def _used(self, exercise: str) -> list[Block]:
        says = self._words.exercise(exercise).says
        plans = [row for row in self._rows(exercise, PLANS[exercise]) if row.get("if") and row.get("then")]
        blocks: list[Block] = []
        if plans:
            button = element("button", says["used_button"], cls="rk-btn rk-btn--quiet", act="used")
            blocks.append(element("p", "", button, cls="rk-row"))
        events = [e for e in self._book.events if e.kind == USED and e.detail.get("exercise") == exercise]
        if events:
            key = "used_one" if len(events) == 1 else "used_many"
            date = told_day(events[-1].moment.local_date, self._words.say)
            blocks.append(element("p", says[key].format(count=len(events), date=date), set={"role": "status"}))
        return blocks
