"""Every row is looked at, however many there are at a time, and two journals are alike only if each row is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rekindle.errors import JournalDamaged
from rekindle.journal import Journal, walk
from rekindle.journal.store import Store
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")


def _fill(path: Path) -> Journal:
    journal = Journal.open(path, never_kept=())
    for number in range(9):
        journal.save("e", f"f{number}", f"word {number}", base=0, wording="?", sitting="", moment=NOON)
        journal.save_entry(f"i{number}", "log", {"x": number}, base=0, happened=NOON, sitting="", moment=NOON)
        journal.save_entry(f"i{number}", "log", {"x": "y"}, base=1, happened=NOON, sitting="", moment=NOON)
        journal.note("paused", {"n": number}, moment=NOON)
        journal.set_setting(f"s{9 - number}", number)
    return journal


@pytest.mark.parametrize("piece", [1, 2, 3, 9, 10])
def test_no_row_is_left_out_wherever_a_piece_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    with _fill(tmp_path / "book" / "journal.rekindle") as journal:
        store, whole = journal._store, walk.likeness(journal._store)
        monkeypatch.setattr(walk, "PIECE", piece)
        assert walk.likeness(store) == whole
        for table in walk.TABLES:
            column = store.rows(f"SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT' LIMIT 1")[0][0]  # noqa: S608 - our own names
            for (row,) in store.rows(f"SELECT rowid FROM {table}"):  # noqa: S608 - our own names
                change = f"UPDATE {table} SET {column} = {column} || ? WHERE rowid = {row}"  # noqa: S608 - as above
                store.rows(change, ("x",))
                assert walk.likeness(store) != whole, (table, row)
                with pytest.raises(JournalDamaged):
                    walk.prove(store)
                back = f"UPDATE {table} SET {column} = substr({column}, 1, length({column}) - 1) WHERE rowid = {row}"  # noqa: S608 - as above
                store.rows(back)
        assert walk.prove(store)
        assert walk.likeness(store) == whole
        store.rows("UPDATE entry_revision SET checksum = zeroblob(16) WHERE rowid = 4")
        assert walk.likeness(store) != whole


def test_a_journal_with_settings_and_events_only_holds_nothing_to_keep(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=()) as journal:
        journal.set_setting("theme", "dark")
        journal.note("paused", {}, moment=NOON)
        assert not journal.prove()


def test_a_file_that_leads_round_in_a_ring_is_damaged(tmp_path: Path) -> None:
    def rows(_sql: str, content: tuple[int]) -> list[tuple[Any, ...]]:
        return [(7, "a"), (content[0] if content[0] > 0 else 9, "b")]

    ring = cast(Store, SimpleNamespace(rows=rows, path=tmp_path))
    with pytest.raises(JournalDamaged):
        walk.likeness(ring, ["answer"])
