"""The file to carry: locked and proven, never plain where it says locked, and the same journal on the other side."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from rekindle.bringing import bring_in
from rekindle.content import catalog
from rekindle.errors import ImportLocked, ImportNewer, ImportUnreadable, JournalDamaged
from rekindle.journal import EMPTY, MAGIC, Journal, Key, Whole, new_key
from rekindle.portable.arriving import Arriving, asks_passphrase
from rekindle.portable.export import to_json
from rekindle.portable.merging import joined, merge
from rekindle.portable.packing import needs_passphrase, pack
from rekindle.records import Answer, Moment

NEVER = catalog().never_kept
READ = Arriving(NEVER, "UTC")
NOON = Moment.now("Europe/Berlin")
RAW = Key.from_raw(bytes(range(160, 208)))
WORDS = "zebrafinch in the garden"
MINE = Whole([Answer("my-page", "text", WORDS, 1, NOON, "What?", "s")], [], [], [], {"theme": "dark"})


def test_it_opens_with_its_own_passphrase_in_any_unicode_form_and_with_no_other() -> None:
    file = pack(MINE, new_key("Grüße an mich"), NEVER)
    assert WORDS.encode() not in file
    assert not file.startswith(MAGIC)
    assert needs_passphrase(file[:16], len(file))
    for typed in ("Grüße an mich", "Gru\u0308ße an mich"):
        arrival = READ.read_bytes(file, typed)
        assert (arrival.kind, to_json(arrival.whole)) == ("packed", to_json(MINE))
    for typed in ("another", "", "Grüße an mich "):
        with pytest.raises(ImportLocked):
            READ.read_bytes(file, typed)


def test_nothing_of_it_is_left_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = pack(MINE, RAW, NEVER)
    with pytest.raises(ImportLocked):
        READ.read_bytes(file, "another")
    assert not list(tmp_path.glob("rk-*"))


def test_a_file_that_says_locked_and_is_plain_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "open", lambda path, **more: _OPEN(path, never_kept=more["never_kept"]))
    with pytest.raises(JournalDamaged):
        pack(MINE, RAW, NEVER)


_OPEN = Journal.open


def test_a_journal_and_a_backup_without_a_lock_can_be_brought_too(tmp_path: Path) -> None:
    path = tmp_path / "there" / "journal.rekindle"
    with Journal.open(path, never_kept=()) as journal:
        journal.save("my-page", "text", WORDS, base=0, wording="", sitting="s", moment=NOON)
        whole = journal.whole()
    before = path.read_bytes()
    assert not asks_passphrase(path)
    assert to_json(READ.read_path(path).whole) == to_json(whole)
    assert path.read_bytes() == before
    path.write_bytes(before[:-4096])
    with pytest.raises(ImportUnreadable):
        READ.read_path(path)


def test_a_file_of_a_newer_version_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "there" / "journal.rekindle"
    Journal.open(path, never_kept=()).close()
    newer = bytearray(path.read_bytes())
    newer[60:64] = (99).to_bytes(4, "big")  # the place of `user_version` in the header of SQLite
    with pytest.raises(ImportNewer):
        READ.read_bytes(bytes(newer))


def test_text_of_whole_pages_is_not_taken_for_a_locked_file() -> None:
    file = to_json(EMPTY)
    padded = file + b" " * (-len(file) % 4096)
    assert not needs_passphrase(padded[:16], len(padded))
    assert READ.read_bytes(padded).whole == EMPTY


def test_two_journals_that_went_on_are_merged_and_both_versions_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("six words\n")
    secret.chmod(0o600)
    monkeypatch.setenv("REKINDLE_PASSPHRASE_FILE", str(secret))
    monkeypatch.setattr("rekindle.bringing.key_of", lambda _path: None)
    theirs = Whole([Answer("my-page", "text", "theirs", 1, NOON, "", "s")], [], [], [], {})
    file, home = tmp_path / "book.rekindle", tmp_path / "here" / "journal.rekindle"
    file.write_bytes(pack(theirs, new_key("six words"), NEVER))
    with Journal.open(home, never_kept=NEVER) as journal:
        journal.save("my-page", "text", "mine", base=0, wording="", sitting="s", moment=NOON)
    told = "\n".join(bring_in(file, home, really=True))
    assert "Different here and there: 1" in told
    with Journal.open(home, never_kept=NEVER) as journal:
        assert journal.answers()["my-page", "text"].value == "mine"
        assert [each.value for each in journal.conflicts()["my-page", "text"]] == ["theirs"]


def test_a_clock_that_was_ahead_does_not_keep_a_journal_from_being_packed() -> None:
    later = Moment.at(NOON.utc.replace(year=NOON.utc.year + 1), "UTC")
    ahead = Whole([Answer("my-page", "text", "x", 1, later, "", "s")], [], [], [], {})
    assert pack(ahead, RAW, NEVER)


def test_what_is_packed_is_all_that_a_merge_would_take() -> None:
    assert to_json(joined(EMPTY, merge(EMPTY, MINE, NOON).additions)) == to_json(MINE)
