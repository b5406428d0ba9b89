"""Initials: the names that a person gave in the book, and their own words with initials in place of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from rekindle.keepsake.folios import Rename
from rekindle.records import FieldId, Json

CALLED = ("my-situation", "nickname")
"""What the other one is called in the book, whatever it is."""

PLACES: tuple[tuple[str, str, str], ...] = (
    ("my-people", "rows", "name"),
    ("my-people", "safe_one", ""),
    ("support-card", "people", "who"),
    ("urge-if-then", "person", ""),
    ("kids-and-others", "people", "who"),
    ("try-something-new", "menu", "with"),
    ("coffee-plan", "plan", "who_knows"),
    ("pause-signs", "who", ""),
)
"""Exercise, field and column of each place that asks for a person."""

_JOINED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
"""Letters of scripts that leave no room between words: there a name is found inside others."""

_MOST_WORDS = 3


def names_in(values: Mapping[FieldId, Json], no_names: frozenset[str]) -> list[str]:
    """Return the names that were given, in the order of the book, each once. `no_names` are words that are none."""
    found: dict[str, str] = {}
    called = values.get(CALLED)
    told = [called.strip()] if isinstance(called, str) else []
    told += [name for place in PLACES for text in _texts(values, place) for name in _names_of(text, no_names)]
    for name in told:
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _texts(values: Mapping[FieldId, Json], place: tuple[str, str, str]) -> Iterator[str]:
    exercise, field, column = place
    value = values.get((exercise, field))
    if isinstance(value, str) and not column:
        yield value
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and isinstance(cell := row.get(column), str):
            yield cell


def _names_of(text: str, no_names: frozenset[str]) -> Iterator[str]:
    """Give what may be a name in a text: all of a short one that looks like one, and each word that does."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if word.casefold() not in no_names]
    big = [word for word in words if word[0].isupper() or not word[0].islower()]
    alone = words if len(text.split()) == 1 else []
    if 1 < len(words) <= _MOST_WORDS and big == words:
        yield " ".join(words)
    yield from (word for word in big or alone if len(word) > 1 or _JOINED.match(word))


def initial(name: str, someone: str) -> str:
    """Return the initials of a name; of one without letters, the words for somebody."""
    letters = [found[0] for word in name.split() if (found := re.findall(r"[^\W\d_]", word))]
    return " ".join(f"{letter.upper()}." for letter in letters) or someone


def renamer(names: Sequence[str], someone: str) -> Rename:
    """Return what replaces these names in a text: whole words, whatever their case and however letters are joined."""
    forms = {form.casefold(): initial(name, someone) for name in names for form in _forms(name)}
    if not forms:
        return lambda text: text
    longest = sorted({form for name in names for form in _forms(name)}, key=len, reverse=True)
    # With the full stop behind it, if there is one: "A." has its own.
    pattern = re.compile(f"(?:{'|'.join(map(_pattern, longest))})(?:\\.(?!\\.))?", re.IGNORECASE)

    def short(match: re.Match[str]) -> str:
        found = " ".join(match[0].split())
        plain = found.removesuffix(".").casefold()
        return forms.get(found.casefold()) or forms.get(plain) or initial(found, someone)

    return lambda text: pattern.sub(short, text)


def _forms(name: str) -> set[str]:
    plain = " ".join(name.split())
    return {plain, unicodedata.normalize("NFC", plain), unicodedata.normalize("NFD", plain)} - {""}


def _pattern(form: str) -> str:
    body = r"\s+".join(map(re.escape, form.split()))
    if _JOINED.search(form):
        return body
    start = r"(?<!\w)" if re.match(r"\w", form) else ""
    end = r"(?![\w\u0300-\u036f])" if re.search(r"\w$", form) else ""
    return f"{start}{body}{end}"
