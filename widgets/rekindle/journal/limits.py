"""What a journal takes: short ids, plain JSON, and nothing endless."""

from __future__ import annotations

import re

from rekindle.errors import NotAnAnswer, TooLong

LONGEST = 200_000
"""How many bytes one value may take. Larger ones would stop a page's saving altogether (10 MiB, measured)."""

DEEPEST = 50
HIGHEST = 1 << 53

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")
SURROGATE = re.compile("[\ud800-\udfff]")


def is_id(text: object) -> bool:
    """Return whether `text` can be an id: short, no blanks, so never a person's sentence."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def refuse_odd_ids(*ids: str) -> None:
    """Raise NotAnAnswer for anything that is no id."""
    if not all(is_id(id_) for id_ in ids):
        raise NotAnAnswer


def refuse_odd_place(base: int, wording: str = "") -> None:
    """Raise NotAnAnswer for a revision or a wording that a column cannot hold, TooLong for an endless wording."""
    if not 0 <= base < HIGHEST or SURROGATE.search(wording):
        raise NotAnAnswer
    refuse_long(wording)


def refuse_long(text: str) -> None:
    """Raise TooLong for text of more than 200,000 bytes."""
    if len(text) * 4 > LONGEST and len(text.encode()) > LONGEST:
        raise TooLong(limit=LONGEST)


def refuse_odd_value(value: object, depth: int = DEEPEST) -> None:
    """Raise NotAnAnswer unless `value` is plain JSON all the way down: no tuple, no date, no key that is no text."""
    if value is None or type(value) in (str, int, float, bool):
        return
    if depth and type(value) is list:
        for item in value:
            refuse_odd_value(item, depth - 1)
    elif depth and type(value) is dict and all(type(key) is str for key in value):
        for item in value.values():
            refuse_odd_value(item, depth - 1)
    else:
        raise NotAnAnswer
