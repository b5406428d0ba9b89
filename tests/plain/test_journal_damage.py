"""A damaged journal is noticed, named and left alone; a word that was silently changed is never shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle.errors import JournalDamaged, JournalError
from rekindle.journal import Journal, Key, Whole, opening
from rekindle.records import Json, Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
RAW = Key.from_raw(bytes(range(32)))
PAGE = 4096


def _fill(path: Path, key: Key | None) -> None:
    choose = random.Random(1)
    letters = "abcdefgh ijklmn äöü"
    with Journal.open(path, never_kept=(), key=key) as journal:
        for number in range(40):
            value: Json = "".join(choose.choice(letters) for _ in range(choose.randrange(5, 900)))
            journal.save(f"e{number % 5}", f"f{number}", value, base=0, wording="What?", sitting="s", moment=NOON)
        for sitting in ("a", "b", "c"):
            journal.save("e0", "f0", sitting * 9, base=1, wording="What?", sitting=sitting, moment=NOON)
            journal.save_entry("i0", "log", {"x": sitting}, base=0, happened=NOON, sitting=sitting, moment=NOON)
        for number in range(20):
            journal.save_entry(f"i{number}", "log", {"x": number}, base=0, happened=NOON, sitting="s", moment=NOON)
        journal.note("paused", {"gate": "x"}, moment=NOON)
        journal.set_setting("theme", "dark")


def _read(path: Path, key: Key | None) -> tuple[Whole, object, object, object]:
    """Read all there is, also by the roads that pages take."""
    with Journal.open(path, never_kept=(), key=key) as journal:
        pages = [journal.entries("log", limit=7, offset=offset) for offset in (0, 7, 14)]
        return journal.whole(), journal.answers(), pages, (journal.conflicts(), journal.history("e0", "f0"))


def _try_to_read(path: Path, key: Key | None) -> tuple[JournalError | None, object]:
    try:
        return None, _read(path, key)
    except JournalError as told:
        return told, None


def _refused_later(path: Path, key: Key | None) -> bool:
    """Save to a file that is opened as a page opens a large one, unchecked; return whether that was refused."""
    try:
        with Journal.open(path, never_kept=(), key=key, check_later=True) as journal:
            journal.save("e9", "f9", "new", base=0, wording="", sitting="s", moment=NOON)
    except JournalError:
        return True
    return False


def _opens(path: Path, key: Key | None) -> bool:
    try:
        Journal.open(path, never_kept=(), key=key).close()
    except JournalError:
        return False
    return True


def _mutants(sound: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield damaged copies of a file, each with a name: flipped bits first, then greater harm."""
    choose = random.Random(seed)
    for _ in range(count):
        place, bit = choose.randrange(len(sound)), choose.randrange(8)
        yield f"bit {bit} of byte {place}", sound[:place] + bytes([sound[place] ^ 1 << bit]) + sound[place + 1 :]
    for start in range(0, len(sound), PAGE):
        yield f"cut at {start}", sound[:start]
        yield f"cut in {start}", sound[: start + choose.randrange(1, PAGE)]
        yield f"zeros at {start}", sound[:start] + bytes(PAGE) + sound[start + PAGE :]
        other = choose.randrange(0, len(sound), PAGE)
        swapped = bytearray(sound)
        swapped[start : start + PAGE], swapped[other : other + PAGE] = (
            sound[other : other + PAGE],
            sound[start : start + PAGE],
        )
        if bytes(swapped) != sound:
            yield f"pages {start} and {other} swapped", bytes(swapped)
    for _ in range(count // 10):
        place, length = choose.randrange(len(sound)), choose.randrange(2, 200)
        noise = choose.randbytes(length)
        yield f"noise of {length} at {place}", (sound[:place] + noise + sound[place + length :])[: len(sound)]


def _try(path: Path, key: Key | None, count: int, seed: int, figure: Callable[[str, object], None]) -> None:
    _fill(path, key)
    sound, before = path.read_bytes(), _read(path, key)
    noticed = harmless = 0
    for name, content in _mutants(sound, count, seed):
        path.write_bytes(content)
        told, after = _try_to_read(path, key)
        if told:
            noticed += 1
            assert set(told.facts) <= {"path", "exercise", "field", "event", "setting"}, f"{name}, seed {seed}"
            assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(content).digest(), (
                f"{name}, seed {seed}"
            )
        else:
            harmless += 1
            assert after == before, f"{name}, seed {seed}: a silent change was served"
        for leftover in path.parent.glob(f"{path.name}-*"):
            leftover.unlink()
    figure(f"{'keyed' if key else 'plain'} mutants, seed {seed}", f"{noticed} noticed, {harmless} harmless, 0 silent")
    assert noticed > count // 3


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_what_is_checked_later_is_written_to_only_where_it_would_have_opened(
    tmp_path: Path, key: Key | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    _fill(path, key)
    monkeypatch.setattr(opening, "AT_ONCE", 0)
    for name, content in _mutants(path.read_bytes(), 150, 13):
        path.write_bytes(content)
        opens = _opens(path, key)
        assert _refused_later(path, key) is not opens, name
        assert opens or path.read_bytes() == content, name
        for leftover in path.parent.glob(f"{path.name}-*"):
            leftover.unlink()


@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_no_damage_is_served_and_no_damaged_file_is_written_to(
    tmp_path: Path, key: Key | None, figure: Callable[[str, object], None]
) -> None:
    _try(tmp_path / "book" / "journal.rekindle", key, 200, int(os.environ.get("REKINDLE_SEED", "7")), figure)


@pytest.mark.full
@pytest.mark.parametrize("key", [None, RAW], ids=["plain", "keyed"])
def test_no_damage_is_served_at_full_count(
    tmp_path: Path, key: Key | None, figure: Callable[[str, object], None]
) -> None:
    _try(tmp_path / "book" / "journal.rekindle", key, 2000, int(os.environ.get("REKINDLE_SEED", "11")), figure)


COLUMNS = {
    "answer": ["exercise", "field", "revision", "value", "wording", "sitting", "utc", "zone", "local_date", "conflict"],
    "entry": ["id", "exercise", "values", "happened_utc", "happened_date", "revision", "deleted", "other"],
    "event": ["kind", "detail", "utc"],
    "meta": ["name", "value"],
}


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in COLUMNS for column in COLUMNS[table]])
def test_a_row_that_was_changed_behind_the_journal_is_noticed(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    _fill(path, None)
    with Journal.open(path, never_kept=()) as journal:
        kind = "7" if column in {"revision", "conflict", "deleted", "other"} else "'secretword'"
        row = 3 if table in {"answer", "entry"} else 1
        journal._store.rows(f'UPDATE {table} SET "{column}" = {kind} WHERE rowid = {row}')  # noqa: S608 - names from above
        with pytest.raises(JournalDamaged) as told:
            journal.whole()
        assert "secretword" not in str(told.value) or column in {"exercise", "field", "kind", "name"}
        with pytest.raises(JournalDamaged) as proven:
            journal.prove()
        assert proven.value.facts == told.value.facts


def test_one_damaged_answer_does_not_keep_others_from_being_saved(tmp_path: Path) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    _fill(path, None)
    with Journal.open(path, never_kept=()) as journal:
        journal._store.rows("UPDATE answer SET value = '\"other\"' WHERE field = 'f3'")
        with pytest.raises(JournalDamaged) as told:
            journal.save("e3", "f3", "new", base=1, wording="", sitting="t", moment=NOON)
        assert told.value.facts == {"path": str(path), "exercise": "e3", "field": "f3"}
        journal.save("e4", "f4", "new", base=1, wording="", sitting="t", moment=NOON)
        assert journal.answers(["e4"])["e4", "f4"].value == "new"


def test_text_that_cannot_be_decoded_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    _fill(path, None)
    with Journal.open(path, never_kept=()) as journal:
        journal._store.rows("UPDATE answer SET value = CAST(x'ff736563726574776f7264' AS TEXT) WHERE field = 'f3'")
        with pytest.raises(JournalDamaged) as told:
            journal.answers()
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__
    assert "secretword" not in str(told.value)
