"""Seek: the controls by which entries are found. What is typed comes as a message and rests in no state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets as tl

from rekindle.frontend.front import FrontWidget, Told, stub

Asked = Mapping[str, str]
"""What a person looks for: words, span, day, month, since, until, place."""

Places = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Places to look in: groups, each with its name and its places by id and name. A group without a name is none."""


class Seek(FrontWidget):
    """Hands on what is looked for to `on_seek(asked)`, and shows what was found.

    `words` are the labels. With one for `place`, it asks where to look; `flat` ones stand open from the start.
    """

    words = tl.Dict().tag(sync=True)

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.on_seek: Callable[[Asked], None] = lambda _asked: None
        self._number = 0
        self._places: Places = ()
        self._found: dict[str, Any] = {"text": "", "active": False, "any": False}
        super().__init__(words=dict(words), _esm=stub("seek"))

    def show(self, text: str, *, active: bool, any_there: bool) -> None:
        """Say what was found; with `active`, offer to show everything again; without any entry, show nothing."""
        self._found = {"text": text, "active": active, "any": any_there}
        if self._is_seen:
            self.send(self._told_found())

    def offer_months(self, months: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer months to choose from."""
        self.send({"t": "months", "months": [list(month) for month in months], "chosen": chosen})

    def offer_places(self, places: Places) -> None:
        """Offer places to look in; one that is chosen stays so where it is still there."""
        self._places = places
        if self._is_seen:
            for told in self._told_places():
                self.send(told)

    def _told_places(self) -> Sequence[Told]:
        groups = [[name, [list(place) for place in each]] for name, each in self._places]
        return [{"t": "places", "places": groups}] if groups else []

    def reset(self) -> None:
        """Empty the fields."""
        self.send({"t": "reset"})

    def _told_found(self) -> Told:
        return {"t": "found", "n": self._number, **self._found}

    def _first_words(self) -> Sequence[Told]:
        self._number = 0
        if self._found["active"]:  # a view that was made anew is empty
            self.on_seek({})
        return [*self._told_places(), self._told_found()]

    def _hear_seek(self, message: Mapping[str, Any]) -> None:
        number = message.get("n")
        self._number = number if isinstance(number, int) else 0
        names = ("words", "span", "day", "month", "since", "until", "place")
        self.on_seek({name: value for name in names if isinstance(value := message.get(name), str)})
