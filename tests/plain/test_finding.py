"""Finding entries in the journal: by their words, by their days, a page at a time in one statement, without a trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekindle.errors import JournalDamaged
from rekindle.journal import Journal, Key
from rekindle.records import Json, Leaf, Look, Moment

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OWN = frozenset({"note", "who"})
SHOWN = {("did", "walked"): "Went for a walk", ("did", "wrote"): "Wrote it down"}
LOG = "urge-log"
NOTES: tuple[str, ...] = (
    "Café au lait, déjà vu",
    "100% sure_thing",
    "I don\u2019t know",
    "STRASSE im Regen, grüße",
    "Søren and \u0130lkay \N{SLEEPING FACE}",
    'she said "later"',
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "back\\slash [brackets] a*b?",
)


@pytest.fixture(params=[None, Key.from_raw(bytes(range(32)))], ids=["plain", "keyed"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """Give a journal with a log of eight notes, one a day back, once plain and once encrypted."""
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=(), key=request.param) as opened:
        for back, note in enumerate(NOTES):
            put(opened, f"e{back}", {"note": note, "did": ["walked"] if back % 2 else ["wrote"]}, back)
        put(opened, "elsewhere", {"note": "Café"}, 0, "promise-log")
        yield opened


def put(journal: Journal, name: str, values: dict[str, Json], days_back: float, log: str = LOG) -> None:
    when = Moment.at(NOON - dt.timedelta(days=days_back), "Europe/Berlin")
    journal.save_entry(name, log, values, base=0, happened=when, sitting="", moment=when)


def find(
    journal: Journal,
    words: str = "",
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    limit: int = 10,
    offset: int = 0,
) -> Leaf:
    return journal.leaves.of(LOG, Look(words, since, until, OWN, SHOWN), limit=limit, offset=offset)


def notes(leaf: Leaf) -> list[Json]:
    return [entry.values["note"] for entry in leaf.entries]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("cafe", 0),
        ("DÉJÀ", 0),
        ("vu  lait", 0),
        ("100%", 1),
        ("sure_", 1),
        ("don't", 2),
        ("straße", 3),
        ("GRUSSE", 3),
        ("soren", 4),
        ("ilkay", 4),
        ("\N{SLEEPING FACE}", 4),
        ("\u201clater\u201d", 5),
        ("\u05e9\u05dc\u05d5\u05dd", 6),
        ("\\", 7),
        ("a*b?", 7),
        ("[brackets]", 7),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_signs(journal: Journal, words: str, place: int) -> None:
    leaf = find(journal, words)
    assert notes(leaf) == [NOTES[place]]
    assert (leaf.found, leaf.total) == (1, len(NOTES))


@pytest.mark.parametrize("words", ["%", "_", "*", "?", "'", '"', "\\"])
def test_a_wildcard_is_a_plain_sign(journal: Journal, words: str) -> None:
    expected = [note for note in NOTES if words in note.replace("\u2019", "'")]
    assert notes(find(journal, words)) == expected
    assert len(expected) < len(NOTES)


def test_every_word_must_be_there_and_their_order_does_not_count(journal: Journal) -> None:
    assert notes(find(journal, "vu café walk")) == []
    assert notes(find(journal, "down vu café")) == [NOTES[0]], "words may lie in different fields"


def test_what_the_person_reads_is_found_and_what_only_the_file_holds_is_not(journal: Journal) -> None:
    assert find(journal, "for a walk").found == 4
    for hidden in ("walked", "wrote ", "did", "note", "e0", "urge-log"):
        assert find(journal, hidden).found == (4 if hidden == "wrote " else 0), hidden


def test_nothing_asked_finds_everything(journal: Journal) -> None:
    assert find(journal, "  \n ").found == len(NOTES)
    assert find(journal).found == find(journal).total == len(NOTES)


def test_days_are_those_that_the_person_saw(journal: Journal) -> None:
    late = Moment.at(dt.datetime(2026, 11, 10, 23, 30, tzinfo=dt.UTC), "Pacific/Kiritimati")  # there the 11th
    early = Moment.at(dt.datetime(2026, 11, 11, 1, 0, tzinfo=dt.UTC), "Pacific/Niue")  # there the 10th
    for name, when in (("late", late), ("early", early)):
        journal.save_entry(name, LOG, {"note": name}, base=0, happened=when, sitting="", moment=when)
    for day, name in ((11, "late"), (10, "early")):
        that = dt.date(2026, 11, day)
        assert notes(find(journal, since=that, until=that)) == [name]


def test_days_and_words_go_together(journal: Journal) -> None:
    since, until = dt.date(2026, 11, 18), dt.date(2026, 11, 20)
    assert find(journal, since=since, until=until).found == 3
    assert notes(find(journal, "soren", since=since, until=until)) == [NOTES[4]]
    assert find(journal, "cafe", since=since, until=until).found == 0
    assert find(journal, since=dt.date.min, until=dt.date.max).found == len(NOTES)


def test_the_months_of_a_log_are_offered_newest_first(journal: Journal) -> None:
    put(journal, "old", {"note": "x"}, 400)
    assert journal.leaves.months(LOG) == ["2026-11", "2025-10"]
    assert journal.leaves.months("repair-log") == []


def test_a_deleted_entry_is_neither_found_nor_counted(journal: Journal) -> None:
    journal.delete_entry("e0", moment=Moment.at(NOON))
    leaf = find(journal, "cafe")
    assert (leaf.entries, leaf.found, leaf.total) == ([], 0, len(NOTES) - 1)


def test_pages_of_what_was_found_are_all_that_was_found(journal: Journal) -> None:
    for number in range(47):
        put(journal, f"n{number}", {"note": f"rain {number % 3}"}, number % 5)
    pages = [find(journal, "RAIN 1", limit=7, offset=offset) for offset in range(0, 21, 7)]
    ids = [entry.id for page in pages for entry in page.entries]
    assert len(ids) == len(set(ids)) == pages[0].found == 16
    assert ids == [e.id for e in journal.entries(LOG) if e.values["note"] == "rain 1"], "in the log's own order"
    beyond = find(journal, "RAIN 1", offset=20)
    assert (beyond.entries, beyond.found, beyond.total) == ([], 16, 55), "counts stand beside an empty page too"


@pytest.mark.parametrize("words", ["", "rain"])
@pytest.mark.parametrize("since", [None, dt.date(2026, 1, 1)])
def test_a_page_with_both_its_counts_is_one_statement(journal: Journal, words: str, since: dt.date | None) -> None:
    said: list[str] = []
    journal._store._connection.set_trace_callback(said.append)
    find(journal, words, since=since, offset=2)
    journal._store._connection.set_trace_callback(None)
    assert len(said) == 1, said
    assert "rain" not in said[0], "what is looked for is in no statement"


def test_looking_leaves_no_byte_behind(journal: Journal) -> None:
    folder, word = journal.path.parent, "quittenkompott"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    find(journal, word)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    with pytest.raises(JournalDamaged):  # "no such function": the one that knew the word is gone
        journal._store.rows("SELECT holds('{}')")
    assert word not in repr(Look(word))


def test_an_entry_that_cannot_be_read_is_not_passed_over_in_silence(journal: Journal) -> None:
    with journal._store.transaction():
        journal._store.rows("UPDATE entry SET \"values\" = 'x' WHERE id = 'e3'")
    with pytest.raises(JournalDamaged):
        find(journal, "cafe")
