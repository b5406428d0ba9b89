"""Daylio: its days become moods of ours, and its notes become pages of *My page*."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from rekindle.errors import ImportUnreadable
from rekindle.journal import Whole
from rekindle.portable.arrival import Arrival
from rekindle.portable.csv_file import OddFile, rows_of
from rekindle.portable.day_one import BODY, PAGE, pieces_of
from rekindle.portable.parcel import Parcel
from rekindle.portable.reading import checked, loaded, too_large
from rekindle.portable.spreadsheet_back import MOST_ROWS
from rekindle.records import Entry, Json, Moment

MOOD = "mood-check-in"
BACKUP = "backup.daylio"
COLUMNS = frozenset(("full_date", "time", "mood"))
STEPS = {1: 9, 2: 7, 3: 5, 4: 3, 5: 1}
"""Daylio's five steps, the best first, on our scale from 0 to 10: the middle of each fifth."""

NAMES = {"rad": 1, "good": 2, "meh": 3, "bad": 4, "awful": 5}
"""The names that Daylio gives them at first. A mood with another name says nothing of its step in a CSV file."""

LONGEST_WORD = 300
_BEGINS = re.compile(rb"^(?:\xef\xbb\xbf)?[^\n]{0,400}\bfull_date\b[^\n]{0,400}")
_TAG = re.compile(r"(?i)</?(?:br|div|p|ul|ol|li|b|i|u|s|strong|em|span|font|h[1-6])\b[^<>]{0,300}>")
_BREAK = re.compile(r"(?i)<br\b[^<>]{0,300}>|</(?:div|p|li|h[1-6])\s*>")
_GAPS = re.compile(r"\n{3,}")
_CLOCKS = ("%H:%M", "%I:%M %p", "%H:%M:%S", "%H.%M")
_HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Day:
    """One entry of Daylio's: a step from 1 to 5 or none, the mood's name, what was done, and the note."""

    id: str
    happened: Moment
    step: int | None
    mood: str = field(repr=False)
    done: list[str] = field(repr=False)
    note: str = field(repr=False)


def is_daylio(file: bytes) -> bool:
    """Return if a file begins as a CSV export of Daylio."""
    return _BEGINS.match(file) is not None


def from_csv(file: bytes, zone: str) -> Arrival:
    """Return what a CSV export of Daylio holds; its clocks are read in IANA `zone`, which the file does not name."""
    head = file[:1000].partition(b"\n")[0]
    delimiter = max("\t,;", key=lambda sign: head.count(sign.encode()))
    try:
        names, *lines = _within_reason(rows_of(file, delimiter=delimiter))
        if not set(names) >= COLUMNS or len(set(names)) != len(names):
            raise ValueError
        return _arrival(_from_lines([dict(zip(names, line, strict=True)) for line in lines], zone))
    except (OddFile, ValueError, TypeError, KeyError, OverflowError):
        raise ImportUnreadable from None


def from_parcel(parcel: Parcel) -> Arrival:
    """Return what a backup of Daylio holds: a zip, and in it JSON written in base64. Pictures are left there."""
    try:
        book = loaded(base64.b64decode(parcel.read(BACKUP), validate=False))
        if not isinstance(book, dict):
            raise TypeError
        return _arrival(_from_backup(book))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, OSError):
        raise ImportUnreadable from None


def _within_reason(rows: Iterable[list[str]]) -> list[list[str]]:
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS:
            raise too_large()
    return found


def _arrival(days: Iterable[_Day]) -> Arrival:
    entries: dict[str, Entry] = {}
    unknown = 0
    for day in days:
        unknown += day.step is None
        for entry in (*_mood(day), *_note(day)):
            if entry.id in entries:
                raise ValueError
            entries[entry.id] = entry
    return Arrival("daylio", checked(Whole([], list(entries.values()), [], [], {})), unknown)


def _mood(day: _Day) -> list[Entry]:
    """Return the mood, and under "one word" its name and what was done."""
    word = ": ".join(part for part in (day.mood, ", ".join(day.done)) if part)
    values: dict[str, Json] = {"mood": STEPS[day.step]} if day.step else {}
    if word:
        values["word"] = word[:LONGEST_WORD]
    return [Entry(day.id, MOOD, values, day.happened, 1, day.happened)] if values else []


