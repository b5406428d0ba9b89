"""The card of a part's own questions: they are asked in order, and can be added, changed, moved and taken out."""

from __future__ import annotations

import functools

import ipywidgets as ipw

from rekindle.content import fields as asked
from rekindle.content.parts import Exercise
from rekindle.forms.card import Card
from rekindle.forms.control import Control
from rekindle.forms.entry_versions import EntryVersions
from rekindle.forms.host import Host, Kept
from rekindle.forms.markup import status
from rekindle.forms.own_versions import OwnVersions
from rekindle.forms.question_box import QuestionBox
from rekindle.forms.question_form import QuestionForm, question_fields
from rekindle.forms.stock import HTML, Button, HBox, VBox, style
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.questions import Question, swapped
from rekindle.records import Json


class QuestionCard(Card):
    """The last card of a part. While it holds no question, opening it shows the form for a first one.

    A form stands in the place of the question that it changes, or under all of them for a new one. A question that is
    taken out stays where it was as a line that puts it back, until the card is opened anew; after that, in a list.
    """

    form: QuestionForm

    def __init__(self, exercise: Exercise, token: str, host: Host) -> None:
        super().__init__(exercise, token, host)
        self.boxes: dict[str, QuestionBox] = {}
        self._found: list[Question] = []
        self._taken: set[str] = set()
        self._editing, self._adding = "", False

    def _inside(self) -> list[ipw.DOMWidget]:
        say, page = self._say, self.exercise.id
        self.boxes, self._found, self._taken, self._editing, self._adding = {}, [], set(), "", False
        self.form = QuestionForm(page, self._host)
        self.form.on_act, self.form.on_changed = self._on_form, self._on_form_changed
        self._hook(self.form.every)
        shape = asked.Log(key="form", type="log", ask=say("own-questions.title"), fields=question_fields(say))
        self._others = EntryVersions(page, shape, self._host, self._on_settled)
        self._versions = OwnVersions(self.exercise, self._host, self._use_other, self._asks)
        self._list, self._slot = style(VBox(), "rk-mines"), style(VBox(), "rk-minenew")
        self._add = style(Button(description=say("own-questions.add")), "rk-puts-away", "rk-mine-add")
        self._add.on_click(lambda _b: self._begin())
        self._gone = Words("rk-minegone")
        self._gone.on_act = lambda act: self._put_back(act.partition(" ")[2])
        return [self._versions.widget, self._others.widget, self._list, self._slot, self._gone, self._foot()]

    def _foot(self) -> VBox:
        self._done = style(Button(description=self._say("interface.buttons.done")), "rk-puts-away")
        self._done.on_click(lambda _b: self._host.done(self.exercise.id, blank=False))
        return style(HBox([self._done, HTML(status(self._say("interface.status.still")))]), "rk-foot")

    def _minutes(self) -> str:
        return self._say("own-questions.none")

    # What is shown

    def refill(self, dirty: frozenset[str]) -> None:
        """Ask the questions as they are now. While something here is unsaved they stay as they stand."""
        first = not self._list.children and not self._slot.children
        if not any(path.startswith(f"{self.exercise.id}/") for path in dirty):
            self._arrange()
        super().refill(dirty)
        if self._editing:
            self.form.refill(dirty)
        self._others.refresh()
        if first and not self._found:
            self._begin(go=False)

    def refresh(self) -> None:
        """Tell the page what the fields show, after another page has written."""
        if self.is_open:
            self._announce(go=False)

    def _arrange(self) -> None:
        found = self._host.questions.all(self.exercise.id)
        if found is None:
            return
        self._found = list(found)
        shown = [question for question in found if self._is_listed(question)]
        for question in shown:
            self._ask(question)
        self._show(self._list, [self.boxes[question.id].widget for question in shown])
        self._show(self._slot, [self.form.widget if self._adding else self._add])
        live = [control for question in shown if (control := self.boxes[question.id].live)]
        self.controls = {control.key: control for control in live}
        (self._done.remove_class if self._editing else self._done.add_class)("rk-primary")
        self._tell_gone()
        self._place_form(shown)

    def _is_listed(self, question: Question) -> bool:
        if question.id == self._editing:
            return not self._adding
        return not question.deleted or question.id in self._taken

    def _ask(self, question: Question) -> None:
        box = self.boxes.get(question.id)
        if box is None or not box.fits(question):
            box = self.boxes[question.id] = QuestionBox(question, self.exercise.id, self._host, self._on_box)
            if box.control:
                box.control.keep = functools.partial(self._keep_answer, box)
                self._hook({box.control.key: box.control})
                value, answered = self._host.answer(self.exercise.id, box.control.key)
                box.control.fill(value, answered=answered)
        box.ask(question, self.form.widget if question.id == self._editing else None)

    def _place_form(self, shown: list[Question]) -> None:
        alive = [question.id for question in shown if not question.deleted]
        at = self._editing in alive and not self._adding
        self.form.place(first=not at or alive[0] == self._editing, last=not at or alive[-1] == self._editing)

    @staticmethod
    def _show(box: VBox, kids: list[ipw.DOMWidget]) -> None:
        if list(box.children) != kids:  # a child that stays where it is keeps its view, and the focus
            box.children = kids

    def _tell_gone(self) -> None:
        gone = [question for question in self._found if question.deleted and not self._is_listed(question)]
        key = "one" if len(gone) == 1 else "many"
        summary = element("summary", self._say(f"own-questions.taken_out_{key}", count=len(gone)))
        inside = element("ul", "", *map(self._gone_line, gone), cls="rk-fold__in rk-puts-away")
        told = [element("details", "", summary, inside, cls="rk-fold")] if gone else []
        if list(self._gone.told) != told:
            self._gone.tell(*told)

    def _gone_line(self, question: Question) -> Block:
        back = self._say("interface.buttons.put_back")
        button = element("button", back, cls="rk-btn rk-btn--quiet", act=f"back {question.id}")
        return element("li", "", element("span", question.ask, cls="rk-words"), " ", button)

    def _asks(self, field: str) -> Question | None:
        return next((question for question in self._found if question.field == field), None)

    # Answers

    def _keep_answer(self, box: QuestionBox, value: Json) -> Kept:
        kept = self._host.keep(self.exercise.id, box.question.field, value, box.question.wording)
        if not isinstance(kept, Refusal):
            self._host.soon(box.tell)
            self._answered()
        return kept

    def _all(self) -> dict[str, Control]:
        return {**self.controls, **(self.form.controls if self._editing else {})}

    # Adding, changing, moving, taking out

    def _begin(self, id_: str = "", *, go: bool = True) -> None:
        """Open the form, for a question or for a new one. One form is open at a time."""
        if (self._editing and not self._end()) or not self.all_kept():
            return
        self.form.begin(id_)
        self._editing, self._adding = self.form.id, not id_
        self._renew("rk-mineform" if go else "")

    def _end(self) -> bool:
        """Close the form that is open, if what stands in it can be left; return if it could."""
        if not self.form.may_close():
            return False
        if self._adding and not self.form.is_blank:
            ids = [question.id for question in self._found if question.id != self._editing]
            self._host.questions.arrange(self.exercise.id, [*ids, self._editing])
        self._editing, self._adding = "", False
        return True

    def _on_form(self, act: str) -> None:
        if not self.all_kept():
            return
        id_ = self._editing
        if act in ("up", "down"):
            self._move(id_, -1 if act == "up" else 1)
        elif act == "remove":
            self._take_out(id_)
        elif self._end():
            self._renew("rk-mine-add" if self.form.is_blank else id_)

    def _move(self, id_: str, by: int) -> None:
        shown = [question.id for question in self._found if self._is_listed(question) and not question.deleted]
        at = shown.index(id_) + by if id_ in shown else -1
        if not 0 <= at < len(shown):
            return
        ids = [question.id for question in self._found]
        if not isinstance(self._host.questions.arrange(self.exercise.id, swapped(ids, id_, shown[at])), Refusal):
            ends = (0, len(shown) - 1)
            self._renew(f"rk-mine-{('down' if at == 0 else 'up') if at in ends else 'up' if by < 0 else 'down'}")

    def _take_out(self, id_: str) -> None:
        if isinstance(self._host.remove(id_), Refusal):
            return
        self._taken.add(id_)
        self._editing, self._adding = "", False
        self._renew(f"rk-mine--{id_}")

    def _put_back(self, id_: str) -> None:
        if self.all_kept() and not isinstance(self._host.bring_back(id_), Refusal):
            self._taken.discard(id_)
            self._renew(id_)

    def _on_box(self, act: str, id_: str) -> None:
        if act == "change":
            self._begin(id_)
        elif act == "back":
            self._put_back(id_)

    def _on_form_changed(self) -> None:
        self._announce(go=False)
        self._others.refresh()

    def _on_settled(self) -> None:
        if self._editing:
            self.form.refill(frozenset())
        self._renew("")

    def _renew(self, at: str) -> None:
        """Show what is so now, and put the keyboard where the person goes on: at a class, or a question's answer."""
        self._arrange()
        self._announce(go=False)
        if at in self.boxes:
            box = self.boxes[at]
            at = f"rk-field--{box.question.field}" if box.live else f"rk-mine--{at}"
        if at:
            self._host.tell("focus", exercise=self.exercise.id, at=at)
