"""The whole journal as one JSON file, in the format `rekindle/1`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from rekindle.journal import Whole
from rekindle.records import Answer, Entry, Event, Json, Moment

FORMAT = "rekindle/1"

_HALF = re.compile("[\ud800-\udfff]")


def to_json(whole: Whole) -> bytes:
    """Return everything in a journal as JSON in UTF-8; the same journal gives the same bytes, always.

    `answers` {exercise: {field: value}} and `entries` {exercise: [{…}]} hold what counts now; `history` holds every
    kept version of answers, and of entries what was before or was taken out; `events` and `settings` the rest.
    """
    book: dict[str, Json] = {
        "format": FORMAT,
        "answers": _current_answers(whole.answers),
        "entries": _current_entries(whole.entries),
        "history": [*map(_answer, whole.answers), *map(_entry, whole.earlier_entries), *_deleted(whole.entries)],
        "events": [_event(event) for event in whole.events],
        "settings": dict(whole.settings),
    }
    text = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=False)
    return (escaped(text) + "\n").encode()


def _current_answers(versions: Sequence[Answer]) -> dict[str, Json]:
    newest: dict[str, dict[str, Answer]] = {}
    for answer in versions:
        fields = newest.setdefault(answer.exercise, {})
        if answer.field not in fields or fields[answer.field].revision < answer.revision:
            fields[answer.field] = answer
    return {
        exercise: {field: _sorted(fields[field].value) for field in sorted(fields)}
        for exercise, fields in sorted(newest.items())
    }


def _current_entries(entries: Sequence[Entry]) -> dict[str, Json]:
    logs: dict[str, list[Json]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.happened.utc, entry.id)):
        if not entry.deleted:
            described = _entry(entry)
            del described["kind"], described["exercise"], described["deleted"]
            logs.setdefault(entry.exercise, []).append(described)
    return dict(sorted(logs.items()))


def _deleted(entries: Sequence[Entry]) -> list[dict[str, Json]]:
    return [_entry(entry) for entry in entries if entry.deleted]


def _answer(answer: Answer) -> dict[str, Json]:
    return {
        "kind": "answer",
        "exercise": answer.exercise,
        "field": answer.field,
        "revision": answer.revision,
        "value": _sorted(answer.value),
        "wording": answer.wording,
        "sitting": answer.sitting,
        "saved": _moment(answer.moment),
        "conflict": answer.conflict,
    }


def _entry(entry: Entry) -> dict[str, Json]:
    return {
        "kind": "entry",
        "id": entry.id,
        "exercise": entry.exercise,
        "revision": entry.revision,
        "happened": _moment(entry.happened),
        "values": _sorted(dict(entry.values)),
        "saved": _moment(entry.moment),
        "deleted": entry.deleted,
        "conflict": entry.conflict,
    }


def _event(event: Event) -> dict[str, Json]:
    return {"kind": event.kind, "detail": _sorted(dict(event.detail)), "noted": _moment(event.moment)}


def _moment(moment: Moment | None) -> Json:
    if moment is None:
        return None
    return {"utc": moment.instant, "zone": moment.zone, "local_date": moment.local_date.isoformat()}


def _sorted(value: Json) -> Json:
    """Return a value with its keys in order, at every depth."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def escaped(text: str) -> str:
    """Return JSON text with half surrogate pairs escaped: UTF-8 has no bytes for them, JSON has."""
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
