"""The card of the private book: choose what goes in, look at it, leave things out, then save or print it."""

from __future__ import annotations

import dataclasses

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import Button, Checkbox, HBox, VBox, style
from rekindle.frontend.bound import BoundView
from rekindle.frontend.words import Block, Words, element
from rekindle.keepsake.binding import bind, names_given
from rekindle.keepsake.leaving import Leaving
from rekindle.keepsake.naming import Naming
from rekindle.keepsake.wishes import Wishes
from rekindle.page.book import Book
from rekindle.questions import is_own_page, part_of

_MORE = ("entries", "then", "charts", "initials")


class BookCard:
    """Nothing is chosen at first, and nothing is made before it is asked for. What is chosen is kept nowhere."""

    def __init__(self, words: Catalog, book: Book) -> None:
        self._words, self._book = words, book
        self._top, self._said = Words(), Words()
        self._parts = {part.id: self._tick(part.title) for part in words.parts}
        self._more = {name: self._tick(self._say(name)) for name in _MORE}
        self._make, self._away = (Button(description=self._say(key)) for key in ("make", "away"))
        self._make.on_click(lambda _button: self._show())
        self._away.on_click(lambda _button: self._put_away())
        self._view = BoundView(self._labels())
        self._view.on_done, self._view.on_name = self._on_done, self._on_name
        self._naming, self._leaving = Naming(words, self._show), Leaving(words, self._show)
        self._choices, self._half, self._rest = (style(VBox(), "rk-choices") for _ in range(3))
        self._buttons = style(HBox([self._make]), "rk-row")
        kids = [self._top, self._choices, self._half, self._buttons, self._said, self._view, self._rest]
        self.widget = style(VBox(kids), "rk-bookcard")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Offer what there is now; a book that is shown is made anew."""
        held = self._parts_held()
        title: Block = element("h2", self._say("title"), cls="rk-sec")
        if not held:
            self._top.tell(title, element("p", self._say("nothing")))
            self._choices.children = self._half.children = self._buttons.children = ()
            self._put_away()
            return
        self._top.tell(title, element("p", self._say("text")))
        parts = [tick for id_, tick in self._parts.items() if id_ in held]
        self._choices.children = [_heading(self._say("parts")), *parts]
        self._half.children = [_heading(self._say("more")), *self._more.values()]
        if self._view.html:
            self._show()
        else:
            self._buttons.children = [self._make]

    def _say(self, key: str) -> str:
        return self._words.say(f"keepsake.card.{key}")

    def _labels(self) -> dict[str, str]:
        labels = {key: self._say(key) for key in ("frame", "save", "print")}
        return labels | {key: self._words.say(f"keepsake.names.{key}") for key in ("other", "add")}

    def _tick(self, label: str) -> Checkbox:
        return Checkbox(value=False, description=label, indent=False)

    def _parts_held(self) -> set[str]:
        try:
            pages = self._book.journal.forgetting.pages()
        except RekindleError:
            return set()
        homes = {page.id: page.part for page in self._words.exercises}
        return {part_of(page) if is_own_page(page) else homes.get(page, "") for page in pages} - {""}

    def _wishes(self) -> Wishes:
        wanted = frozenset(id_ for id_, tick in self._parts.items() if tick.value)
        more = {name: tick.value for name, tick in self._more.items()}
        wishes = Wishes(wanted, entries=more["entries"], then_and_now=more["then"], charts=more["charts"])
        names = self._naming.names if more["initials"] else ()
        return dataclasses.replace(
            wishes, names=names, left_out=self._leaving.left_out, lines_out=self._leaving.lines_out
        )

    def _show(self) -> None:
        """Make the book from what is chosen, and show it with the lists of what goes in."""
        try:
            self._book.read()
            self._naming.take(names_given(self._words, self._book))
            wishes = self._wishes()
            if wishes.is_empty:
                self._put_away()
                self._note("choose")
                return
            bound = bind(self._words, self._book, wishes)
        except RekindleError as error:
            self._put_away()
            self._said.tell(element("p", self._book.refusal(error).why, cls="rk-note", set={"role": "alert"}))
            return
        shortened = self._more["initials"].value
        changed = bound.html != self._view.html
        self._view.lay(bound.html, bound.file_name, naming=shortened)
        self._leaving.take(bound.chapters)
        self._rest.children = [*([self._naming.widget] if shortened else []), self._leaving.widget]
        self._make.description = self._say("again")
        self._buttons.children = [self._make, self._away]
        if changed:
            notes = [self._words.say(f"keepsake.notes.{note}") for note in bound.notes]
            self._note("ready" if bound.html else "empty", *notes)

    def _put_away(self) -> None:
        self._view.lay("")
        self._leaving.forget()
        self._rest.children = ()
        self._make.description = self._say("make")
        self._buttons.children = [self._make] if self._choices.children else []
        self._said.tell()

    def _note(self, key: str, *more: str) -> None:
        lines = [element("p", line) for line in (self._say(key), *more)]
        look = "rk-note" if key in ("saved", "printed") else ""
        self._said.tell(element("div", "", *lines, cls=look, set={"role": "status"}))

    def _on_done(self, what: str) -> None:
        self._note(what)

    def _on_name(self, name: str) -> None:
        self._naming.add(name)
        self._show()


def _heading(text: str) -> Words:
    told = Words()
    told.tell(element("h3", text, cls="rk-sec"))
    return told
