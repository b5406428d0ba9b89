"""Then and now: the same question at the start, in between and today, in the person's own words, and the wall."""

from __future__ import annotations

from collections.abc import Iterator

from rekindle.contact import is_open
from rekindle.content import Exercise, Field
from rekindle.dashboard.section import Fold
from rekindle.forms.telling import told_day, told_value
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import words_of
from rekindle.insights.over_time.versions import count_new, marked, start_middle_now
from rekindle.insights.reading import choice, text
from rekindle.insights.slots import HOW
from rekindle.page.part import Page
from rekindle.records import Answer

QUESTIONS = (
    ("say-it-to-myself", "sentence"),
    ("say-it-to-myself", "wish"),
    ("it-is-over-for-now", "line"),
    ("it-is-over-for-now", "accept"),
    ("who-am-i-now", "lines"),
    ("who-am-i-now", "clear"),
    ("so-what-changes", "same_wall"),
    ("decision-check", "cost"),
)
"""Questions whose answers are worth setting side by side."""

WALL, PROOF = ("so-what-changes", "same_wall"), "proof-of-change"
_PLACES = {2: ("start", "now"), 3: ("start", "middle", "now")}
_PROOFS_SHOWN = 12


class ThenNow(Fold):
    """Told only when somebody asks: old words can hurt."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "then")
        self._words = Words("rk-then")

    def tell(self) -> None:
        """Set every question that stands twice side by side, then the wall with its dated proof."""
        blocks = [*self._questions(), *self._wall()]
        told: list[Block] = blocks or [self.empty()]
        if list(self._words.told) != told:
            self._words.tell(*told)
        if not self.body.children:
            self.body.children = (self._words,)

    def _questions(self) -> list[Block]:
        found: list[Block] = []
        standing = self.page.book.standing()
        for exercise_id, key in QUESTIONS:
            exercise = self.page.words.exercise(exercise_id)
            field = next((each for each in exercise.fields if each.key == key), None)
            if field is not None and is_open(exercise_id, standing):
                found += self._question(exercise, field)
        return [element("p", self.say("story.then.key"), cls="rk-small"), *found] if found else []

    def _question(self, exercise: Exercise, field: Field) -> list[Block]:
        versions = start_middle_now(self.page.book.journal.history(exercise.id, field.key))
        if not versions:
            return []
        title = element("h4", field.ask, cls="rk-ask")
        columns = self._columns(field, versions)
        return [element("section", "", title, element("div", "", *columns, cls="rk-then__row"))]

    def _columns(self, field: Field, versions: list[Answer]) -> Iterator[Block]:
        before = ""
        for place, version in zip(_PLACES[len(versions)], versions, strict=True):
            date = told_day(version.moment.local_date, self.say) if version.moment else ""
            now = told_value(field, version.value, self.say)
            pieces = marked(before, now) if before else [(now, False)]
            kids: list[Block] = [element("strong", part, cls="rk-new") if new else part for part, new in pieces]
            lines = [
                element("p", self.say(f"story.then.{place}", date=date), cls="rk-small"),
                element("p", "", *kids, cls="rk-words"),
            ]
            if before:
                lines.append(element("p", self._changed(before, now, count_new(pieces)), cls="rk-small rk-words"))
            yield element("div", "", *lines)
            before = now

    def _changed(self, before: str, now: str, new: int) -> str:
        if before == now:
            return self.say("story.then.new_none")
        if now.isdigit() and before.isdigit():
            return self.say("story.then.number", before=before, now=now)
        return self.say(f"story.then.new_{'one' if new == 1 else 'many'}", count=new)

    def _wall(self) -> list[Block]:
        words, _ = self.page.book.answer(*WALL)
        entries = self.page.book.journal.entries(PROOF, limit=_PROOFS_SHOWN)[::-1]
        items = []
        labels = words_of(self.page.words.exercise(PROOF))
        for entry in entries:
            how = labels.get(f"entry.how.{choice(entry.values, 'how', HOW)}", "")
            date = told_day(entry.happened.local_date, self.say)
            head = self.say("story.then.proof", date=date, how=how) if how else date
            did = element("b", text(entry.values, "did"), cls="rk-words")
            items.append(element("li", "", element("span", head), did))
        if not items or not isinstance(words, str) or not words.strip():
            return []
        title = element("h4", self.say("story.then.wall"), cls="rk-ask")
        own = element("p", self.say("story.then.wall_words", words=words), cls="rk-words")
        return [element("section", "", title, own, element("ul", "", *items, cls="rk-list"))]
