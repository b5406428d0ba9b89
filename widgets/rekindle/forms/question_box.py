"""The box of one own question: its words, the control under them, and the way to change it."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.forms.control import Control
from rekindle.forms.host import Host
from rekindle.forms.question_kinds import build_own, told_own
from rekindle.forms.stock import VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.questions import KINDS, Question

BRIEF = 60
"""How much of a question the name of its button says."""


class QuestionBox:
    """One question on the card. `on_act(act, id)` hears its buttons: "change", and "back" once it was taken out."""

    def __init__(self, question: Question, page: str, host: Host, on_act: Callable[[str, str], None]) -> None:
        self.question, self._page, self._host = question, page, host
        self.control: Control | None = build_own(question, host.say)
        self._head, self._foot, self._gone = Words("rk-mine__head"), Words("rk-mine__foot"), Words("rk-mine__gone")
        for words in (self._foot, self._gone):
            words.on_act = lambda act: on_act(act, self.question.id)
        answer = [self.control.widget] if self.control else []
        self._kids = [self._head, *answer, self._foot]
        self.widget = style(VBox(self._kids), "rk-mine", f"rk-mine--{question.id}")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.question.id}>"

    def fits(self, question: Question) -> bool:
        """Return if this box can ask a question: the same one, answered in the same way."""
        mine = self.question
        return (mine.field, mine.choices) == (question.field, question.choices)

    def ask(self, question: Question, form: VBox | None = None) -> None:
        """Show a question in its current words, with its control; or the form that changes it in its place.

        For one that was taken out, show the way to put it back.
        """
        self.question = question
        self.tell()
        kids = [form] if form else [self._gone] if question.deleted else self._kids
        if list(self.widget.children) != kids:  # else the view, and what is typed in it, would be made anew
            self.widget.children = kids

    @property
    def live(self) -> Control | None:
        """The control, if it is shown now."""
        return self.control if self.control and self.control.widget in self.widget.children else None

    def tell(self) -> None:
        """Tell the words around the control anew."""
        say = self._host.say
        back = element("button", say("interface.buttons.put_back"), cls="rk-btn rk-btn--quiet", act="back")
        gone = element("p", say("own-questions.taken_out") + " ", back, set={"role": "status"})
        for words, told in ((self._head, self._words()), (self._foot, [self._change()]), (self._gone, [gone])):
            if list(words.told) != told:
                words.tell(*told)

    def _words(self) -> list[Block]:
        say, asked = self._host.say, self.question
        hint = [element("span", say("own-questions.scale"))] if asked.kind == "scale-0-10" else []
        text: Block = element("span", asked.ask, cls="rk-words rk-mine__q")
        if not asked.ask.strip():
            text = element("span", say("own-questions.no_words"), cls="rk-mine__q")
        blocks: list[Block] = [element("p", "", text, *hint, cls="rk-q")]
        if asked.kind not in KINDS:
            blocks.append(element("p", say("own-questions.other_kind"), cls="rk-small"))
        return [*blocks, *self._before()]

    def _before(self) -> list[Block]:
        """Return the words under which it was answered, if they were others, and what was answered in other ways."""
        say, shelf = self._host.say, self._host.questions
        blocks: list[Block] = []
        worded = shelf.worded(self._page, self.question.field)
        if worded and worded != self.question.wording:
            blocks.append(_quoted(say("own-questions.answered_as"), worded))
        for kind, value in shelf.earlier(self._page, self.question):
            label = say(f"own-questions.as.{kind}") if kind in KINDS else kind
            blocks.append(_quoted(say("own-questions.earlier", kind=label), told_own(kind, value, say)))
        return blocks

    def _change(self) -> Block:
        label = self._host.say("interface.buttons.change")
        brief = self.question.ask if len(self.question.ask) <= BRIEF else f"{self.question.ask[:BRIEF]}…"
        name = {"aria-label": f"{label}: {brief}"}
        button = element("button", label, cls="rk-btn rk-btn--quiet", act="change", set=name)
        return element("div", "", button, cls="rk-puts-away rk-mine__ends")


def _quoted(label: str, words: str) -> Block:
    return element("p", f"{label} ", element("span", words, cls="rk-words"), cls="rk-small rk-mine__before")
