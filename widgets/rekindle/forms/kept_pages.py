"""Kept pages: free writing that starts empty each time. Old pages show as a date only and open when asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from rekindle.forms.bell import Bell
from rekindle.forms.fresh import FreshForm
from rekindle.forms.telling import told_day
from rekindle.forms.turns import PAGE, Turns
from rekindle.frontend.words import Block, Words, element
from rekindle.frontend.writing import Refusal
from rekindle.insights import sealed_until
from rekindle.records import Entry, Json


class KeptPages(FreshForm):
    """One page at a time, kept under its date, sealed, cut to one line, or gone. Nothing on it can be sent.

    `body` is the field that holds the text. A text kept by another page may stand under "text".
    """

    body = "text"
    soft_end = 20 * 60.0
    end_words = "stretch"

    def _kids(self) -> list[object]:
        self._old = Words("rk-hist")
        self._old.on_act = self._on_old
        self._opened = ""
        self._turns = Turns(self._host.say)
        self._bell = Bell()
        return [*(control.widget for control in self.controls.values()), self._told, self._old]

    def refill(self) -> None:
        """Show the pages so far, by date only."""
        super().refill()
        self._list()

    def _on_kept(self, key: str, value: Json) -> None:
        if key == self.body and value and not self._bell.is_set:
            self._bell.ring_in(self.soft_end, self._time_up)
        if key == "keep":
            self._settle(value)
        if key == "until" and value and self.values.get("keep") == "seal":
            self._settle("seal")

    def _time_up(self) -> None:
        line = self._exercise.says[self.end_words]
        self._told.tell(element("p", line, cls="rk-say", set={"role": "status"}))

    # What becomes of the page

    def _settle(self, choice: Json) -> None:
        says = self._exercise.says
        if choice == "one-line":
            self._told.tell(*self._one_line_buttons())
            return
        if choice == "delete":
            if isinstance(self._host.erase(self._id), Refusal):
                return
            self._start_anew()
        line = {"keep": says["kept"], "delete": says["deleted"]}.get(str(choice), "")
        until = _date(self.values.get("until"))
        if choice == "seal" and until:
            line = says["sealed"].format(date=told_day(until, self._host.say))
        if line:
            self._told.tell(element("p", line, set={"role": "status"}))
        self._list()

    def _lines(self) -> list[str]:
        return [line for line in str(self.values.get(self.body) or "").splitlines() if line.strip()]

    def _one_line_buttons(self) -> list[Block]:
        return [
            element("p", "", element("button", line, cls="rk-btn rk-words", act=f"line {at}"))
            for at, line in enumerate(self._lines())
        ]

    def _on_act(self, act: str) -> None:
        kind, _, number = act.partition(" ")
        lines = self._lines()
        if kind == "line" and number.isdigit() and int(number) < len(lines):
            self._keep_line(lines[int(number)])

    def _keep_line(self, line: str) -> None:
        """Keep one line as an entry of its own, then take the rest out of the file with all its versions."""
        rest, self._id = self._id, uuid.uuid4().hex
        kept = self._keep(self.body, line)
        if isinstance(kept, Refusal):
            self._id = rest
            said = kept.why
        else:
            self.controls[self.body].fill(line, answered=True)
            gone = self._host.erase(rest)
            said = gone.why if isinstance(gone, Refusal) else self._exercise.says["one_line"]
        self._told.tell(element("p", said, set={"role": "status"}))

    # The pages so far

    def _text(self, entry: Entry) -> str:
        return str(entry.values.get(self.body) or entry.values.get("text") or "")

    def _list(self) -> None:
        found = self._leaf()
        if found and self._turns.beyond(found[1]):
            found = self._leaf()
        if found is None:
            return
        entries = found[0]
        shown = [entry for entry in entries if entry.id != self._id and self._text(entry)]
        turns = self._turns.blocks(len(entries))
        title = element("h3", self._host.say("interface.log.kept_title"), cls="rk-sec", land=True)
        self._old.tell(*([title] if shown or turns else []), *turns, *map(self._row, shown), *turns)

    def _leaf(self) -> tuple[Sequence[Entry], int] | None:
        """Read one page of them, in one statement."""
        return self._host.page_of(self._exercise.id, self._turns.offset, PAGE)

    def _row(self, entry: Entry) -> Block:
        say, sealed = self._host.say, sealed_until(entry.values, self._host.today())
        stamp = f"{told_day(entry.happened.local_date, say)}, {entry.happened.local:%H:%M}"
        note = self._exercise.says["sealed"].format(date=told_day(sealed, say)) if sealed else ""
        is_open = entry.id == self._opened
        ends: list[Block] = [
            element(
                "button",
                say(f"interface.buttons.{name}"),
                cls="rk-btn rk-btn--quiet",
                act=f"{name} {entry.id}",
                set={"aria-label": f"{say(f'interface.buttons.{name}')}: {stamp}"},
            )
            for name in (("close", "change", "delete") if is_open else ("open", "delete"))
        ]
        kids: list[Block] = [element("p", stamp, cls="rk-entry__when")]
        if note:
            kids.append(element("p", note, cls="rk-small"))
        if is_open:
            kids.append(element("p", self._text(entry), cls="rk-entry__what rk-words"))
        return element("div", "", element("div", "", *kids), element("div", "", *ends, cls="rk-ends"), cls="rk-entry")

    def _on_old(self, act: str) -> None:
        kind, _, id_ = act.partition(" ")
        if self._turns.take(kind):
            self._opened = ""
            self._list()
            self._old.land()
            return
        if kind == "delete":
            self._host.erase(id_)
        elif kind == "change":
            self._go_on(id_)
        else:
            self._opened = id_ if kind == "open" else ""
        self._list()

    def _go_on(self, id_: str) -> None:
        """Bring an old page back into the fields, to go on with it."""
        entry = self._host.entry(id_)
        if entry is None:
            return
        self._id, self._opened = entry.id, ""
        self.values = {key: value for key, value in entry.values.items() if key in self.controls}
        self.values[self.body] = self._text(entry)
        self.refill()
        self._told.tell(element("p", self._host.say("interface.log.changing"), cls="rk-small", set={"role": "status"}))
        self.on_filled()


class MyPage(KeptPages):
    """A free page, with a prompt for those who want one."""

    _skip = 0

    def _kids(self) -> list[object]:
        self._prompt = Words("rk-prompt")
        self._prompt.on_act = self._on_prompt
        asked, *rest = super()._kids()
        return [asked, self._prompt, *rest]

    def _on_kept(self, key: str, value: Json) -> None:
        if key == "want_prompt":
            self._offer(value)
        super()._on_kept(key, value)

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


def _date(value: Json) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
