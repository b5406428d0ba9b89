"""Seeking: does an entry hold some words. Case, accents and curly quotes make no difference; no sign is a wildcard."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator

from rekindle.records import Json, Look

_ALIKE = {
    **dict.fromkeys("\u2018\u2019\u02bc\u0060\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
    **dict(zip("øłđð\u0131", "olddi", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "\ufe0f": "",
}
"""Letters and signs that people type for one another and that Unicode does not take apart by itself."""


class _Plain(dict[int, str]):
    """What each character becomes, worked out once for each that ever came by."""

    def __missing__(self, code: int) -> str:
        lower = "".join(_ALIKE.get(sign, sign) for sign in chr(code).casefold())
        apart = unicodedata.normalize("NFKD", lower).casefold()
        plain = self[code] = "".join(sign for sign in apart if not unicodedata.combining(sign))
        return plain


_PLAIN = _Plain()


def folded(text: str) -> str:
    """Return a text with its case, its accents and the shape of its quotes taken away."""
    return text.translate(_PLAIN)


def holds(look: Look) -> Callable[[str], bool]:
    """Return a function that tells if an entry, its values in JSON, holds every word that is looked for.

    What a person sees counts: their own text, and what the options that they chose say.
    """
    words = [folded(word) for word in look.words.split()]
    shown = {at: folded(text) for at, text in look.shown.items()}

    def read(values: dict[str, Json]) -> Iterator[str]:
        for field, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    option = shown.get((field, one))
                    yield option if option is not None else folded(one) if field in look.own else ""

    def test(text: str) -> bool:
        try:
            values = json.loads(text)
            said = "\n".join(read(values))
        except (ValueError, AttributeError):
            return True  # damaged: it must come up, so that its checksum is looked at
        return all(word in said for word in words)

    return test
