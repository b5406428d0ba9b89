"""The card for deleting for ever: a page, its log, one answer, one entry, or everything; a word is typed first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import Button, Checkbox, HBox, Text, VBox, style
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.journal import What, forget_all
from rekindle.journal.backup import away, folders
from rekindle.journal.forgetting import forget_set_aside, set_aside
from rekindle.page.book import Book
from rekindle.records import Answer, Entry, Json
from rekindle.settings import journal_path

BRIEF = 80
"""So many characters of an answer are shown, to know it by."""


class Deleting:
    """Shows what there is, page by page; what is chosen goes once the word was typed. `changed` is called then."""

    def __init__(self, words: Catalog, book: Book, changed: Callable[[], None]) -> None:
        self._words, self._say, self._book, self._changed = words, words.say, book, changed
        self._list, self._ask = Words(), Words()
        self._list.on_act = self._act
        say = words.say
        self._typed = style(Text(description=say("your-data.delete.type")), "rk-f")
        self._copies = Checkbox(value=False, description=say("your-data.delete.backups_too"), indent=False)
        self._go, self._leave = (Button(description=say(f"your-data.delete.{key}")) for key in ("go", "leave"))
        self._typed.observe(lambda _change: self._arm(), "value")
        self._go.on_click(lambda _button: self._do())
        self._leave.on_click(lambda _button: self._close())
        self._buttons = style(HBox([self._go, self._leave]), "rk-row")
        self._confirm = style(VBox([]), "rk-stack")
        self.widget = VBox([self._list])
        self._page, self._verb, self._note, self._open = "", "", "", False
        self._what: What | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say what there is now."""
        say = self._say
        title = element("h2", say("your-data.delete.title"), cls="rk-sec")
        note: list[Block] = [element("p", self._note, cls="rk-note", set={"role": "status"})] if self._note else []
        summary = element("summary", say("your-data.delete.fold"))
        last = [self._button("your-data.delete.everything", "all")]
        if set_aside(journal_path()):
            last.append(self._button("your-data.delete.set_aside", "aside"))
        rows = self._rows_of(self._page) if self._page else self._pages()
        inside = element("div", "", *rows, element("p", "", *last, cls="rk-row"), cls="rk-fold__in")
        fold = element("details", "", summary, inside, cls="rk-fold", set={"open": ""} if self._open else {})
        self._list.tell(title, element("p", say("your-data.delete.text")), *note, fold)

    def _button(self, key: str, act: str, **facts: str | int) -> Block:
        return element("button", self._say(key, **facts), cls="rk-btn rk-btn--quiet", act=act)

    def _pages(self) -> list[Block]:
        """Return a button for each page that holds anything, those taken out of its log counted too."""
        try:
            held = self._book.journal.forgetting.pages()
        except RekindleError:
            return []
        buttons = [self._button("your-data.delete.page", f"page {id_}", title=self._title(id_)) for id_ in held]
        return [element("ul", "", *(element("li", "", button) for button in buttons), cls="rk-puts-away")]

    def _title(self, page: str) -> str:
        try:
            return self._words.page(page).title
        except RekindleError:  # of a version that had it
            return page

    def _rows_of(self, page: str) -> list[Block]:
        try:
            journal = self._book.journal
            answers = list(journal.answers([page]).values())
            entries = [*journal.entries(page), *journal.entries(page, deleted=True)]
        except RekindleError as error:
            return [element("p", self._book.refusal(error).why)]
        rows: list[Block] = [element("h3", self._title(page), land=True)]
        items = [*map(self._answer, answers), *map(self._entry, entries)]
        rows.append(element("ul", "", *items, cls="rk-puts-away"))
        buttons = [self._button("your-data.delete.whole_page", "whole")]
        if entries:
            buttons.append(self._button("your-data.delete.log", "log"))
        buttons.append(self._button("your-data.delete.other_page", "pages"))
        return [*rows, element("p", "", *buttons, cls="rk-row")]

    def _answer(self, answer: Answer) -> Block:
        return self._row(answer.wording or answer.field, _brief(answer.value), f"answer {answer.field}")

    def _entry(self, entry: Entry) -> Block:
        day = told_day(entry.happened.local_date, self._say)
        return self._row(day, _brief(dict(entry.values)), f"entry {entry.id}")

    def _row(self, about: str, words: str, act: str) -> Block:
        line = element("p", "", element("b", about), " ", words)
        return element("li", "", line, self._button("your-data.delete.this", act))

    def _act(self, act: str) -> None:
        verb, _, id_ = act.partition(" ")
        self._note, self._open = "", True
        page = self._page
        if verb in ("page", "pages"):
            self._page = id_
            self._close()
            self._list.land()
            return
        chosen = {
            "answer": What(page, field=id_),
            "entry": What(page, entry=id_),
            "log": What(page, log_only=True),
            "whole": What(page),
            "all": What(""),
            "aside": What(""),
        }
        self._what = chosen.get(verb)
        self._verb = verb
        if self._what:
            self._ask_for(verb)

    def _ask_for(self, verb: str) -> None:
        say, files = self._say, verb in ("all", "aside")
        lines = [say(f"your-data.delete.ask_{verb}", **({} if files else {"title": self._title(self._page)}))]
        lines += [*([] if verb == "aside" else self._copies_elsewhere()), say("your-data.delete.reach")]
        self._ask.tell(*(element("p", line, land=at == 0) for at, line in enumerate(lines)))
        self._typed.value, self._copies.value = "", False
        parts = (self._ask, self._typed, self._copies, self._buttons)
        self._confirm.children = [part for part in parts if not (files and part is self._copies)]
        self._arm()
        self.widget.children = [self._list, self._confirm]
        self._ask.land()

    def _copies_elsewhere(self) -> list[str]:
        """Name the folders that were chosen for backups: those that will be reached, and those that are away."""
        journal = journal_path()
        here = [place.parent for place in folders(journal) if place.parent != journal.parent]
        told = [("in", path) for path in here] + [("away", place.parent) for place in away(journal)]
        return [self._say(f"your-data.delete.backups_{key}", path=str(path)) for key, path in told]

    def _arm(self) -> None:
        self._go.disabled = self._typed.value.strip().casefold() != self._say("your-data.delete.word").casefold()

    def _close(self) -> None:
        self._what, self._typed.value = None, ""
        self.widget.children = [self._list]
        self.tell()

    def _do(self) -> None:
        if self._what is None or self._go.disabled:
            return
        try:
            acts = {"all": self._all_gone, "aside": self._aside_gone}
            self._note = acts[self._verb]() if self._verb in acts else self._gone(self._what)
        except RekindleError as error:
            self._note = self._book.refusal(error).why
        self._page, self._open = "", False
        self._close()
        self._changed()

    def _gone(self, what: What) -> str:
        done = self._book.journal.forgetting.forget(what, backups_too=self._copies.value)
        if not self._copies.value:
            return " ".join(self._say(f"your-data.delete.{key}") for key in ("gone", "backups_have"))
        counted = self._say("your-data.delete.backups", changed=done.backups, left=done.left)
        told = [self._say("your-data.delete.gone"), counted]
        if done.away:
            told.append(self._say("your-data.delete.backups_away", path=done.away))
        return " ".join(told)

    def _aside_gone(self) -> str:
        return self._say("your-data.delete.aside_gone", count=forget_set_aside(journal_path()))

    def _all_gone(self) -> str:
        self._book.let_go()
        count, still = forget_all(journal_path()), away(journal_path())
        told = [self._say("your-data.delete.backups_away", path=str(place.parent)) for place in still]
        return " ".join([self._say("your-data.delete.all_gone", count=count), *told])


def _brief(value: Json) -> str:
    said = " · ".join(_texts(value))
    return said if len(said) <= BRIEF else f"{said[:BRIEF]}…"


def _texts(value: Json) -> Sequence[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [] if value in (None, "") else [str(value)]
