"""The first page of the book: where the person left off, what today holds, and their own story over time."""

from __future__ import annotations

from rekindle.content import Catalog
from rekindle.dashboard import today
from rekindle.dashboard.facts import Facts
from rekindle.dashboard.mood import MoodDot
from rekindle.dashboard.shelf import shelf
from rekindle.dashboard.story import Story
from rekindle.errors import RekindleError
from rekindle.forms.stock import GridBox, VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.page import keepsakes
from rekindle.page.book import Book
from rekindle.page.greeting import Greeting
from rekindle.page.lock_words import NOT_NOW, lock_offer
from rekindle.page.part import Page
from rekindle.page.rising import Rising
from rekindle.page.tone import cloth
from rekindle.settings import Surface, surface


class Dashboard(Page):
    """Its cards are told anew each time that it comes to the front, and when another page has saved meanwhile."""

    def __init__(self, words: Catalog, book: Book) -> None:
        super().__init__(words, book)
        self._greeting = Greeting(words, book, self.frame)
        self._facts, self._rising = Facts(self), Rising(words, book, self.frame)
        self._version, self._troubled = 0, False
        self._greet, self._shelf = Words("rk-greeting"), Words("rk-shelfbox")
        self._next, self._promised, self._week, self._risen = Words(), Words(), Words(), Words()
        self._lock = Words()
        self._lock.on_act = self._on_lock_act
        self._space, self._wall, self._support, self._where = Words(), Words(), Words(), Words()
        self._mood = MoodDot(self)
        self._mood.on_changed = self._tell
        self._story = Story(self, self._facts)
        self.presence.on_beat = self._on_beat
        self._boxes = {box: self._box(box) for box in (self._lock, self._risen, self._week, self._space, self._wall)}
        lock, risen, *others = self._boxes.values()
        left = style(VBox([lock, risen, self._box(self._next), self._mood.root, self._box(self._promised)]), "rk-stack")
        right = style(VBox([*others, self._box(self._support), self._box(self._where)]), "rk-stack")
        first = [self._greet, self._shelf]  # a computer that forgets says so before anything else
        head_first = self.banner or surface() is Surface.LAB  # in JupyterLab the head holds Help now and Leave now
        top = style(VBox([self.head, *first] if head_first else [*first, self.head]), "rk-wide")
        self.root = style(
            VBox([style(GridBox([top, left, right, self._story.root]), "rk-dash")]), "rk", f"rk-of-{self.token}"
        )

    def _box(self, words: Words) -> VBox:
        return style(VBox([words]), "rk-card")

    def shown(self, dirty: frozenset[str]) -> None:
        """Tell every card what is true now."""
        self._version = self.book.journal.counts.version()
        now = self.book.standing()
        self._greet.tell(*self._greeting.blocks(hidden=self.hidden))
        last = self._greeting.left_off()
        here = self.words.exercise(last).part if last else ""
        self._shelf.tell(shelf(self.words.parts, self.frame, self.say, self.folded_parts(now), here, cloth(now)))
        self._where.tell(*self._where_words())
        self._mood.shown(dirty)
        self._tell_today()
        self.host.soon(self._story.renew)  # it stands below what is on screen, which need not wait for it

    def counted(self) -> None:
        """Tell what had to be counted first."""
        super().counted()
        self._tell_today()

    def _tell(self) -> None:
        """Tell what an entry may have changed."""
        self._tell_today()
        self._story.renew()

    def _tell_today(self) -> None:
        self._facts.renew()
        self._tell_or_hide(self._lock, lock_offer(self.words, self.book))
        self._tell_or_hide(self._risen, self._rising.blocks(self.host.help_blocks))
        self._next.tell(*today.next_thing(self, besides=self._rising.page))
        self._promised.tell(*today.promised(self))
        self._support.tell(*keepsakes.support(self.book, self.frame, self.say))
        self._tell_or_hide(self._week, today.week(self, self._facts))
        self._tell_or_hide(self._space, today.space(self, self._facts))
        self._tell_or_hide(self._wall, keepsakes.wall(self.book, self.say))

    def _on_lock_act(self, act: str) -> None:
        """Note that somebody does not want a lock now, and put the offer away."""
        if act == NOT_NOW:
            self.host.note(NOT_NOW)
            self._tell_or_hide(self._lock, lock_offer(self.words, self.book))

    def _tell_or_hide(self, words: Words, blocks: list[Block]) -> None:
        """A card with nothing to say is not there."""
        words.tell(*blocks)
        if blocks:
            self._boxes[words].remove_class("rk-card--none")
        else:
            style(self._boxes[words], "rk-card--none")

    def _on_beat(self) -> None:
        """Renew what is told, in place, if another page has saved since; the dot itself is left alone."""
        if not self._shown:
            return
        try:
            version = self.book.journal.counts.version()
            if version == self._version:
                return
            self._version = version
            self.book.read()
            self.arrange()
            self._mood.tell()
            self._tell()
            self._troubled = False
        except RekindleError as error:
            if not self._troubled:  # said once: a beat comes each second
                self._on_trouble(self.book.refusal(error))
            self._troubled = True

    def _where_words(self) -> list[Block]:
        link = element("a", self.say("dashboard.words.open"), href=self.frame.link("your-data"))
        return [
            element("h2", self.say("dashboard.words.title"), cls="rk-sec"),
            element("p", self.say("dashboard.words.text")),
            element("p", "", link),
        ]
