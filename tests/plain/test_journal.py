"""The journal keeps every answer, its versions and its conflicts; plain and encrypted by the same code."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rekindle.errors import NotAnAnswer, NotKept, TooLong
from rekindle.journal import Journal, Key
from rekindle.journal.limits import LONGEST
from rekindle.records import Answer, Json, Moment, Saved

NOON = Moment.at(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), "Europe/Berlin")
NEVER = {("safety-gate", "to_me")}
RAW = Key.from_raw(bytes(range(32)))

jsons: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.fixture(params=[None, RAW], ids=["plain", "keyed"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal, once plain and once encrypted."""
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=NEVER, key=request.param) as opened:
        yield opened


@pytest.fixture
def save(journal: Journal) -> Callable[..., Saved]:
    """Give a short way to save the answer of ("why-it-ended", "story")."""

    def save(value: Json, base: int, sitting: str = "morning") -> Saved:
        place = "why-it-ended", "story"
        return journal.save(*place, value, base=base, wording="What happened?", sitting=sitting, moment=NOON)

    return save


def _story(journal: Journal) -> Json:
    return journal.answers()["why-it-ended", "story"].value


def _kept(journal: Journal) -> list[tuple[int, Json]]:
    return [(answer.revision, answer.value) for answer in journal.history("why-it-ended", "story")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(value=jsons)
def test_any_json_value_comes_back_as_it_was_saved(journal: Journal, value: Json) -> None:
    before = journal.answers().get(("why-it-ended", "story"))
    base = before.revision if before else 0
    journal.save("why-it-ended", "story", value, base=base, wording="?", sitting="", moment=NOON)
    found = _story(journal)
    assert found == value
    assert repr(found) == repr(value) or isinstance(value, dict | list)


def test_true_and_one_are_different_answers(save: Callable[..., Saved], journal: Journal) -> None:
    save(True, 0)
    save(1, 1)
    assert _story(journal) is not True
    save(1.0, 2)
    assert isinstance(_story(journal), float)


@pytest.mark.parametrize("value", ["", None, 0, False, [], {}])
def test_an_empty_answer_is_an_answer(save: Callable[..., Saved], journal: Journal, value: Json) -> None:
    assert save(value, 0) == Saved(1)
    assert _story(journal) == value
    assert journal.answers().keys() == {("why-it-ended", "story")}


def test_half_a_surrogate_pair_comes_back_and_two_halves_become_their_character(
    save: Callable[..., Saved], journal: Journal
) -> None:
    save("a\ud83d", 0)
    assert _story(journal) == "a\ud83d"
    save({"\udc00": "\ud83d\ude00 \\ud83d"}, 1)
    assert _story(journal) == {"\udc00": "😀 \\ud83d"}


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), b"bytes", (1, 2), {1: "a"}, {"a": {2}}, 10**5000, dt.date(2026, 1, 1)],
    ids=lambda value: type(value).__name__,
)
def test_what_json_cannot_hold_is_refused(save: Callable[..., Saved], journal: Journal, value: Any) -> None:
    with pytest.raises(NotAnAnswer):
        save(value, 0)
    assert journal.answers() == {}


def test_endless_nesting_is_refused(save: Callable[..., Saved]) -> None:
    value: Json = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotAnAnswer):
        save(value, 0)


