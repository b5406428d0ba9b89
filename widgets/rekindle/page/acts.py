"""Acts: what a page can do besides its fields, from looking a draft over to noting that the support page was read."""

from __future__ import annotations

import uuid

from rekindle.contact import Standing, State
from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.page.book import Book
from rekindle.page.drafts import Drafts
from rekindle.page.frame import Frame
from rekindle.page.gates import GATES
from rekindle.page.jar import JAR_PAGES, Jar
from rekindle.page.pledges import FROM, Pledges

STATE_ACTS = ("support-read", "reached-out", "they-proposed", "hello-sent")
"""Buttons that note an event of the same name, after which the contact state may be another."""


class Acts:
    """The buttons of a page, and what they do."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book = words, book
        self._drafts, self._pledges = Drafts(words, book, frame), Pledges(words, book, frame)
        self._jar = Jar(words, book)
        self._noted: set[str] = set()

    def blocks(self, exercise: str) -> list[Block]:
        """Return the buttons of a page and what they have shown so far."""
        now = self._book.standing()
        if exercise in GATES:
            ticked = self._book.context(exercise).ticked - {"none", "skip"}
            return self._support(exercise) if ticked or State.PAUSED in now.also else []
        if exercise == "consent-gate":
            return self._reached_out(now) + self._proposed(now)
        if exercise in JAR_PAGES:
            return self._jar.blocks(exercise)
        if exercise == "safe-to-tell-me":
            return self._honest_line()
        return (self._pledges if exercise in FROM else self._drafts).blocks(exercise)

    def act(self, exercise: str, act: str) -> str | Refusal:
        """Do what a button asks; return why it could not be noted, if so."""
        kind, _, detail = act.partition(" ")
        if kind in STATE_ACTS:
            return self._book.note(kind)
        if kind == "seal":
            return self._drafts.put_to_sleep(exercise, detail)
        if kind == "pledge":
            return self._pledges.write(exercise, detail)
        if kind == "honest-line":
            return self._note_honest_line()
        if kind == "check":
            self._drafts.look_over(exercise)
        elif kind == "jar":
            self._jar.turn()
        return ""

    @staticmethod
    def bears_on_contact(act: str) -> bool:
        """Return if an act may change what is open or shown."""
        return act.partition(" ")[0] in (*STATE_ACTS, "seal")

    def forget(self, exercise: str) -> None:
        """Forget what a page's buttons have shown."""
        self._drafts.forget(exercise)
        self._pledges.forget()
        self._jar.forget()
        self._noted.clear()

    # The support page of a pause

    def _support(self, exercise: str) -> list[Block]:
        say = self._words.say
        side = "to_me" if exercise == "safety-gate" else "by_me"
        template = self._words.words.under(f"support.{side}")
        kids: list[Block] = [element("h3", say("support.title"), cls="rk-sec")]
        for name, text in template.items():
            if name == "signs":
                items = [element("li", line.removeprefix("- ")) for line in text.splitlines() if line.strip()]
                kids.append(element("ul", "", *items))
            else:
                kids.append(element("h4" if name.endswith("title") else "p", text))
        kids.append(element("p", say("support.again")))
        if State.PAUSED in self._book.standing().also and not self._read_since_pause():
            read = element("button", say("support.read"), cls="rk-btn", act="support-read")
            kids.append(element("p", "", read))
        return [element("div", "", *kids, cls="rk-support")]

    def _read_since_pause(self) -> bool:
        events = [event.kind for event in self._book.events if event.kind in ("paused", "support-read")]
        return bool(events) and events[-1] == "support-read"

    # They reached out first

    def _reached_out(self, now: Standing) -> list[Block]:
        order, _ = self._book.answer("consent-gate", "order")
        waiting = now.also & {State.CLOSED, State.SPACE, State.QUIET}
        if not waiting or order != "no":
            return []
        say = self._words.say
        button = element("button", say("interface.fold.reached_out"), cls="rk-btn rk-btn--quiet", act="reached-out")
        return [element("p", say("interface.fold.reached_out_note"), cls="rk-small"), element("p", "", button)]

    def _proposed(self, now: Standing) -> list[Block]:
        if now.state is not State.OPEN:
            return []
        say = self._words.say
        button = element("button", say("interface.fold.they_proposed"), cls="rk-btn rk-btn--quiet", act="they-proposed")
        return [element("p", say("interface.fold.they_proposed_note"), cls="rk-small"), element("p", "", button)]

    # A line for another log

    def _honest_line(self) -> list[Block]:
        heard, _ = self._book.answer("safe-to-tell-me", "heard")
        if not isinstance(heard, str) or not heard.strip():
            return []
        says = self._words.exercise("safe-to-tell-me").says
        if "honest-line" in self._noted:
            return [element("p", says["line_added"], cls="rk-small", set={"role": "status"})]
        button = element("button", says["add_line"], cls="rk-btn rk-btn--quiet", act="honest-line")
        return [element("p", "", button, cls="rk-row")]

    def _note_honest_line(self) -> str | Refusal:
        """Put what was heard into the honesty log, as the person asked on a click."""
        heard, _ = self._book.answer("safe-to-tell-me", "heard")
        if not isinstance(heard, str) or not heard.strip() or "honest-line" in self._noted:
            return ""
        values = {"day": self._book.now().local_date.isoformat(), "stake": heard}
        kept = self._book.keep_entry("honesty-log", uuid.uuid4().hex, values, "")
        if not isinstance(kept, Refusal):
            self._noted.add("honest-line")
        return kept