def _note(day: _Day) -> list[Entry]:
    return [
        Entry(f"{day.id}.note{number if number > 1 else ''}", PAGE, {BODY: piece}, day.happened, 1, day.happened)
        for number, piece in enumerate(pieces_of(day.note), 1)
    ]


# CSV


def _from_lines(lines: Iterable[Mapping[str, str]], zone: str) -> Iterator[_Day]:
    seen: Counter[str] = Counter()
    for line in lines:
        told = f"{line['full_date']} {line['time']} {line['mood']}"
        seen[told] += 1
        digest = hashlib.blake2b(f"{told} {seen[told]}".encode(), digest_size=12).hexdigest()
        happened = Moment.at(dt.datetime.combine(_date(line["full_date"]), _clock(line["time"]), ZoneInfo(zone)), zone)
        mood = line["mood"].strip()
        done = [each.strip() for each in line.get("activities", "").split("|") if each.strip()]
        note = _joined(line.get("note_title", ""), line.get("note", ""))
        yield _Day(f"daylio-{digest}", happened, NAMES.get(mood.casefold()), mood, done, note)


def _date(told: str) -> dt.date:
    return dt.date.fromisoformat(told.strip())


def _clock(told: str) -> dt.time:
    """Return a time of day as Daylio writes it, with 24 hours or with 12."""
    text = " ".join(told.split()).upper().replace("A.M.", "AM").replace("P.M.", "PM")
    for form in _CLOCKS:
        try:
            return dt.datetime.strptime(text, form).time()  # noqa: DTZ007 - a clock's time, its zone is named elsewhere
        except ValueError:
            continue
    raise ValueError


# A backup


def _from_backup(book: Mapping[str, Json]) -> Iterator[_Day]:
    moods = {_whole(mood["id"]): mood for mood in _mappings(book["customMoods"])}
    tags = {_whole(tag["id"]): str(tag.get("name") or "").strip() for tag in _mappings(book.get("tags") or [])}
    days = _mappings(book["dayEntries"])
    if len(days) > MOST_ROWS:
        raise too_large()
    for day in days:
        mood = moods.get(_whole(day["mood"]), {})
        step = mood.get("mood_group_id")
        ids = day.get("tags") or []
        done = [tags.get(_whole(id_), "") for id_ in ids] if isinstance(ids, list) else []
        yield _Day(
            f"daylio-{_whole(day['datetime'])}-{_whole(day.get('id') or 0)}",
            _happened(day),
            step if isinstance(step, int) and step in STEPS else None,
            _name(mood),
            [each for each in done if each],
            _joined(str(day.get("note_title") or ""), str(day.get("note") or "")),
        )


def _name(mood: Mapping[str, Json]) -> str:
    own = str(mood.get("custom_name") or "").strip()
    known = mood.get("predefined_name_id")
    return own or next((name for name, step in NAMES.items() if step == known), "")


def _happened(day: Mapping[str, Json]) -> Moment:
    """Return the instant, and the day as it was told there: a zone is not in the file, only how far it was ahead."""
    utc = dt.datetime.fromtimestamp(_whole(day["datetime"]) / 1000, dt.UTC)
    ahead = dt.timedelta(milliseconds=_whole(day.get("timeZoneOffset") or 0))
    hours, rest = divmod(ahead, _HOUR)
    zone = f"Etc/GMT{-hours:+d}" if not rest and hours else "UTC"
    if abs(ahead) > 14 * _HOUR or (hours < -12 and not rest):
        raise ValueError
    return Moment(utc, zone, (utc + ahead).date())


def _mappings(value: Json) -> list[dict[str, Json]]:
    found = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(found) != len(value):
        raise TypeError
    return found


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


# Notes


def _joined(title: str, note: str) -> str:
    return "\n\n".join(part for part in (_plain(title), _plain(note)) if part)


def _plain(text: str) -> str:
    """Return a note without the marks for its looks, which newer versions write as HTML."""
    if not _TAG.search(text):
        return text.strip()
    bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\u00a0", " ")
    return _GAPS.sub("\n\n", bare).strip()