def test_an_endless_answer_is_refused_and_a_long_one_is_kept(save: Callable[..., Saved], journal: Journal) -> None:
    save("ä" * (LONGEST // 2 - 1), 0)
    with pytest.raises(TooLong) as told:
        save("ä" * (LONGEST // 2), 1)
    assert told.value.facts == {"limit": LONGEST}
    assert len(str(_story(journal))) == LONGEST // 2 - 1


@pytest.mark.parametrize("odd", ["", "two words", "a/b", "x" * 101, "ä", "\ud83d", "a\n"])
def test_what_is_no_id_is_refused_and_not_quoted(journal: Journal, odd: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: journal.save(odd, "f", "v", base=0, wording="", sitting="s", moment=NOON),
        lambda: journal.save("e", odd, "v", base=0, wording="", sitting="s", moment=NOON),
        lambda: journal.save_entry(odd, "e", {}, base=0, happened=NOON, sitting="s", moment=NOON),
        lambda: journal.save_entry("i", "e", {odd: 1}, base=0, happened=NOON, sitting="s", moment=NOON),
        lambda: journal.note(odd, {}, moment=NOON),
        lambda: journal.set_setting(odd, 1),
    ]
    for call in calls:
        with pytest.raises(NotAnAnswer) as told:
            call()
        assert told.value.facts == {}


@pytest.mark.parametrize("base", [-1, 1 << 63, 1 << 80])
def test_a_revision_that_cannot_be_is_refused(save: Callable[..., Saved], base: int) -> None:
    with pytest.raises(NotAnAnswer):
        save("v", base)


def test_an_answer_carries_its_wording_sitting_and_moment(save: Callable[..., Saved], journal: Journal) -> None:
    save("v", 0)
    answer = journal.answers(["why-it-ended"])["why-it-ended", "story"]
    assert (answer.wording, answer.sitting, answer.moment) == ("What happened?", "morning", NOON)
    assert journal.answers(["elsewhere"]) == {}
    assert journal.answers([]) == {}


# Versions


def test_saves_of_one_sitting_replace_each_other_and_the_revision_grows(
    save: Callable[..., Saved], journal: Journal
) -> None:
    for base, text in enumerate(["I", "I s", "I see"]):
        assert save(text, base) == Saved(base + 1)
    assert _kept(journal) == [(3, "I see")]


def test_the_last_version_of_each_sitting_is_kept(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", 0)
    save("ab", 1)
    save("abc", 2, "evening")
    save("abcd", 3, "evening")
    assert _kept(journal) == [(4, "abcd"), (2, "ab")]


def test_without_a_sitting_every_version_is_kept(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", 0, "")
    save("ab", 1, "")
    assert _kept(journal) == [(2, "ab"), (1, "a")]


def test_the_same_value_again_in_a_sitting_writes_nothing(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", 0)
    assert save("a", 1) == Saved(1)
    assert save("a", 1, "evening") == Saved(2)
    assert _kept(journal) == [(2, "a"), (1, "a")]


# Conflicts


def test_a_save_on_an_old_base_becomes_current_and_both_are_kept(save: Callable[..., Saved], journal: Journal) -> None:
    save("first", 0)
    save("theirs", 1, "left")
    saved = save("mine", 1, "right")
    assert saved.revision == 3
    assert saved.conflict is not None
    assert (saved.conflict.revision, saved.conflict.conflict) == (2, True)
    current = journal.answers()["why-it-ended", "story"]
    assert (current.value, current.conflict) == ("mine", True)
    assert _kept(journal) == [(3, "mine"), (2, "theirs"), (1, "first")]
    others = journal.conflicts()["why-it-ended", "story"]
    assert [other.value for other in others] == ["theirs"]
    assert journal.conflicts(["elsewhere"]) == {}


def test_no_side_of_a_conflict_is_ever_replaced(save: Callable[..., Saved], journal: Journal) -> None:
    save("theirs", 0, "left")
    save("mine", 0, "right")
    save("mine!", 2, "right")
    save("mine!!", 3, "right")
    save("theirs, on", 4, "left")
    save("theirs, on and on", 5, "left")
    assert [value for _, value in _kept(journal)] == ["theirs, on and on", "mine!!", "mine", "theirs"]


def test_the_same_value_on_an_old_base_is_no_conflict(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", 0, "left")
    assert save("a", 0, "right") == Saved(1)
    assert journal.conflicts() == {}
    assert _kept(journal) == [(1, "a")]


def test_settling_keeps_the_versions_and_stops_asking(save: Callable[..., Saved], journal: Journal) -> None:
    save("theirs", 0, "left")
    save("mine", 0, "right")
    journal.settle("why-it-ended", "story")
    assert journal.conflicts() == {}
    assert [value for _, value in _kept(journal)] == ["mine", "theirs"]
    save("later", 1, "left")
    assert [other.value for other in journal.conflicts()["why-it-ended", "story"]] == ["mine"]


def test_taking_up_the_other_version_settles_it_and_loses_neither(save: Callable[..., Saved], journal: Journal) -> None:
    save("theirs", 0, "left")
    save("mine", 0, "right")
    save("mine, longer", 2, "right")
    assert save("theirs", 3, "right") == Saved(4)
    assert journal.conflicts() == {}
    assert [value for _, value in _kept(journal)] == ["theirs", "mine, longer", "mine", "theirs"]


def test_a_base_that_the_journal_never_had_is_a_conflict_not_a_loss(
    save: Callable[..., Saved], journal: Journal
) -> None:
    """After a restored backup an open page knows a revision that is higher than the journal's."""
    save("old", 0)
    saved = save("from the open page", 9, "other")
    assert saved.revision == 10
    assert saved.conflict is not None
    assert saved.conflict.revision == 1


@pytest.mark.parametrize("seed", range(8))
def test_random_pages_never_lose_a_conflicting_version(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)
    promised: set[tuple[int, Json]] = set()
    with Journal.open(tmp_path / "book" / "journal.rekindle", never_kept=()) as journal:
        bases = {"left": 0, "right": 0, "lab": 0}
        last: dict[str, tuple[int, Json]] = {}
        for step in range(60):
            page = choose.choice(list(bases))
            if choose.random() < 0.2:
                newest = journal.answers().get(("e", "f"))
                bases[page] = newest.revision if newest else 0
            text = f"{page} {step}"
            saved = journal.save("e", "f", text, base=bases[page], wording="", sitting=page, moment=NOON)
            bases[page] = saved.revision
            if saved.conflict is not None:
                promised.add((saved.revision, text))
                assert isinstance(saved.conflict, Answer)
                lost = saved.conflict.revision, saved.conflict.value
                assert lost == last[saved.conflict.sitting]
                promised.add(lost)
            last[page] = saved.revision, text
        kept = {(answer.revision, answer.value) for answer in journal.history("e", "f")}
        assert promised <= kept
        assert journal.answers()["e", "f"].value == text


# What is never kept


def test_what_is_never_kept_is_refused_before_the_disk_is_touched(journal: Journal) -> None:
    before = journal.path.read_bytes(), journal.path.stat().st_mtime_ns
    for value in (True, None, "a word of a person"):
        with pytest.raises(NotKept) as told:
            journal.save("safety-gate", "to_me", value, base=0, wording="", sitting="s", moment=NOON)
        assert told.value.facts == {"exercise": "safety-gate", "field": "to_me"}
    hidden: list[dict[str, Json]] = [{"to_me": True}, {"log": "to_me", "x": 1}]
    for values in hidden:
        with pytest.raises(NotKept):
            journal.save_entry("id", "safety-gate", values, base=0, happened=NOON, sitting="s", moment=NOON)
    assert (journal.path.read_bytes(), journal.path.stat().st_mtime_ns) == before
    journal.save("safety-gate", "anything-else", "x", base=0, wording="", sitting="s", moment=NOON)


# What nobody may see by accident


def test_no_repr_shows_a_word(save: Callable[..., Saved], journal: Journal) -> None:
    save("secretword", 0)
    saved = save("secretword two", 0, "other")
    journal.save_entry("i", "log", {"x": "secretword"}, base=0, happened=NOON, sitting="s", moment=NOON)
    shown = [journal, journal._store, saved, journal.answers(), journal.conflicts(), journal.entries(), journal.whole()]
    key = Key.from_passphrase("secretword")
    assert "secretword" not in repr([*shown, key, RAW])
    assert not re.search(bytes(range(32)).hex()[:16], repr(RAW))


def test_an_error_while_saving_shows_no_word(save: Callable[..., Saved], capfd: pytest.CaptureFixture[str]) -> None:
    for value in ("secretword " * 30_000, ("secretword",)):
        with pytest.raises((TooLong, NotAnAnswer)) as told:
            save(value, 0)
        assert "secretword" not in repr(told.value) + str(told.value)
    assert capfd.readouterr() == ("", "")


# Events and settings


def test_events_keep_the_order_in_which_they_were_noted(journal: Journal) -> None:
    late = Moment.at(dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
    journal.note("paused", {}, moment=late)
    journal.note("gate-clear", {"gate": "safety-gate"}, moment=NOON)
    assert [event.kind for event in journal.events()] == ["paused", "gate-clear"]
    (clear,) = journal.events(["gate-clear"])
    assert (clear.detail, clear.moment) == ({"gate": "safety-gate"}, NOON)


def test_settings_are_remembered_and_changed(journal: Journal) -> None:
    assert journal.setting("theme") is None
    journal.set_setting("theme", "dark")
    journal.set_setting("theme", {"name": "light"})
    assert journal.setting("theme") == {"name": "light"}


def test_everything_is_there_after_opening_again(save: Callable[..., Saved], journal: Journal) -> None:
    save("a", 0)
    journal.note("paused", {}, moment=NOON)
    journal.set_setting("x", 1)
    whole = journal.whole()
    journal.close()
    with Journal.open(journal.path, never_kept=(), key=journal._store.key) as again:
        assert again.whole() == whole
