"""Deep writing: the letter and the balcony. Where it churns, the short way comes first, the long one at a press."""

from __future__ import annotations

import datetime as dt

from rekindle.forms.kept_pages import KeptPages
from rekindle.frontend.words import Block, Words, element
from rekindle.insights import writing_hurts
from rekindle.insights.story import CHURNING
from rekindle.records import Entry, Json

_WEEK = dt.timedelta(days=7)
_LOOKS_BACK = 20


class DeepWriting(KeptPages):
    """Free writing that some people should do in its short way. `short` are the fields of that way.

    `only_short` are fields that the long way does not show. Nothing that was written is ever folded away.
    """

    short: tuple[str, ...] = ()
    only_short: tuple[str, ...] = ()
    _anyway = False

    def _kids(self) -> list[object]:
        self._way = Words("rk-fresh-fold")
        self._way.on_act = self._on_way
        super()._kids()
        return self._long()

    def _long(self) -> list[object]:
        shown = [control.widget for key, control in self.controls.items() if key not in self.only_short]
        return [*shown, self._told, self._old]

    def _short(self) -> list[object]:
        *asked, last = (self.controls[key].widget for key in self.short)
        return [*asked, self._way, last, self._old]  # the reason stands before what it offers

    def refill(self) -> None:
        """Show the page in the way that is kinder now."""
        super().refill()
        self._arrange()

    def _churns(self) -> bool:
        """If the person has said that they go over and over it."""
        raise NotImplementedError

    def _arrange(self) -> None:
        short = not self._anyway and not self.values.get(self.body) and self._churns()
        if short:
            self._way.tell(*self._say_why("short_way"))
        shown = self._short() if short else self._long()
        if list(self.widget.children) != shown:
            self.widget.children = shown

    def _say_why(self, key: str) -> list[Block]:
        button = element(
            "button", self._host.say("interface.buttons.open_long"), cls="rk-btn rk-btn--quiet", act="open"
        )
        return [element("p", self._exercise.says[key], cls="rk-say"), element("p", "", button)]

    def _on_way(self, _act: str) -> None:
        self._anyway = True
        self._arrange()
        self.on_filled()

    def _newest(self, exercise: str) -> list[Entry]:
        found = self._host.page_of(exercise, 0, _LOOKS_BACK)
        return list(found[0]) if found else []


class Letter(DeepWriting):
    """The letter that is not sent. What the ten quiet minutes kept for it is listed here too."""

    body = "letter"
    soft_end = 15 * 60.0
    short = ("need",)

    def _churns(self) -> bool:
        """If they said so in the last check-in or on the balcony, within a week."""
        since = self._host.today() - _WEEK
        told = [("weekly-check-in", "over_and_over"), ("view-from-the-balcony", "churn")]
        for exercise, key in told:
            newest = next((e for e in self._newest(exercise) if e.values.get(key) is not None), None)
            if newest and newest.happened.local_date > since and _churning(newest.values.get(key)):
                return True
        return False


class Balcony(DeepWriting):
    """Ten minutes from above. Where two in a row felt worse, it folds away and opens only when asked."""

    soft_end = 10 * 60.0
    end_words = "time_up"
    short, only_short = ("churn", "list"), ("list",)

    def _churns(self) -> bool:
        """If they say so now."""
        return _churning(self.values.get("churn"))

    def _arrange(self) -> None:
        if not self._anyway and not self.values and writing_hurts(self._newest(self._exercise.id)):
            self._way.tell(*self._say_why("folded"))
            self.widget.children = [self._way, self._old]
        else:
            super()._arrange()

    def _on_kept(self, key: str, value: Json) -> None:
        super()._on_kept(key, value)
        if key == "churn":
            self._arrange()
            self.on_filled()

    def _text(self, entry: Entry) -> str:
        return super()._text(entry) or str(entry.values.get("list") or "")


def _churning(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= CHURNING
