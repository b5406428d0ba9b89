"""A page's life: filled when shown, put away when hidden, and what safety ticks leave behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.errors import DiskFull, UnknownExercise
from rekindle.page.gates import AFTER_STOP, GATES
from rekindle.records import Moment
from tests.visit import Refuse, Visit, act, acts, open_journal, stand, words_in

SAY = catalog().say


def harms(gate: str) -> list[str]:
    """Return the ids of a gate's ticks that tell of harm."""
    options = getattr(catalog().exercise(gate).field(GATES[gate]), "options", ())
    return [option.id for option in options if option.id not in ("none", "skip")]


EVERY_TICK = [(gate, tick) for gate in GATES for tick in harms(gate)]


def test_a_page_built_long_ago_shows_what_was_answered_since(visit: Callable[..., Visit]) -> None:
    warm = visit()
    warm.page.exercise("say-it-to-myself")
    other = visit()
    other.answer(other.open("say-it-to-myself").controls["wish"], 8)
    assert warm.journal is None, "a page that nobody sees reads nothing"
    assert warm.open("say-it-to-myself").controls["wish"].value() == 8


def test_building_a_whole_part_touches_no_journal(visit: Callable[..., Visit], home: Path) -> None:
    one = visit()
    for exercise in catalog().exercises:
        one.page.exercise(exercise.id)
    assert not (home / "rekindle").exists()


