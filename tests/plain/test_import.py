"""A file comes back whole or not at all: the same journal, two merged, hostile files, and no way around a stop."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rekindle.bringing import bring_in
from rekindle.contact import READY_CHECKS, State
from rekindle.content import catalog, say
from rekindle.errors import (
    ImportFuture,
    ImportNewer,
    ImportTooLarge,
    ImportUnreadable,
    ImportWouldOpen,
    NotAnAnswer,
    NotKept,
)
from rekindle.journal import EMPTY, Journal, Whole
from rekindle.portable import reading
from rekindle.portable.export import to_json
from rekindle.portable.folds import opens, standing_in
from rekindle.portable.merging import joined, merge
from rekindle.portable.reading import from_json
from rekindle.records import Answer, Entry, Event, Json, Moment
from tests.journals import wholes

MESSAGE_TOOLS = {"first-hello", "send-or-sleep", "coffee-plan", "say-it-once"}
NOW = Moment.at(dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC), "Europe/Berlin")
TODAY = NOW.local_date
Open = Callable[..., Journal]


def at(day: int, hour: int = 12) -> Moment:
    return Moment.at(dt.datetime(2026, 5, day, hour, tzinfo=dt.UTC), "Europe/Berlin")


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Open:
    """Open journals by name, closed at the end."""

    def make(name: str) -> Journal:
        journal = Journal.open(tmp_path / name / "journal.rekindle", never_kept=catalog().never_kept)
        request.addfinalizer(journal.close)
        return journal

    return make


def take(journal: Journal, file: bytes, now: Moment = NOW) -> None:
    theirs = from_json(file)
    journal.take_in(lambda whole: merge(whole, theirs, now).additions)


def write(journal: Journal, value: Json, base: int = 0, day: int = 1, field: str = "story", **more: Any) -> None:
    exercise, sitting = more.get("exercise", "why-it-ended"), more.get("sitting", f"s{day}")
    journal.save(exercise, field, value, base=base, wording="What?", sitting=sitting, moment=at(day))


def log(journal: Journal, name: str, value: Json, base: int = 0, day: int = 1) -> None:
    journal.save_entry(
        name, "urge-log", {"note": value}, base=base, happened=at(day), sitting=f"s{day}", moment=at(day)
    )


# The same journal


def _comes_back(whole: Whole) -> None:
    exported = to_json(whole)
    read = from_json(exported)
    assert to_json(read) == exported
    assert to_json(joined(EMPTY, merge(EMPTY, read, NOW).additions)) == exported
    assert not merge(read, read, NOW).additions


@pytest.mark.parametrize("order", ["a1 b1 b2 b3", "b1 a1 b2", "b1 b2 a1 b3", "b3 a1 b1"])
def test_two_equal_versions_of_one_answer_keep_their_place_among_others(order: str) -> None:
    answers = [
        Answer("why-it-ended", version[0], ["other"] if version[1] == "2" else None, int(version[1]), at(1), "", "")
        for version in order.split()
    ]
    _comes_back(Whole(answers, [], [], [], {}))


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=wholes())
def test_it_comes_back_through_files_too(tmp_path_factory: pytest.TempPathFactory, whole: Whole) -> None:
    folder = tmp_path_factory.mktemp("two")
    exported = [to_json(whole)]
    for name in ("first", "second"):
        with Journal.open(folder / name / "journal.rekindle", never_kept=()) as journal:
            take(journal, exported[-1])
            exported.append(to_json(journal.whole()))
    assert len({json.dumps(json.loads(each), sort_keys=True) for each in exported}) == 1
    assert exported[1] == exported[2]


# Two journals


def test_what_was_written_on_elsewhere_comes_home(opened: Open) -> None:
    home, away = opened("mine"), opened("away")
    write(home, "first")
    log(home, "one", "first")
    take(away, to_json(home.whole()))
    write(away, "second", 1, day=2)
    write(away, "new", field="other", day=2)
    log(away, "one", "second", 1, day=2)
    log(away, "two", "new", day=2)
    take(home, to_json(away.whole()))
    assert home.answers()["why-it-ended", "story"].value == "second"
    assert to_json(home.whole()) == to_json(away.whole())
    assert (home.conflicts(), home.entry_conflicts()) == ({}, {})


def test_where_both_went_on_both_are_kept_and_shown(opened: Open) -> None:
    home, away = opened("mine"), opened("away")
    write(home, "first")
    log(home, "one", "first")
    take(away, to_json(home.whole()))
    for journal, name in ((home, "home"), (away, "away")):
        write(journal, name, 1, day=2)
        log(journal, "one", name, 1, day=2)
    made = merge(home.whole(), away.whole(), NOW)
    assert (made.report.both, made.report.answers, made.report.newer) == (2, 0, 0)
    take(home, to_json(away.whole()))
    assert home.answers()["why-it-ended", "story"].value == "home"
    assert [a.value for a in home.conflicts()["why-it-ended", "story"]] == ["away"]
    assert {a.value for a in home.history("why-it-ended", "story")} == {"first", "home", "away"}
    one = home.entry("one")
    assert one is not None
    assert one.values == {"note": "home"}
    assert [e.values for e in home.entry_conflicts()["one"]] == [{"note": "away"}]
    assert not merge(home.whole(), away.whole(), NOW).additions


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mine=wholes(), theirs=wholes())
def test_no_version_of_either_journal_is_lost(mine: Whole, theirs: Whole) -> None:
    logs = {entry.id: entry.exercise for entry in mine.entries}
    if any(logs.get(entry.id, entry.exercise) != entry.exercise for entry in theirs.entries):
        with pytest.raises(ImportUnreadable):
            merge(mine, theirs, NOW)
        return
    both = joined(mine, merge(mine, theirs, NOW).additions)
    told = [(a.exercise, a.field, repr(a.value)) for a in both.answers]
    assert {(a.exercise, a.field, repr(a.value)) for a in (*mine.answers, *theirs.answers)} <= set(told)
    kept = {(e.id, repr(dict(e.values))) for e in (*both.entries, *both.earlier_entries)}
    for each in (mine, theirs):
        assert {(e.id, repr(dict(e.values))) for e in (*each.entries, *each.earlier_entries)} <= kept
    assert from_json(to_json(both)) is not None


# No way around a stop

ASKED = {
    "persona 3": ("stop", "no"),
    "persona 4": ("quiet", "yes"),
}


def _stopped(journal: Journal, persona: str) -> None:
    asked, order = ASKED[persona]
    for field, value in (("asked", asked), ("order", order)):
        write(journal, value, field=field, exercise="consent-gate", day=3)
    journal.note("closed", {}, moment=at(3, 13))


def _hopeful(journal: Journal, day: int, *events: str) -> None:
    for field, value in (("asked", "in-touch"), ("order", "no")):
        write(journal, value, field=field, exercise="consent-gate", day=day)
    write(journal, list[Json](sorted(READY_CHECKS)), field="checks", exercise="ready-check", day=day)
    write(journal, 8, field="steady", exercise="ready-check", day=day)
    for kind in events:
        journal.note(kind, {}, moment=at(day, 14))


@pytest.mark.parametrize("persona", ASKED)
@pytest.mark.parametrize("day", [1, 9])
@pytest.mark.parametrize(
    "events", [(), ("reached-out",), ("they-proposed", "reached-out"), ("gate-clear", "support-read")]
)
def test_no_file_leads_persona_3_or_4_to_a_message_tool(
    opened: Open, persona: str, day: int, events: tuple[str, ...]
) -> None:
    here, file = opened("here"), opened("file")
    _stopped(here, persona)
    _hopeful(file, day, *events)
    assert opens(file.whole(), TODAY) & MESSAGE_TOOLS
    before = to_json(here.whole())
    try:
        take(here, to_json(file.whole()))
    except ImportWouldOpen:
        assert to_json(here.whole()) == before
    assert standing_in(here.whole(), TODAY).state is State.CLOSED
    assert not opens(here.whole(), TODAY) & MESSAGE_TOOLS
    # Nor by answering the first page anew afterwards.
    for field, value in (("asked", "in-touch"), ("order", "no")):
        current = here.answers()["consent-gate", field]
        write(here, value, current.revision, day=11, field=field, exercise="consent-gate")
    assert not opens(here.whole(), TODAY) & MESSAGE_TOOLS


@pytest.mark.parametrize("persona", ASKED)
def test_a_stop_comes_along_and_is_stricter_than_what_stands_here(opened: Open, persona: str) -> None:
    here, file, fresh = opened("here"), opened("file"), opened("fresh")
    _hopeful(here, 1)
    _stopped(file, persona)
    for journal in (here, fresh):
        take(journal, to_json(file.whole()))
        assert not opens(journal.whole(), TODAY) & MESSAGE_TOOLS
    assert standing_in(here.whole(), TODAY).state is State.CLOSED


def test_an_order_without_its_event_is_stricter_too(opened: Open) -> None:
    here, file = opened("here"), opened("file")
    _hopeful(here, 5)
    for field, value in (("asked", "quiet"), ("order", "yes")):
        write(file, value, field=field, exercise="consent-gate", day=1)
    take(here, to_json(file.whole()))
    assert not opens(here.whole(), TODAY) & MESSAGE_TOOLS
    assert here.conflicts()["consent-gate", "order"][0].value == "no"


def test_an_event_of_tomorrow_cannot_undo_a_stop_of_today(opened: Open) -> None:
    file = opened("file")
    _hopeful(file, 1)
    file.note("reached-out", {}, moment=at(20))
    with pytest.raises(ImportFuture):
        merge(EMPTY, file.whole(), NOW)


def test_ticks_of_the_gates_never_enter(opened: Open) -> None:
    here = opened("here")
    exercise, field = min(catalog().never_kept)
    before = to_json(here.whole())
    answer = Answer(exercise, field, ["hurt"], 1, at(1), "", "s")
    entry = Entry("one", exercise, {field: ["hurt"]}, at(1), 1, at(1))
    event = Event("paused", {"ticks": ["hurt"]}, at(1))
    good = Answer("my-page", "text", "mine", 1, at(1), "", "s")
    for hostile in (
        Whole([good, answer], [], [], [], {}),
        Whole([good], [entry], [], [], {}),
        Whole([good], [], [], [event], {}),
    ):
        with pytest.raises((NotKept, NotAnAnswer)):
            take(here, to_json(hostile))
        assert to_json(here.whole()) == before


# Hostile files


def _good() -> dict[str, Any]:
    answer = Answer("my-page", "text", "mine", 1, at(1), "What?", "s")
    entry = Entry("one", "urge-log", {"note": "x"}, at(1), 1, at(1))
    book: dict[str, Any] = json.loads(to_json(Whole([answer], [entry], [], [Event("done", {}, at(1))], {})))
    return book


def _with(path: str, value: Any) -> bytes:
    book = _good()
    place: Any = book
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdecimal() else step]
    place[int(last) if last.isdecimal() else last] = value
    return json.dumps(book).encode()


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "NUL": b"\0" * 64,
    "not JSON": b"PK\x03\x04 not a book",
    "not UTF-8": b'{"format": "rekindle/1", "x": "\xff\xfe"}',
    "a list": b"[]",
    "another program's": b'{"metadata": {"version": "1.0"}, "rows": []}',
    "half a version": b'{"format": "rekindle/"}',
    "cut short": json.dumps(_good()).encode()[:-40],
    "twice": json.dumps(_good()).encode() * 2,
    "deep": b'{"format": "rekindle/1", "answers": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "a key twice": json.dumps(_good()).encode().replace(b'"settings"', b'"events": [], "settings"'),
    "NaN": _with("history.0.value", float("nan")),
    "endless": json.dumps(_good()).encode().replace(b'"mine"', b"1e999"),
    "an endless number": json.dumps(_good()).encode().replace(b'"mine"', b"9" * 5000),
    "a raw NUL": json.dumps(_good()).encode().replace(b"mine", b"mi\0ne"),
    "another key": _with("more", 1),
    "answers that the history does not know": _with("answers.my-page.text", "another"),
    "a revision that is none": _with("history.0.revision", 0),
    "a revision that is a tick": _with("history.0.revision", True),
    "a zone with a path": _with("history.0.saved.zone", "../../etc/passwd"),
    "a zone that is none": _with("history.0.saved.zone", "Atlantis"),
    "a zone with NUL": _with("history.0.saved.zone", "UTC\0"),
    "a time without a zone": _with("history.0.saved.utc", "2026-05-01T12:00:00"),
    "the end of time": _with("history.0.saved.utc", "9999-12-31T23:59:59.999999+00:00"),
    "another day": _with("history.0.saved.local_date", "1066-10-14"),
    "an entry twice": _with("entries.urge-log", _good()["entries"]["urge-log"] * 2),
    "a number for a word": _with("events.0.kind", 7),
    "words for a setting": _with("settings", []),
}
BROKEN_IDS = {
    "a path": _with("entries.urge-log.0.id", "../../etc"),
    "half a pair": _with("entries.urge-log.0.id", "\ud83d"),
    "a sentence": _with("events.0.kind", "I miss you"),
    "NUL in a key": _with("entries.urge-log.0.values", {"a\0": 1}),
    "a deep value": _with("entries.urge-log.0.values", {"a": json.loads("[" * 60 + "]" * 60)}),
    "half a pair in a wording": _with("history.0.wording", "\ud83d"),
    "an endless wording": _with("history.0.wording", "x" * 300_000),
    "an endless revision": _with("entries.urge-log.0.revision", 2**60),
}


@pytest.mark.parametrize("name", [*HOSTILE, *BROKEN_IDS])
def test_a_hostile_file_is_refused_kindly_and_changes_nothing(opened: Open, tmp_path: Path, name: str) -> None:
    journal = opened("here")
    write(journal, "mine")
    before, file = journal.path.read_bytes(), tmp_path / "file.json"
    file.write_bytes(HOSTILE.get(name, b"") or BROKEN_IDS.get(name, b""))
    with pytest.raises(ImportUnreadable) as refused:
        list(bring_in(file, journal.path, really=True))
    assert journal.path.read_bytes() == before
    assert say(f"errors.{refused.value.code}.safe")
    assert not refused.value.facts


def test_a_newer_version_is_told_apart_from_a_broken_file() -> None:
    with pytest.raises(ImportNewer):
        from_json(b'{"format": "rekindle/2"}')


def test_a_file_larger_than_any_journal_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImportTooLarge):
        from_json(b"[" + b"{}," * reading.MOST_PIECES + b"{}]")
    monkeypatch.setattr("rekindle.portable.arriving.LARGEST", 10)
    file = tmp_path / "large"
    file.write_bytes(b"x" * 11)
    with pytest.raises(ImportTooLarge):
        list(bring_in(file, tmp_path / "journal.rekindle", really=True))
    assert not (tmp_path / "journal.rekindle").exists()


# What is told


def test_a_look_changes_nothing_and_tells_what_there_is(opened: Open, tmp_path: Path) -> None:
    away = opened("away")
    write(away, "a private thing")
    log(away, "one", "another", day=4)
    file, journal = tmp_path / "file.json", tmp_path / "here" / "journal.rekindle"
    file.write_bytes(to_json(away.whole()))
    told = list(bring_in(file, journal, really=False))
    assert told == [
        say("command.import.holds", answers=1, entries=1),
        say("command.import.span", first="2026-05-01", last="2026-05-04"),
        say("command.import.new", answers=1, entries=1),
        say("command.import.not_yet"),
    ]
    assert not journal.parent.exists()
    assert list(bring_in(file, journal, really=True))[-1] == say("command.import.done_first")
    assert list(bring_in(file, journal, really=True))[-1] == say("command.import.nothing_new")
    assert "private" not in "".join(told)
    with Journal.open(journal, never_kept=()) as here:
        assert to_json(here.whole()) == file.read_bytes()


def test_a_journal_is_backed_up_before_it_takes_something_in(opened: Open, tmp_path: Path) -> None:
    here, away = opened("here"), opened("away")
    write(here, "mine")
    write(away, "theirs", field="other")
    take(here, to_json(away.whole()))
    assert [each.name.endswith("before-import.rekindle") for each in (here.path.parent / "backups").iterdir()] == [True]
