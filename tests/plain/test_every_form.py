"""Any journal at all comes back from every form of a file as it was; a damaged file is read whole or not at all."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.content import catalog
from rekindle.errors import ImportLocked, ImportRefused
from rekindle.journal import EMPTY, Key, Whole
from rekindle.portable import packing
from rekindle.portable.arriving import Arriving, asks_passphrase
from rekindle.portable.export import to_json
from rekindle.portable.merging import joined, merge
from rekindle.portable.packing import pack
from rekindle.portable.parcel import packed
from rekindle.portable.reading import alike, from_json
from rekindle.portable.spreadsheet import to_csv
from rekindle.records import Answer, Moment
from tests.journals import MANY, wholes

READ = Arriving(catalog().never_kept, "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
SALT = 16
"""Where damage to a locked file counts from: a passphrase takes the salt before it, and a raw key brings its own."""

NOON = Moment.at(dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC), "Europe/Berlin")
JOURNAL = Whole([Answer("my-page", "text", "Quittenkompott " * 300, 1, NOON, "", "s")], [], [], [], {})
many = settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", autouse=True)
def one_key() -> object:
    """Open each locked file with one raw key: a passphrase takes a quarter of a second, and tests of its own try it."""
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(packing, "key_for", lambda _path, _typed: RAW)
        yield


def damaged(file: bytes, cut: float, swap: bytes) -> bytes:
    """Return a file in which one letter, at a part of its length, became none or others."""
    place = int(cut * (len(file) - 1))
    return file[:place] + swap + file[place + 1 :]


def comes_back_from_json(whole: Whole) -> None:
    exported = to_json(whole)
    read = from_json(exported)
    assert to_json(read) == exported
    assert to_json(joined(EMPTY, merge(EMPTY, read, Moment.now()).additions)) == exported
    assert not merge(read, read, Moment.now()).additions


def comes_back_from_sheets(whole: Whole) -> None:
    arrival = READ.read_bytes(to_csv(whole))
    assert arrival.kind == "csv"
    assert to_json(arrival.whole) == to_json(whole)


def comes_back_from_a_packed_file(whole: Whole) -> None:
    assert alike(READ.read_bytes(pack(whole, RAW, ()), "x").whole, whole)


def is_read_as_it_is_or_not_at_all(broken: bytes) -> None:
    try:
        read = from_json(broken)
    except ImportRefused:
        return
    assert json.loads(to_json(read)) == json.loads(broken.decode("utf-8-sig"))


def is_read_with_all_its_rows_or_not_at_all(broken: bytes, whole: Whole) -> None:
    try:
        theirs = READ.read_bytes(broken).whole
    except ImportRefused:
        return
    assert len(theirs.answers) == len(whole.answers)
    assert len(theirs.entries) + len(theirs.earlier_entries) == len(whole.entries) + len(whole.earlier_entries)
    assert to_json(READ.read_bytes(to_csv(theirs)).whole) == to_json(theirs)


def broken_within(zipped: bytes, number: int, cut: float, swap: bytes) -> bytes:
    """Return sheets of which one is damaged, in a whole zip file."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    which = list(files)[1:][number % (len(files) - 1)]
    return packed({**files, which: damaged(files[which], cut, swap)})


@many
@given(whole=wholes(), number=st.integers(0, 99), cut=st.floats(0, 1), swap=st.binary(max_size=3))
def test_any_journal_comes_back_and_damage_brings_no_half_of_it(
    whole: Whole, number: int, cut: float, swap: bytes
) -> None:
    """One journal for all forms: to draw it takes longer than to write and read all of them."""
    comes_back_from_json(whole)
    comes_back_from_sheets(whole)
    comes_back_from_a_packed_file(whole)
    is_read_as_it_is_or_not_at_all(damaged(to_json(whole), cut, swap))
    sheets = to_csv(whole)
    is_read_with_all_its_rows_or_not_at_all(damaged(sheets, cut, swap), whole)
    is_read_with_all_its_rows_or_not_at_all(broken_within(sheets, number, cut, swap), whole)


@functools.cache
def locked() -> bytes:
    return pack(JOURNAL, RAW, ())


@many
@given(at=st.floats(0, 1), length=st.integers(1, 5000), cut=st.booleans())
def test_a_damaged_locked_file_brings_nothing(at: float, length: int, cut: bool) -> None:
    file = bytearray(locked())
    place = SALT + int(at * (len(file) - SALT - 1))
    if cut:
        del file[place:]
    else:
        file[place : place + length] = bytes(255 - byte for byte in file[place : place + length])
    with pytest.raises(ImportRefused):
        READ.read_bytes(bytes(file), "x")


def test_a_locked_file_is_no_zip_whatever_its_first_letters_are(tmp_path: Path) -> None:
    file = tmp_path / "carried"
    file.write_bytes(b"PK" + locked()[2:])
    assert asks_passphrase(file)
    with pytest.raises(ImportLocked):
        READ.read_path(file, "x")


def test_what_is_not_damaged_is_read() -> None:
    assert alike(READ.read_bytes(locked(), "x").whole, JOURNAL)
    is_read_as_it_is_or_not_at_all(to_json(JOURNAL))
    assert READ.read_bytes(to_csv(JOURNAL)).whole.answers == JOURNAL.answers
