"""Find and look back: a fold that looks for words in all that was written, or shows a day, a month, a part or a log.

What is looked for is noted nowhere, and is forgotten when the fold is put away or the page is left. Old words are
shown only when they were asked for: where no word was looked for, and on heavy pages and kept ones, they stay behind a
button, and what they are is said first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.dashboard.finds import Find, Finds, Line
from rekindle.dashboard.scope import Scope
from rekindle.dashboard.section import Fold
from rekindle.forms.finder import LONGEST
from rekindle.forms.period import ALL_TIME, DAY, DAYS, LAST, MONTH, Period, labels_of
from rekindle.forms.telling import told_day
from rekindle.forms.turns import PAGE, Turns
from rekindle.frontend.seek import Asked, Seek
from rekindle.frontend.words import Block, Words, element
from rekindle.journal.seeking import sought, stretches
from rekindle.page.part import Page

BRIEF = 400
"""So many letters of a text are shown where a word of it was looked for; of a longer one, only its paragraphs."""

_FOLDED = ("heavy", "kept")
_SPANS = (ALL_TIME, DAY, *LAST, MONTH, DAYS)


class Search(Fold):
    """Told anew with each thing that is asked, and when another page has saved."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "find")
        self._seek, self._list = Seek(self._labels()), Words("rk-hist rk-found")
        self._seek.on_seek, self._list.on_act = self._on_seek, self._on_act
        self._period = Period(self._seek, self.say, page.host.today, self._months)
        self._turns = Turns(self.say)
        self._scope: Scope | None = None
        self._forget()

    def _labels(self) -> dict[str, object]:
        say = self.say
        own = {"about": "sections.find.title", "hint": "find.hint", "place": "find.place", "all": "find.clear"}
        labels = {name: say(f"story.{key}") for name, key in own.items()}
        return labels | labels_of(_SPANS, say) | {"find_words": say("interface.seek.find_words"), "flat": True}

    def _forget(self) -> None:
        self._wish: Asked = {}
        self._finds: Sequence[Find] = ()
        self._shown: set[str] = set()
        self._turns.to_start()

    def shut(self) -> None:
        """Put it away, with what was looked for and what was found."""
        super().shut()
        self._forget()
        self._list.tell()
        self._seek.show("", active=False, any_there=True)

    def tell(self) -> None:
        """Look again: what is open may be another now."""
        self._look()
        if not self.body.children:
            self.body.children = (self._seek, self._list)

    def _months(self) -> Sequence[str]:
        return self.page.book.journal.leaves.everywhere.months(self._scope.pages("")) if self._scope else ()

    # What is looked for

    def _on_seek(self, wish: Asked) -> None:
        self._forget()
        self._wish = wish
        self.renew()

    @property
    def _words(self) -> tuple[str, ...]:
        return sought(self._wish.get("words", "")[:LONGEST])

    def _look(self) -> None:
        book = self.page.book
        book.read()  # what another page has folded since is not looked at
        scope = self._scope = Scope(self.page)
        self._seek.offer_places(scope.places())
        words, place = self._words, self._wish.get("place", "")
        since, until = self._period.days(self._wish)
        if not (words or place or since or until):
            self._finds = ()
            self._seek.show("", active=False, any_there=True)
            self._list.tell()
            return
        fits, pages = scope.fits(words), scope.pages(place)
        days = since or dt.date.min, until or dt.date.max
        search = book.journal.leaves.everywhere
        found = search.of(pages, fits, since, until, limit=PAGE, offset=self._turns.offset)
        if self._turns.beyond(found.found):
            found = search.of(pages, fits, since, until, limit=PAGE, offset=self._turns.offset)
        read = Finds(self.page, scope)
        self._finds = [find for at in found.places if (find := read.at(at, fits, days))]
        key = "one" if found.found == 1 else "many" if found.found else "none"
        self._seek.show(self.say(f"story.find.found_{key}", count=found.found), active=True, any_there=True)
        self._tell_finds()

    # What was found

    def _on_act(self, act: str) -> None:
        verb, _, key = act.partition(" ")
        if verb == "turn":
            self._shown ^= {key}
            self._tell_finds()
        elif self._turns.take(act):
            self._shown.clear()
            self.renew()
            self._list.land()

    def _tell_finds(self) -> None:
        if not self._finds:
            self._list.tell(element("p", self.say("story.sections.find.empty"), cls="rk-empty"))
            return
        turns = self._turns.blocks(len(self._finds))
        rows = [self._row(find, first=at == 0) for at, find in enumerate(self._finds)]
        self._list.tell(*turns, *rows, *turns)

    def _row(self, find: Find, *, first: bool) -> Block:
        say = self.say
        stamp = f"{told_day(find.when.local_date, say)}, {find.when.local:%H:%M}"
        title = element("h4", "", element("a", find.title, href=find.href), cls="rk-found__title", land=first)
        about = (
            say("story.find.sealed", date=told_day(find.sealed, say)) if find.sealed else say(f"story.find.{find.kind}")
        )
        kids: list[Block] = [element("p", stamp, cls="rk-entry__when"), title, element("p", about, cls="rk-small")]
        brief = self._brief(find)
        lines = find.lines if find.key in self._shown else brief
        kids += [self._line(line) for line in lines]
        verb = "fold" if find.key in self._shown else "whole" if brief else "show"
        ends: list[Block] = []
        if find.lines and (verb != "whole" or brief != list(find.lines)):
            name = say(f"story.find.{verb}")
            more = {"aria-label": f"{name}: {find.title}, {stamp}"}
            ends = [element("button", name, cls="rk-btn rk-btn--quiet", act=f"turn {find.key}", set=more)]
        return element("div", "", element("div", "", *kids), element("div", "", *ends, cls="rk-ends"), cls="rk-entry")

    def _brief(self, find: Find) -> list[Line]:
        """Return the lines in which a word stands that was looked for; none of a page whose words wait to be asked."""
        if find.kind in _FOLDED:
            return []
        words = self._words
        held = [line for line in find.lines if stretches(line.text, words) or (line.own and stretches(line.ask, words))]
        return [Line(line.ask, _shortened(line.text, words), own=line.own) for line in held]

    def _line(self, line: Line) -> Block:
        asked: list[Block] = [element("small", line.ask, cls="rk-words" if line.own else ""), " "] if line.ask else []
        text = element("span", "", *self._marked(line.text), cls="rk-words")
        return element("p", "", *asked, text, cls="rk-entry__what")

    def _marked(self, text: str) -> list[Block]:
        """Return a text in pieces, with what was looked for marked; together they are the text."""
        pieces: list[Block] = []
        at = 0
        for start, end in stretches(text, self._words):
            if end > at:
                pieces += [text[at:start]] if start > at else []
                pieces.append(element("strong", text[max(start, at) : end], cls="rk-new"))
                at = end
        return [*pieces, *([text[at:]] if at < len(text) else [])]


def _shortened(text: str, words: Sequence[str]) -> str:
    """Return a text; of a long one, the paragraphs in which a word stands, each whole."""
    if len(text) <= BRIEF:
        return text
    return "\n".join(each for each in text.splitlines() if stretches(each, words)) or text
