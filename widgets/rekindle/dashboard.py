"""The dashboard: where the person left off, one next thing, a dot for today, and what they have kept."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from rekindle.contact import Standing
from rekindle.content import Catalog, Exercise, Part
from rekindle.content import fields as asked
from rekindle.forms.insight import put_chart
from rekindle.forms.log import LogForm
from rekindle.forms.markup import head, status
from rekindle.forms.stock import HTML, GridBox, HBox, Output, VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import Finding, fill, findings, words_of
from rekindle.page import keepsakes
from rekindle.page.book import Book
from rekindle.page.greeting import MOOD, Greeting
from rekindle.page.part import Page
from rekindle.page.way import suggests, way

PROMISES = "promise-log"


class Dashboard(Page):
    """The first page of the book. Its cards are told anew each time that it comes to the front."""

    def __init__(self, words: Catalog, book: Book) -> None:
        super().__init__(words, book)
        self._greeting = Greeting(words, book, self.frame)
        self._greet, self._shelf = Words("rk-greeting"), Words("rk-shelfbox")
        self._next, self._wall = Words(), Words()
        self._support, self._where = Words(), Words()
        self._mood = MoodDot(self)
        self._promises = Told(self, PROMISES)
        left = style(VBox([self._box(self._next), self._mood.root, self._promises.root]), "rk-stack")
        self._wall_box = self._box(self._wall)
        right = style(VBox([self._wall_box, self._box(self._support), self._box(self._where)]), "rk-stack")
        shelf = style(VBox([self._greet, self._shelf, self.head]), "rk-wide")
        self.root = style(VBox([style(GridBox([shelf, left, right]), "rk-dash")]), "rk", f"rk-of-{self.token}")

    def _box(self, words: Words) -> VBox:
        return style(VBox([words]), "rk-card")

    def shown(self, dirty: frozenset[str]) -> None:
        """Tell every card what is true now."""
        now = self.book.standing()
        self._greet.tell(*self._greeting.blocks(hidden=self.hidden))
        self._shelf.tell(self._books(now))
        self._next.tell(*self._next_thing(now))
        self._wall.tell(*self._own_wall())
        self._support.tell(*keepsakes.support(self.book, self.frame, self.say))
        self._where.tell(*self._where_words())
        self._mood.shown(dirty)
        self._promises.shown()

    def _books(self, now: Standing) -> Block:
        last = self._greeting.left_off()
        here = self.words.exercise(last).part if last else ""
        return element("ul", "", *(self._spine(part, now, here) for part in self.words.parts), cls="rk-shelf")

    def _spine(self, part: Part, now: Standing, here: str) -> Block:
        folded = part.id in self.folded_parts(now)
        word = (
            self.say("dashboard.shelf.folded")
            if folded
            else self.say("dashboard.shelf.here")
            if part.id == here
            else ""
        )
        classes = " ".join(name for name, on in (("is-folded", folded), ("is-here", part.id == here)) if on)
        kids = [element("b", part.number), element("strong", part.short_title), element("small", word)]
        link = element("a", "", *kids, href=self.frame.link(part.notebook), cls=classes, set={"data-cloth": part.cloth})
        return element("li", "", link)

    def _next_thing(self, now: Standing) -> list[Block]:
        title = element("h2", self.say("dashboard.next.title"), cls="rk-sec")
        found = next((e for e in self._way() if self._is_next(e, now)), None)
        if found is None:
            return [title, element("p", self.say("dashboard.next.none"))]
        name, href = self.frame.address(found.id)
        link = element("a", "", name, element("span", self.meta(found)), href=href)
        return [
            title,
            element("ul", "", element("li", "", link), cls="rk-next"),
            element("p", found.purpose, cls="rk-small"),
        ]

    def _way(self) -> Sequence[Exercise]:
        return way(e for e in self.words.exercises if e.lean and not e.fresh and not _is_log(e))

    def _is_next(self, exercise: Exercise, now: Standing) -> bool:
        if not suggests(exercise.id, now) or self.book.answers_of(exercise.id):
            return False
        return not (self.book.event("done", exercise.id) or self.book.event("left-blank", exercise.id))

    def _own_wall(self) -> list[Block]:
        blocks = keepsakes.wall(self.book, self.say)
        if blocks:
            self._wall_box.remove_class("rk-card--none")
        else:
            style(self._wall_box, "rk-card--none")
        return blocks

    def _where_words(self) -> list[Block]:
        link = element("a", self.say("dashboard.words.open"), href=self.frame.link("your-data"))
        return [
            element("h2", self.say("dashboard.words.title"), cls="rk-sec"),
            element("p", self.say("dashboard.words.text")),
            element("p", "", link),
        ]

    def sentences(self, exercise: str) -> tuple[list[Finding], list[Block]]:
        """Return an exercise's findings and their sentences."""
        found = findings(exercise, {}, self.book.entries(exercise), self.book.context(exercise))
        words = words_of(self.words.exercise(exercise))
        lines = [fill(finding, words, lambda day: told_day(day, self.say)) for finding in found]
        blocks: list[Block] = [element("p", line, cls="rk-say") for line in lines[:2]]
        for finding in found:
            blocks += self.host.help_blocks(finding.help) if finding.help else []
        return list(found), blocks


