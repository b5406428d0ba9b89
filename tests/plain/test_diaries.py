"""Journals of other apps: Day One and Daylio become pages and moods of ours, told before, whole or not at all."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.bringing import bring_in
from rekindle.content import catalog, say
from rekindle.errors import ImportRefused, ImportTooLarge
from rekindle.journal import Journal
from rekindle.portable import day_one, daylio
from rekindle.portable.arrival import Arrival
from rekindle.portable.arriving import Arriving
from rekindle.portable.export import to_json
from rekindle.portable.merging import merge
from rekindle.portable.parcel import packed
from rekindle.records import Entry, Moment
from tests.journals import MANY, refused_and_unchanged

READ = Arriving(catalog().never_kept, "Europe/Berlin")
NOW = Moment.now("Europe/Berlin")
DAY: dict[str, Any] = {
    "uuid": "81F0F3CA693F484792F76359E9E2ACE8",
    "creationDate": "2017-12-25T23:30:32Z",
    "modifiedDate": "2017-12-26T08:00:00Z",
    "timeZone": "Asia/Bangkok",
    "text": "A good day\n\n![](dayone-moment://68D7)\nIt was 3\\.5 out of 5\\!",
    "tags": ["work", "two words"],
    "starred": False,
    "location": {"placeName": "3 Some Street", "region": {"radius": 75}},
}


def one(*entries: Any, **more: Any) -> bytes:
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries), **more}).encode()


def zipped(**files: bytes) -> bytes:
    return packed({name.replace("__", "."): content for name, content in files.items()})


def pages(arrival: Arrival, page: str = "my-page") -> list[Entry]:
    return [entry for entry in arrival.whole.entries if entry.exercise == page]


# Day One


def test_an_entry_of_day_one_is_a_page_under_its_own_day() -> None:
    arrival = READ.read_bytes(zipped(Journal__json=one(DAY), photos__jpeg=b"\xff\xd8"))
    (page,) = pages(arrival)
    assert page.values == {"text": "A good day\n\nIt was 3.5 out of 5!\n\n#work #two words"}
    assert page.happened.local == dt.datetime.fromisoformat("2017-12-26T06:30:32+07:00")
    assert page.happened.local_date == dt.date(2017, 12, 26)
    assert page.id == "day-one-81F0F3CA693F484792F76359E9E2ACE8"
    assert (arrival.kind, arrival.left, arrival.whole.answers) == ("day-one", 0, [])


def test_several_journals_and_a_bare_file_are_read_and_what_has_no_words_is_counted() -> None:
    other = {
        **DAY,
        "uuid": "other",
        "text": "",
        "richText": json.dumps({"contents": [{"text": "rich "}, {"x": 1}, {"text": "text"}]}),
    }
    silent = {"creationDate": "2020-01-01T00:00:00Z", "photos": []}
    arrival = READ.read_bytes(zipped(Journal__json=one(DAY), Travel__json=one(other, silent)))
    assert len(pages(arrival)) == 1
    assert arrival.left == 2
    del other["text"]
    assert pages(READ.read_bytes(one(other)))[0].values["text"] == "rich text\n\n#work #two words"


def test_a_very_long_entry_goes_on_in_a_second_page() -> None:
    text = "a word and another\n" * 4000
    found = pages(READ.read_bytes(one({**DAY, "text": text, "tags": []})))
    assert len(found) == 3
    assert "".join(str(page.values["text"]) for page in found) == text.strip()
    assert len({page.id for page in found}) == 3


def test_the_same_export_brings_nothing_the_second_time_and_a_changed_entry_both_versions() -> None:
    first = READ.read_bytes(one(DAY)).whole
    assert not merge(first, READ.read_bytes(one(DAY)).whole, NOW).additions
    again = READ.read_bytes(one({**DAY, "text": "Changed", "modifiedDate": "2018-01-01T00:00:00Z"})).whole
    assert merge(first, again, NOW).report.both == 1


# Daylio

CSV = """full_date,date,weekday,time,mood,activities,note_title,note
2026-05-20,May 20,Wednesday,22:13,rad,exercise | work,Morning,"Felt great, rested"
2026-05-19,May 19,Tuesday,9:05 AM,meh,,,
2026-05-18,May 18,Monday,22:00,blue,,,"a<br>b &amp; c"
"""


def test_a_day_of_daylio_is_a_dot_and_its_note_a_page() -> None:
    arrival = READ.read_bytes(b"\xef\xbb\xbf" + CSV.encode())
    moods = sorted(pages(arrival, "mood-check-in"), key=lambda entry: entry.happened.utc)
    assert [entry.values for entry in moods] == [
        {"word": "blue"},
        {"mood": 5, "word": "meh"},
        {"mood": 9, "word": "rad: exercise, work"},
    ]
    assert [f"{entry.happened.local:%Y-%m-%d %H:%M}" for entry in moods] == [
        "2026-05-18 22:00",
        "2026-05-19 09:05",
        "2026-05-20 22:13",
    ]
    notes = {str(entry.values["text"]) for entry in pages(arrival)}
    assert notes == {"Morning\n\nFelt great, rested", "a\nb & c"}
    assert (arrival.kind, arrival.left) == ("daylio", 1)
    assert READ.read_bytes(CSV.replace(",", "\t").replace('"Felt great\t rested"', "x").encode()).kind == "daylio"


BACKUP: dict[str, Any] = {
    "version": 15,
    "customMoods": [
        {"id": 1, "custom_name": "", "mood_group_id": 1, "predefined_name_id": 1},
        {"id": 7, "custom_name": "numb", "mood_group_id": 4, "predefined_name_id": -1},
    ],
    "tags": [{"id": 3, "name": "family"}],
    "dayEntries": [
        {
            "id": 5,
            "minute": 13,
            "hour": 0,
            "day": 21,
            "month": 4,
            "year": 2026,
            "datetime": 1779315180000,
            "timeZoneOffset": 7200000,
            "mood": 7,
            "note": "<div>one</div><div>two</div>",
            "note_title": "",
            "tags": [3],
            "assets": [],
        },
        {"id": 6, "datetime": 1779400000000, "timeZoneOffset": 20700000, "mood": 1, "note": "1 < 2", "tags": []},
    ],
}


def backup(book: Any) -> bytes:
    return packed({"backup.daylio": base64.encodebytes(json.dumps(book).encode()), "assets/1": b"x"})


def test_a_backup_of_daylio_knows_the_step_of_every_mood_and_how_far_ahead_the_clock_was() -> None:
    arrival = READ.read_bytes(backup(BACKUP))
    moods = pages(arrival, "mood-check-in")
    assert [entry.values for entry in moods] == [{"mood": 3, "word": "numb: family"}, {"mood": 9, "word": "rad"}]
    assert f"{moods[0].happened.local:%Y-%m-%d %H:%M}" == "2026-05-21 00:13"
    assert moods[0].happened.local_date == dt.date(2026, 5, 21)
    assert (moods[1].happened.zone, moods[1].happened.local_date) == ("UTC", dt.date(2026, 5, 22))
    assert {str(entry.values["text"]) for entry in pages(arrival)} == {"one\ntwo", "1 < 2"}
    assert arrival.left == 0


def test_it_is_told_what_becomes_of_it_before_anything_is_taken(tmp_path: Path) -> None:
    file, journal = tmp_path / "export", tmp_path / "here" / "journal.rekindle"
    for content, key in ((CSV.encode(), "daylio"), (one(DAY), "day_one")):
        file.write_bytes(content)
        told = list(bring_in(file, journal, really=False))
        assert told[0] == say(f"command.import.{key}")
        assert told[-1] == say("command.import.not_yet")
    assert not journal.parent.exists()
    list(bring_in(file, journal, really=True))
    with Journal.open(journal, never_kept=catalog().never_kept) as book:
        assert len(book.entries("my-page")) == 1


def test_what_is_said_of_the_steps_is_so() -> None:
    steps = [str(daylio.STEPS[step]) for step in sorted(daylio.STEPS)]
    assert f"{', '.join(steps[:-1])} and {steps[-1]}" in say("command.import.daylio")
    fields = {field.id for log in catalog().exercise("mood-check-in").fields for field in getattr(log, "fields", ())}
    assert {"mood", "word"} <= fields
    assert day_one.BODY in {field.key for field in catalog().exercise("my-page").fields}


# Hostile files


def _day(**more: Any) -> bytes:
    return backup({**BACKUP, "dayEntries": [{**BACKUP["dayEntries"][0], **more}]})


HOSTILE: dict[str, bytes] = {
    "no journal in the zip": zipped(notes__txt=b"x"),
    "one journal is none": zipped(Journal__json=one(DAY), Other__json=b"[]"),
    "cut JSON": zipped(Journal__json=one(DAY)[:-9]),
    "entries that are none": one("x"),
    "no date": one({"text": "x"}),
    "a date that is none": one({**DAY, "creationDate": "yesterday"}),
    "a number for a date": one({**DAY, "creationDate": 7}),
    "the end of time": one({**DAY, "creationDate": "9999-12-31T23:59:59Z"}),
    "NaN": one(DAY, x=float("nan")),
    "a key twice": one(DAY).replace(b'"entries"', b'"metadata": {}, "entries"'),
    "deep": b'{"metadata": {}, "entries": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "a way out": zipped(**{"Journal__json": one(DAY), "../photo__jpeg": b"x"}),
    "an odd CSV": CSV.replace("22:13", "late").encode(),
    "a line too short": CSV.encode() + b"2026-05-01,x\n",
    "a day that is none": CSV.replace("2026-05-20", "2026-02-30").encode(),
    "a day before all journals": CSV.replace("2026-05-20", "0001-01-01").encode(),
    "a column twice": CSV.replace("weekday", "mood", 1).encode(),
    "a quote without an end": CSV.encode() + b'2026-05-01,x,x,10:00,rad,,,"x\n',
    "not UTF-8": CSV.encode() + b"\xff\xfe\n",
    "no base64": packed({"backup.daylio": b"\xff\xff\xff"}),
    "no JSON in it": packed({"backup.daylio": base64.b64encode(b"rubbish")}),
    "another shape": backup([]),
    "no days": backup({"customMoods": []}),
    "an endless clock": _day(datetime=10**30),
    "a clock far ahead": _day(timeZoneOffset=10**12),
    "a clock that is text": _day(datetime="now"),
    "a mood that is a list": _day(mood=[1]),
    "tags that are lists": _day(tags=[[1]]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_kindly_and_change_nothing(tmp_path: Path, name: str) -> None:
    refused_and_unchanged(tmp_path, HOSTILE[name])


def test_bombs_and_endless_lists_are_too_large() -> None:
    bomb = packed({"Journal.json": b"\0" * (80 << 20)})
    rows = CSV.encode() + b"2026-05-01,x,x,10:00,rad,,,\n" * 1_000_000
    for file in (bomb, rows, packed({"backup.daylio": b"A" * (80 << 20)})):
        with pytest.raises(ImportTooLarge):
            READ.read_bytes(file)


def test_half_pairs_and_NUL_in_a_text_are_kept_as_they_are() -> None:  # noqa: N802 - NUL is its name
    (page,) = pages(READ.read_bytes(one({**DAY, "text": "a\ud83d\0b", "tags": []})))
    assert page.values["text"] == "a\ud83d\0b"


# Whole or not at all

_TEXT = st.text(max_size=60)
_INSTANTS = (
    st.integers(-631_152_000, 1_767_200_000)
    .map(lambda at: dt.datetime.fromtimestamp(at, dt.UTC))
    .map(lambda at: at.isoformat())
)
_DAYS = st.builds(
    lambda at, text, tags, zone: {"creationDate": at, "text": text, "tags": tags, "timeZone": zone},
    _INSTANTS,
    _TEXT,
    st.lists(_TEXT, max_size=2),
    st.sampled_from(["Europe/Paris", "GMT+0100", "", "../x"]),
)


def _day_one_is_whole(days: list[dict[str, Any]]) -> None:
    days = [{**day, "uuid": f"u-{number}"} for number, day in enumerate(days)]
    arrival = READ.read_bytes(zipped(Journal__json=one(*days)))
    assert len(pages(arrival)) + arrival.left == len(days)
    for page in pages(arrival):
        day = days[int(page.id.rpartition("-")[2])]
        assert page.happened.utc == dt.datetime.fromisoformat(day["creationDate"])
    assert to_json(READ.read_bytes(to_json(arrival.whole)).whole) == to_json(arrival.whole)


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_DAYS, max_size=5))
def test_every_entry_of_day_one_arrives(days: list[dict[str, Any]]) -> None:
    _day_one_is_whole(days)


_LOGGED = st.tuples(
    st.integers(946_684_800, 1_767_200_000),
    st.integers(1, 5),
    st.text(max_size=40),
    st.integers(-11, 14),
)


def _daylio_is_whole(days: list[tuple[int, int, str, int]]) -> None:
    moods = [{"id": step, "custom_name": f"m{step}", "mood_group_id": step} for step in range(1, 6)]
    told = [
        {
            "id": number,
            "datetime": at * 1000,
            "timeZoneOffset": ahead * 3_600_000,
            "mood": step,
            "note": note,
            "tags": [],
        }
        for number, (at, step, note, ahead) in enumerate(days)
    ]
    arrival = READ.read_bytes(backup({"customMoods": moods, "tags": [], "dayEntries": told}))
    found = pages(arrival, "mood-check-in")
    assert len(found) == len(days)
    steps = {int(entry.id.rpartition("-")[2]): entry.values["mood"] for entry in found}
    assert steps == {number: 11 - 2 * step for number, (_, step, _, _) in enumerate(days)}
    assert to_json(READ.read_bytes(to_json(arrival.whole)).whole) == to_json(arrival.whole)


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LOGGED, max_size=5))
def test_every_day_of_daylio_arrives(days: list[tuple[int, int, str, int]]) -> None:
    _daylio_is_whole(days)


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([zipped(Journal__json=one(DAY)), one(DAY), CSV.encode(), backup(BACKUP)]),
    st.floats(0, 1),
    st.binary(max_size=3),
)
def test_a_damaged_file_is_read_whole_or_not_at_all(file: bytes, cut: float, swap: bytes) -> None:
    place = int(cut * (len(file) - 1))
    try:
        arrival = READ.read_bytes(file[:place] + swap + file[place + 1 :])
    except ImportRefused:
        return
    assert to_json(READ.read_bytes(to_json(arrival.whole)).whole) == to_json(arrival.whole)


def test_a_zip_says_nothing_of_who_wrote_it() -> None:
    with zipfile.ZipFile(io.BytesIO(packed({"a": b"x"}))) as made:
        assert [(line.external_attr >> 16, line.date_time[0]) for line in made.infolist()] == [(0o100600, 1980)]
