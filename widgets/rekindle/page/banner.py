"""On a computer that forgets: what must be known before the first word, the two choices, and the file to carry."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content import Catalog
from rekindle.content.made_up import made_up_person
from rekindle.errors import RekindleError
from rekindle.forms.stock import VBox, style
from rekindle.frontend.parcels import Giving
from rekindle.frontend.presence import Presence
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.journal import new_key, new_passphrase
from rekindle.page.book import Book
from rekindle.page.bringing_in import BringingIn
from rekindle.page.made_up import lives_here, move_in, move_out
from rekindle.portable.packing import pack


class Banner:
    """The banner of each page on Binder. `changed` is called after the journal holds other words than before."""

    def __init__(self, words: Catalog, book: Book, presence: Presence, changed: Callable[[], None]) -> None:
        self._words, self._book, self._presence, self._changed = words, book, presence, changed
        self._told, self._after = Words("rk-banner"), Words()
        self._told.on_act = self._act
        says = {key: words.say(f"your-data.take.{key}") for key in ("moment", "again")}
        given = words.say("your-data.take.given", name="{name}")
        self.giving = Giving({**says, "given": given, "forms": []})
        self._in = BringingIn(words, book, lambda: presence.say("busy"), self._renew)
        self.taking = self._in.taking
        self._coming = style(VBox([]), "rk-stack")
        self.widget = style(
            VBox([self._told, self.giving, self._after, self._coming]), "rk-stack", "rk-note", "rk-bannerbox"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _say(self, key: str, **facts: str | int) -> str:
        return self._words.say(f"interface.banner.{key}", **facts)

    def tell(self) -> None:
        """Say what is true now."""
        here = lives_here(self._book)
        self._presence.say("madeup", text=self._say("made_up_label") if here else "")
        self._told.tell(*(self._of_somebody_made_up() if here else self._of_ones_own()))

    def _of_somebody_made_up(self) -> list[Block]:
        name = made_up_person().name
        return [
            element("b", self._say("made_up_title", name=name)),
            element("p", self._say("made_up", name=name)),
            element("p", "", self._button("made_up_away", "away"), cls="rk-row"),
        ]

    def _of_ones_own(self) -> list[Block]:
        blocks: list[Block] = [
            element("b", self._say("binder_title"), land=True),
            element("p", self._say("binder")),
        ]
        if not self._holds_words():
            try_it = element("p", "", self._button("try", "try"), cls="rk-row")
            blocks += [element("p", self._say("try_text", name=made_up_person().name)), try_it]
        carrying = (self._button("carry", "carry"), self._button("bring", "bring"))
        return [*blocks, element("p", self._say("carry_text")), element("p", "", *carrying, cls="rk-row")]

    def _button(self, key: str, act: str) -> Block:
        return element("button", self._say(f"{key}_button"), cls="rk-btn", act=act)

    def _holds_words(self) -> bool:
        try:
            return bool(self._book.answered or self._book.newest(1))
        except RekindleError:
            return True

    def _act(self, act: str) -> None:
        self._after.tell()
        acts = {"try": self._try, "away": self._away, "carry": self._carry, "bring": self._bring}
        if act in acts:
            acts[act]()

    def _try(self) -> None:
        moved = move_in(self._words, self._book)
        if isinstance(moved, Refusal):
            self._note(moved.why)
            return
        self._renew()
        if not moved:
            self._note(self._say("not_empty"))

    def _away(self) -> None:
        self._presence.say("busy")
        if isinstance(gone := move_out(self._book), Refusal):
            self._note(gone.why)
        else:
            self._renew()
            self._note(self._say("made_up_gone", name=made_up_person().name))

    def _carry(self) -> None:
        """Hand over one locked file. Its six words are told here and kept nowhere."""
        self._presence.say("busy")
        if not self._holds_words():
            self._note(self._say("nothing_yet"))
            return
        passphrase = new_passphrase()
        try:
            file = pack(self._book.journal.whole(), new_key(passphrase), self._words.never_kept)
        except RekindleError as error:
            self._note(self._book.refusal(error).why)
            return
        self.giving.give(self._words.say("your-data.take.name", ending="rekindle"), file)
        self._note(self._say("six_words"), element("p", "", element("b", passphrase), cls="rk-sixwords"))

    def _bring(self) -> None:
        self._coming.children = [self._in.taking, self._in.found]

    def _note(self, text: str, *more: Block) -> None:
        self._after.tell(element("div", "", element("p", text), *more, set={"role": "status"}))

    def _renew(self) -> None:
        self._book.let_go()  # all that was read is of before
        self._changed()
