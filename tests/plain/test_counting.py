"""Counting: a long log that was never counted is, bit by bit, and says in the end what one says that is read whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.bringing import bring_in
from rekindle.content import catalog, say
from rekindle.errors import JournalDamaged
from rekindle.insights import Tallies
from rekindle.journal import EMPTY, Journal, Key, digests, relock, restore
from rekindle.page import count, counting, memory
from rekindle.page.book import Book
from rekindle.page.bringing_in import BringingIn
from rekindle.page.counting import count_up
from rekindle.page.memory import LOOSE
from rekindle.portable.export import to_json
from rekindle.records import Entry, Json, Moment
from rekindle.settings import journal_path
from tests.visit import HomeVisit, Visit, open_journal, words_in

EXAMPLES = int(os.environ.get("REKINDLE_EXAMPLES", "2")) * 4
NOON = Moment.at(dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC), "Europe/Berlin")
LOG = "urge-log"
LONG = LOOSE + 40
WAIT = say("interface.folds.counting")


def _values(number: int) -> dict[str, Json]:
    return {"before": number % 11, "after": 3, "did": ["waited"], "trigger": ["song"], "plan": f"plan {number % 3}"}


def _add(journal: Journal, many: int, start: int = 0, log: str = LOG) -> None:
    for number in range(start, start + many):
        when = Moment.at(NOON.utc - dt.timedelta(hours=number), "Europe/Berlin")
        journal.save_entry(f"{log}{number}", log, _values(number), base=0, happened=when, sitting="", moment=when)


def _upto(journal: Journal, log: str = LOG) -> int:
    found = journal.counts.digests.of(log, Tallies.mark(log))
    return found.upto if found else 0


def _same(tallies: Tallies, whole: list[Entry]) -> None:
    plain = Tallies(tallies.log, reversed(whole))
    assert (tallies.total, tallies.counts, tallies.signs) == (plain.total, plain.counts, plain.signs)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a few entries be many."""
    monkeypatch.setattr(digests, "BIT", 4)
    monkeypatch.setattr(count, "KEPT_EACH", 8)
    monkeypatch.setattr(memory, "LOOSE", 3)
    monkeypatch.setattr(memory, "MANY", 6)
    monkeypatch.setattr(counting, "LOOSE", 3)
    monkeypatch.setattr(counting, "AT_A_TIME", 0.0)
    monkeypatch.setattr(counting, "FIRST", 0.0)
    monkeypatch.setattr(counting, "PAUSE", 0.0)


# In bits

ACTS = (
    "count",
    "count",
    "count",
    "new",
    "again",
    "remove",
    "back",
    "erase",
    "theirs",
    "their again",
    "their erase",
    "own",
)
"""What may happen while a log is counted: on this page, on another one (their), or where nobody is told of it (own)."""


def _act(book: Book, act: str, number: int, new: int, value: int) -> None:
    one, values = f"{LOG}{number}", _values(value)
    if act == "count":
        book.logs.count_on(LOG, 0)
    elif act in ("new", "again"):
        book.keep_entry(LOG, f"new{new}" if act == "new" else one, values, "")
    elif act in ("remove", "back", "erase"):
        {"remove": book.remove, "back": book.bring_back, "erase": book.erase}[act](one)
    elif act == "own":
        book.journal.delete_entry(one, moment=NOON)
    else:
        with open_journal() as other:
            if act == "their erase":
                other.erase_entry(one)
            else:
                id_ = f"new{new}" if act == "theirs" else one
                known = other.entry(id_)
                base = known.revision if known else 0
                other.save_entry(id_, LOG, values, base=base, happened=NOON, sitting="", moment=NOON)


