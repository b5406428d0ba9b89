"""The card for bringing words in: it says what a file would bring; a second click takes it over, whole or not."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content import Catalog
from rekindle.errors import ImportLocked, ImportUnreadable, NotAnAnswer, RekindleError, TooLong
from rekindle.forms.stock import VBox, style
from rekindle.frontend.parcels import Taking
from rekindle.frontend.words import Block, Words, element
from rekindle.journal import EMPTY, Whole
from rekindle.page.book import Book
from rekindle.page.counting import count_up
from rekindle.page.made_up import lives_here
from rekindle.portable.arriving import Arriving
from rekindle.portable.merging import merge
from rekindle.portable.packing import needs_passphrase
from rekindle.portable.reading import LARGEST
from rekindle.portable.told import brings, holds

_SAYS = ("file", "hint", "passphrase", "open", "moment", "unread")


class BringingIn:
    """Holds a file in memory until it is taken over or left.

    `working` is called before what takes long, `changed` after something was taken over.
    """

    def __init__(self, words: Catalog, book: Book, working: Callable[[], None], changed: Callable[[], None]) -> None:
        self._words, self._say, self._book, self._working, self._changed = words, words.say, book, working, changed
        says = {key: words.say(f"your-data.bring.{key}") for key in _SAYS}
        large = words.say("your-data.bring.large", limit=LARGEST // 1_000_000)
        self.taking = Taking({**says, "large": large}, LARGEST)
        self.taking.on_file, self.taking.on_passphrase = self._on_file, self._open
        self._told, self.found = Words(), Words()
        self.found.on_act = self._act
        self.widget = style(VBox([self._told, self.taking, self.found]), "rk-stack")
        self._file, self._theirs = b"", EMPTY
        self._lines: list[str] = []

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say what it is for, and what is found in a file that waits for an answer."""
        title = element("h2", self._say("your-data.bring.title"), cls="rk-sec")
        self._told.tell(title, *(element("p", self._say(f"your-data.bring.{key}")) for key in ("text", "which")))
        lines: list[Block] = [element("p", line) for line in self._lines]
        if self._theirs != EMPTY:
            take = element("button", self._say("your-data.bring.take"), cls="rk-btn", act="take")
            leave = element("button", self._say("your-data.bring.leave"), cls="rk-btn rk-btn--quiet", act="leave")
            lines.append(element("p", "", take, leave, cls="rk-row"))
        said = element("div", "", *lines, cls="rk-stack", set={"role": "status"}, land=True)
        self.found.tell(*([said] if lines else []))

    def _on_file(self, file: bytes) -> None:
        if lives_here(self._book):
            self.taking.settle(self._say("interface.banner.not_with_made_up"))
            return
        self._file = file
        self._wait_for(EMPTY)
        if needs_passphrase(file[:16], len(file)):
            self.taking.ask("")
        else:
            self._open("")

    def _open(self, passphrase: str) -> None:
        self._working()
        try:
            arrival = Arriving(self._words.never_kept, self._book.zone).read_bytes(self._file, passphrase)
            made = merge(self._book.journal.whole(), arrival.whole, self._book.now())
        except ImportLocked as error:
            self.taking.ask(self._book.refusal(error).why)
            return
        except RekindleError as error:
            self._file = b""
            self.taking.settle(self._book.refusal(error).why)
            return
        self._file = b""
        more = brings(made) if arrival.whole != EMPTY else ()
        self._wait_for(arrival.whole if made.additions else EMPTY, *holds(arrival), *more)
        self.taking.settle()
        self.found.land()

    def _wait_for(self, theirs: Whole, *lines: str) -> None:
        self._theirs, self._lines = theirs, [*lines]
        self.tell()

    def _act(self, act: str) -> None:
        theirs = self._theirs
        if act == "take" and theirs != EMPTY:
            self._take(theirs)
        elif act == "leave":
            self._wait_for(EMPTY, self._say("your-data.bring.left"))
        self.found.land()

    def _take(self, theirs: Whole) -> None:
        """Take it over, worked out once more from what stands in the journal by then."""
        self._working()
        try:
            first = self._book.journal.whole() == EMPTY
            self._book.journal.take_in(lambda here: merge(here, theirs, self._book.now()).additions)
            self._working()
            count_up(self._book.journal)
            self._book.let_go()  # all that was read is of before
        except (NotAnAnswer, TooLong):
            self._wait_for(EMPTY, self._book.refusal(ImportUnreadable()).why)
        except RekindleError as error:
            self._wait_for(EMPTY, self._book.refusal(error).why)
        else:
            self._wait_for(EMPTY, self._say(f"command.import.{'done_first' if first else 'done'}"))
            self._changed()
