"""The whole journal as JSON: everything is in it, letter for letter, and the same journal gives the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.journal import Journal, Key
from rekindle.portable.export import FORMAT, to_json
from rekindle.records import Json, Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
SHOWN = {"utc": "2026-11-22T12:00:00.000000+00:00", "zone": "Europe/Berlin", "local_date": "2026-11-22"}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal."""
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=()) as opened:
        yield opened


def _save(journal: Journal, value: Json, base: int = 0, sitting: str = "s", field: str = "story") -> None:
    journal.save("why-it-ended", field, value, base=base, wording="What happened?", sitting=sitting, moment=NOON)


def _entry(journal: Journal, name: str, value: Json, base: int = 0, sitting: str = "s") -> None:
    journal.save_entry(name, "urge-log", {"b": 1, "a": value}, base=base, happened=NOON, sitting=sitting, moment=NOON)


def _book(journal: Journal) -> dict[str, Any]:
    book: dict[str, Any] = json.loads(to_json(journal.whole()))
    return book


def test_an_empty_journal_is_a_book_too(journal: Journal) -> None:
    assert _book(journal) == {
        "format": FORMAT,
        "answers": {},
        "entries": {},
        "history": [],
        "events": [],
        "settings": {},
    }


def test_what_counts_now_comes_first_and_every_version_is_in_the_history(journal: Journal) -> None:
    _save(journal, "first")
    _save(journal, "second", 1, "evening")
    _save(journal, "third", 1, "other")
    _save(journal, None, field="skipped")
    book = _book(journal)
    assert list(book) == ["format", "answers", "entries", "history", "events", "settings"]
    assert book["answers"] == {"why-it-ended": {"skipped": None, "story": "third"}}
    assert [(item["revision"], item["value"], item["conflict"]) for item in book["history"]] == [
        (1, "first", False),
        (2, "second", True),
        (3, "third", True),
        (1, None, False),
    ]
    assert book["history"][0] == {
        "kind": "answer",
        "exercise": "why-it-ended",
        "field": "story",
        "revision": 1,
        "value": "first",
        "wording": "What happened?",
        "sitting": "s",
        "saved": SHOWN,
        "conflict": False,
    }


def test_entries_stand_in_their_log_and_what_was_taken_out_in_the_history(journal: Journal) -> None:
    _entry(journal, "one", "first")
    _entry(journal, "one", "second", 1, "evening")
    _entry(journal, "two", "gone")
    journal.delete_entry("two", moment=NOON)
    book = _book(journal)
    assert book["entries"] == {
        "urge-log": [
            {
                "id": "one",
                "revision": 2,
                "happened": SHOWN,
                "values": {"a": "second", "b": 1},
                "saved": SHOWN,
                "conflict": False,
            }
        ]
    }
    assert [(item["id"], item["values"]["a"], item["deleted"]) for item in book["history"]] == [
        ("one", "first", False),
        ("two", "gone", True),
    ]


def test_events_and_settings_are_in_it(journal: Journal) -> None:
    journal.note("gate-clear", {"gate": "safety-gate"}, moment=NOON)
    journal.set_setting("theme", "dark")
    book = _book(journal)
    assert book["events"] == [{"kind": "gate-clear", "detail": {"gate": "safety-gate"}, "noted": SHOWN}]
    assert book["settings"] == {"theme": "dark"}


def test_letters_are_readable_and_half_a_pair_is_escaped(journal: Journal) -> None:
    _save(journal, 'Grüße 😀 "und" \\ \n\ttief\ud83d')
    exported = to_json(journal.whole())
    assert 'Grüße 😀 \\"und\\"'.encode() in exported
    assert json.loads(exported)["answers"]["why-it-ended"]["story"] == 'Grüße 😀 "und" \\ \n\ttief\ud83d'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    value=st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_every_value_is_exported_as_it_was_saved(journal: Journal, value: Json) -> None:
    before = journal.answers().get(("why-it-ended", "story"))
    _save(journal, value, before.revision if before else 0, "")
    assert _book(journal)["answers"]["why-it-ended"]["story"] == value


def test_the_same_journal_gives_the_same_bytes_plain_or_encrypted(tmp_path: Path) -> None:
    exported = set()
    for number, key in enumerate([None, Key.from_raw(bytes(range(32)))]):
        path = tmp_path / str(number) / "journal.rekindle"
        with Journal.open(path, never_kept=(), key=key) as journal:
            _save(journal, {"b": [1, {"d": 1, "c": 2}], "a": 2})
            _entry(journal, "one", "x")
            _entry(journal, "two", "y")
            exported.add(to_json(journal.whole()))
        with Journal.open(path, never_kept=(), key=key) as journal:
            exported.add(to_json(journal.whole()))
    assert len(exported) == 1
