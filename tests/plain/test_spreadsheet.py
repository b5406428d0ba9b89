"""CSV for one's own use: the same journal comes back, no cell is a formula, and broken sheets bring nothing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.content import catalog, say
from rekindle.errors import ImportNewer, ImportTooLarge, ImportUnreadable
from rekindle.journal import EMPTY, Whole
from rekindle.portable import cells, spreadsheet, spreadsheet_back
from rekindle.portable.arriving import Arriving
from rekindle.portable.export import to_json
from rekindle.portable.parcel import packed
from rekindle.portable.spreadsheet import to_csv
from rekindle.records import Answer, Entry, Event, Json, Moment
from tests.journals import VALUES, refused_and_unchanged

READ = Arriving(catalog().never_kept, "UTC")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NOON = Moment.now("Europe/Berlin")


def files_in(zipped: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(zipped)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


_TRAPS = st.builds(
    lambda blank, sign, rest: blank + sign + rest,
    st.sampled_from(["", " ", "\u00a0", "\ufeff", "\u200b", "\n", "'", "''"]),
    st.sampled_from([*DANGEROUS, "'", '"', "[", "{", "1", "-1", "true", "null", "NaN", "007", "\ud83d", "\0", ""]),
    st.sampled_from(["", "1+1", 'HYPERLINK("http://x")', "cmd|' /C calc'!A0", ",=1", "\n=1"]),
)


@settings(max_examples=150, deadline=None)
@given(VALUES | _TRAPS | st.text())
def test_every_value_is_one_cell_and_comes_back_and_none_is_a_formula(value: Json) -> None:
    told = cells.cell(value)
    assert json.dumps(cells.value_of(told), sort_keys=True) == json.dumps(value, sort_keys=True)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    assert is_number or not told.strip("\u200b\ufeff \u00a0\n").startswith(DANGEROUS)
    (row,) = csv.reader(io.StringIO(next(iter(_line(told))), newline=""))
    assert row == [told]


def _line(told: str) -> list[str]:
    from rekindle.portable.csv_file import written  # noqa: PLC0415 - beside its one use

    return [written([[told]]).decode("utf-8-sig")]


def small() -> Whole:
    answers = [
        Answer("why-it-ended", "story", "first", 1, NOON, "What?", "s"),
        Answer("why-it-ended", "story", "=1+1", 2, NOON, "What?", "t"),
    ]
    entries = [
        Entry("one", "urge-log", {"note": "Grüße 😀", "before": 7}, NOON, 2, NOON),
        Entry("two", "urge-log", {"note": ""}, NOON, 1, NOON, deleted=True),
    ]
    earlier = [Entry("one", "urge-log", {"note": "x"}, NOON, 1, NOON)]
    return Whole(answers, entries, earlier, [Event("done", {"exercise": "my-page"}, NOON)], {"theme": "dark"})


def test_answers_and_each_log_stand_in_a_file_of_their_own_with_a_page_that_names_the_columns() -> None:
    files = files_in(to_csv(small()))
    assert list(files)[:2] == ["columns.txt", "about.csv"]
    assert {"answers.csv", "answers-earlier.csv", "log-urge-log.csv", "entries-earlier.csv"} < files.keys()
    assert files["columns.txt"].decode() == say("your-data.columns")
    named = files["columns.txt"].decode()
    for columns in (spreadsheet.ANSWER_COLUMNS, spreadsheet.LOG_COLUMNS[:6]):
        assert all(column in named for column in columns if column not in ("id", "sitting"))
    rows = list(csv.DictReader(io.StringIO(files["answers.csv"].decode("utf-8-sig"), newline="")))
    assert [(row["page"], row["asked"], row["answer"]) for row in rows] == [("why-it-ended", "What?", "'=1+1")]
    log = list(csv.DictReader(io.StringIO(files["log-urge-log.csv"].decode("utf-8-sig"), newline="")))
    assert [(row["note"], row["before"]) for row in log] == [("Grüße 😀", "7")]
    assert all(content.startswith(b"\xef\xbb\xbf") for name, content in files.items() if name.endswith(".csv"))


def test_rows_may_be_sorted_in_another_order_and_files_may_lie_in_a_folder(tmp_path: Path) -> None:
    whole = small()
    for name, content in files_in(to_csv(whole)).items():
        head, *rows = content.decode("utf-8-sig").splitlines(keepends=True)
        rows = rows if name == "about.csv" else rows[::-1]
        (tmp_path / name).write_text("".join([head, *rows]), encoding="utf-8", newline="")
    assert to_json(READ.read_path(tmp_path).whole) == to_json(whole)


def test_an_empty_journal_has_sheets_too() -> None:
    assert READ.read_bytes(to_csv(EMPTY)).whole == EMPTY


# Hostile sheets


def _changed(name: str, old: bytes, new: bytes) -> bytes:
    files = files_in(to_csv(small()))
    assert old in files[name]
    return packed({**files, name: files[name].replace(old, new, 1)})


def _without(name: str) -> bytes:
    return packed({key: content for key, content in files_in(to_csv(small())).items() if key != name})


def _with(name: str) -> bytes:
    return packed({**files_in(to_csv(small())), name: b"x"})


def _zip(name: str, content: bytes = b"x", **more: int) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", more.get("kind", zipfile.ZIP_DEFLATED)) as made:
        made.writestr(name, content)
        made.writestr("about.csv", b"")
    return into.getvalue()


HOSTILE: dict[str, bytes] = {
    "a sheet is missing": _without("log-urge-log.csv"),
    "nothing about it": _without("about.csv"),
    "a row is missing": _changed("about.csv", b'"answers-earlier.csv","1"', b'"answers-earlier.csv","2"'),
    "a quote without an end": _changed("answers-earlier.csv", b'"first"', b'"first'),
    "a cell too few": _changed("settings.csv", b',"dark"', b""),
    "not UTF-8": _changed("settings.csv", b"dark", b"\xff\xfe"),
    "NUL": _changed("settings.csv", b"dark", b"\0"),
    "NaN": _changed("log-urge-log.csv", b'"7"', b'"[NaN]"'),
    "endless": _changed("log-urge-log.csv", b'"7"', b'"1e999"'),
    "deep": _changed("log-urge-log.csv", b'"7"', b'"' + b"[" * 100_000 + b'"'),
    "an endless number": _changed("log-urge-log.csv", b'"7"', b'"' + b"9" * 5000 + b'"'),
    "a revision that is none": _changed("answers.csv", b'"2"', b'"0"'),
    "another column": _changed("answers.csv", b'"clash"', b'"clasp"'),
    "a column twice": _changed("log-urge-log.csv", b'"before"', b'"note"'),
    "a path": _changed("about.csv", b'"log-urge-log.csv"', b'"../log-urge-log.csv"'),
    "another format": _changed("about.csv", b"rekindle-csv/1", b"another-csv/1"),
    "a zone with a path": _changed("events.csv", b"Europe/Berlin", b"../../etc/passwd"),
    "the end of time": _changed("events.csv", b'"20', b'"99'),
    "an entry twice": _changed("about.csv", b'"entries-earlier.csv"', b'"log-urge-log.csv"'),
    "a way out": _with("../about.csv"),
    "a way from the root": _with("/etc/passwd"),
    "a way of Windows": _with("..\\about.csv"),
    "a drive": _with("C:/about.csv"),
    "a cut zip": to_csv(small())[:-30],
    "half a zip": to_csv(small())[: len(to_csv(small())) // 2],
    "only its beginning": b"PK\3\4",
    "an odd way of packing": _zip("answers.csv", kind=zipfile.ZIP_LZMA),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sheets_are_refused_kindly_and_change_nothing(tmp_path: Path, name: str) -> None:
    refused_and_unchanged(tmp_path, HOSTILE[name])


def test_sheets_of_a_newer_version_are_told_apart() -> None:
    with pytest.raises(ImportNewer):
        READ.read_bytes(_changed("about.csv", b"rekindle-csv/1", b"rekindle-csv/2"))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = packed({**files_in(to_csv(small())), "answers.csv": b"\0" * (80 << 20)})
    assert len(bomb) < 1 << 20
    with pytest.raises(ImportTooLarge):
        READ.read_bytes(bomb)


def test_a_zip_with_a_list_without_end_is_not_listed() -> None:
    liar = bytearray(to_csv(small()))
    liar[-10:-6] = (1 << 30).to_bytes(4, "little")
    with pytest.raises(ImportTooLarge):
        READ.read_bytes(bytes(liar))


def test_a_million_rows_are_too_many() -> None:
    files = files_in(to_csv(small()))
    files["settings.csv"] = b'"setting","value"\r\n' + b"a,1\r\n" * 1_000_000
    with pytest.raises(ImportTooLarge):
        READ.read_bytes(packed(files))


def test_a_file_that_lies_elsewhere_is_not_followed(tmp_path: Path) -> None:
    for name, content in files_in(to_csv(small())).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "real").mkdir()
    (tmp_path / "answers.csv").rename(tmp_path / "real" / "answers.csv")
    (tmp_path / "answers.csv").symlink_to(tmp_path / "real" / "answers.csv")
    with pytest.raises(ImportUnreadable):
        READ.read_path(tmp_path)


def test_the_limit_of_rows_has_room_for_a_long_life() -> None:
    assert spreadsheet_back.MOST_ROWS >= 10 * 365 * 100