def test_a_log_that_is_counted_in_bits_holds_what_it_holds_whoever_saves_meanwhile(
    small: None, closing: Callable[[object], object]
) -> None:
    kept = 0
    acts = st.tuples(st.sampled_from(ACTS), st.integers(0, 29), st.integers(0, 40))

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(life=st.lists(acts, max_size=30))
    def told(life: list[tuple[str, int, int]]) -> None:
        nonlocal kept
        journal = open_journal()
        closing(journal)
        for entry in [*journal.entries(), *journal.entries(deleted=True)]:
            journal.erase_entry(entry.id)
        _add(journal, 30)
        book = Book(catalog(), lambda: journal)
        assert book.logs.is_long(LOG)
        for new, (act, number, value) in enumerate(life):
            _act(book, act, number, new, value)
            kept += 0 < _upto(journal) < 30
            assert book.logs.total(LOG) == journal.count_entries(LOG)
        while not book.logs.count_on(LOG, 0):
            pass
        assert not book.logs.is_long(LOG)
        _same(book.logs.pile(LOG).tallies, journal.entries(LOG))
        _same(Book(catalog(), lambda: journal).logs.pile(LOG).tallies, journal.entries(LOG))
        journal.close()

    told()
    assert kept, "else nothing was kept on the way"


def test_what_a_page_has_counted_that_is_closed_then_is_not_counted_again(
    small: None, closing: Callable[[object], object]
) -> None:
    del small
    journal = open_journal()
    closing(journal)
    _add(journal, 40)
    logs = Book(catalog(), lambda: journal).logs
    for _ in range(4):
        assert not logs.count_on(LOG, 0)
    assert _upto(journal) == 16
    said: list[str] = []
    with open_journal() as other:
        other._store._connection.set_trace_callback(said.append)
        again = Book(catalog(), lambda: other).logs
        again.count_on(LOG, 0)
        other._store._connection.set_trace_callback(None)
    assert [sql for sql in said if "number > 16 AND" in sql]
    assert not [sql for sql in said if "number > 0 AND" in sql]


def test_an_edit_of_this_page_throws_nothing_away_that_was_counted(
    small: None, closing: Callable[[object], object]
) -> None:
    del small
    journal = open_journal()
    closing(journal)
    _add(journal, 40)
    book = Book(catalog(), lambda: journal)
    for _ in range(3):
        book.logs.count_on(LOG, 0)
    book.remove(f"{LOG}2")
    book.keep_entry(LOG, "new", {"before": 2}, "")
    book.erase(f"{LOG}11")
    assert book.logs._under_way[LOG].upto == 12
    assert _upto(journal) == 8


def test_a_new_entry_with_the_number_of_one_that_went_is_counted(
    small: None, closing: Callable[[object], object]
) -> None:
    del small
    journal = open_journal()
    closing(journal)
    _add(journal, 40)
    book = Book(catalog(), lambda: journal)
    while not book.logs.count_on(LOG, 0):
        pass
    journal.counts.digests._store.rows("DELETE FROM digest")
    held = book.logs._under_way[LOG]
    held.follow(None, None)
    book.erase(f"{LOG}39")
    book.keep_entry(LOG, "new", {"did": ["contacted"]}, "")
    assert journal.counts.digests.is_within("new", 40)
    _same(book.logs.pile(LOG).tallies, journal.entries(LOG))


# On a page


async def _counted(one: Visit) -> None:
    while one.page.book.counting.goes_on:  # noqa: ASYNC110 - it tells nobody but its page
        await asyncio.sleep(0)


def _page(one: Visit, do: Callable[[], None]) -> None:
    """Open the log's card in a program that goes on, do something there, and wait until all is counted."""

    async def visit() -> None:
        one.show()
        one.open(LOG)
        do()
        await _counted(one)

    asyncio.run(asyncio.wait_for(visit(), 30))


def _charts(one: Visit) -> int:
    insight = one.page.cards[LOG]._insight
    assert insight
    return len(insight._charts.children)


