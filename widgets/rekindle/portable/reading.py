"""Reading `rekindle/1` back, without trust: a file is understood to its last letter, or nothing of it is taken."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rekindle.errors import ImportNewer, ImportTooLarge, ImportUnreadable
from rekindle.journal import Whole
from rekindle.portable.export import FORMAT, to_json
from rekindle.portable.strict_json import strictly
from rekindle.records import Answer, Entry, Event, Json, Moment

LARGEST = 64_000_000
"""How many bytes a file may have. Twenty years of writing every day are some 20 MB, all versions counted."""

MOST_PIECES = 3_000_000
"""How many lists and mappings a file may hold: each costs memory, however small it is."""

_YEARS = 1900, 2200
_ZONE_AND_CLOCK = dt.timedelta(days=2)
_FAMILY = FORMAT.partition("/")[0]


class _Odd(ValueError):
    """Something that no export of ours holds."""


def from_json(file: bytes) -> Whole:
    """Return the journal that a JSON export holds.

    Raises ImportTooLarge, ImportNewer and ImportUnreadable. What this reads, `to_json` writes again: a file with
    anything else in it, or of which a part contradicts another, is not read at all.
    """
    try:
        book = loaded(file)
        if not isinstance(book, dict):
            raise _Odd
        _refuse_other_format(book.get("format"))
        whole = _whole(book)
        if _in_order(loaded(to_json(whole))) != _in_order(book):
            raise _Odd
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise ImportUnreadable from None  # the error of a parser quotes what it read
    return whole


def checked(whole: Whole) -> Whole:
    """Return a journal that was read from another format, once it was found to be one. Raises as `from_json`."""
    try:
        file = to_json(whole)
    except (ValueError, TypeError, RecursionError):
        raise ImportUnreadable from None
    return from_json(file)


def alike(one: Whole, other: Whole) -> bool:
    """Return if two journals are the same in every value; in what order a mapping lies says nothing."""
    first, second = (_in_order(json.loads(to_json(each))) for each in (one, other))
    return first == second


def too_large() -> ImportTooLarge:
    """Return the error of a file that is larger than any journal."""
    return ImportTooLarge(limit=LARGEST // 1_000_000)


def loaded(file: bytes) -> Json:
    """Return what a JSON file holds, if each of its keys is there once and every number is one.

    Raises ImportTooLarge, ValueError and RecursionError; a ValueError quotes what it read.
    """
    if len(file) > LARGEST or file.count(b"{") + file.count(b"[") > MOST_PIECES:
        raise too_large()
    text = file.decode("utf-8-sig")
    return strictly(text)


def _in_order(value: Json) -> str:
    return json.dumps(value, sort_keys=True, allow_nan=False)


def _refuse_other_format(name: Json) -> None:
    if name == FORMAT:
        return
    family, _, version = name.partition("/") if isinstance(name, str) else ("", "", "")
    if family == _FAMILY and version.isascii() and version.isdecimal():
        raise ImportNewer
    raise _Odd


def _whole(book: Mapping[str, Json]) -> Whole:
    alive = [
        _entry(_mapping(item), exercise) for exercise, log in _mapping(book["entries"]).items() for item in _list(log)
    ]
    history = [_mapping(item) for item in _list(book["history"])]
    answers = [_answer(item) for item in history if item["kind"] == "answer"]
    gone, earlier = _told_apart([_entry(item) for item in history if item["kind"] == "entry"], alive)
    _refuse_twice((answer.exercise, answer.field, answer.revision) for answer in answers)
    _refuse_twice(entry.id for entry in (*alive, *gone))
    _refuse_twice((entry.id, entry.revision) for entry in (*alive, *gone, *earlier))
    events = [_event(_mapping(item)) for item in _list(book["events"])]
    return Whole(answers, [*alive, *gone], earlier, events, _mapping(book["settings"]))


def _told_apart(history: list[Entry], alive: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Tell entries that were taken out from versions that came before: the last of an id is current."""
    standing = {entry.id for entry in alive}
    newest = {entry.id: entry for entry in sorted(history, key=lambda entry: entry.revision)}
    out = {id_: entry for id_, entry in newest.items() if id_ not in standing}
    if not all(entry.deleted for entry in out.values()):
        raise _Odd
    gone = [entry for entry in history if out.get(entry.id) is entry]
    return gone, [entry for entry in history if out.get(entry.id) is not entry]


def _refuse_twice(places: Iterable[object]) -> None:
    found = list(places)
    if len(set(found)) != len(found):
        raise _Odd


def _answer(item: Mapping[str, Json]) -> Answer:
    names = (_text(item["exercise"]), _text(item["field"]))
    saved, conflict = _moment(item["saved"]), _yes(item["conflict"])
    return Answer(
        *names,
        item["value"],
        _number(item["revision"]),
        saved,
        _text(item["wording"]),
        _text(item["sitting"]),
        conflict,
    )


def _entry(item: Mapping[str, Json], exercise: str = "") -> Entry:
    """Return an entry of a log, which names its exercise and is not deleted, or of the history."""
    exercise = exercise or _text(item["exercise"])
    what = _text(item["id"]), exercise, _mapping(item["values"]), _moment(item["happened"])
    deleted = _yes(item.get("deleted", False))
    return Entry(*what, _number(item["revision"]), _moment(item["saved"]), deleted, _yes(item["conflict"]))


def _event(item: Mapping[str, Json]) -> Event:
    return Event(_text(item["kind"]), _mapping(item["detail"]), _moment(item["noted"]))


def _moment(value: Json) -> Moment:
    """Return a moment that the whole book can reckon with: a zone that there is, and a date of a life."""
    told = _mapping(value)
    utc, zone = dt.datetime.fromisoformat(_text(told["utc"])), _text(told["zone"])
    moment = Moment(utc, zone, dt.date.fromisoformat(_text(told["local_date"])))
    if utc.tzinfo is None or not _YEARS[0] < utc.year < _YEARS[1]:
        raise _Odd
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        raise _Odd from None
    if abs(dt.datetime.combine(moment.local_date, dt.time(), dt.UTC) - utc) > _ZONE_AND_CLOCK:
        raise _Odd
    return moment


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise _Odd
    return value


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _Odd
    return value


def _yes(value: Json) -> bool:
    if not isinstance(value, bool):
        raise _Odd
    return value


def _mapping(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise _Odd
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise _Odd
    return value
