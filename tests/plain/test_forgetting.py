"""For ever means for ever: rows, versions and free pages go from the raw file, and from the backups if asked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rekindle.journal import Journal, Key, What, forget_all
from rekindle.journal.backup import FOLDER, backups
from rekindle.records import Moment

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
KEY = Key.from_raw(bytes(range(48)))
WORDS = ("zebrafinch", "marmalädé", "quicksilver", "thistledown", "periwinkle", "stillhere")


def forms(word: str) -> list[bytes]:
    """Return a word as it could lie in a file: UTF-8, UTF-16 both ways, and escaped in JSON."""
    return [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), ascii(word)[1:-1].encode()]


def holds(place: Path, word: str) -> bool:
    raw = place.read_bytes()
    return any(form in raw for form in forms(word))


def later(minutes: int) -> Moment:
    return Moment.at(NOON.utc + dt.timedelta(minutes=minutes), "Europe/Berlin")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book" / "journal.rekindle"


def written(path: Path, key: Key | None = None) -> Journal:
    """A journal with answers and entries that have versions, and long ones, so that pages overflow and are freed."""
    journal = Journal.open(path, never_kept=(), key=key)
    answer, entry, own, log, page, stays = WORDS
    for turn in range(3):
        text = f"{answer} {turn} " + "filler " * 1500
        journal.save("why-it-ended", "what", text, base=turn, wording="What?", sitting=f"s{turn}", moment=NOON)
        for id_, exercise, word in (("e1", "urge-log", entry), ("q1", "own-reconnect", own), ("m1", "moods", log)):
            values = {"ask" if exercise.startswith("own") else "note": f"{word} {turn} " + "x" * 3000}
            journal.save_entry(id_, exercise, values, base=turn, happened=NOON, sitting=f"s{turn}", moment=later(turn))
        journal.save("letter", "text", f"{page} {turn}", base=turn, wording="?", sitting=f"s{turn}", moment=NOON)
    journal.save("own-reconnect", "q1-long-text", f"{own} again", base=0, wording=own, sitting="s", moment=NOON)
    journal.save_entry("m2", "moods", {"note": stays}, base=0, happened=NOON, sitting="s", moment=NOON)
    journal.save("moods", "hello", stays, base=0, wording="?", sitting="s", moment=NOON)
    journal.note("done", {"exercise": "letter"}, moment=NOON)
    journal.note("paused", {"exercise": "letter"}, moment=NOON)
    return journal


CASES = [
    (What("why-it-ended", field="what"), 0),
    (What("urge-log", entry="e1"), 1),
    (What("own-reconnect", entry="q1"), 2),
    (What("moods", log_only=True), 3),
    (What("letter"), 4),
]


@pytest.mark.parametrize(("what", "at"), CASES)
def test_what_is_forgotten_is_in_no_byte_of_the_file_and_nothing_else_goes(path: Path, what: What, at: int) -> None:
    with written(path) as journal:
        assert all(holds(path, word) for word in WORDS)
        assert journal.forgetting.forget(what, backups_too=False).rows >= 3
        assert not holds(path, WORDS[at])
        assert [word for word in WORDS if not holds(path, word)] == [WORDS[at]]
        journal.whole()
    with Journal.open(path, never_kept=()) as again:
        kinds = [event.kind for event in again.events()]
        assert kinds == (["paused"] if at == 4 else ["done", "paused"])


def test_a_log_goes_and_the_answers_beside_it_stay(path: Path) -> None:
    with written(path) as journal:
        journal.forgetting.forget(What("moods", log_only=True), backups_too=False)
        assert journal.entries("moods") == []
        assert set(journal.answers(["moods"])) == {("moods", "hello")}


def test_an_entry_that_was_taken_out_before_can_be_forgotten(path: Path) -> None:
    with written(path) as journal:
        journal.delete_entry("e1", moment=NOON)
        journal.forgetting.forget(What("urge-log", entry="e1"), backups_too=False)
        assert not holds(path, WORDS[1])


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "locked"])
def test_backups_are_changed_only_if_that_is_asked(path: Path, key: Key | None) -> None:
    what = What("why-it-ended", field="what")
    with written(path, key) as journal:
        journal.back_up(NOON)
        journal.back_up(later(5))
        done = journal.forgetting.forget(what, backups_too=False)
        assert (done.backups, done.left) == (0, 0)
        copies = backups(path.parent / FOLDER)
        assert all(answered(copy, key) for copy in copies)
        done = journal.forgetting.forget(what, backups_too=True)
        assert (done.rows, done.backups, done.left) == (0, 2, 0)
        assert backups(path.parent / FOLDER) == copies
        assert not any(answered(copy, key) or holds(copy, WORDS[0]) for copy in copies)
        assert all(len(rest(copy, key)) == 3 for copy in copies)
    assert sorted(place.name for place in path.parent.rglob(".*")) == []


def test_a_backup_that_does_not_open_is_left_and_counted(path: Path) -> None:
    with written(path) as journal:
        copy = journal.back_up(NOON)
        copy.write_bytes(b"no journal at all")
        done = journal.forgetting.forget(What("letter"), backups_too=True)
        assert (done.backups, done.left) == (0, 1)
        assert copy.read_bytes() == b"no journal at all"


def test_all_means_every_file_of_ours_in_the_folder_and_no_other(path: Path) -> None:
    with written(path) as journal:
        journal.back_up(NOON)
    (path.parent / "journal-damaged-2026.rekindle").write_bytes(b"words")
    (path.parent / ".journal.rekindle.ab12.new").write_bytes(b"words")
    (path.parent / "holiday.txt").write_text("mine")
    assert forget_all(path) == 4
    assert sorted(place.name for place in path.parent.rglob("*")) == ["backups", "holiday.txt"]
    assert forget_all(path) == 0


def answered(place: Path, key: Key | None) -> bool:
    return ("why-it-ended", "what") in rest(place, key)


def rest(place: Path, key: Key | None) -> set[tuple[str, str]]:
    """Return where a copy holds answers, read from a copy of it: opening is for the journal's own place."""
    twin = place.parent.parent.parent / f"twin-{place.name}" / "journal.rekindle"
    twin.parent.mkdir(mode=0o700, exist_ok=True)
    twin.write_bytes(place.read_bytes())
    with Journal.open(twin, never_kept=(), key=key) as journal:
        return set(journal.answers())
