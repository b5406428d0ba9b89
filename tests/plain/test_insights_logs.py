"""Logs given back: days as the person saw them, gaps as gaps, and nothing from fewer than five."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rekindle.contact import Standing, State
from rekindle.content import catalog
from rekindle.insights import Context, check, fill, findings, mood_week, promises_by_fortnight, words_of
from rekindle.insights.frames import answers_frame, entries_frame
from rekindle.records import Answer, Entry, Moment

TODAY = dt.date(2026, 5, 12)


def at(day: int, hour: int = 12, zone: str = "UTC", month: int = 5) -> Moment:
    return Moment.at(dt.datetime(2026, month, day, hour, tzinfo=dt.UTC), zone)


def entry(exercise: str, moment: Moment, /, **values: Any) -> Entry:
    return Entry(f"{moment.utc:%m%d%H}", exercise, values, moment)


def mood(day: int, value: Any, hour: int = 12, zone: str = "UTC", **more: Any) -> Entry:
    return entry("mood-check-in", at(day, hour, zone), mood=value, **more)


def shown(exercise: str, entries: Any, answers: Any = None, **more: Any) -> list[Any]:
    return findings(exercise, answers or {}, entries, Context(today=TODAY, **more))


def kinds(exercise: str, entries: Any, answers: Any = None, **more: Any) -> list[str]:
    return [f.sentence for f in shown(exercise, entries, answers, **more)]


def page(exercise: str, entries: Any, answers: Any = None, **more: Any) -> list[str]:
    words = words_of(catalog().exercise(exercise))
    return [fill(f, words) for f in shown(exercise, entries, answers, **more)]


# --- mood ------------------------------------------------------------------------------------------------------------

WEEK = [mood(6, 3), mood(8, 7, 9), mood(8, 4, 21), mood(9, 0), mood(11, 10), mood(12, 4)]


def test_a_week_of_moods_has_gaps_and_the_mean_of_several_a_day() -> None:
    assert mood_week(WEEK, TODAY) == {
        "day": [f"2026-05-{d:02}" for d in range(6, 13)],
        "mood": [3, None, 5.5, 0, None, 10, 4],
    }
    assert page("mood-check-in", WEEK) == [
        "You noted 4 out of 10. That is one dot, and nothing more is asked of it.",
        "You have dots on 5 of the last seven days. The blanks are only blanks.",
        "This week your mood went from 0 to 10.",
    ]


def test_four_moods_or_two_days_make_no_line() -> None:
    assert mood_week(WEEK[:4], TODAY) is None
    two_days = [mood(12, 5, h) for h in range(5)] + [mood(11, 5)]
    assert mood_week(two_days, TODAY) is None
    assert "range_week" not in kinds("mood-check-in", two_days)


def test_a_blank_or_deleted_mood_is_no_dot() -> None:
    gone = Entry("x", "mood-check-in", {"mood": 0}, at(10), deleted=True)
    assert mood_week([*WEEK, gone, mood(7, None), mood(10, True), mood(10, 11)], TODAY) == mood_week(WEEK, TODAY)


def test_a_day_is_the_one_that_the_person_saw() -> None:
    # 03:00 UTC on the 12th is still the 11th in Los Angeles; 12:00 UTC on the 11th is the 12th in Auckland.
    late, early = mood(12, 2, 3, "America/Los_Angeles"), mood(11, 8, 12, "Pacific/Auckland")
    frame = mood_week([*WEEK[:4], late, early], TODAY)
    assert frame is not None
    assert list(frame["mood"])[-2:] == [2, 8]


def test_days_of_25_and_23_hours_are_days() -> None:
    # New York, 1 November: clocks go back, so 04:00 UTC is its first hour and 04:00 UTC a day later still its last.
    york = [((1, 4), 1), ((1, 21), 3), ((2, 4), 2), ((2, 5), 8), ((3, 5), 6)]
    entries = [entry("mood-check-in", at(*utc, "America/New_York", 11), mood=m) for utc, m in york]
    frame = mood_week(entries, dt.date(2026, 11, 3))
    assert frame is not None
    assert list(frame["mood"])[-3:] == [2, 8, 6]
    # Berlin, 29 March: clocks go forward, so 22:00 UTC is already the next day.
    berlin = [((28, 22), 1), ((28, 23), 3), ((29, 21), 5), ((29, 22), 9), ((30, 9), 7)]
    entries = [entry("mood-check-in", at(*utc, "Europe/Berlin", 3), mood=m) for utc, m in berlin]
    frame = mood_week(entries, dt.date(2026, 3, 30))
    assert frame is not None
    assert list(frame["mood"])[-3:] == [1, 4, 8]


@pytest.mark.parametrize(
    ("days", "low"),
    [
        ({10: 2, 11: 0, 12: 1}, True),
        ({9: 2, 10: 0, 11: 1}, True),
        ({8: 2, 9: 0, 10: 1}, False),
        ({9: 2, 11: 0, 12: 1}, False),
        ({10: 2, 11: 3, 12: 1}, False),
    ],
)
def test_three_low_days_running_bring_the_support_card(days: dict[int, int], low: bool) -> None:
    found = shown("mood-check-in", [mood(d, m) for d, m in days.items()])
    assert ("support" in [f.help for f in found]) is low


def test_one_better_hour_lifts_the_day() -> None:
    entries = [mood(10, 0), mood(11, 0), mood(12, 0), mood(12, 8, 20)]
    assert "low_three" not in kinds("mood-check-in", entries)


def test_a_rest_day_is_a_full_day() -> None:
    assert "rest_day" in kinds("mood-check-in", [mood(12, 5, rest="yes")])
    assert kinds("mood-check-in", [mood(11, 5, rest="yes")]) == ["week_one"]


# --- promises --------------------------------------------------------------------------------------------------------


def promise(day: int, outcome: Any, month: int = 5, **more: Any) -> Entry:
    return entry("promise-log", at(day, month=month), outcome=outcome, **more)


def many(kept: int, missed: int = 0, repaired: int = 0, **other: int) -> list[Entry]:
    outcomes = ["kept"] * kept + ["missed"] * missed + [o for o, n in other.items() for _ in range(n)]
    entries = [promise(1 + i, o) for i, o in enumerate(outcomes)]
    mended = [Entry(e.id, e.exercise, {**e.values, "repair": "said so"}, e.happened) for e in entries]
    return entries[:kept] + mended[kept : kept + repaired] + entries[kept + repaired :]


def test_kept_and_repaired_are_counted() -> None:
    assert page("promise-log", many(9, missed=3, repaired=2))[0] == "You kept 9 of 12 and repaired 2 of 3."
    assert kinds("promise-log", many(9, missed=3)) == ["kept_repaired", "with_anyone"]


@pytest.mark.parametrize(("kept", "missed", "nudge"), [(7, 3, False), (6, 4, True), (4, 1, False), (3, 2, True)])
def test_under_seven_in_ten_fewer_and_smaller(kept: int, missed: int, nudge: bool) -> None:
    assert ("smaller" in kinds("promise-log", many(kept, missed))) is nudge


def test_four_settled_promises_say_nothing_about_keeping() -> None:
    four = [*many(1, 3), promise(9, None)]
    assert kinds("promise-log", four) == ["open_one", "with_anyone"]
    assert promises_by_fortnight(four) is None


def test_all_kept_none_kept_and_changed_with_notice() -> None:
    assert kinds("promise-log", many(5))[0] == "kept_all_many"
    assert kinds("promise-log", many(0, partly=5))[:2] == ["kept_none", "partly_many"]
    assert kinds("promise-log", many(4, changed=1))[:2] == ["kept_only", "changed_one"]


def test_a_fortnight_without_a_promise_is_a_gap_and_not_a_nought() -> None:
    spread = [promise(27, "kept", 4), promise(28, "kept", 4), promise(25, "missed"), promise(26, "changed")]
    assert promises_by_fortnight([*spread, promise(7, "kept", 6), promise(7, None, 6)]) == {
        "fortnight": ["2026-04-27", "2026-05-11", "2026-05-25"],
        "kept": [2, None, 1],
        "partly": [0, None, 0],
        "missed": [0, None, 1],
        "changed": [0, None, 1],
    }


def test_a_known_fortnight() -> None:
    # Monday 27 April 2026 is day 739,733 from 1 January of year 1, a Monday too: 739,732 days are 52,838 fortnights.
    edge = [promise(26, "kept", 4), promise(27, "kept", 4), promise(10, "missed"), promise(11, "missed")]
    assert promises_by_fortnight([*edge, promise(11, "partly")]) == {
        "fortnight": ["2026-04-13", "2026-04-27", "2026-05-11"],
        "kept": [1, 1, 0],
        "partly": [0, 0, 1],
        "missed": [0, 1, 1],
        "changed": [0, 0, 0],
    }


def test_at_most_six_fortnights_are_shown() -> None:
    entries = [promise(1, "kept", m) for m in range(1, 12)]
    frame = promises_by_fortnight(entries)
    assert frame is not None
    assert len(frame["fortnight"]) == 6


# --- urges -----------------------------------------------------------------------------------------------------------


def urge(day: int, before: Any, after: Any, *did: str, hour: int = 22, **more: Any) -> Entry:
    return entry("urge-log", at(day, hour), before=before, after=after, did=list(did), **more)


def test_waited_out_is_counted_from_five() -> None:
    four = [urge(d, 8, 5, "waited") for d in range(1, 5)]
    assert kinds("urge-log", four) == ["noted_many"]
    five = [*four, urge(5, 9, 9, "wrote", "contacted")]
    assert page("urge-log", five) == [
        "You have noted 5 urges. Noticing them is a skill.",
        "It happened. What can we learn?",
        "You waited out 4 of 5.",
        "The pull was lower afterwards 4 times.",
        "Most of them came at night.",
        "Each dot stands where one came, by day of the week and hour. A larger dot is more than one.",
    ]


def test_when_they_came_is_drawn_from_five_on_the_persons_own_clock() -> None:
    # 1 May 2026 is a Friday; ten at night in UTC is eleven in London in summer.
    entries = [entry("urge-log", at(d, 22, "Europe/London")) for d in (1, 8, 2, 3, 4)]
    frame = next(f.frame for f in shown("urge-log", entries) if f.chart == "hours")
    assert frame == {"weekday": [0, 4, 5, 6], "hour": [23, 23, 23, 23], "count": [1, 2, 1, 1]}
    assert "hours" not in kinds("urge-log", entries[:4])


def test_start_and_after_stand_side_by_side_and_the_newest_ten_are_drawn() -> None:
    entries = [urge(d, 8, d % 10, "waited") for d in range(1, 13)]
    frame = next(f.frame for f in shown("urge-log", entries) if f.chart == "urges")
    assert frame is not None
    assert frame["day"] == [f"2026-05-{d:02}" for d in range(3, 13)]
    assert frame["after"] == [d % 10 for d in range(3, 13)]


def test_an_urge_with_a_blank_number_is_not_drawn_as_nought() -> None:
    entries = [urge(d, 8, None, "waited") for d in range(1, 7)]
    assert [f.chart for f in shown("urge-log", entries) if f.chart] == ["hours"]


def test_what_sets_it_off_is_said_only_where_one_leads() -> None:
    tied = [urge(d, 5, 4, "waited", trigger=["song" if d % 2 else "place"]) for d in range(1, 7)]
    assert "often_trigger" not in kinds("urge-log", tied)
    led = [*tied, urge(9, 5, 4, "waited", trigger=["song"])]
    assert "What set it off most often: a song." in page("urge-log", led)


# --- right now -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"before": 8, "after": 5}, "lower"),
        ({"before": 8, "after": 8}, "same"),
        ({"before": 3, "after": 4}, "higher"),
        ({"before": 8, "after": None}, "blank"),
        ({"after": 0}, "blank"),
        ({"what_happened": "waited"}, "blank"),
        ({"before": 8, "after": 5, "what_happened": "contacted"}, "contacted"),
        ({"what_happened": "contacted"}, "contacted"),
    ],
)
def test_one_line_at_the_end_chosen_by_the_two_numbers(answers: Any, line: str) -> None:
    assert kinds("right-now", (), answers) == [line]


def test_ten_minutes_still_running_say_nothing() -> None:
    assert kinds("right-now", (), {"before": 8, "do": "tea"}) == []


def test_a_plan_that_has_helped_is_named_while_the_minutes_run_and_any_plan_at_the_end() -> None:
    tea, ring = "If it is late, then I will make tea", "If I see them, then I will ring Ana"

    def told(plan: str, before: list[tuple[int, int]], **more: Any) -> list[str]:
        rows = [urge(n, b, a, "plan", plan=tea) for n, (b, a) in enumerate(before, 1)]
        return page("right-now", (), {"before": 8, "do": "plan", "plan": plan, **more}, logs={"urge-log": rows})

    four, five = [(8, 5)] * 4, [(8, 5)] * 4 + [(5, 5)]
    assert told(tea, four) == [], "four rated times are too few"
    assert told(tea, five) == [f"With this plan, the pull was lower afterwards 4 of 5 times: {tea}"]
    assert told(tea, [(5, 5)] * 5) == [], "in those minutes nobody is told that a plan has not helped"
    assert told(ring, five) == []
    assert told(tea, five, do="tea") == []
    assert told(tea, [(5, 5)] * 5, after=5)[1:] == [
        f"By your urge log, you have used this plan 5 times: {tea}",
        f"With this plan, the pull has not been lower so far. A plan can change: {tea}",
    ]


@pytest.mark.parametrize("state", [State.CLOSED, State.PAUSED])
def test_contact_made_while_closed_has_a_line_of_its_own(state: State) -> None:
    now = Standing(state, "closed", also=frozenset({state, State.CLOSED}))
    found = shown("right-now", (), {"what_happened": "contacted"}, standing=now)
    assert [(f.sentence, f.pages) for f in found] == [("contacted_closed", ("my-own-line",))]


@pytest.mark.parametrize(("after", "uses", "line"), [(9, 1, "still_strong"), (8, 3, "often_today"), (8, 2, None)])
def test_a_strong_end_or_three_times_a_day_brings_the_support_card(after: int, uses: int, line: Any) -> None:
    entries = [entry("right-now", at(12, 8 + n)) for n in range(uses)] + [entry("right-now", at(11, 8))] * 3
    found = [f for f in shown("right-now", entries, {"before": 9, "after": after}) if f.help]
    assert [(f.sentence, f.pages) for f in found] == ([(line, ("support-card",))] if line else [])


def test_the_free_page_shows_nothing() -> None:
    assert kinds("my-page", [entry("my-page", at(12), text="x")], {"text": "I feel terrible"}) == []


# --- the message check -----------------------------------------------------------------------------------------------

NOON = at(12)
GOOD = "Hi Sam, saw a heron by the canal and thought of your sketches. No need to reply."


def flags(draft: str, page_id: Any = "first-hello", now: Moment = NOON, **more: Any) -> list[str]:
    return [f.sentence for f in check(draft, page_id, now, ticked=("true", "friend-test"), **more)]


def test_a_light_short_hello_is_never_called_good_to_send() -> None:
    assert flags(GOOD) == ["tally", "short_good", "no_flags"]
    words = words_of(catalog().exercise("first-hello"))
    last = fill(check(GOOD, "first-hello", NOON)[-1], words)
    assert "does not mean good to send" in last


def test_the_tally() -> None:
    words = words_of(catalog().exercise("first-hello"))
    assert fill(check("Are you well? You must answer me", "first-hello", NOON)[0], words) == (
        "7 words, 1 question, 2 pressure words."
    )
    assert flags("   ") == ["tally"]


@pytest.mark.parametrize(
    ("draft", "flag"),
    [
        ("word " * 51, "short_long"),
        ("I am sorry", "heavy"),
        ("Remember when we danced", "past"),
        ("Please answer me", "push"),
        ("why haven\N{RIGHT SINGLE QUOTATION MARK}t you called", "push"),
        ("I can't live without you", "leverage"),
        ("How are you? And the cat?", "questions_two"),
        ("a? b? c?", "questions_more"),
        ("hi! there!", "volume"),
        ("HELLO THERE", "volume"),
        ("PLEASE", "volume"),
        ("you never called", "blame"),
        ("hello", "easy_out"),
    ],
)
def test_each_rule_notices(draft: str, flag: str) -> None:
    assert flag in flags(draft)


@pytest.mark.parametrize(
    ("draft", "flag"),
    [
        ("word " * 50, "short_long"),
        ("a lovely glove and a musty cellar", "heavy"),
        ("a musty cellar", "push"),
        ("How are you?", "questions_two"),
        ("Hi Sam! OK, the BBC had herons on", "volume"),
        (GOOD, "easy_out"),
    ],
)
def test_each_rule_lets_the_rest_be(draft: str, flag: str) -> None:
    assert flag not in flags(draft)


def test_leverage_brings_help_first() -> None:
    found = check("There is nothing to live for", "first-hello", NOON)
    assert [(f.sentence, f.pages) for f in found if f.help == "crisis"] == [("leverage", ("support-card",))]


@pytest.mark.parametrize(("hour", "late"), [(21, False), (22, True), (6, True), (7, False)])
def test_the_clock_is_theirs(hour: int, late: bool) -> None:
    assert ("timing" in flags(GOOD, now=at(12, hour))) is late
    assert "timing" in flags(GOOD, now=at(12, 12, "Pacific/Auckland"))


def test_saying_it_once_may_be_longer_and_heavier() -> None:
    heavy = "I love you and I am sorry. " + "word " * 90 + "Take your time."
    assert flags(heavy, "say-it-once") == ["tally", "short_good", "real_change"]
    assert "short_long" in flags("word " * 121, "say-it-once")


def test_saying_it_once_needs_an_easy_no_and_a_lived_change() -> None:
    ticked = ("one-change", "true", "friend-test")
    assert [f.sentence for f in check("I own it. No is okay.", "say-it-once", NOON, ticked=ticked)] == [
        "tally",
        "short_good",
        "no_flags",
    ]
    found = [f.sentence for f in check("I would like to try again.", "say-it-once", NOON, ticked=ticked)]
    assert found == ["tally", "short_good", "easy_out"]
    hello = [f.sentence for f in check("The library is open again.", "first-hello", NOON, ticked=ticked)]
    assert hello[-1] == "no_flags"


def test_own_ticks_are_asked_for_when_they_are_missing() -> None:
    found = [f.sentence for f in check(GOOD, "first-hello", NOON, ticked=())]
    assert {"true_test", "friend_test"} <= set(found)


def test_a_folded_page_checks_nothing() -> None:
    assert flags(GOOD, is_open=False) == ["gate"]


# --- frames ----------------------------------------------------------------------------------------------------------


def test_entries_become_a_frame_with_documented_columns() -> None:
    entries = [mood(12, 4, word="fog"), mood(6, 0), Entry("x", "mood-check-in", {"mood": 1}, at(7), deleted=True)]
    frame = entries_frame([*entries, entry("mood-check-in", at(13), day="clash")])
    assert list(frame.columns) == ["id", "exercise", "happened", "day", "zone", "mood", "word", "day_"]
    assert list(frame["day"]) == [dt.date(2026, 5, 6), dt.date(2026, 5, 12), dt.date(2026, 5, 13)]
    assert list(frame["mood"])[:2] == [0, 4]
    assert str(frame["happened"].dtype).startswith("datetime64")


def test_answers_become_a_frame_as_they_were_given() -> None:
    answers = [Answer("a", "b", [1, {"x": None}], 3, at(2)), Answer("a", "c", None), Answer("a", "d", "")]
    frame = answers_frame(answers)
    assert list(frame["value"]) == [[1, {"x": None}], None, ""]
    assert list(frame["revision"]) == [3, 0, 0]
    assert frame["saved"].isna().tolist() == [False, True, True]


def test_nothing_is_an_empty_frame_with_its_columns() -> None:
    assert list(answers_frame([]).columns)[:3] == ["exercise", "field", "value"]
    assert len(entries_frame([])) == 0


# --- which plan ------------------------------------------------------------------------------------------------------

PLAN = "If it is late, then I will ring Ana {x} <b>"


def test_the_plan_that_was_used_is_named_and_helped_only_from_five_rated_times_on() -> None:
    four = [urge(d, 8, 5, "plan", plan=PLAN) for d in range(1, 5)]
    assert f"You used this plan 4 times: {PLAN}" in page("urge-log", four)
    assert not {"plan_lower", "plan_same"} & set(kinds("urge-log", four))
    five = [*four, urge(5, 8, 8, "plan", plan=PLAN)]
    assert f"After it, the pull was lower 4 of 5 times: {PLAN}" in page("urge-log", five)
    blank = [*four, urge(5, 8, None, "plan", plan=PLAN)]
    assert not {"plan_lower", "plan_same"} & set(kinds("urge-log", blank))
    same = [urge(d, 5, 5, "plan", plan=PLAN) for d in range(1, 6)]
    assert "plan_same" in kinds("urge-log", same)
    assert all(f.own_words for f in shown("urge-log", five) if f.sentence.startswith("plan_"))


def test_another_plan_is_no_plan_of_the_page_and_the_page_says_which_one_was_used() -> None:
    other = [urge(1, 8, 5, "plan", plan="other")]
    assert "plan_one" not in kinds("urge-log", other)
    answers = {"plans": [{"if": "it is late", "then": "ring Ana"}]}
    used = {"urge-log": [urge(1, 8, 5, plan=PLAN)]}
    assert page("urge-if-then", (), answers, logs=used)[-2:] == [
        "By your urge log, you have used a plan once.",
        f"Once it was this one: {PLAN}",
    ]


def test_a_promise_that_was_honest_too_offers_the_log_for_that() -> None:
    kept = entry("promise-log", at(3), promise="x", outcome="kept", honesty="yes")
    [found] = [f for f in shown("promise-log", [kept]) if f.sentence == "honesty_too"]
    assert found.pages == ("honesty-log",)
    assert "honesty_too" not in kinds("promise-log", [entry("promise-log", at(3), promise="x", honesty="no")])


def test_after_a_drink_any_hour_is_late() -> None:
    assert "timing" not in flags(GOOD)
    assert "timing" in flags(GOOD, drank=True)