def test_a_card_stands_at_once_and_tells_the_same_when_its_log_is_counted(
    small: None, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    del small
    with open_journal() as journal:
        _add(journal, 40)
    one, seen = visit(), list[object]()

    def meanwhile() -> None:
        card = one.page.cards[LOG]
        seen.append((card.is_open, bool(card.log), WAIT in words_in(card.root), _charts(one)))
        kept = one.page.book.keep("my-situation", "story", "words", "")
        seen.append(isinstance(kept, str) and one.page.book.counting.goes_on)

    _page(one, meanwhile)
    assert seen == [(True, True, True, 0), True]
    told = words_in(one.page.cards[LOG].root)
    assert WAIT not in told
    assert _charts(one) > 0
    with open_journal() as journal:
        assert _upto(journal) == 40
        journal._store.rows("DELETE FROM digest")
    monkeypatch.setattr(memory, "MANY", 1000)
    another = visit()
    another.show()
    another.open(LOG)
    assert words_in(another.page.cards[LOG].root) == told


def test_a_short_log_is_told_at_once(visit: Callable[..., Visit]) -> None:
    with open_journal() as journal:
        _add(journal, LONG)
    one, seen = visit(), list[object]()
    _page(one, lambda: seen.extend([one.page.book.counting.goes_on, _charts(one) > 0]))
    assert seen == [False, True]
    assert WAIT not in words_in(one.page.cards[LOG].root)


def test_where_no_program_goes_on_a_long_log_is_told_at_once(small: None, visit: Callable[..., Visit]) -> None:
    del small
    with open_journal() as journal:
        _add(journal, 40)
    one = visit()
    one.show()
    one.open(LOG)
    assert _charts(one) > 0


def test_what_brings_help_waits_for_no_count(small: None, visit: Callable[..., Visit]) -> None:
    del small
    with open_journal() as journal:
        for number in range(40):
            values: dict[str, Json] = {"promise": "p", "outcome": "kept"}
            journal.save_entry(f"p{number}", "promise-log", values, base=0, happened=NOON, sitting="", moment=NOON)
        journal.save("trust-review", "enough", 1, base=0, wording="", sitting="", moment=NOON)
    one, seen = visit(), list[object]()

    async def look() -> None:
        one.show()
        seen.extend(finding.help for finding in one.page.host.findings("trust-review"))

    asyncio.run(look())
    assert seen
    assert all(seen)
    assert "" in [finding.help for finding in one.page.host.findings("trust-review")], "what is told at the end"


def test_nothing_is_told_wrongly_while_a_log_is_counted(small: None, visit: Callable[..., Visit]) -> None:
    del small
    with open_journal() as journal:
        _add(journal, 40)
        journal.save("space-agreement", "start", "2026-05-01", base=0, wording="", sitting="", moment=NOON)
    one = visit()

    async def look() -> None:
        one.show()
        assert not one.page.host.findings("space-counter"), "days with a contact would be told as kept"

    asyncio.run(look())
    assert one.page.host.findings("space-counter")


def test_a_damaged_entry_is_told_and_nobody_waits_for_ever(small: None, visit: Callable[..., Visit]) -> None:
    del small
    with open_journal() as journal:
        _add(journal, 40)
        journal._store.rows("UPDATE entry SET sitting = 'x' WHERE number = 30")
    one = visit()
    _page(one, lambda: None)
    with pytest.raises(JournalDamaged):
        one.page.book.logs.pile(LOG)
    assert WAIT not in words_in(one.page.cards[LOG].root)
    assert one.page.book.refusal(JournalDamaged(path=str(journal_path()))).why in words_in(one.page.head)


def test_the_days_of_the_space_wait_for_the_count(small: None, visit: Callable[..., Visit]) -> None:
    with open_journal() as journal:
        _add(journal, 40)
        journal.save("space-agreement", "start", "2026-05-01", base=0, wording="", sitting="", moment=NOON)
    del visit, small
    one, seen = HomeVisit(), list[str]()

    async def look() -> None:
        one.show()
        seen.append(words_in(one.page.root))  # type: ignore[attr-defined]  # a dashboard's
        await _counted(one)
        seen.append(words_in(one.page.root))  # type: ignore[attr-defined]  # as above

    asyncio.run(asyncio.wait_for(look(), 30))
    one.close()
    assert [WAIT in told for told in seen] == [True, False]
    assert say("dashboard.space.open") in seen[1]


def test_no_backup_is_made_while_a_log_is_counted(small: None, visit: Callable[..., Visit]) -> None:
    del small
    with open_journal() as journal:
        _add(journal, 40)
    one = visit()
    made: list[object] = []
    one.page._daily.make = lambda: made.append(1)  # type: ignore[method-assign]  # as its thread would

    def start() -> None:
        one.page._daily._start()
        assert one.page._daily._waits

    _page(one, start)
    assert not made


# What comes in bulk


def _bring(tmp_path: Path) -> None:
    """Bring a file with long logs into the person's journal."""
    with Journal.open(tmp_path / "other" / "journal.rekindle", never_kept=()) as other:
        _add(other, LONG)
        _add(other, LONG, log="promise-log")
        _add(other, LONG, log="mood-check-in")
        _add(other, 5, log="repair-log")
        whole = other.whole()
    file = tmp_path / "book.json"
    file.write_bytes(to_json(whole))
    list(bring_in(file, journal_path(), really=True))


def test_an_import_counts_what_it_brings(tmp_path: Path) -> None:
    _bring(tmp_path)
    last = 3 * LONG + 5
    with open_journal() as journal:
        assert journal.whole() != EMPTY
        found = {log: _upto(journal, log) for log in (LOG, "promise-log", "mood-check-in", "repair-log")}
        assert found == {LOG: last, "promise-log": last, "mood-check-in": last, "repair-log": 0}
        _same(Book(catalog(), lambda: journal).logs.pile(LOG).tallies, journal.entries(LOG))


def test_an_import_says_that_it_counts_only_where_that_takes_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal.open(tmp_path / "other" / "journal.rekindle", never_kept=()) as other:
        _add(other, 12)
        file = tmp_path / "book.json"
        file.write_bytes(to_json(other.whole()))
    told = list(bring_in(file, tmp_path / "one" / "journal.rekindle", really=True))
    assert say("command.import.counting") not in told
    monkeypatch.setattr(memory, "MANY", 6)
    told = list(bring_in(file, tmp_path / "two" / "journal.rekindle", really=True))
    assert told[-1] == say("command.import.counting")


def test_an_import_on_a_page_counts_what_it_brings(visit: Callable[..., Visit], tmp_path: Path) -> None:
    with Journal.open(tmp_path / "other" / "journal.rekindle", never_kept=()) as other:
        _add(other, LONG)
        file = to_json(other.whole())
    one = visit()
    one.show()
    steps: list[str] = []
    bringing = BringingIn(catalog(), one.page.book, lambda: steps.append("working"), lambda: steps.append("changed"))
    bringing.taking.on_file(file)
    bringing._act("take")
    assert steps[-2:] == ["working", "changed"]
    with open_journal() as journal:
        assert _upto(journal) == LONG


def test_what_is_counted_past_by_far_is_not_read_past_again(closing: Callable[[object], object]) -> None:
    journal = open_journal()
    closing(journal)
    _add(journal, LONG)
    count_up(journal)
    _add(journal, LOOSE, log="mood-check-in")
    count_up(journal)
    assert _upto(journal) == LONG
    for where, name in ((memory, "pile"), (counting, "import")):
        before = journal._store.number("SELECT max(number) FROM entry")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(where, "FAR", 1)
            if name == "pile":
                assert len(Book(catalog(), lambda: journal).logs.pile(LOG)) == LONG
            else:
                count_up(journal)
        assert _upto(journal) == before
        _add(journal, 3, start=LOOSE, log="mood-check-in")


@pytest.mark.parametrize("key", [None, Key.from_raw(bytes(range(48)))], ids=["plain", "locked"])
def test_what_is_counted_comes_along_with_a_backup_and_a_lock(tmp_path: Path, key: Key | None) -> None:
    path = tmp_path / "book" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=key) as journal:
        _add(journal, LONG)
        count_up(journal)
        kept = journal.counts.digests.of(LOG, Tallies.mark(LOG))
        copy = journal.back_up(NOON)
    assert kept
    restore(path, copy, key, NOON)
    with Journal.open(path, never_kept=(), key=key) as journal:
        assert journal.counts.digests.of(LOG, Tallies.mark(LOG)) == kept
    other = Key.from_raw(bytes(range(1, 49)))
    relock(path, key, other)
    with Journal.open(path, never_kept=(), key=other) as journal:
        assert journal.counts.digests.of(LOG, Tallies.mark(LOG)) == kept


def test_counts_hold_no_words(closing: Callable[[object], object]) -> None:
    journal = open_journal()
    closing(journal)
    _add(journal, LONG)
    logs = Book(catalog(), lambda: journal).logs
    logs.count_on(LOG, 1)
    held = logs._under_way[LOG]
    assert "plan 1" not in json.dumps([repr(held), repr(held.digest()), held.digest().text])
