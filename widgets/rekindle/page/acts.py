"""Acts: what a page can do besides its fields, from looking a draft over to noting that the support page was read."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.contact import Standing, State
from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.insights import Finding, fill, words_of
from rekindle.insights.message_check import check
from rekindle.page.book import Book
from rekindle.page.frame import Frame
from rekindle.page.gates import GATES

MESSAGE_PAGES = ("first-hello",)
STATE_ACTS = ("support-read", "reached-out", "hello-sent")
"""Buttons that note an event of the same name, after which the contact state may be another."""


class Acts:
    """The buttons of a page, and what they do. A checked draft is not kept: only what the lists noticed is shown."""

    def __init__(self, words: Catalog, book: Book, frame: Frame) -> None:
        self._words, self._book, self._frame = words, book, frame
        self._checked: dict[str, Sequence[Finding]] = {}

    def blocks(self, exercise: str) -> list[Block]:
        """Return the buttons of a page and what they have shown so far."""
        now = self._book.standing()
        if exercise in GATES:
            ticked = self._book.context(exercise).ticked - {"none", "skip"}
            return self._support(exercise) if ticked or State.PAUSED in now.also else []
        if exercise == "consent-gate":
            return self._reached_out(now)
        if exercise in MESSAGE_PAGES:
            return self._message(exercise)
        return []

    def act(self, exercise: str, act: str) -> str | Refusal:
        """Do what a button asks; return why it could not be noted, if so. `STATE_ACTS` change the contact state."""
        if act in STATE_ACTS:
            return self._book.note(act)
        if act == "check":
            self._look_over(exercise)
        return ""

    def forget(self, exercise: str) -> None:
        """Forget what the lists noticed."""
        self._checked.pop(exercise, None)

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

    # A draft

    def _message(self, exercise: str) -> list[Block]:
        say = self._words.say
        look = element("button", say("interface.buttons.check_message"), cls="rk-btn", act="check")
        sent = element("button", say("interface.fold.hello_sent"), cls="rk-btn rk-btn--quiet", act="hello-sent")
        words = words_of(self._words.exercise(exercise))
        found: list[Block] = []
        for finding in self._checked.get(exercise, ()):
            found.append(element("li", fill(finding, words), cls="rk-words" if finding.own_words else ""))
            if finding.help:
                found += self._frame.help(finding.help)
        listed = [element("ul", "", *found, cls="rk-checked", set={"role": "status"})] if found else []
        return [element("p", "", look, sent, cls="rk-row"), *listed]

    def _look_over(self, exercise: str) -> None:
        draft, _ = self._book.answer(exercise, "draft")
        ticked, _ = self._book.answer(exercise, "self_check")
        ticks = [str(tick) for tick in ticked] if isinstance(ticked, list) else []
        self._checked[exercise] = check(str(draft or ""), "first-hello", self._book.now(), ticked=ticks)
