"""One way of writing a value down, and the checksum that tells when it was silently changed."""

from __future__ import annotations

import json
import math
import re
from hashlib import blake2b

from rekindle.errors import NotAnAnswer, TooLong
from rekindle.records import Json

LONGEST = 200_000
"""How many bytes one value may take. Larger ones would stop a page's saving altogether (10 MiB, measured)."""

DEEPEST = 50

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_id(text: object) -> bool:
    """Return whether `text` can be an id: short, no blanks, so never a person's sentence."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def canonical(value: Json) -> str:
    """Return a value's one JSON text: keys sorted, letters as they are.

    Half of a surrogate pair cannot be stored as UTF-8: it is escaped, and comes back as it was; two halves in a
    row come back as the one character that they mean. Raises NotAnAnswer for what JSON cannot hold (a NaN, a
    non-text key, nesting deeper than 50) and TooLong above 200,000 bytes.
    """
    _refuse_odd(value, DEEPEST)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    except ValueError:  # a whole number of more than 4,300 digits
        raise NotAnAnswer from None
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        text = _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    if len(text) * 4 > LONGEST and len(text.encode()) > LONGEST:
        raise TooLong(limit=LONGEST)
    return text


def checksum(*content: str | int) -> bytes:
    """Return 16 bytes that change when any part of a row's content does."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=16).digest()


def _refuse_odd(value: object, depth: int) -> None:
    """Raise NotAnAnswer unless `value` is plain JSON all the way down."""
    if value is None or type(value) in (str, int, bool):
        return
    if type(value) is float and math.isfinite(value):
        return
    if depth and type(value) is list:
        for item in value:
            _refuse_odd(item, depth - 1)
    elif depth and type(value) is dict and all(type(key) is str for key in value):
        for item in value.values():
            _refuse_odd(item, depth - 1)
    else:
        raise NotAnAnswer
