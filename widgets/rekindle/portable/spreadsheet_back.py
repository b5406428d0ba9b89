"""Sheets taken back: CSV files of ours become a journal again, all of them or none."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping

from rekindle.errors import ImportNewer, ImportUnreadable
from rekindle.journal import Whole
from rekindle.portable import cells, spreadsheet
from rekindle.portable.csv_file import OddFile, rows_of
from rekindle.portable.export import FORMAT as JSON_FORMAT
from rekindle.portable.export import escaped
from rekindle.portable.reading import from_json, too_large
from rekindle.records import Json

MOST_ROWS = 500_000
"""How many rows all sheets may have together: a hundred saves a day for more than ten years."""

_NAME = re.compile(r"[a-z0-9-]{1,120}\.csv")
_ODD = (cells.OddCell, OddFile, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError)
Line = Mapping[str, str]


def from_csv(read: Callable[[str], bytes]) -> Whole:
    """Return the journal that a set of sheets holds; `read` gives a file by its name.

    Raises ImportTooLarge, ImportNewer and ImportUnreadable. As with JSON, a set in which a row is missing or a part
    contradicts another is not read at all. Rows may stand in another order: people sort.
    """
    try:
        book = _Sheets(read).book()
        file = escaped(json.dumps(book, ensure_ascii=False, allow_nan=False)).encode()
    except _ODD:
        raise ImportUnreadable from None
    return from_json(file)


class _Sheets:
    """One set of sheets while it is read. What it makes of them is a book in the format of the JSON export."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self._read, self._rows = read, 0
        self._counts: dict[str, int] = {}
        first, *counted = self._sheet(spreadsheet.ABOUT, spreadsheet.ABOUT_COLUMNS)
        _refuse_other_format(first["file"])
        self._counts = {line["file"]: int(line["rows"]) for line in counted}
        named = [line["file"] for line in counted]
        if len(set(named)) != len(named) or int(first["rows"]) != len(named) or not all(map(_NAME.fullmatch, named)):
            raise ValueError

    def book(self) -> dict[str, Json]:
        """Return what they hold."""
        current = list(self._sheet(spreadsheet.ANSWERS, spreadsheet.ANSWER_COLUMNS))
        earlier = list(self._sheet(spreadsheet.ANSWERS_BEFORE, spreadsheet.ANSWER_COLUMNS))
        answers: dict[str, dict[str, Json]] = {}
        for line in current:
            answers.setdefault(_text(line, "page"), {})[_text(line, "field")] = cells.value_of(line["answer"])
        before = self._sheet(spreadsheet.ENTRIES_BEFORE, spreadsheet.ENTRY_COLUMNS)
        history = [
            *map(_answer, sorted([*current, *earlier], key=_number)),
            *map(_entry_before, sorted(before, key=_number)),
        ]
        events = [_event(line) for line in self._sheet(spreadsheet.EVENTS, spreadsheet.EVENT_COLUMNS)]
        settings = {
            _text(line, "setting"): cells.value_of(line["value"])
            for line in self._sheet(spreadsheet.SETTINGS, spreadsheet.SETTING_COLUMNS)
        }
        if len(settings) != self._counts[spreadsheet.SETTINGS]:
            raise ValueError
        return {
            "format": JSON_FORMAT,
            "answers": dict(answers),
            "entries": dict(self._entries()),
            "history": list(history),
            "events": list(events),
            "settings": settings,
        }

    def _entries(self) -> dict[str, Json]:
        logs: dict[str, list[tuple[dt.datetime, str, Json]]] = {}
        for name in self._counts:
            if name.startswith(spreadsheet.LOG):
                for line, values in self._logged(name):
                    entry = _entry(line, values)
                    when = dt.datetime.fromisoformat(line["happened"])
                    logs.setdefault(_text(line, "page"), []).append((when, str(entry["id"]), entry))
        return {page: [entry for *_, entry in sorted(log, key=lambda one: one[:2])] for page, log in logs.items()}

    def _logged(self, name: str) -> Iterator[tuple[Line, dict[str, Json]]]:
        """Give each entry of a log's sheet, and what was answered in it."""
        heads, *rows = self._raw(name)
        known = len(spreadsheet.LOG_COLUMNS)
        keys = [str(cells.text_of(head)) for head in heads[known:]]
        if tuple(heads[:known]) != spreadsheet.LOG_COLUMNS or len(set(keys)) != len(keys):
            raise ValueError
        for row in rows:
            line = dict(zip(spreadsheet.LOG_COLUMNS, row[:known], strict=True))
            told = zip(keys, row[known:], strict=True)
            yield line, {key: cells.value_of(cell) for key, cell in told if cell}

    def _sheet(self, name: str, columns: tuple[str, ...]) -> Iterator[Line]:
        heads, *rows = self._raw(name)
        if tuple(heads) != columns:
            raise ValueError
        return (dict(zip(columns, row, strict=True)) for row in rows)

    def _raw(self, name: str) -> list[list[str]]:
        """Return a sheet's rows. Raises ImportTooLarge when all sheets together have more than any journal."""
        found = []
        for row in rows_of(self._read(name)):
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise too_large()
            found.append(row)
        if len(found) - 1 != self._counts.get(name, len(found) - 1):
            raise ValueError
        return found


def _refuse_other_format(name: str) -> None:
    if name == spreadsheet.FORMAT:
        return
    family, _, version = name.partition("/")
    if family == spreadsheet.FORMAT.partition("/")[0] and version.isascii() and version.isdecimal():
        raise ImportNewer
    raise ValueError


def _answer(line: Line) -> dict[str, Json]:
    return {
        "kind": "answer",
        "exercise": _text(line, "page"),
        "field": _text(line, "field"),
        "revision": int(line["revision"]),
        "value": cells.value_of(line["answer"]),
        "wording": _text(line, "asked"),
        "sitting": _text(line, "sitting"),
        "saved": _moment(line, "saved", "zone", "day"),
        "conflict": _yes(line["clash"]),
    }


def _entry(line: Line, values: dict[str, Json]) -> dict[str, Json]:
    return {
        "id": _text(line, "id"),
        "revision": int(line["revision"]),
        "happened": _moment(line, "happened", "zone", "day"),
        "values": values,
        "saved": _moment(line, "saved", "saved_zone", "saved_day"),
        "conflict": _yes(line["clash"]),
    }


def _entry_before(line: Line) -> dict[str, Json]:
    values = cells.value_of(line["values"])
    if not isinstance(values, dict):
        raise TypeError
    more: dict[str, Json] = {"kind": "entry", "exercise": _text(line, "page"), "deleted": _yes(line["taken_out"])}
    return {**_entry(line, values), **more}


def _event(line: Line) -> dict[str, Json]:
    detail, noted = cells.value_of(line["detail"]), _moment(line, "noted", "zone", "day")
    return {"kind": _text(line, "event"), "detail": detail, "noted": noted}


def _moment(line: Line, instant: str, zone: str, day: str) -> dict[str, Json]:
    return {"utc": line[instant], "zone": _text(line, zone), "local_date": line[day]}


def _text(line: Line, column: str) -> str:
    return cells.text_of(line[column])


def _number(line: Line) -> int:
    return int(line["number"])


def _yes(told: str) -> bool:
    if told not in ("", "yes"):
        raise ValueError
    return bool(told)
