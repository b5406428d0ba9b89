"""The card for taking the words along: one locked file to carry, and plain ones to read or to reckon with."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from rekindle.content import Catalog
from rekindle.errors import RekindleError
from rekindle.forms.stock import VBox, style
from rekindle.frontend.parcels import Giving
from rekindle.frontend.words import Words, element
from rekindle.journal import EMPTY, new_key, new_passphrase
from rekindle.page.book import Book
from rekindle.page.made_up import lives_here
from rekindle.portable.forms import ENDINGS, Form, written_as
from rekindle.portable.packing import pack

_SAYS = ("passphrase", "hint", "suggest", "locked", "fold", "plain", "moment", "again", "empty", "write")


class TakingAlong:
    """Makes a file of the journal when asked; `working` is called first. The locked one is never anywhere in plain."""

    def __init__(self, words: Catalog, book: Book, working: Callable[[], None]) -> None:
        self._words, self._say, self._book, self._working = words, words.say, book, working
        says = {key: words.say(f"your-data.take.{key}") for key in _SAYS}
        forms = [[form, words.say(f"your-data.take.{form}")] for form in get_args(Form)]
        given = words.say("your-data.take.given", name="{name}")
        self.giving = Giving({**says, "given": given, "forms": forms})
        self.giving.on_make, self.giving.on_suggest = self._make, new_passphrase
        self._told = Words()
        self.widget = style(VBox([self._told, self.giving]), "rk-stack")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """Say what it is for."""
        title = element("h2", self._say("your-data.take.title"), cls="rk-sec")
        self._told.tell(title, *(element("p", self._say(f"your-data.take.{key}")) for key in ("text", "terminal")))

    def _make(self, form: str, passphrase: str) -> None:
        self._working()
        try:
            whole = self._book.journal.whole()
            if lives_here(self._book):  # elsewhere nobody would know whose words they are
                self.giving.tell(self._say("interface.banner.not_with_made_up"))
            elif whole == EMPTY:
                self.giving.tell(self._say("command.export.empty"))
            elif form == "locked":
                file = pack(whole, new_key(passphrase), self._words.never_kept)
                self.giving.give(self._say("your-data.take.name", ending="rekindle"), file)
            elif form in ENDINGS:
                file = written_as(form, whole, self._words)
                self.giving.give(self._say("your-data.take.name", ending=ENDINGS[form]), file)
        except RekindleError as error:
            self.giving.tell(self._book.refusal(error).why)
