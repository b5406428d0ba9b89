"""Versions: what one question was answered at the start, in between and now, and which words are new each time."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from rekindle.records import Answer

_LONGEST = 1500
"""Words up to which two versions are compared; longer ones stand side by side without marks."""


def start_middle_now(versions: Sequence[Answer]) -> list[Answer]:
    """Return the first version, the one nearest to the middle of the time between, and the last; two at least.

    `versions` are in any order. Of one day, the last counts. Blanks and skips are no versions. Where
    nothing stands twice, there is nothing to set side by side.
    """
    days = {v.moment.local_date: v for v in sorted(versions, key=_when) if v.moment and v.value not in (None, "", [])}
    found = list(days.values())
    if len(found) < 2:
        return []
    first, *between, last = found
    if not between:
        return [first, last]
    half = (_when(first) + _when(last)) / 2
    return [first, min(between, key=lambda v: abs(_when(v) - half)), last]


def _when(version: Answer) -> float:
    return version.moment.utc.timestamp() if version.moment else 0.0


def marked(before: str, now: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is new since the text before; together they are the text."""
    old, new = _words(before), _words(now)
    if max(len(old), len(new)) > 2 * _LONGEST:
        return [(now, False)]
    pieces: list[tuple[str, bool]] = []
    matcher = difflib.SequenceMatcher(None, [w.lower() for w in old], [w.lower() for w in new], autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        text = "".join(new[start:end])
        if text:
            pieces.append((text, kind != "equal" and bool(text.strip())))
    return pieces


def count_new(pieces: Sequence[tuple[str, bool]]) -> int:
    """Return how many words of marked pieces are new."""
    return sum(len(text.split()) for text, new in pieces if new)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
