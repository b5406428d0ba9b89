"""Seeking: does an entry hold some words. Case, accents and curly quotes make no difference; no sign is a wildcard."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator

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
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_PLAIN)


def sought(words: str) -> tuple[str, ...]:
    """Return the words that are looked for, folded; one that is nothing but accents is none."""
    return tuple(word for one in words.split() if (word := folded(one)))


def stretches(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where in a text any of these folded words stand, from the first letter of each to after the last."""
    plain, places = "", list[int]()
    for at, sign in enumerate(text):
        piece = _PLAIN[ord(sign)]
        plain += piece
        places += [at] * len(piece)
    found: list[tuple[int, int]] = []
    for word in words:
        start = plain.find(word)
        while start >= 0:
            end = places[start + len(word) - 1] + 1
            while end < len(text) and not _PLAIN[ord(text[end])]:  # an accent stays with its letter
                end += 1
            found.append((places[start], end))
            start = plain.find(word, start + len(word))
    return sorted(found)


def holds(look: Look) -> Callable[[str], bool]:
    """Return a function that tells if an entry, its values in JSON, holds every word that is looked for.

    What a person sees counts: their own text, and what the options that they chose say.
    """
    words = sought(look.words)
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
