"""The summary: what a person wrote in a part, in one place. Told only when they ask, since old words can hurt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.contact import is_open
from rekindle.content import Exercise, Field, Log, LongText
from rekindle.errors import RekindleError
from rekindle.forms.host import Host
from rekindle.forms.question_kinds import told_own
from rekindle.forms.telling import told_day, told_value
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.page.book import Book
from rekindle.questions import KINDS, is_own_page
from rekindle.records import Json

LONG = KINDS[0]
TURN = "turn"
"""What its one button asks for: to show it, or to put it away."""


class Summary:
    """What stands on the pages of a part. A folded page keeps its words to itself, and a letter opens on its page."""

    def __init__(
        self,
        book: Book,
        host: Host,
        pages: Callable[[], Sequence[Exercise]],
        on_trouble: Callable[[Refusal], None],
    ) -> None:
        self._book, self._host, self._pages, self._on_trouble = book, host, pages, on_trouble
        self._open = False
        self.widget = Words("rk-summary")
        self.widget.on_act = self._on_act
        self.widget.tell(*self._around([]))

    def renew(self) -> None:
        """Tell it anew if it is open; if the journal cannot be read, the page says so."""
        if not self._open:
            return
        try:
            told = self._around(self._told())
        except RekindleError as error:
            self._on_trouble(self._book.refusal(error))
            return
        if list(self.widget.told) != told:
            self.widget.tell(*told)

    def _on_act(self, _act: str) -> None:
        self._open = not self._open
        if self._open:
            self.renew()
        else:
            self.widget.tell(*self._around([]))

    def _around(self, told: Sequence[Block]) -> list[Block]:
        say = self._host.say
        key = "hide" if self._open else "show"
        button = element("button", say(f"interface.summary.{key}"), cls="rk-btn", act=TURN)
        about = element("p", say("interface.summary.about"), cls="rk-small")
        return [about, element("p", "", button, cls="rk-row"), *told]

    def _told(self) -> list[Block]:
        now = self._book.standing()
        seen = [page for page in self._pages() if is_open(page.id, now)]
        blocks = [block for page in seen for block in (self._own if is_own_page(page.id) else self._page)(page)]
        return blocks or [element("p", self._host.say("interface.summary.empty"))]

    # One page

    def _page(self, page: Exercise) -> list[Block]:
        rests = self._host.held(page.id)  # a draft that sleeps is not read here either
        fields = [field for field in page.fields if field.key not in rests]
        kids = [*self._kept(page), *(kid for field in fields for kid in self._answer(page, field))]
        if not kids:
            return []
        title = element("h3", page.title, cls="rk-sec")
        if not page.heavy or page.fresh:
            return [element("section", "", title, *kids)]
        inside = element("div", "", *kids, cls="rk-fold__in")
        folded = element("summary", self._host.say("interface.summary.heavy", date=self._written(page)))
        return [element("section", "", title, element("details", "", folded, inside, cls="rk-fold"))]

    def _own(self, page: Exercise) -> list[Block]:
        """Return a person's own questions with what they answered."""
        say, kids = self._host.say, list[Block]()
        for question in self._host.questions.all(page.id) or ():
            value, _ = self._book.answer(page.id, question.field)
            if question.deleted or value in (None, "", []):
                continue
            long = question.kind == LONG
            told = say("interface.summary.longer") if long else told_own(question.kind, value, say)
            kids.append(element("p", question.ask, cls="rk-small rk-words"))
            kids.append(element("p", told, cls="" if long else "rk-words"))
        return [element("section", "", element("h3", page.title, cls="rk-sec"), *kids)] if kids else []

    def _kept(self, page: Exercise) -> list[Block]:
        """Return how many entries or kept pages there are and from when; never what stands in them."""
        if not page.fresh and not any(isinstance(field, Log) for field in page.fields):
            return []
        found = self._host.page_of(page.id, 0, 1)
        if not found or not found[0]:
            return []
        entries, total = found
        what = "pages" if page.fresh else "entries"
        key = f"interface.summary.{what}_{'one' if total == 1 else 'many'}"
        date = told_day(entries[0].happened.local_date, self._host.say)
        return [element("p", self._host.say(key, count=total, date=date))]

    def _answer(self, page: Exercise, field: Field) -> list[Block]:
        if page.fresh or isinstance(field, Log) or field.keep == "never":
            return []
        value, answered = self._book.answer(page.id, field.key)
        if not answered or value in (None, "", []):
            return []
        asked = element("p", field.ask, cls="rk-small")
        if isinstance(field, LongText):
            return [asked, element("p", self._host.say("interface.summary.longer"))]
        return [asked, element("p", self._in_words(field, value), cls="rk-words")]

    def _in_words(self, field: Field, value: Json) -> str:
        name = getattr(field, "options_from", "")
        known = dict(self._host.offers(name)) if name else {}
        if isinstance(value, list) and known:
            return ", ".join(known.get(one) or told_value(field, [one], self._host.say) for one in map(str, value))
        return known.get(str(value)) or told_value(field, value, self._host.say)

    def _written(self, page: Exercise) -> str:
        days = [a.moment.local_date for a in self._book.answered if a.exercise == page.id and a.moment]
        return told_day(max(days), self._host.say) if days else ""
