"""A person's own lines in their logs: habits by name, a clearer way to act as a promise, a slip that stays a slip."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from rekindle.content import catalog
from rekindle.errors import DiskFull
from rekindle.forms.card import Card
from rekindle.forms.own_words import OwnChoice
from rekindle.records import Json, Moment
from tests.days import ago
from tests.visit import Refuse, Visit, act, acts, inside, open_journal, press, stand, text_of, where_open, words_in

SAY = catalog().say
RARE = "quittenkompott"
DOUBTS: list[Json] = [
    {"act": "I say five minutes", "instead": "I say the real time"},
    {"act": "I go quiet"},
    {"act": "I hide my phone", "instead": "  I leave it on the table "},
    {"act": "twice", "instead": "I say the real time"},
]


def keep(exercise: str, field: str, value: Json) -> None:
    with open_journal() as journal:
        journal.save(exercise, field, value, base=0, wording="", sitting="before", moment=Moment.now("Europe/Berlin"))


def habit(card: Card, name: str) -> OwnChoice:
    assert card.log
    control = card.log.controls[f"day/{name}"]
    assert isinstance(control, OwnChoice)
    return control


def shown(control: OwnChoice) -> str:
    return text_of(control._words.told)


def mark(one: Visit, control: OwnChoice, number: int) -> None:
    one.hear(control._words, t="act", act=f"choose {number}")


def test_a_press_on_a_list_that_has_just_changed_means_the_line_that_was_seen(visit: Callable[..., Visit]) -> None:
    stand(where_open("doubt-triggers"))
    one = visit()
    card = one.open("doubt-triggers")
    assert card.log
    choice = card.log.controls["weekly/habit"]
    assert isinstance(choice, OwnChoice)
    (seen,) = acts(choice.widget)
    assert "Another one" in shown(choice)
    one.answer(card.controls["rows"], [{"act": "I vanish", "instead": "I say when I am back"}])
    assert len(acts(choice.widget)) == 2
    one.hear(choice._words, t="act", act=seen)
    (entry,) = one.entries("doubt-triggers")
    assert entry.values == {"habit": "other"}


# Habits


def test_habits_are_asked_for_by_the_names_that_the_person_gave_them(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("habit-tracker")
    assert [shown(habit(card, f"h{n}")).startswith(f"Habit {n} Yes") for n in (1, 2, 3, 4)] == [True] * 4
    names: list[dict[str, str]] = [{"row": "h1", "habit": f"{RARE} <b>"}, {"row": "h3", "habit": "Bed by midnight"}]
    one.answer(card.controls["names"], names)
    assert [shown(habit(card, f"h{n}")) for n in (1, 2, 3, 4)] == [
        f"{RARE} <b> Yes A bit Rest day",
        "",
        "Bed by midnight Yes A bit Rest day",
        "",
    ], "a habit without a name rests once others have one"
    mark(one, habit(card, "h1"), 0)
    mark(one, habit(card, "h3"), 2)
    (entry,) = one.entries("habit-tracker")
    assert entry.values == {"h1": "yes", "h3": "rest"}, "stored by their ids"
    press(card.root, SAY("interface.buttons.save_entry"))
    listed = words_in(card.log.history.widget) if card.log else ""
    assert f"{RARE} <b> Yes" in listed
    assert "Bed by midnight Rest day" in listed
    assert "Habit" not in listed
    state = json.dumps([widget.get_state() for widget in inside(card.root)], default=str)
    assert RARE not in state, "the name of a habit travels as told words only"


def test_a_mark_stays_in_sight_when_its_habit_has_lost_its_name(visit: Callable[..., Visit]) -> None:
    keep("habit-tracker", "names", [{"row": "h1", "habit": "Walk"}, {"row": "h2", "habit": "Read"}])
    one = visit()
    card = one.open("habit-tracker")
    mark(one, habit(card, "h2"), 1)
    one.answer(card.controls["names"], [{"row": "h1", "habit": "Walk"}])
    assert shown(habit(card, "h2")).startswith("Habit 2 Yes A bit")
    mark(one, habit(card, "h2"), 1)
    assert shown(habit(card, "h2")) == "", "taken back, it rests"


def test_a_name_is_told_as_the_persons_own_words(visit: Callable[..., Visit]) -> None:
    keep("habit-tracker", "names", [{"row": "h1", "habit": "Walk"}])
    card = visit().open("habit-tracker")
    asked = habit(card, "h1")._words.told[0]
    assert isinstance(asked, dict)
    assert "rk-words" in asked["cls"], "so that hiding words hides it"


# A clearer way to act, as a promise


@pytest.fixture
def doubting(visit: Callable[..., Visit]) -> tuple[Visit, Card]:
    """Give an open page with four rows of doubts, two of which hold something new to do."""
    stand(where_open("doubt-triggers"))
    keep("doubt-triggers", "rows", DOUBTS)
    one = visit()
    return one, one.open("doubt-triggers")


def test_each_clearer_way_to_act_can_become_a_promise_once(doubting: tuple[Visit, Card]) -> None:
    one, card = doubting
    assert [a for a in acts(card.root) if a.startswith("pledge")] == ["pledge 0", "pledge 1"]
    assert one.entries("promise-log") == [], "nothing is written unasked"
    act(card.root, "pledge 1")
    (entry,) = one.entries("promise-log")
    today = one.page.host.today()
    assert entry.values == {"promise": "I leave it on the table", "promised": today.isoformat()}
    assert entry.happened.local_date == today
    assert catalog().exercise("doubt-triggers").says["pledged"] in words_in(card.root)
    assert [a for a in acts(card.root) if a.startswith("pledge")] == ["pledge 0"]
    act(card.root, "pledge 0")
    assert [a for a in acts(card.root) if a.startswith("pledge")] == []
    assert len(one.entries("promise-log")) == 2
    one.done(card)
    again = one.open("doubt-triggers")
    assert "pledge" not in "".join(acts(again.root)), "not offered a second time after a later visit either"
    assert catalog().exercise("doubt-triggers").says["pledged"] not in words_in(again.root)


def test_a_promise_that_was_taken_out_can_be_written_again(doubting: tuple[Visit, Card]) -> None:
    one, card = doubting
    act(card.root, "pledge 0")
    with open_journal() as journal:
        journal.delete_entry(one.entries("promise-log")[0].id, moment=Moment.now())
    one.show()
    assert "pledge 0" in acts(card.root)


def test_a_promise_that_could_not_be_kept_in_the_file_is_not_called_written(
    doubting: tuple[Visit, Card], refuse: Refuse
) -> None:
    one, card = doubting
    mend = refuse(DiskFull(path="/a"))
    act(card.root, "pledge 0")
    assert catalog().exercise("doubt-triggers").says["pledged"] not in words_in(card.root)
    assert SAY("errors.disk-full.happened", path="/a") in words_in(one.page.head)
    mend()
    act(card.root, "pledge 0")
    assert len(one.entries("promise-log")) == 1


def test_the_new_promise_is_an_entry_like_any_other(doubting: tuple[Visit, Card]) -> None:
    one, card = doubting
    act(card.root, "pledge 0")
    log = one.open("promise-log")
    act(log.root, "change")
    assert log.log
    assert log.log.controls["entry/promise"].value() == "I say the real time"


# Space


def test_a_slip_stays_where_it_was_and_nothing_goes_back_to_zero(visit: Callable[..., Visit]) -> None:
    one = visit()
    today = ago(0).local_date
    keep("space-agreement", "start", (today - dt.timedelta(days=29)).isoformat())
    says = catalog().exercise("space-counter").says

    def told(kept: int) -> str:
        return says["kept"].format(kept=kept, total=30)

    card = one.open("space-counter")
    assert told(30) in words_in(card.root)
    for who, days_back, kept in (("they", 3, 30), ("needed", 4, 30), ("chance", 5, 30), ("me", 10, 29), ("me", 0, 28)):
        assert card.log
        one.answer(card.log.controls["event/day"], (today - dt.timedelta(days=days_back)).isoformat())
        one.answer(card.log.controls["event/who"], who)
        press(card.root, SAY("interface.buttons.save_entry"))
        assert told(kept) in words_in(card.root), who
    assert len(one.entries("space-counter")) == 5, "every slip stays in the log"
    act(card.root, "remove")
    assert told(29) in words_in(card.root)
    act(card.root, "back")
    assert told(28) in words_in(card.root)


# A steady proof, as a promise

PROOFS: Json = [
    {"happened": "I said I had stopped", "kind": "steady", "whose": "theirs", "proof": "I say it on the same day"},
    {"happened": "My diary was read", "kind": "faith", "whose": "mine", "proof": "They ask me first"},
    {"happened": "We both went quiet", "kind": "dependable", "proof": "I ring when I am late"},
]


def test_a_steady_proof_can_become_a_promise_but_not_one_that_is_theirs_to_give(visit: Callable[..., Visit]) -> None:
    stand(where_open("trust-map"))
    keep("trust-map", "rows", PROOFS)
    one = visit()
    card = one.open("trust-map")
    assert [a for a in acts(card.root) if a.startswith("pledge")] == ["pledge 0", "pledge 1"]
    act(card.root, "pledge 1")
    (entry,) = one.entries("promise-log")
    assert entry.values["promise"] == "I ring when I am late"
    assert catalog().exercise("trust-map").says["pledged"] in words_in(card.root)
    assert [a for a in acts(card.root) if a.startswith("pledge")] == ["pledge 0"]
    act(card.root, "pledge 0")
    assert {e.values["promise"] for e in one.entries("promise-log")} == {
        "I say it on the same day",
        "I ring when I am late",
    }
