"""Day One: its exported entries become pages of *My page*, each under the day on which it was written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from rekindle.errors import ImportUnreadable
from rekindle.journal import Whole
from rekindle.portable.arrival import Arrival
from rekindle.portable.parcel import Parcel
from rekindle.portable.reading import checked, loaded, too_large
from rekindle.portable.spreadsheet_back import MOST_ROWS
from rekindle.records import Entry, Json, Moment

PAGE, BODY = "my-page", "text"
LONGEST_PIECE = 30_000
"""Letters of one page: a longer entry goes on in another one."""

_MEDIA = re.compile(r"!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\n]{0,400}\)[ \t]*\n?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")


def is_day_one(book: Mapping[str, Json]) -> bool:
    """Return if a JSON file has the shape of a journal of Day One."""
    return isinstance(book.get("metadata"), dict) and isinstance(book.get("entries"), list)


def from_parcel(parcel: Parcel) -> Arrival:
    """Return what an export of Day One holds: a zip with a JSON file for each journal. Pictures are left there."""
    names = [name for name in parcel.names if name.casefold().endswith(".json") and not _is_aside(name)]
    books = [_book(parcel.read(name)) for name in sorted(names)]
    if not books:
        raise ImportUnreadable
    return from_books(books)


def from_books(books: Iterable[Mapping[str, Json]]) -> Arrival:
    """Return what journals of Day One hold. Raises ImportUnreadable and ImportTooLarge."""
    found: dict[str, Entry] = {}
    empty = 0
    try:
        for entry in (entry for book in books for entry in _entries(book)):
            made = _pages(entry)
            empty += not made
            found |= {page.id: page for page in made}
            if len(found) > MOST_ROWS:
                raise too_large()
    except (ValueError, TypeError, KeyError, OverflowError):
        raise ImportUnreadable from None
    return Arrival("day-one", checked(Whole([], list(found.values()), [], [], {})), empty)


def _is_aside(name: str) -> bool:
    """Return if a file is none of Day One's: what macOS puts into a zip, or what lies deeper."""
    return name.startswith("__MACOSX") or name.rpartition("/")[2].startswith(".") or name.count("/") > 1


def _book(file: bytes) -> Mapping[str, Json]:
    try:
        book = loaded(file)
    except (ValueError, RecursionError):
        raise ImportUnreadable from None
    if not isinstance(book, dict) or not is_day_one(book):
        raise ImportUnreadable
    return book


def _entries(book: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    for entry in cast(list[Json], book["entries"]):
        if not isinstance(entry, dict):
            raise TypeError
        yield entry


def _pages(entry: Mapping[str, Json]) -> list[Entry]:
    """Return the pages that an entry becomes: one, more if it is very long, and none if it has no words."""
    text = _text(entry)
    if not text:
        return []
    zone = entry.get("timeZone")
    happened = Moment.at(_instant(entry["creationDate"]), zone if isinstance(zone, str) else "UTC")
    saved = Moment.at(_instant(entry.get("modifiedDate") or entry["creationDate"]), happened.zone)
    id_ = f"day-one-{_id(entry, text)}"
    pieces = pieces_of(text)
    return [
        Entry(f"{id_}.{number}" if number > 1 else id_, PAGE, {BODY: piece}, happened, 1, saved)
        for number, piece in enumerate(pieces, 1)
    ]


def pieces_of(text: str) -> list[str]:
    """Return text in pieces that a page takes, cut at the end of a line or a word where there is one."""
    pieces = []
    while len(text) > LONGEST_PIECE:
        head = text[:LONGEST_PIECE]
        at = max(head.rfind("\n"), head.rfind(" ")) + 1 or LONGEST_PIECE
        at = at if at > LONGEST_PIECE // 2 else LONGEST_PIECE
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text] if text else pieces


def _text(entry: Mapping[str, Json]) -> str:
    told = entry.get("text")
    text = told if isinstance(told, str) else _from_rich(entry.get("richText"))
    lines = [_ESCAPED.sub(r"\1", _MEDIA.sub("", text)).strip()]
    tags = entry.get("tags")
    words = [tag for tag in tags if isinstance(tag, str) and tag.strip()] if isinstance(tags, list) else []
    return "\n\n".join([*lines, " ".join(f"#{tag}" for tag in words)]).strip() if lines[0] else ""


def _from_rich(told: Json) -> str:
    """Return the text of an entry that has it only with its looks, as JSON in a string."""
    if not isinstance(told, str):
        return ""
    try:
        rich = json.loads(told)
    except (ValueError, RecursionError):
        return ""
    parts = rich.get("contents") if isinstance(rich, dict) else None
    texts = [part.get("text") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return "".join(text for text in texts if isinstance(text, str))


def _instant(told: Json) -> dt.datetime:
    if not isinstance(told, str):
        raise TypeError
    instant = dt.datetime.fromisoformat(told)
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def _id(entry: Mapping[str, Json], text: str) -> str:
    told = entry.get("uuid")
    if isinstance(told, str) and _ID.fullmatch(told):
        return told
    source = f"{entry['creationDate']} {text}".encode(errors="surrogatepass")
    return hashlib.blake2b(source, digest_size=16).hexdigest()
