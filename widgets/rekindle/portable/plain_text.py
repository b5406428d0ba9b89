"""Plain text for Markdown: each mark that Markdown, HTML or mathematics could read is spelt by its number."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_\[\]{}<>&~$^|@#=\"%]")
_AT_START = re.compile(r"^(?:[-+:!]|[0-9]+(?=[.)]))")
_ADDRESS = re.compile(r"(?i)(?::(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):)")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANK_START = re.compile(r"^\s+")
_FILLED = "\u00a0"


def as_text(text: str) -> str:
    """Return one line that any reader of Markdown shows as it was written; several lines become one."""
    return _spelt(" ".join(_clean(text).split()))


def as_lines(text: str) -> list[str]:
    """Return text as a block of its own, with its lines as they were."""
    lines = [
        _spelt(_BLANK_START.sub(lambda found: _FILLED * len(found[0]), line)) for line in _clean(text).splitlines()
    ]
    return [f"> {line}  " if line.strip() else ">" for line in lines]


def _clean(text: str) -> str:
    """Return text without what no page can show; half a pair becomes the sign for that."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _UNSEEN.sub("\ufffd", whole.replace("\r\n", "\n").replace("\r", "\n"))


def _spelt(line: str) -> str:
    line = _MARKS.sub(lambda found: f"&#{ord(found[0])};", line)
    line = _ADDRESS.sub(lambda found: f"&#{ord(found[0])};", line)
    return _AT_START.sub(_start, line)


def _start(found: re.Match[str]) -> str:
    """Spell what begins a list: a hyphen by itself, a number by its first figure."""
    return f"&#{ord(found[0][0])};{found[0][1:]}"
