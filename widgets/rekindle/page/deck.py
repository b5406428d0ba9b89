"""The plan deck: every if-then plan of the pages that are open, in one place, with the days on which they were used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rekindle.contact import is_open
from rekindle.content import Catalog, IfThen
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, element
from rekindle.page.book import Book
from rekindle.page.carry import USED
from rekindle.records import Json

_URGES = "urge-if-then"
DECK_PAGES = (_URGES, "the-do-over", "right-now")
"""Pages that show the deck. In the ten quiet minutes it stands for those who chose their own plan, without the plans
for urges: those are a choice on the page, so that the urge log knows which one it was.
"""

ROWS = {"doubt-triggers": ("rows", "act", "instead")}
"""Pages with a table whose rows are plans: the table, the column of the cue, and that of the act."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One whole plan, and the page that it was made on."""

    page: str
    cue: str = field(repr=False)
    act: str = field(repr=False)
    said: str = "interface.fields.plan"


class Deck:
    """Gathers the plans. A page that is folded now keeps its plans to itself."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._book = words, book

    def plans(self) -> list[Plan]:
        """Return the plans in the order of the book."""
        now = self._book.standing()
        return [plan for e in self._words.exercises if is_open(e.id, now) for plan in self._of(e.id)]

    def blocks(self, exercise: str) -> list[Block]:
        """Return the deck as it stands on a page; nothing where there is one plan or none."""
        chosen = exercise != "right-now" or self._book.answers_of(exercise).get("do") == "plan"
        plans = self.plans() if exercise in DECK_PAGES and chosen else []
        plans = [plan for plan in plans if exercise != "right-now" or plan.page != _URGES]
        fewest = 1 if exercise == "right-now" else 2  # on its own page, one plan is there already
        if len(plans) < fewest:
            return []
        say = self._words.say
        items = [self._line(plan) for plan in plans]
        title = element("summary", say("interface.deck.title"))
        inside = element("div", "", element("ul", "", *items, cls="rk-list"), cls="rk-fold__in")
        opened = {"open": ""} if exercise == "right-now" else {}
        return [element("details", "", title, inside, cls="rk-fold rk-deck", set=opened)]

    def sheet(self) -> list[Block]:
        """Return the plans as lines for a sheet of paper."""
        return [element("p", self._told(plan), cls="rk-words") for plan in self.plans()]

    def _of(self, page: str) -> Iterator[Plan]:
        table, cue, act = ROWS.get(page, ("", "", ""))
        for row in self._rows(page, table) if table else ():
            if row.get(cue) and row.get(act):
                yield Plan(page, str(row[cue]), str(row[act]), "interface.deck.row")
        for asked in self._words.exercise(page).fields:
            for row in self._rows(page, asked.key) if isinstance(asked, IfThen) else ():
                if row.get("if") and row.get("then"):
                    yield Plan(page, str(row["if"]), str(row["then"]))

    def _rows(self, page: str, field: str) -> list[dict[str, Json]]:
        value, _ = self._book.answer(page, field)
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def _told(self, plan: Plan) -> str:
        return self._words.say(plan.said, cue=plan.cue, act=plan.act)

    def _line(self, plan: Plan) -> Block:
        used = [e for e in self._book.events if e.kind == USED and e.detail.get("exercise") == plan.page]
        say = self._words.say
        where = self._words.exercise(plan.page).title
        note = (
            f"{where} · {say('interface.deck.used', date=told_day(used[-1].moment.local_date, say))}" if used else where
        )
        button = element("button", say("interface.deck.use"), cls="rk-btn rk-btn--quiet", act=f"used {plan.page}")
        kids = (element("p", self._told(plan), cls="rk-words"), element("p", note, cls="rk-small"), button)
        return element("li", "", *kids)
