"""Cells: any value as one cell of a spreadsheet and back. A cell of ours is never a formula."""

from __future__ import annotations

import json
import re

from rekindle.portable.strict_json import strictly
from rekindle.records import Json

MARK = "'"
"""What stands before a cell that a program could take for a formula, and before one that begins with it already."""

_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212" + MARK)
"""What begins a formula, the wide and the small forms too."""

_BLANK = re.compile(
    r"^[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]+"
)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_WORDS = frozenset(("true", "false", "null"))


class OddCell(Exception):
    """A cell that we never write."""


def cell(value: Json) -> str:
    """Return a value as a cell: text as it is, everything else as JSON, and text that looks like JSON as JSON too."""
    plain = isinstance(value, str) and not _looks_like_json(value) and not _NO_TEXT.search(value)
    return guarded(value if plain and isinstance(value, str) else _json(value))


def value_of(told: str) -> Json:
    """Return the value of a cell; raises OddCell."""
    text = bare(told)
    if _NO_TEXT.search(text):
        raise OddCell
    if not _looks_like_json(text):
        return text
    try:
        return strictly(text)
    except (ValueError, RecursionError):
        raise OddCell from None  # the parser's error quotes what it read


def text_cell(text: str) -> str:
    """Return a text as a cell, and no text as an empty one."""
    return cell(text) if text else ""


def text_of(told: str) -> str:
    """Return the text of a cell; raises OddCell for a number and its like."""
    value = value_of(told) if told else ""
    if not isinstance(value, str):
        raise OddCell
    return value


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula. A number is none, whatever its sign."""
    if _NUMBER.fullmatch(text):
        return text
    begins = {text[:1], _BLANK.sub("", text)[:1]}
    return MARK + text if begins & _FORMULA else text


def bare(told: str) -> str:
    """Return a cell's text without the mark that guards it."""
    return told.removeprefix(MARK)


def _looks_like_json(text: str) -> bool:
    return not text or text[0] in '"[{' or text in _WORDS or _NUMBER.fullmatch(text) is not None


def _json(value: Json) -> str:
    told = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _NO_TEXT.sub(lambda odd: f"\\u{ord(odd[0]):04x}", told)
