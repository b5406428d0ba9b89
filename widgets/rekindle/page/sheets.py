"""Sheets: what a page can put on paper, made when asked for. Only the sheet is printed; nothing leaves the computer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rekindle.content import Catalog, Exercise
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, element
from rekindle.insights import Finding, fill, words_of
from rekindle.page.book import Book
from rekindle.page.deck import Deck
from rekindle.page.frame import Frame
from rekindle.page.keepsakes import column

Drawn = Callable[[Finding, Exercise], tuple[Mapping[str, object], Block] | None]
Found = Callable[[str], Sequence[Finding]]

SHEET = "sheet"
_CARDS = {"urge-if-then": ("card_plan", "card_person"), "open-book-limits": ("open_list", "private_list")}
"""Pages whose sheet is a card of these sentences."""

_REPORT, _SUPPORT, _PLANS = "closing-report", "support-card", "the-do-over"
SHEET_PAGES = (*_CARDS, _REPORT, _SUPPORT, _PLANS)


class Sheets:
    """The sheet of each page that has one, once it was asked for."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book, self._frame = words, book, frame
        self._deck = Deck(words, book)
        self._shown: set[str] = set()

    def act(self, exercise: str) -> None:
        """Show a page's sheet, or put it away."""
        self._shown ^= {exercise}

    def forget(self, exercise: str) -> None:
        """Put a page's sheet away."""
        self._shown.discard(exercise)

    def blocks(self, exercise: str, found: Found, drawn: Drawn) -> list[Block]:
        """Return a page's button and its sheet; nothing for a page that has none, or has nothing on it."""
        if exercise not in SHEET_PAGES or not self._anything(exercise):
            return []
        say, shown = self._words.say, exercise in self._shown
        key = "interface.sheet.close" if shown else f"interface.sheet.{exercise.replace('-', '_')}"
        button = element("button", say(key), cls="rk-btn rk-btn--quiet", act=SHEET)
        if not shown:
            return [element("p", "", button, cls="rk-row")]
        printing = element("button", say("interface.sheet.print"), cls="rk-btn", act="print")
        sheet = element("section", "", *self._sheet(exercise, found, drawn), cls=f"rk-sheet rk-sheet--{exercise}")
        note = element("p", say("interface.sheet.note"), cls="rk-small")
        return [element("div", "", sheet, element("p", "", printing, button, cls="rk-row"), note, cls="rk-sheetbox")]

    def _anything(self, exercise: str) -> bool:
        return bool(self._deck.plans()) if exercise == _PLANS else bool(self._book.answers_of(exercise))

    def _sheet(self, exercise: str, found: Found, drawn: Drawn) -> list[Block]:
        if exercise == _SUPPORT:
            return self._support()
        if exercise == _PLANS:
            return [element("h3", self._words.say("interface.deck.title")), *self._deck.sheet()]
        asked, only = self._words.exercise(exercise), _CARDS.get(exercise)
        kids: list[Block] = [element("h3", asked.title)]
        if exercise == _REPORT:
            kids.append(element("p", told_day(self._book.now().local_date, self._words.say), cls="rk-small"))
        charts = 0
        for finding in found(exercise):
            if finding.sentence in only if only else not finding.sentence.startswith("note_"):
                chart = drawn(finding, asked) if finding.chart else None
                kids += [self._told(finding, asked), *(_on_paper(chart, charts) if chart else [])]
                charts += chart is not None
        return kids

    def _told(self, finding: Finding, asked: Exercise) -> Block:
        text = fill(finding, words_of(asked), lambda day: told_day(day, self._words.say))
        return element("p", text, cls="rk-words")

    def _support(self) -> list[Block]:
        card, says = self._book.answers_of(_SUPPORT), self._words.exercise(_SUPPORT).says
        say = self._words.say
        kids: list[Block] = [element("h3", self._words.exercise(_SUPPORT).title)]
        told = {key: str(card.get(key) or "").strip() for key in ("signs", "reason")}
        lines = [says[f"card_{key}"].format(**{key: words}) for key, words in told.items() if words]
        kids += [element("p", line, cls="rk-words") for line in lines]
        for name, key, columns in (("helps", "calm", ("what", "how_long")), ("people", "people", ("who", "how"))):
            if listed := column(card.get(key), *columns):
                items = [element("li", line, cls="rk-words") for line in listed]
                kids += [element("h4", say(f"dashboard.support.{name}")), element("ul", "", *items)]
        country = card.get("lines")
        return kids + self._frame.help("crisis", country if isinstance(country, str) else "world")


def _on_paper(chart: tuple[Mapping[str, object], Block], number: int) -> list[Block]:
    """Return a chart on paper: a place for the one that the page has drawn, by its number there, and its table."""
    figure, table = chart[0], _table(chart[1])
    place = element("figure", cls="rk-paperchart", set={"data-chart": str(number)})
    return [*([place] if figure else []), *([table] if table else [])]


def _table(twin: Block) -> Block | None:
    """Return the table inside a chart's text twin, which on paper cannot be opened."""
    if isinstance(twin, str) or twin.get("tag") == "table":
        return None if isinstance(twin, str) else twin
    return next((found for kid in twin.get("kids", ()) if (found := _table(kid)) is not None), None)