class Told:
    """A log on the dashboard: its title, its sentences and its chart."""

    def __init__(self, page: Dashboard, exercise: str) -> None:
        self._page, self._exercise = page, page.words.exercise(exercise)
        self._words = Words()
        self._chart = VBox([style(Output(), "rk-chart"), Words("rk-twinbox")])
        self._place = VBox()
        self.root = style(VBox([self._words, self._place]), "rk-card")

    def shown(self) -> None:
        """Tell what the log shows now."""
        found, blocks = self._page.sentences(self._exercise.id)
        _, href = self._page.frame.address(self._exercise.id)
        say = self._page.say
        title = element("h2", say("dashboard.promises.title"), cls="rk-sec")
        empty: list[Block] = [] if blocks else [element("p", say("dashboard.promises.empty"))]
        link = element("p", "", element("a", say("dashboard.promises.open"), href=href))
        self._words.tell(title, *blocks, *empty, link)
        show_chart(self._page, self._exercise, found, self._place, self._chart)


class MoodDot:
    """Mood in twenty seconds: one tap on a number is an entry, and a second tap changes it."""

    def __init__(self, page: Dashboard) -> None:
        self._page, self._exercise = page, page.words.exercise(MOOD)
        field = next(f for f in self._exercise.fields if isinstance(f, asked.Log))
        self._log = LogForm(MOOD, field, page.host, only=("mood",))
        self._log.on_changed = lambda: page.host.soon(self._tell)
        self._words = Words()
        self._chart = VBox([style(Output(), "rk-chart"), Words("rk-twinbox")])
        self._place = VBox()
        self._hook()
        mark = HTML(status(page.say("interface.status.still")))
        kids = [
            HTML(head(self._exercise.title)),
            self._log.bare,
            style(HBox([mark]), "rk-foot"),
            self._words,
            self._place,
        ]
        self.root = style(VBox(kids), "rk-card", "rk-exercise", f"rk-exercise--{MOOD}", f"rk-of-{page.token}")

    def _hook(self) -> None:
        for key, control in self._log.controls.items():
            control.on_kept = functools.partial(self._kept, f"{MOOD}/{key}")
            control.on_refused = functools.partial(self._refused, f"{MOOD}/{key}")

    def _kept(self, path: str, shown: str, at: str) -> None:
        self._page.presence.say("kept", path=path, shown=shown, at=at)

    def _refused(self, path: str, why: str) -> None:
        self._page.presence.say("not", path=path, why=why)

    def shown(self, dirty: frozenset[str]) -> None:
        """Show the dot and its line as they are now."""
        if not dirty:
            self._log.refill(dirty)
        expect = {f"{MOOD}/{key}": control.shown() for key, control in self._log.controls.items()}
        self._page.presence.say("opened", exercise=MOOD, expect=expect, own=[], go=False)
        self._tell()

    def _tell(self) -> None:
        found, blocks = self._page.sentences(MOOD)
        empty: list[Block] = [] if blocks else [element("p", self._page.say("dashboard.mood.empty"), cls="rk-small")]
        self._words.tell(*blocks, *empty)
        show_chart(self._page, self._exercise, found, self._place, self._chart)


def show_chart(page: Dashboard, exercise: Exercise, found: Sequence[Finding], place: VBox, chart: VBox) -> None:
    """Show the first chart of some findings in its place, or leave the place empty."""
    drawn = next((d for finding in found if (d := page.host.chart(finding, exercise)) is not None), None)
    if drawn is None:
        place.children = ()
        return
    put_chart(chart, *drawn)
    if place.children != (chart,):
        place.children = (chart,)


def _is_log(exercise: Exercise) -> bool:
    return any(isinstance(field, asked.Log) and field.several for field in exercise.fields)