def test_a_page_is_called_filled_after_it_was_filled(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.exercise("say-it-to-myself")
    one.show()
    assert [said["t"] for said in one.said][-1] == "shown"


def test_one_exercise_has_one_card_on_a_page(visit: Callable[..., Visit]) -> None:
    page = visit().page
    assert page.exercise("screen-check") is page.exercise("screen-check")
    with pytest.raises(UnknownExercise):
        page.exercise("no-such-page")


def test_a_card_says_in_words_how_far_it_is(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("say-it-to-myself")
    assert "About 5 minutes" in words_in(card.root)
    one.answer(card.controls["wish"], 5)
    other = visit()
    other.page.exercise("say-it-to-myself")
    other.show()
    assert other.front("say-it-to-myself")[1] == SAY("interface.card.started")
    one.done(card)
    assert one.front("say-it-to-myself")[1].startswith(SAY("interface.card.done", date="").rstrip())


# Safety ticks


@pytest.mark.parametrize(("gate", "tick"), EVERY_TICK)
@pytest.mark.parametrize("away", ["done", "hidden"])
def test_a_safety_tick_becomes_a_pause_only_when_the_page_is_put_away_and_is_found_nowhere(
    gate: str, tick: str, away: str, visit: Callable[..., Visit], home: Path
) -> None:
    one = visit()
    card = one.open(gate)
    control = card.controls[GATES[gate]]
    one.answer(control, [tick])
    assert one.last("kept")["at"] == "", "no time: the page must not call it saved"
    assert one.events() == []
    assert "paused" not in one.page.book.standing().also
    one.answer(control, [])
    one.answer(control, [tick])
    if away == "done":
        one.done(card)
    else:
        one.hide()
    kinds = [kind for kind in one.events() if kind != "done"]
    assert kinds == (["paused", "closed"] if tick == AFTER_STOP else ["paused"])
    assert "paused" in one.page.book.standing().also
    for path in (home / "rekindle").rglob("*"):
        if path.is_file():
            assert f'"{tick}"'.encode() not in path.read_bytes()
            assert GATES[gate].encode() not in path.read_bytes()
    one.hide()
    assert [kind for kind in one.events() if kind != "done"] == kinds, "once"


def test_ticks_are_gone_from_the_page_when_it_comes_back(visit: Callable[..., Visit]) -> None:
    one = visit()
    control = one.open("safety-gate").controls["to_me"]
    one.answer(control, harms("safety-gate")[:2])
    one.hide()
    one.show()
    assert control.value() == []
    assert one.page.book.context("safety-gate").ticked == frozenset()


def test_a_slip_that_is_taken_back_leaves_nothing(visit: Callable[..., Visit]) -> None:
    one = visit()
    control = one.open("safety-gate").controls["to_me"]
    one.answer(control, harms("safety-gate")[:1])
    one.answer(control, [])
    one.hide()
    assert one.events() == []


def test_a_gate_that_is_skipped_assumes_nothing_and_one_with_none_is_clear(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("safety-gate")
    one.answer(card.controls["to_me"], None)
    one.hide()
    assert one.events() == []
    one.show()
    one.answer(card.controls["to_me"], ["none"])
    one.hide()
    assert one.events() == ["gate-clear"]


def test_a_pause_that_could_not_be_noted_is_noted_later(visit: Callable[..., Visit], refuse: Refuse) -> None:
    one = visit()
    card = one.open("safety-gate")
    one.answer(card.controls["to_me"], harms("safety-gate")[:1])
    mend = refuse(DiskFull(path="/a"))
    one.hide()
    assert SAY("errors.disk-full.happened", path="/a") in words_in(one.page.head)
    one.done(card)
    assert card.is_open
    mend()
    one.hide()
    assert one.events() == ["paused"]


def test_the_way_out_of_a_pause_is_the_support_page_and_both_gates_again(visit: Callable[..., Visit]) -> None:
    stand("paused")
    one = visit()
    gate = one.open("safety-gate")
    assert SAY("support.title") in words_in(gate.root)
    act(gate.root, "support-read")
    assert "support-read" not in acts(gate.root)
    for id_, field in GATES.items():
        card = one.open(id_)
        assert "paused" in one.page.book.standing().also
        one.answer(card.controls[field], ["none"])
        one.done(card)
    assert "paused" not in one.page.book.standing().also


# A stop is lasting


def test_a_stop_outlives_a_changed_answer_once_the_page_was_put_away(visit: Callable[..., Visit]) -> None:
    stand("open")
    one = visit()
    card = one.open("consent-gate")
    one.answer(card.controls["asked"], "stop")
    one.answer(card.controls["asked"], "in-touch")
    one.hide()
    assert one.events() == [], "a slip of the finger"
    one.answer(card.controls["asked"], "stop")
    one.hide()
    one.answer(card.controls["asked"], "in-touch")
    assert one.events() == ["closed"]
    assert "closed" in one.page.book.standing().also


# Hidden words


@pytest.mark.parametrize(
    ("seen", "want", "hides"),
    [
        ("nobody", [], False),
        ("maybe", [], True),
        ("yes", [], True),
        (None, [], True),
        ("nobody", ["hide"], True),
        ("nobody", ["none"], False),
    ],
)
def test_words_start_hidden_where_somebody_could_see_them(
    seen: str | None, want: list[str], hides: bool, visit: Callable[..., Visit]
) -> None:
    one = visit()
    one.show()
    assert one.last("hide")["on"] is False
    card = one.open("screen-check")
    one.answer(card.controls["seen"], seen)
    one.answer(card.controls["want"], want)
    one.done(card)
    assert one.last("hide")["on"] is hides
    later = visit()
    later.show()
    assert later.last("hide")["on"] is hides
    for chosen, kept in (("yes", True), ("no", False)):
        later.hear(later.page.presence, t="shown", zone="UTC", dirty=[], hiding=chosen)
        assert later.page.hidden is kept, "what the person chose is stronger"


def test_words_are_told_to_hide_before_any_is_filled_in(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.answer(one.open("screen-check").controls["seen"], "yes")
    later = visit()
    later.page.exercise("say-it-to-myself")
    later.show()
    assert later.said[0]["t"] == "hide"


# The frame


def test_the_contact_state_stands_on_every_page_with_the_way_to_change_it(visit: Callable[..., Visit]) -> None:
    stand("closed")
    one = visit()
    one.show()
    told = words_in(one.page.head)
    assert SAY("states.contact.closed.name") in told
    assert SAY("states.contact.closed.meaning") in told
    assert SAY("interface.fold.see_why") in told
    assert one.last("frame")["folded"] == ["rebuild-trust", "reconnect", "take-it-slow"]
    assert one.last("frame")["card"] == []


def test_charts_carry_short_dates_and_the_year_only_where_it_is_another(visit: Callable[..., Visit]) -> None:
    today = dt.datetime.now(dt.UTC)
    with open_journal() as journal:
        for back in range(6):
            at = Moment.at(today - dt.timedelta(days=back), "Europe/Berlin")
            journal.save_entry(f"m{back}", "mood-check-in", {"mood": back}, base=0, happened=at, sitting="s", moment=at)
    one = visit()
    card = one.open("mood-check-in")
    day = Moment.now("Europe/Berlin").local_date
    short = SAY("interface.dates.short", day=day.day, month=SAY(f"interface.dates.brief_{day.month}"))
    assert short in words_in(card.root)


@pytest.mark.parametrize(
    ("name", "line"), [("closed", "must_talk"), ("order", "must_talk_order"), ("open", "must_talk")]
)
def test_what_must_be_talked_about_can_be_facts_only(name: str, line: str, visit: Callable[..., Visit]) -> None:
    stand(name)
    one = visit()
    one.show()
    before = words_in(one.page.head)
    says = catalog().exercise("consent-gate").says
    said = {key: says[key].format(topics="children") for key in ("must_talk", "must_talk_order")}
    assert not any(text in before for text in said.values())
    one.answer(one.open("consent-gate").controls["must_talk"], ["children"])
    told = words_in(one.page.head)
    assert [key for key, text in said.items() if text in told] == [line]


def test_help_for_somebody_who_may_harm_says_honestly_that_no_number_was_checked(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("my-own-line")
    one.answer(card.controls["by_me"], harms("my-own-line")[:1])
    assert SAY("interface.help.harm_none") in words_in(card.root)
