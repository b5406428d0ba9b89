"""Tags: markup made so that no text in it can ever be more than text."""

from __future__ import annotations

import html
import re

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Letters that have no place in a document: control characters, half surrogate pairs, and what Unicode keeps free."""

_VOID = frozenset({"meta", "br"})


def tag(name: str, /, *kids: str, **attributes: str | float | None) -> str:
    """Return an element. `kids` are markup: of `tag` or `told`, and of nothing else. A `_` in a name reads as `-`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{told(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{''.join(kids)}</{name}>"


def told(text: str) -> str:
    """Return a text as markup that shows it letter for letter."""
    return html.escape(_UNFIT.sub("\ufffd", text), quote=True)


def css_string(text: str) -> str:
    """Return a text as a string of a style sheet, in which it can end neither the string nor the sheet."""
    fit = _UNFIT.sub("\ufffd", text)
    return '"' + "".join(c if c.isalnum() or c in " ,.-" else f"\\{ord(c):06x} " for c in fit) + '"'


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
