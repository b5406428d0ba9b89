"""The few sentences that the page's script says by itself, in the browser."""

from __future__ import annotations

from typing import Any

from rekindle.content import Catalog
from rekindle.frontend.words import element
from rekindle.journal import is_locked
from rekindle.page.frame import Frame
from rekindle.server import keydesk
from rekindle.settings import idle_minutes, journal_path, surface

SPOKEN_OF = 0.7
"""How much of the quiet time goes by before it is spoken of: there is time left to save a file."""


def page_words(words: Catalog) -> dict[str, Any]:
    """Return the script's words: the saved states, the copy button, and JupyterLab's row of controls."""
    say = words.say
    status = {name: say(f"interface.status.{name}") for name in ("saving", "unsaved", "lost", "still")}
    title = element("h2", say("interface.frame.help_now"))
    limits = element("p", say("interface.frame.leave_limits"), cls="rk-small")
    return {
        **status,
        "saved": say("interface.status.saved", time="{time}"),
        "notKept": say("interface.status.not_kept"),
        "notKeptToo": say("interface.status.not_kept_too"),
        "open": say("interface.buttons.open"),
        "copy": say("interface.buttons.copy_words"),
        "copied": say("interface.status.copied"),
        "hide": say("interface.frame.hide_words"),
        "show": say("interface.frame.show_words"),
        "helpNow": say("interface.frame.help_now"),
        "leave": say("interface.frame.leave_now"),
        "lock": say("interface.frame.lock") if is_locked(journal_path()) and keydesk.is_there() else "",
        "locked": say("interface.status.locked"),
        "left": say("interface.frame.window_left"),
        "rightNow": say("interface.frame.right_now"),
        "rightNowLink": Frame(words).address("right-now")[1],
        "back": say("interface.frame.back"),
        "help": [title, element("p", say("interface.help.lead")), *Frame(words).help("crisis"), limits],
        "surface": str(surface()),
        "idle": _idle(words),
    }


def _idle(words: Catalog) -> dict[str, Any]:
    """Return what is said before a computer closes that forgets, and after how many milliseconds; nothing elsewhere."""
    limit = idle_minutes()
    if not limit:
        return {}
    said = {key: words.say(f"interface.banner.idle_{key}") for key in ("save", "here")}
    text = words.say("interface.banner.idle", minutes=f"{limit:g}")
    return {**said, "text": text, "after": round(limit * SPOKEN_OF * 60_000)}
