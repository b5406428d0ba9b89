"""Fresh pages: which form each has, and ten quiet minutes for when the pull is strong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rekindle.content.fields import SingleChoice
from rekindle.content.parts import Exercise
from rekindle.forms.bell import Bell
from rekindle.forms.deep_writing import Balcony, Letter
from rekindle.forms.fresh import FreshForm
from rekindle.forms.host import Host
from rekindle.forms.kept_pages import MyPage
from rekindle.forms.own_words import OwnChoice
from rekindle.frontend.words import Block, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Json

QUIET = 600.0
"""Ten minutes, in seconds."""

_LOOKS_BACK = 5
_DID = {"plan": "plan", "person": "friend", "move": "walked", "write": "wrote"}
LETTER = "letter-never-sent"
VISIT = "right-now-"
"""How the id of a row in the urge log begins if a visit to `right-now` left it there."""

LONGEST = 180
"""Minutes: a page that stood open for longer than this says nothing about how long an urge lasted."""


def fresh_form(exercise: Exercise, host: Host) -> FreshForm:
    """Return the form of a fresh exercise."""
    kinds: dict[str, type[FreshForm]] = {
        "right-now": RightNow,
        "my-page": MyPage,
        LETTER: Letter,
        "view-from-the-balcony": Balcony,
    }
    return kinds.get(exercise.id, FreshForm)(exercise, host)


class RightNow(FreshForm):
    """Ten quiet minutes. Leaves one row in the urge log; the box cannot send and is kept only when asked."""

    _since: dt.datetime | None = None
    _until: dt.datetime | None = None
    _looked = False

    def __init__(self, exercise: Exercise, host: Host) -> None:
        super().__init__(exercise, host)
        own = self.controls["plan"]
        if isinstance(own, OwnChoice):
            own.named = self._which

    def _which(self) -> str:
        """Return the question for one of the person's own plans, where that is what they chose and there are some."""
        asked = self._exercise.field("plan")
        mine = isinstance(asked, SingleChoice) and self._host.offers(asked.options_from)
        return asked.ask if mine and self.values.get("do") == "plan" else ""

    def refill(self) -> None:
        """Start empty; or, after a reload, go on with the ten minutes that still run. The box starts empty."""
        if not self._looked:
            self._looked = True
            self._go_on()
        super().refill()

    def _go_on(self) -> None:
        found, now = self._host.page_of("urge-log", 0, _LOOKS_BACK), dt.datetime.now(dt.UTC)
        for entry in found[0] if found else ():
            left = QUIET - (now - entry.happened.utc).total_seconds()
            if entry.id.startswith(VISIT) and "after" not in entry.values and 0 < left <= QUIET:
                self._host.take_entry(entry)
                self._id, self._since = entry.id.removeprefix(VISIT), entry.happened.utc
                self.values = {key: entry.values[key] for key in ("before", "plan") if key in entry.values}
                did = entry.values.get("did")
                done = did if isinstance(did, list) else []
                if chosen := next((each for each, act in _DID.items() if act in done), ""):
                    self.values["do"] = chosen
                self._quiet(left)
                return

    def _kids(self) -> list[object]:
        self._bell = Bell()
        before, do, plan, *rest = (control.widget for control in self.controls.values())
        return [before, do, plan, self._told, *rest]

    def _keep_entry(self, values: Mapping[str, Json]) -> str | Refusal:
        if values.keys() <= {"keep", "unsent"}:
            return ""
        did = {_DID[str(values["do"])]} if str(values.get("do")) in _DID else set[str]()
        if values.get("what_happened") in ("waited", "still-waiting"):
            did.add("waited")
        if values.get("what_happened") == "contacted":
            did.add("contacted")
        entry: dict[str, Json] = {"urge_to": "text"}
        entry |= {key: values[key] for key in ("before", "after") if values.get(key) is not None}
        if values.get("do") == "plan" and values.get("plan"):
            entry["plan"] = values["plan"]
        if did:
            entry["did"] = list[Json](sorted(did))
        if values.get("after") is not None and (minutes := self._minutes()):
            entry["minutes"] = minutes
        return self._host.keep_entry("urge-log", f"{VISIT}{self._id}", entry, "")

    def _minutes(self) -> int:
        """Whole minutes from the first answer to the second number; 0 for none, or for a page left open for hours."""
        if self._since is None:
            return 0
        self._until = self._until or dt.datetime.now(dt.UTC)
        minutes = max(1, round((self._until - self._since).total_seconds() / 60))
        return minutes if minutes <= LONGEST else 0

    def _on_kept(self, key: str, value: Json) -> None:
        if key in ("before", "do") and self._since is None:
            self._since = dt.datetime.now(dt.UTC)
        if key == "do":
            self.controls["plan"].fill(self.values.get("plan") if value == "plan" else None, answered=True)
        if key == "do" and value:
            self._quiet()
        if key == "keep":
            self._settle(value)

    def _quiet(self, seconds: float = QUIET) -> None:
        says = self._exercise.says
        stop = element("button", self._host.say("interface.buttons.stop_ten"), cls="rk-btn rk-btn--quiet", act="stop")
        told: list[Block] = [element("p", says["ten_minutes"], cls="rk-say", set={"role": "status"})]
        if self.values.get("do") == "breathe":
            told += [element("div", cls="rk-breathe"), element("p", says["breathe"], cls="rk-small")]
        self._told.tell(*told, element("p", "", stop))
        self._bell.ring_in(seconds, self._time_up)

    def _time_up(self) -> None:
        longer = element("button", self._host.say("interface.buttons.longer"), cls="rk-btn", act="longer")
        words = element("p", self._exercise.says["time_up"], cls="rk-say", set={"role": "status"})
        self._told.tell(words, element("p", "", longer))

    def _on_act(self, act: str) -> None:
        if act == "longer":
            self._quiet()
        elif act == "stop":
            self._bell.off()
            self._told.tell()

    def _settle(self, choice: Json) -> None:
        unsent, says = self.values.get("unsent"), self._exercise.says
        if choice == "keep" and isinstance(unsent, str) and unsent.strip():
            kept = self._host.keep_entry(LETTER, f"{self._id}-letter", {"text": unsent}, "")
            line = kept.why if isinstance(kept, Refusal) else says["kept"]
        elif choice == "delete":
            line = says["deleted"]
        else:
            return
        if choice == "delete" or line == says["kept"]:
            self.values = {key: value for key, value in self.values.items() if key != "unsent"}
            self.controls["unsent"].fill("", answered=False)
        self._told.tell(element("p", line, set={"role": "status"}))
