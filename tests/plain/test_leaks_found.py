"""The look over what may be shared finds a person's own words in every form, and takes no id for one."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.content import catalog
from rekindle.journal import Journal
from rekindle.journal.places import places
from rekindle.portable.leaks import leaking, own_texts, shared_files
from rekindle.records import Json, Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
TEXT = 'She said "née" and left the keys'


@pytest.fixture
def journal(home: Path) -> Path:
    del home
    path = settings.journal_path()
    with Journal.open(path, never_kept=catalog().never_kept) as book:
        book.save("why-it-ended", "what", f"short\n{TEXT}\n", base=0, wording="w", sitting="s", moment=NOON)
        book.save("consent-gate", "asked", "not-free-to-say-no", base=0, wording="w", sitting="s", moment=NOON)
        values: dict[str, Json] = {"note": ["the kitchen at night"]}
        book.save_entry("e1", "urge-log", values, base=0, happened=NOON, sitting="s", moment=NOON)
        book.back_up(NOON)
    return path


def texts(path: Path) -> set[str]:
    with Journal.open(path, never_kept=()) as book:
        return own_texts(book.whole())


def test_own_words_are_told_from_ids(journal: Path) -> None:
    assert texts(journal) == {TEXT, "the kitchen at night"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.ipynb", json.dumps({"outputs": [TEXT]}).encode()),
        ("a.ipynb", json.dumps({"outputs": [TEXT]}, ensure_ascii=False).encode()),
        (".ipynb_checkpoints/a-checkpoint.ipynb", b'{"x": "at the kitchen at night"}'),
        ("run.log", TEXT.encode()),
        ("deeper/a.txt", TEXT.encode("utf-16-le")),
    ],
)
def test_a_file_that_holds_them_is_found(journal: Path, tmp_path: Path, name: str, raw: bytes) -> None:
    folder = tmp_path / "shared"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(raw)
    (folder / "clean.ipynb").write_text('{"x": "not-free-to-say-no, short"}')
    assert leaking(texts(journal), shared_files(folder)) == [folder / name]


def test_our_own_notebooks_hold_none(journal: Path) -> None:
    assert leaking(texts(journal), shared_files(settings.notebooks_folder())) == []


def test_every_file_beside_the_journal_is_named_with_its_kind(journal: Path) -> None:
    (journal.parent / "journal-damaged-x.rekindle").write_bytes(b"half")
    (journal.parent / "journal-damaged-x.rekindle").chmod(0o644)
    found = places(journal)
    assert [place.kind for place in found] == ["journal", "backup", "aside"]
    assert [place.private for place in found] == [True, True, False]
    assert [place.locked for place in found] == [False, False, None]  # of four letters nobody can tell
