"""The two fresh pages: ten quiet minutes when the pull is strong, and a free page for anything."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping

from rekindle.content.parts import Exercise
from rekindle.forms.fresh import FreshForm
from rekindle.forms.host import Host
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.records import Entry, Json

QUIET = 600.0
"""Ten minutes, in seconds."""

_DID = {"plan": "plan", "person": "friend", "move": "walked", "write": "wrote"}
LETTER = "letter-never-sent"
VISIT = "right-now-"
"""How the id of a row in the urge log begins if a visit to `right-now` left it there."""

LONGEST = 180
"""Minutes: a page that stood open for longer than this says nothing about how long an urge lasted."""


def fresh_form(exercise: Exercise, host: Host) -> FreshForm:
    """Return the form of a fresh exercise."""
    kinds: dict[str, type[FreshForm]] = {"right-now": RightNow, "my-page": MyPage}
    return kinds.get(exercise.id, FreshForm)(exercise, host)


class RightNow(FreshForm):
    """Ten quiet minutes. Leaves one row in the urge log; the box cannot send and is kept only when asked."""

    _since: dt.datetime | None = None
    _until: dt.datetime | None = None
    _bell: asyncio.TimerHandle | None = None

    def _kids(self) -> list[object]:
        before, do, *rest = (control.widget for control in self.controls.values())
        return [before, do, self._told, *rest]

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
        if key == "do" and value:
            self._quiet()
        if key == "keep":
            self._settle(value)

    def _quiet(self) -> None:
        says = self._exercise.says
        stop = element("button", self._host.say("interface.buttons.stop_ten"), cls="rk-btn rk-btn--quiet", act="stop")
        self._told.tell(element("p", says["ten_minutes"], cls="rk-say", set={"role": "status"}), element("p", "", stop))
        self._ring_off()
        try:
            self._bell = asyncio.get_running_loop().call_later(QUIET, self._time_up)
        except RuntimeError:
            self._bell = None

    def _time_up(self) -> None:
        longer = element("button", self._host.say("interface.buttons.longer"), cls="rk-btn", act="longer")
        words = element("p", self._exercise.says["time_up"], cls="rk-say", set={"role": "status"})
        self._told.tell(words, element("p", "", longer))

    def _ring_off(self) -> None:
        if self._bell:
            self._bell.cancel()

    def _on_act(self, act: str) -> None:
        if act == "longer":
            self._quiet()
        elif act == "stop":
            self._ring_off()
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


class MyPage(FreshForm):
    """A free page. Kept under its date, sealed, cut to one line, or gone; old pages open only when asked."""

    _skip = 0

    def _kids(self) -> list[object]:
        self._prompt = Words("rk-prompt")
        self._prompt.on_act = self._on_prompt
        self._old = Words("rk-hist")
        self._old.on_act = self._on_old
        self._opened = ""
        asked, text, *rest = (control.widget for control in self.controls.values())
        return [asked, self._prompt, text, *rest, self._told, self._old]

    def refill(self) -> None:
        """Show the pages so far, by date only."""
        super().refill()
        self._list()

    def _on_kept(self, key: str, value: Json) -> None:
        if key == "want_prompt":
            self._offer(value)
        if key == "keep":
            self._settle(value)
        if key == "until" and value and self.values.get("keep") == "seal":
            self._settle("seal")

    def _offer(self, value: Json) -> None:
        if value not in ("today", "another"):
            self._prompt.tell()
            return
        self._skip += value == "another"
        more = element(
            "button", self._host.say("interface.buttons.another_prompt"), cls="rk-btn rk-btn--quiet", act="more"
        )
        self._prompt.tell(element("p", self._host.prompt(self._skip), cls="rk-say"), element("p", "", more))

    def _on_prompt(self, _act: str) -> None:
        self._offer("another")

    def _settle(self, choice: Json) -> None:
        says, say = self._exercise.says, self._host.say
        if choice == "one-line":
            lines = [line for line in str(self.values.get("text") or "").splitlines() if line.strip()]
            buttons = [
                element("p", "", element("button", line, cls="rk-btn rk-words", act=f"line {i}"))
                for i, line in enumerate(lines)
            ]
            self._told.tell(*buttons)
            return
        if choice == "delete":
            if isinstance(self._host.erase(self._id), Refusal):
                return
            self._start_anew()
        until = self.values.get("until")
        line = {"keep": says["kept"], "delete": says["deleted"]}.get(str(choice), "")
        if choice == "seal" and isinstance(until, str) and until:
            line = says["sealed"].format(date=told_day(dt.date.fromisoformat(until), say))
        if line:
            self._told.tell(element("p", line, set={"role": "status"}))
        self._list()

    def _on_act(self, act: str) -> None:
        kind, _, number = act.partition(" ")
        lines = [line for line in str(self.values.get("text") or "").splitlines() if line.strip()]
        if kind == "line" and number.isdigit() and int(number) < len(lines):
            self._keep_line(lines[int(number)])

    def _keep_line(self, line: str) -> None:
        """Keep one line as an entry of its own, then take the rest out of the file with all its versions."""
        rest, self._id = self._id, uuid.uuid4().hex
        kept = self._keep("text", line)
        if isinstance(kept, Refusal):
            self._id = rest
            said = kept.why
        else:
            self.controls["text"].fill(line, answered=True)
            gone = self._host.erase(rest)
            said = gone.why if isinstance(gone, Refusal) else self._exercise.says["one_line"]
        self._told.tell(element("p", said, set={"role": "status"}))

    # The pages so far

    def _list(self) -> None:
        found = self._host.page_of(self._exercise.id, 0, 20)
        if found is None:
            return
        entries, _ = found
        shown = [entry for entry in entries if entry.id != self._id and entry.values.get("text")]
        title: list[Block] = [element("h3", self._host.say("interface.log.history"), cls="rk-sec")] if shown else []
        self._old.tell(*title, *(self._row(entry) for entry in shown))

    def _row(self, entry: Entry) -> Block:
        say, sealed = self._host.say, self._sealed(entry)
        stamp = f"{told_day(entry.happened.local_date, say)}, {entry.happened.local:%H:%M}"
        note = self._exercise.says["sealed"].format(date=told_day(sealed, say)) if sealed else ""
        ends: list[Block] = [
            element(
                "button",
                say(f"interface.buttons.{name}"),
                cls="rk-btn rk-btn--quiet",
                act=f"{name} {entry.id}",
                set={"aria-label": f"{say(f'interface.buttons.{name}')}: {stamp}"},
            )
            for name in ("close" if entry.id == self._opened else "open", "delete")
        ]
        kids: list[Block] = [element("p", stamp, cls="rk-entry__when")]
        if note:
            kids.append(element("p", note, cls="rk-small"))
        if entry.id == self._opened:
            kids.append(element("p", str(entry.values.get("text", "")), cls="rk-entry__what rk-words"))
        return element("div", "", element("div", "", *kids), element("div", "", *ends, cls="rk-ends"), cls="rk-entry")

    def _sealed(self, entry: Entry) -> dt.date | None:
        try:
            until = dt.date.fromisoformat(str(entry.values.get("until") or ""))
        except ValueError:
            return None
        return until if entry.values.get("keep") == "seal" and until > self._host.today() else None

    def _on_old(self, act: str) -> None:
        kind, _, id_ = act.partition(" ")
        if kind == "delete":
            self._host.erase(id_)
        else:
            self._opened = id_ if kind == "open" else ""
        self._list()
