"""Sheets: the whole journal as CSV files for a spreadsheet: the answers, and each log by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from rekindle.content import say
from rekindle.journal import Whole
from rekindle.portable import cells
from rekindle.portable.csv_file import Row, written
from rekindle.portable.parcel import packed
from rekindle.records import Answer, Entry, Event, Moment

FORMAT = "rekindle-csv/1"
ABOUT, READ_ME = "about.csv", "columns.txt"
ANSWERS, ANSWERS_BEFORE = "answers.csv", "answers-earlier.csv"
ENTRIES_BEFORE, EVENTS, SETTINGS = "entries-earlier.csv", "events.csv", "settings.csv"
LOG = "log-"

ANSWER_COLUMNS = (
    *("day", "page", "field", "asked", "answer", "saved", "zone", "revision", "sitting", "clash", "number"),
)
LOG_COLUMNS = (*("day", "happened", "zone", "page", "id", "revision", "saved", "saved_zone", "saved_day", "clash"),)
"""What stands first in a log's sheet; then a column for each thing that was asked."""
ENTRY_COLUMNS = (*LOG_COLUMNS, "taken_out", "values", "number")
EVENT_COLUMNS = ("day", "event", "noted", "zone", "detail")
SETTING_COLUMNS = ("setting", "value")
ABOUT_COLUMNS = ("file", "rows")

_ODD = re.compile(r"[^a-z0-9]+")


def to_csv(whole: Whole) -> bytes:
    """Return everything in a journal as one zip of CSV files, with a page that says what each column is."""
    sheets: dict[str, list[Row]] = {**_answers(whole.answers), **_logs(whole.entries)}
    before = [*whole.earlier_entries, *(entry for entry in whole.entries if entry.deleted)]
    sheets[ENTRIES_BEFORE] = [ENTRY_COLUMNS, *(_entry_before(entry, at) for at, entry in enumerate(before, 1))]
    sheets[EVENTS] = [EVENT_COLUMNS, *map(_event, whole.events)]
    settings = ((cells.text_cell(name), cells.cell(value)) for name, value in whole.settings.items())
    sheets[SETTINGS] = [SETTING_COLUMNS, *settings]
    about: list[Row] = [ABOUT_COLUMNS, (FORMAT, str(len(sheets)))]
    about += [(name, str(len(rows) - 1)) for name, rows in sheets.items()]
    files = {name: written(rows) for name, rows in {ABOUT: about, **sheets}.items()}
    return packed({READ_ME: say("your-data.columns").encode(), **files})


def _answers(answers: Sequence[Answer]) -> dict[str, list[Row]]:
    newest = {(answer.exercise, answer.field): 0 for answer in answers}
    for answer in answers:
        at = answer.exercise, answer.field
        newest[at] = max(newest[at], answer.revision)
    sheets: dict[str, list[Row]] = {ANSWERS: [ANSWER_COLUMNS], ANSWERS_BEFORE: [ANSWER_COLUMNS]}
    for number, answer in enumerate(answers, 1):
        current = newest[answer.exercise, answer.field] == answer.revision
        sheets[ANSWERS if current else ANSWERS_BEFORE].append(_answer(answer, number))
    return sheets


def _answer(answer: Answer, number: int) -> Row:
    day, saved, zone = _moment(answer.moment)
    what = (answer.exercise, answer.field, answer.wording)
    ends = (str(answer.revision), cells.text_cell(answer.sitting), _yes(answer.conflict), str(number))
    return (day, *map(cells.text_cell, what), cells.cell(answer.value), saved, zone, *ends)


def _logs(entries: Iterable[Entry]) -> dict[str, list[Row]]:
    """Return one sheet for each log, the oldest entry first; what was taken out stands elsewhere."""
    logs: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.deleted:
            logs.setdefault(entry.exercise, []).append(entry)
    sheets: dict[str, list[Row]] = {}
    for exercise, log in sorted(logs.items()):
        keys = list(dict.fromkeys(key for entry in log for key in entry.values))
        rows: list[Row] = [(*LOG_COLUMNS, *map(cells.cell, keys))]
        in_order = sorted(log, key=lambda entry: (entry.happened.utc, entry.id))
        rows += [(*_entry(entry), *_values(entry, keys)) for entry in in_order]
        sheets[_name_for(exercise, sheets.__contains__)] = rows
    return sheets


def _name_for(exercise: str, taken: Callable[[str], bool]) -> str:
    """Return a name that every disk takes: a log's id may have letters that some do not."""
    stem = LOG + (_ODD.sub("-", exercise.casefold()).strip("-") or "page")
    names = (f"{stem}{end}.csv" for end in ("", *(f"-{number}" for number in range(2, 10_000))))
    return next(name for name in names if not taken(name))


def _values(entry: Entry, keys: Iterable[str]) -> Row:
    return tuple(cells.cell(entry.values[key]) if key in entry.values else "" for key in keys)


def _entry(entry: Entry) -> Row:
    day, happened, zone = _moment(entry.happened)
    saved_day, saved, saved_zone = _moment(entry.moment)
    who = cells.text_cell(entry.exercise), cells.text_cell(entry.id), str(entry.revision)
    return (day, happened, zone, *who, saved, saved_zone, saved_day, _yes(entry.conflict))


def _entry_before(entry: Entry, number: int) -> Row:
    return (*_entry(entry), _yes(entry.deleted), cells.cell(dict(entry.values)), str(number))


def _event(event: Event) -> Row:
    day, noted, zone = _moment(event.moment)
    return day, cells.text_cell(event.kind), noted, zone, cells.cell(dict(event.detail))


def _moment(moment: Moment | None) -> tuple[str, str, str]:
    """Return the day on the person's calendar, the instant, and the zone."""
    if moment is None:
        return "", "", ""
    return moment.local_date.isoformat(), moment.instant, cells.text_cell(moment.zone)


def _yes(yes: bool) -> str:
    return "yes" if yes else ""
