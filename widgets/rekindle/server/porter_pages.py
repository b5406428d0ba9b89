"""The porter's pages: the one that asks for the passphrase, and those on which it is set, changed or removed."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from string import Formatter

from rekindle.journal import Relocked
from rekindle.server.order import PorterOrder
from rekindle.server.stillness import told_limit
from rekindle.settings import JOURNAL_NAME

SKELETON = "porter.html"
SHEETS = ("rekindle.css", "page.css")
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:; connect-src 'self'; "
    "script-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIELD = (
    'type="password" data-secret required autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="2000"'
)


class PorterPages:
    """Writes the pages, with the words that the order holds."""

    def __init__(self, order: PorterOrder) -> None:
        self._order = order
        here = Path(__file__).parent
        self._skeleton = (here / SKELETON).read_text(encoding="utf-8")
        sheets = [Path(order.styles, name).read_text(encoding="utf-8") for name in SHEETS]
        own = (here / "porter.css").read_text(encoding="utf-8")
        self._css = re.sub(r"url\(fonts/", "url(/porter/fonts/", "\n".join([*sheets, own]))

    def say(self, key: str, **facts: str | int) -> str:
        """Return a sentence by its key."""
        return self._order.says[key].format_map(facts)

    def page(self, body: str, nonce: str) -> str:
        """Return a whole page around a body. Its title gives nothing away."""
        said = {name: self._text(name) for name in ("brand", "help_now", "leave_now", "back_from_help", "window")}
        left = json.dumps(self.say("window_left")).replace("<", "\\u003c")
        return Formatter().format(
            self._skeleton,
            language="en",
            css=self._css,
            help=self._help(),
            body=body,
            nonce=nonce,
            window_left=left,
            **said,
        )

    def unlock(self, *, token: str, back: str, trouble: str = "") -> str:
        """Return the page that asks for the passphrase."""
        return "".join(
            [
                self._head("title", "lead"),
                self._form("/unlock", token, back),
                self._secret("passphrase", "passphrase", focus=True),
                self._note(trouble),
                f'<div class="rk-foot">{self._button("open")}{self._shower()}</div></form>',
                self._fold("lost", "lost_text", "lost_beside"),
                self._fold("never", "never_text", "never_do"),
                self._line("works_here"),
            ]
        )

    def passphrase(self, *, locked: bool, token: str, back: str, made: str, trouble: str = "") -> str:
        """Return the page on which a lock is set, or changed and removed."""
        what = "change" if locked else "set"
        parts = [self._head(f"{what}_title", f"{what}_lead")]
        if not locked:
            parts += [self._paragraph("set_know"), self._line("set_watch")]
        parts += [self._note(trouble), self._sheet(made), self._form(f"/passphrase/{what}", token, back)]
        if locked:
            parts.append(self._secret("passphrase", "current", focus=True))
        parts += [self._secret("new", "new_one" if locked else "new"), self._secret("again", "again")]
        leave = self._button("back" if locked else "not_now", act="/passphrase/back", quiet=True)
        parts.append(f'<div class="rk-foot">{self._button(what)}{leave}{self._shower()}</div></form>')
        if locked:
            parts.append(self._removal(token, back))
        return "".join(parts)

    def done(self, what: str, done: Relocked, *, back: str) -> str:
        """Return the page that says what was done, and what became of the backups."""
        after = told_limit(self._order.lock_after, self.say)
        lines = [self.say(f"done_{what}", after=after)]
        if done.changed:
            lines.append(
                self.say("copies_changed_one" if done.changed == 1 else "copies_changed_many", count=done.changed)
            )
        if done.deleted:
            lines.append(self.say("copies_deleted", count=done.deleted))
        if done.left:
            lines.append(self.say("copies_left", count=done.left))
        if done.away:
            lines.append(self.say("copies_away" if what == "set" else "copies_away_old", path=done.away))
        if what == "set":
            lines.append(self.say("reach"))
        told = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        link = f'<a class="rk-btn rk-btn--begin" href="{html.escape(back)}">{self._text("back")}</a>'
        head = f'<div class="rk-h" role="status"><h1>{self._text(f"done_{what}_title")}</h1></div>'
        return f'{head}{told}<p class="rk-foot">{link}</p>'

    # Pieces

    def _text(self, key: str, **facts: str | int) -> str:
        return html.escape(self.say(key, **facts))

    def _head(self, title: str, lead: str) -> str:
        return f'<div class="rk-h"><h1>{self._text(title)}</h1><p class="rk-purpose">{self._text(lead)}</p></div>'

    def _paragraph(self, key: str) -> str:
        return f"<p>{self._text(key)}</p>"

    def _line(self, key: str) -> str:
        return f'<p class="rk-small">{self._text(key)}</p>'

    def _note(self, trouble: str) -> str:
        return f'<p class="rk-note" role="status">{html.escape(trouble)}</p>' if trouble else ""

    def _form(self, act: str, token: str, back: str) -> str:
        hidden = {"form": token, "back": back}
        kept = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in hidden.items()
        )
        return f'<form method="post" action="{act}" autocomplete="off">{kept}'

    def _secret(self, name: str, label: str, *, focus: bool = False, id_: str = "") -> str:
        id_ = id_ or f"rk-{name}"
        first = " autofocus" if focus else ""
        text = f'<label class="widget-label" for="{id_}">{self._text(label)}</label>'
        return f'<div class="rk-f rk-ask">{text}<input id="{id_}" name="{name}" {FIELD}{first}></div>'

    def _button(self, key: str, *, act: str = "", quiet: bool = False) -> str:
        kind = "rk-btn--quiet" if quiet else "rk-btn--begin"
        where = f' formaction="{act}" formnovalidate' if act else ""
        return f'<button type="submit" class="rk-btn {kind}"{where}>{self._text(key)}</button>'

    def _shower(self) -> str:
        both = f'data-on="{self._text("hide")}" data-off="{self._text("show")}"'
        return f'<button type="button" class="rk-btn rk-btn--quiet" data-rk="show" {both}>{self._text("show")}</button>'

    def _fold(self, title: str, *lines: str) -> str:
        told = "".join(self._paragraph(line) for line in lines)
        return self._folded(title, told)

    def _folded(self, title: str, inside: str) -> str:
        summary = f"<summary>{self._text(title)}</summary>"
        return f'<details class="rk-fold">{summary}<div class="rk-fold__in">{inside}</div></details>'

    def _sheet(self, made: str) -> str:
        """Return the box with six words; it is all that is printed."""
        path = str(Path(self._order.home, JOURNAL_NAME))
        facts = "".join(
            f'<p class="rk-onpaper">{self._text(key, path=path)}</p>'
            for key in ("sheet_file", "sheet_how", "sheet_tool", "sheet_keep")
        )
        button = f'<button type="button" class="rk-btn rk-btn--quiet" data-rk="print">{self._text("print")}</button>'
        return (
            f'<section class="rk-sixsheet" aria-label="{self._text("made")}">'
            f'<h2 class="rk-onpaper">{self._text("sheet_title")}</h2>'
            f'<p class="rk-onscreen">{self._text("made")}</p><p class="rk-sixwords">{html.escape(made)}</p>'
            f'<p class="rk-small rk-onscreen">{self._text("made_how")}</p>{facts}'
            f'<p class="rk-onscreen">{button}</p></section>'
        )

    def _removal(self, token: str, back: str) -> str:
        return self._folded(
            "remove_title",
            f"{self._paragraph('remove_text')}{self._form('/passphrase/remove', token, back)}"
            f"{self._secret('passphrase', 'current', id_='rk-passphrase-remove')}"
            f'<div class="rk-foot">{self._button("remove", quiet=True)}</div></form>',
        )

    def _help(self) -> str:
        """Return the helplines, as in the frame of every page."""
        parts = []
        for group in self._order.help:
            lines = "".join(
                f"<li><strong>{html.escape(line['name'])} <small>{html.escape(line['who_for'])}</small></strong> "
                f"<span>{html.escape(line['reach'])}</span></li>"
                for line in group["lines"]
            )
            parts.append(
                f'<h3 class="rk-help__where">{html.escape(group["country"])}</h3><ul class="rk-lines">{lines}</ul>'
            )
        return "".join(parts)
