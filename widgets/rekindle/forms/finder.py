"""The finder: what a person looks for in a log, by words and by time. It is remembered only while they look."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content import fields as asked
from rekindle.forms.control import Say
from rekindle.forms.host import Host
from rekindle.forms.period import ALL_TIME, DAYS, LAST, MONTH, Period, labels_of
from rekindle.frontend.seek import Asked, Seek
from rekindle.records import Leaf, Look

LONGEST = 200
SPANS = (ALL_TIME, *LAST, MONTH, DAYS)


class Finder:
    """The controls above a log's entries. `look` is what they stand for; `changed` is called when that changes."""

    def __init__(self, exercise: str, field: asked.Log, book: Host, changed: Callable[[], None]) -> None:
        self._book, self._changed = book, changed
        self._own = frozenset(p.id for p in field.fields if p.type == "short_text" or p.options_from)
        self._shown = {(p.id, option.id): option.text for p in field.fields for option in p.options}
        self.look = Look()
        self.widget = Seek(_labels(book.say, field.ask))
        self._period = Period(self.widget, book.say, book.today, lambda: book.months(exercise))
        self.widget.on_seek = self._on_seek

    def reset(self) -> None:
        """Look for nothing any more."""
        if not self.look.finds_all:
            self.look = Look()
            self.widget.reset()

    def show(self, leaf: Leaf) -> None:
        """Say how many entries were found."""
        active = not self.look.finds_all
        text = self._book.say(f"interface.seek.found{_one(leaf)}", found=leaf.found, total=leaf.total) if active else ""
        self.widget.show(text, active=active, any_there=leaf.total > 0)

    def none(self, leaf: Leaf) -> str:
        """Return what is said where nothing was found."""
        return self._book.say(f"interface.seek.none{_one(leaf)}", total=leaf.total)

    def _on_seek(self, wish: Asked) -> None:
        words = wish.get("words", "")[:LONGEST]
        since, until = self._period.days(wish)
        look = Look(words, since, until, self._own, self._shown)
        self.look = Look() if look.finds_all else look
        self._changed()


def _labels(say: Say, about: str) -> dict[str, object]:
    labels = {name: say(f"interface.seek.{name}") for name in ("find", "find_words", "hint", "all")}
    return labels | labels_of(SPANS, say) | {"about": f"{labels['find']}: {about}"}


def _one(leaf: Leaf) -> str:
    return "_one" if leaf.total == 1 else ""
