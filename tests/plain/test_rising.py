"""What rises on the first page: help where it was a lot, and a page whose day has come; a chosen pause is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.insights.care import heavy
from rekindle.records import Entry, Json, Moment
from tests.days import ago
from tests.visit import HomeVisit, Visit, open_journal, stand, text_of

SAY = catalog().say
TODAY = dt.date(2026, 5, 12)


def entry(day: int, **values: Any) -> Entry:
    return Entry(f"{day}", "weekly-check-in", values, Moment.at(dt.datetime(2026, 5, day, 12, tzinfo=dt.UTC)))


@pytest.mark.parametrize(
    ("check_ins", "moods", "found"),
    [
        ([], [], ""),
        ([entry(10, happy=4)], [], ""),  # one low check-in is not two
        ([entry(3, happy=4), entry(10, happy=4)], [], "low_weeks"),
        ([entry(3, happy=5), entry(10, happy=4)], [], ""),
        ([entry(3, happy=4), entry(10, happy=5)], [], ""),
        ([entry(10, happy=4, anxious=6)], [], "on_edge"),
        ([entry(10, happy=4, anxious=5)], [], ""),
        ([entry(10, happy=5, anxious=9)], [], ""),
        ([entry(10, anxious=9)], [], ""),
        ([], [entry(10, mood=2), entry(11, mood=0), entry(12, mood=1)], "low_days"),
        ([], [entry(10, mood=2), entry(12, mood=1)], ""),  # a day without a dot is no low day
        ([], [entry(10, mood=2), entry(11, mood=3), entry(12, mood=1)], ""),
    ],
)
def test_help_rises_at_its_signs_and_at_nothing_less(check_ins: list[Entry], moods: list[Entry], found: str) -> None:
    assert heavy(check_ins, moods, TODAY) == found


def test_old_check_ins_say_nothing_about_today() -> None:
    low = [entry(3, happy=1, anxious=9), entry(10, happy=1, anxious=9)]
    assert heavy(low, [], dt.date(2026, 5, 24)) == "low_weeks"
    assert heavy(low, [], dt.date(2026, 5, 25)) == ""


def wrote(exercise: str, field: str, value: Json, days: int) -> None:
    with open_journal() as journal:
        journal.save(exercise, field, value, base=0, wording="", sitting="s", moment=ago(days))


def noted(exercise: str, days: int, **values: Json) -> None:
    with open_journal() as journal:
        journal.save_entry(
            f"{exercise}{days}", exercise, values, base=0, happened=ago(days), sitting="s", moment=ago(days)
        )


def at_home(visit: Callable[..., Visit]) -> Dashboard:
    one = visit(HomeVisit)
    one.show()
    assert isinstance(one.page, Dashboard)
    return one.page


def risen(visit: Callable[..., Visit]) -> str:
    return text_of(at_home(visit)._risen.told)


def test_nothing_rises_on_a_plain_day(visit: Callable[..., Visit]) -> None:
    page = at_home(visit)
    assert page._risen.told == ()
    assert "rk-card--none" in page._boxes[page._risen]._dom_classes


def test_help_rises_with_a_person_to_reach(visit: Callable[..., Visit]) -> None:
    for days in (8, 1):
        noted("weekly-check-in", days, happy=3)
    told = risen(visit)
    assert SAY("dashboard.rising.low_weeks") in told
    assert "Getting real help" in told
    assert SAY("support.lines") in told


@pytest.mark.parametrize(("days", "rises"), [(27, False), (28, True), (90, True)])
def test_a_choice_is_looked_at_again_after_four_weeks(days: int, rises: bool, visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", days)
    wrote("decision-check", "choose", "pause", days)
    assert (SAY("dashboard.rising.decision_check") in risen(visit)) is rises


def test_somebody_who_lets_go_is_not_asked_every_four_weeks(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", 60)
    wrote("decision-check", "choose", "let-go", 60)
    assert risen(visit) == ""


def test_the_day_to_look_back_rises_until_the_page_is_put_away(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", 60)
    wrote("let-go-path", "date", ago(2).local_date.isoformat(), 60)
    assert SAY("dashboard.rising.let_go_path") in risen(visit)
    with open_journal() as journal:
        journal.note("done", {"exercise": "let-go-path"}, moment=ago(0))
    assert risen(visit) == ""


def test_a_goal_is_asked_about_after_its_four_weeks(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", 60)
    wrote("woop-goal", "wish", "to swim", 28)
    assert SAY("dashboard.rising.woop_goal") in risen(visit)
    wrote("woop-goal", "outcome", "dropped", 0)
    assert risen(visit) == ""


def test_a_skipped_screen_check_is_offered_once_more_and_not_twice(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", None, 1)
    assert SAY("dashboard.rising.screen_check") in risen(visit)
    assert SAY("dashboard.rising.screen_check") in risen(visit)  # all of that day
    with open_journal() as journal:
        [event] = [e for e in journal.events() if e.kind == "offered-again"]
        assert dict(event.detail) == {"exercise": "screen-check"}


def test_an_offer_of_an_earlier_day_does_not_come_back(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", None, 3)
    with open_journal() as journal:
        journal.note("offered-again", {"exercise": "screen-check"}, moment=ago(2))
    assert risen(visit) == ""


def test_a_gate_that_was_passed_by_is_offered_once_before_step_3(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", 3)
    assert risen(visit) == ""  # nothing of Step 3 is open yet
    stand("quiet")
    with open_journal() as journal:
        journal.note("gate-clear", {"gate": "safety-gate"}, moment=ago(1))
    told = risen(visit)
    assert SAY("dashboard.rising.gate") in told
    assert catalog().exercise("my-own-line").title in told
    assert catalog().exercise("safety-gate").title not in told


def test_a_chosen_pause_lets_only_help_through_and_is_greeted(visit: Callable[..., Visit]) -> None:
    wrote("screen-check", "seen", "nobody", 60)
    wrote("decision-check", "choose", "pause", 60)
    noted("weekly-review", 3, week_off="week")
    page = at_home(visit)
    assert page._risen.told == ()
    assert SAY("dashboard.next.none") in text_of(page._next.told)
    assert SAY("greetings.after_a_chosen_pause") in text_of(page._greet.told)
    for days in (8, 1):
        noted("weekly-check-in", days, happy=3)
    assert SAY("dashboard.rising.low_weeks") in risen(visit)


@pytest.mark.parametrize(
    ("values", "days", "greeting"),
    [
        ({"week_off": "week"}, 10, "after_a_chosen_pause"),
        ({"week_off": "no"}, 10, "after_a_week"),
        ({"week_off": "until", "off_until": ago(1).local_date.isoformat()}, 20, "after_a_chosen_pause"),
        ({"week_off": "until", "off_until": "soon"}, 5, "after_a_chosen_pause"),
        ({"week_off": "week"}, 40, "after_a_month"),  # after a month, what is true now comes first
    ],
)
def test_who_comes_back_from_a_pause_is_told_that_it_was_theirs(
    values: dict[str, Json], days: int, greeting: str, visit: Callable[..., Visit]
) -> None:
    noted("weekly-review", days, **values)
    assert SAY(f"greetings.{greeting}") in text_of(at_home(visit)._greet.told)


def test_when_the_pause_is_over_the_book_suggests_again(visit: Callable[..., Visit]) -> None:
    noted("weekly-review", 7, week_off="week")
    assert SAY("dashboard.next.none") not in text_of(at_home(visit)._next.told)
