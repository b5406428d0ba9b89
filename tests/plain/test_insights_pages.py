"""What the pages of Steps 1 and 2 and the paths give back: sentences counted by hand, and nothing below the minimum."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rekindle.contact import Standing, State
from rekindle.content import catalog
from rekindle.insights import Context, fill, findings, reads, words_of, writing_hurts
from rekindle.insights.resting import held
from rekindle.insights.space import space_ends
from rekindle.records import Answer, Entry, Moment

TODAY = dt.date(2026, 5, 12)
CLOSED = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}), wish=State.CLOSED, closed="closed")


def at(day: int, month: int = 5) -> Moment:
    return Moment.at(dt.datetime(2026, month, day, 12, tzinfo=dt.UTC))


def entry(exercise: str, on: int, /, **values: Any) -> Entry:
    return Entry(f"{exercise}-{on}", exercise, values, at(on))


def version(exercise: str, field: str, value: Any, day: int, month: int = 5) -> Answer:
    return Answer(exercise, field, value, moment=at(day, month))


def shown(exercise: str, answers: Any = None, entries: Any = (), /, **more: Any) -> list[Any]:
    return findings(exercise, answers or {}, entries, Context(today=TODAY, **more))


def page(exercise: str, answers: Any = None, entries: Any = (), /, **more: Any) -> list[str]:
    words = words_of(catalog().exercise(exercise))
    return [fill(f, words) for f in shown(exercise, answers, entries, **more)]


def kinds(exercise: str, answers: Any = None, entries: Any = (), /, **more: Any) -> list[str]:
    return [f.sentence for f in shown(exercise, answers, entries, **more)]


def only(sentence: str, exercise: str, answers: Any = None, entries: Any = (), /, **more: Any) -> Any:
    [found] = [f for f in shown(exercise, answers, entries, **more) if f.sentence == sentence]
    return found


# --- looking back ----------------------------------------------------------------------------------------------------


def test_the_story_counts_signs_and_draws_from_three_moments() -> None:
    rows: list[dict[str, Any]] = [{"what": "quiet", "before": True, "when": "May"}, {"what": "rows", "before": True}]
    assert page("breakup-timeline", {"rows": rows}) == [
        "Your story has 2 moments so far, in your own order.",
        "You marked 2 signs before the end. It may still have felt sudden, and both can be true.",
    ]
    assert only("moments_many", "breakup-timeline", {"rows": rows}).chart is None
    drawn = only("moments_many", "breakup-timeline", {"rows": [*rows, {"what": "the day"}]})
    assert drawn.frame == {"when": ["May", "", ""], "what": ["quiet", "rows", "the day"]}
    assert kinds("breakup-timeline", {"signs": "she slept late"}) == ["put_aside"]


@pytest.mark.parametrize(("churn", "offered"), [(6, False), (7, True), (10, True), (None, False)])
def test_a_churning_week_is_offered_a_walk_or_a_list(churn: Any, offered: bool) -> None:
    assert ("churn_high" in kinds("view-from-the-balcony", {"churn": churn})) is offered


def test_writing_that_felt_worse_twice_running_is_not_helping() -> None:
    def rated(*after: Any) -> list[Entry]:
        return [entry("view-from-the-balcony", n, after=a) for n, a in enumerate(after, 1)]

    assert not writing_hurts(rated(3))
    assert not writing_hurts(rated(1, 4))
    assert writing_hurts(rated(8, 3, 0))
    assert writing_hurts(rated(3, None, 2))
    assert not writing_hurts(rated(2, 2, 9))
    assert kinds("view-from-the-balcony", {}, rated(3, 2)) == ["not_helping"]


def test_my_part_shows_no_number() -> None:
    answers = {"rows": [{"did": "shouted", "wish": "asked"}, {"did": "hid it"}], "fair": "too-hard"}
    assert kinds("my-part", answers) == ["named", "wished", "fair_too_hard"]
    assert not any(char.isdigit() for line in page("my-part", answers) for char in line)
    assert only("fair_too_hard", "my-part", answers).pages == ("kind-letter",)


def test_a_letter_gives_back_its_need_and_not_a_word_more() -> None:
    letters = [
        entry("letter-never-sent", 1, letter="SECRET", need="to be asked"),
        entry("letter-never-sent", 2, text="X"),
    ]
    assert page("letter-never-sent", {}, letters) == ["What you need most, in your words: to be asked"]
    assert kinds("letter-never-sent", {"letter": "SECRET"}, [entry("letter-never-sent", 1, letter="SECRET")]) == []


def test_a_plan_needs_both_halves() -> None:
    assert page("the-do-over", {"plan": [{"if": "late", "then": "I ring"}]}) == ["If late, then I will I ring"]
    assert kinds("the-do-over", {"new_move": "ask", "plan": [{"if": "late"}]}) == ["plan_missing"]


# --- space -----------------------------------------------------------------------------------------------------------

PROMISE: dict[Any, Any] = {("space-agreement", "start"): "2026-05-03", ("space-agreement", "whose"): "they"}


def test_space_counts_the_days_and_only_contact_that_they_started_counts() -> None:
    events = [
        entry("space-counter", 4, who="me"),
        entry("space-counter", 5, who="they"),
        entry("space-counter", 6, who="needed"),
        entry("space-counter", 7, who="chance"),
        entry("space-counter", 1, who="me"),
    ]
    urges = [entry("urge-log", 9, did=["contacted"]), entry("urge-log", 10, did=["waited"])]
    found = shown("space-counter", {}, events, answers=PROMISE, logs={"urge-log": urges})
    assert fill(found[0], words_of(catalog().exercise("space-counter"))) == "Space kept on 8 of 10 days."
    assert found[0].frame["state"] == [
        "kept",
        "contact",
        "other",
        "other",
        "other",
        "kept",
        "contact",
        "kept",
        "kept",
        "kept",
    ]
    assert [f.sentence for f in found[1:]] == ["not_counted", "set_they"]


def test_a_day_with_contact_takes_one_day_and_never_the_others() -> None:
    def kept(*events: Entry) -> Any:
        return shown("space-counter", {}, events, answers=PROMISE)[0].values

    assert kept() == {"kept": 10, "total": 10}
    assert kept(entry("space-counter", 12, who="me")) == {"kept": 9, "total": 10}
    assert "contacted" in kinds("space-counter", {}, [entry("space-counter", 12, who="me")], answers=PROMISE)


def test_space_without_a_start_says_nothing_and_one_day_is_no_share() -> None:
    assert kinds("space-counter", {}, [entry("space-counter", 4, who="me")]) == []
    assert kinds("space-counter", answers={("space-agreement", "start"): "2026-05-12"}) == ["first_day"]
    assert kinds("space-counter", answers={("space-agreement", "start"): "2026-06-01"}) == ["starts_later"]


def test_the_look_again_day_opens_a_look_at_oneself_and_never_a_message() -> None:
    ended = PROMISE | {("space-agreement", "end"): "2026-05-10"}
    assert only("look_now", "space-counter", answers=ended).pages == ()
    space = Standing(State.SPACE, "space", also=frozenset({State.SPACE}), wish=State.SPACE)
    assert only("look_now", "space-counter", answers=ended, standing=space).pages == ("should-i",)
    over = Standing(State.SPACE, "", also=frozenset({State.SPACE}), wish=State.SPACE, space_over=True)
    assert only("look_now", "space-counter", answers=ended, standing=over).pages == ("ready-check",)
    assert shown("space-counter", answers=ended)[0].values == {"kept": 8, "total": 8}


def test_the_look_again_never_comes_before_a_day_that_they_named() -> None:
    named = {("consent-gate", "asked"): "until-date", ("consent-gate", "until"): "2026-06-01"}
    sooner = PROMISE | {("space-agreement", "end"): "2026-05-05"}
    later = PROMISE | {("space-agreement", "end"): "2026-07-01"}
    assert space_ends(sooner | named)[1] == space_ends(PROMISE | named)[1] == dt.date(2026, 6, 1)
    assert space_ends(later | named)[1] == dt.date(2026, 7, 1)
    assert space_ends(sooner | named | {("consent-gate", "asked"): "space"})[1] == dt.date(2026, 5, 5)


def test_a_day_that_is_noted_only_in_the_promise_leads_to_the_gate() -> None:
    now = Standing(State.SPACE, "space", wish=State.SPACE)
    found = shown("space-agreement", {"whose": "they", "end": "2026-05-20"}, standing=now)
    assert next(f for f in found if f.sentence == "date_not_there").pages == ("consent-gate",)


def test_their_date_is_not_made_shorter() -> None:
    until = Standing(State.SPACE, "space-until", until=dt.date(2026, 6, 1), wish=State.SPACE)
    answers = {"whose": "they", "end": "2026-05-20", "counts": ["text", "check"]}
    assert page("space-agreement", answers, standing=until)[:2] == [
        "They named the length of this space, so it is not yours to make shorter.",
        "You noted 2026-06-01 as the day that they named. The book keeps to that date and does not make it shorter.",
    ]
    assert "ends" in kinds("space-agreement", answers | {"end": "2026-06-10"}, standing=until)
    assert page("space-agreement", answers)[-2:] == [
        "For now you leave these be: text or call, check their pages.",
        "No study has found a magic number of days.",
    ]


def test_the_pocket_card_and_the_plans_in_use() -> None:
    answers = {"plans": [{"if": "it is late", "then": "make toast"}, {"if": "half"}], "person": "Bisi"}
    urges = [entry("urge-log", n, did=["plan"]) for n in (1, 2)] + [entry("urge-log", 3, did=["walked"])]
    assert page("urge-if-then", answers, logs={"urge-log": urges}) == [
        "If it is late, then I will make toast",
        "Someone to text in place of your ex: Bisi",
        "You have one plan ready. One is enough.",
        "By your urge log, you have used a plan 2 times.",
    ]


def test_two_lines_are_a_clue_from_three_dots_each() -> None:
    past = {("online-distance", "peeks"): [version("online-distance", "peeks", n, d) for n, d in ((6, 8), (9, 1))]}
    weeks = [entry("weekly-check-in", d, missed=m) for d, m in ((2, 9), (9, 7), (11, 4))]
    found = shown("online-distance", {"peeks": 3}, past=past, logs={"weekly-check-in": weeks})
    assert [f.sentence for f in found] == ["peeks_dot", "two_lines"]
    assert found[1].frame == {
        "day": ["2026-05-01", "2026-05-02", "2026-05-08", "2026-05-09", "2026-05-11", "2026-05-12"],
        "peeks": [9, None, 6, None, None, 3],
        "missed": [None, 9, None, 7, 4, None],
    }
    assert kinds("online-distance", {"peeks": 0}, past=past, logs={"weekly-check-in": weeks[:2]}) == ["peeks_none"]


def test_an_empty_list_of_people_brings_lines_and_one_tiny_step() -> None:
    assert [(f.sentence, f.help) for f in shown("my-people", {"rows": []})] == [("empty", "talk"), ("tiny_step", "")]
    answers = {"rows": [{"name": "Anita", "small_ask": "a walk"}], "safe_one": "my brother"}
    assert kinds("my-people", answers) == ["people_one", "asks_one", "safe_one"]


# --- the self --------------------------------------------------------------------------------------------------------


def test_lists_stand_side_by_side_after_four_weeks_and_eight() -> None:
    def lists(*dated: tuple[int, int, str]) -> Any:
        return {
            ("who-am-i-now", "lines"): [
                version("who-am-i-now", "lines", [{"am": words}], day, month) for day, month, words in reversed(dated)
            ]
        }

    near = lists((1, 4, "a mum"), (20, 4, "a runner"))
    assert "side_by_side" not in kinds("who-am-i-now", {}, past=near)
    long = lists((1, 3, "a mum"), (29, 3, "a runner"), (26, 4, "a singer"))
    assert only("side_by_side", "who-am-i-now", {}, past=long).frame == {
        "week-0": ["a mum"],
        "week-4": ["a runner"],
        "week-8": ["a singer"],
    }


def test_a_number_over_time_is_about_the_same_under_two_points() -> None:
    def line(*before: tuple[int, int]) -> Any:
        return {("kind-letter", "kind"): [version("kind-letter", "kind", n, d) for d, n in reversed(before)]}

    assert kinds("kind-letter", {"kind": 5}) == ["kind_dot"]
    assert kinds("kind-letter", {"kind": 5}, past=line((1, 4))) == ["kind_dot", "kind_same"]
    found = shown("kind-letter", {"kind": 6}, past=line((1, 4), (8, 3)))
    assert [f.sentence for f in found] == ["kind_dot", "kind_now"]
    assert found[1].frame == {"day": ["2026-05-01", "2026-05-08", "2026-05-12"], "kind": [4, 3, 6]}
    assert page("kind-letter", {"kind": 6}, past=line((1, 4)))[1] == "On 2026-05-01 you put 4, and now 6."


def test_the_line_for_a_hard_day_comes_back_on_one() -> None:
    low = [entry("mood-check-in", d, mood=1) for d in (10, 11, 12)]
    said = page("mood-check-in", {}, low, answers={("kind-letter", "note"): "you are trying"})
    assert said[-1] == "Your own kind line, for a day like this: you are trying"
    high = [entry("mood-check-in", d, mood=7) for d in (10, 11, 12)]
    assert "own_note" not in kinds("mood-check-in", {}, high, answers={("kind-letter", "note"): "you are trying"})
    for today, comes in ((2, True), (3, False)):
        moods = [entry("mood-check-in", 11, mood=1), entry("mood-check-in", 12, mood=today)]
        found = kinds("mood-check-in", {}, moods, answers={("kind-letter", "note"): "you are trying"})
        assert ("own_note" in found, "low_three" in found) == (comes, False)


def test_the_compass_offers_the_two_furthest_from_three_on() -> None:
    rows = [{"row": "love", "close": 7}, {"row": "friends", "close": 3}, {"row": "play", "close": 0, "step": "chess"}]
    found = only("lowest", "values-compass", {"areas": rows})
    words = words_of(catalog().exercise("values-compass"))
    told = "By your own marks there is most room in: play, friends. A small goal could go there, or it can wait."
    assert fill(found, words) == told
    assert found.frame["close"] == [7, 3, None, None, None, 0, None]
    assert "lowest" not in kinds("values-compass", {"areas": rows[:2]})


def test_steps_towards_help_stand_by_date() -> None:
    who = [
        {"who": "group", "step": "look it up", "by": "2026-06-01"},
        {"who": "doctor", "step": "form", "by": "2026-05-15"},
    ]
    assert page("get-help", {"who": who})[:2] == ["By 2026-05-15: form", "By 2026-06-01: look it up"]
    low = {"weekly-check-in": [entry("weekly-check-in", d, happy=h) for d, h in ((1, 8), (4, 4), (11, 2))]}
    assert kinds("get-help", {}, logs=low) == ["low_weeks"]
    one = {"weekly-check-in": [entry("weekly-check-in", 11, happy=0)]}
    assert kinds("get-help", {}, logs=one) == []


def test_who_a_change_is_for_is_a_share_from_three() -> None:
    def rows(*still: str) -> dict[str, Any]:
        return {"rows": [{"change": "c", "still": s} for s in still]}

    assert kinds("for-me-or-for-them", rows("no", "no")) == ["changes_many"]
    assert kinds("for-me-or-for-them", rows("yes", "no", "partly")) == ["changes_many", "still_one", "audience"]
    assert kinds("for-me-or-for-them", rows("yes", "yes", "no")) == ["changes_many", "still_many"]
    assert kinds("for-me-or-for-them", {"show": "yes"}) == ["show_yes"]


# --- doing -----------------------------------------------------------------------------------------------------------


def goal(on: int, **more: Any) -> Entry:
    return entry("weekly-goals", on, goal="swim", **more)


def test_goals_of_the_week_and_bars_from_five() -> None:
    goals = [goal(1, area="play", done="done"), *(goal(d, area="body", done="partly") for d in (7, 8, 9))]
    assert page("weekly-goals", {}, goals) == [
        "You have 3 goals in these seven days.",
        "3 are done in part.",
    ]
    found = only("by_area", "weekly-goals", {}, [*goals, goal(12, area="body", done="done")])
    assert found.frame == {
        "group": ["goals.area.body", "goals.area.play"],
        "done": [1, 1],
        "partly": [3, 0],
        "not-this-week": [0, 0],
    }


def test_goals_for_them_are_looked_at_when_they_are_most() -> None:
    assert "for_them" in kinds(
        "weekly-goals", {}, [goal(d, for_whom=w) for d, w in ((1, "them"), (2, "them"), (3, "me"))]
    )
    assert "for_them" not in kinds("weekly-goals", {}, [goal(d, for_whom="them") for d in (1, 2)])
    assert "for_them" not in kinds("weekly-goals", {}, [goal(d, for_whom=w) for d, w in ((1, "them"), (2, "me"))] * 2)


def test_habits_count_days_and_a_rest_day_is_its_own() -> None:
    names = {"names": [{"row": "h1", "habit": "park loop"}]}
    days = [entry("habit-tracker", d, h1=s) for d, s in ((3, "yes"), (5, "bit"), (6, "rest"), (6, "rest"))]
    assert page("habit-tracker", names, days) == [
        "park loop: 2 days this month, and one rest day.",
        "A blank is only a blank, and a rest day is a full choice.",
    ]
    assert page("habit-tracker", {}, days[:1])[0] == "habit 1: one day this month."
    assert only("blanks", "habit-tracker", names, days).chart is None
    found = only("blanks", "habit-tracker", names, [*days, entry("habit-tracker", 8, h2="yes")])
    assert found.frame["row"] == ["park loop", "park loop", "park loop", "h2"]
    assert found.frame["state"] == ["yes", "bit", "rest", "yes"]


def test_moving_has_an_average_from_five() -> None:
    times = [entry("move-my-body", d, before=4, after=a) for d, a in ((1, 6), (2, 5), (3, 4), (4, 7), (5, 4))]
    assert "higher" not in kinds("move-my-body", {}, times[:4])
    assert page("move-my-body", {}, times)[1] == "Over 5 times, your mood was 1.2 points higher afterwards, on average."
    same = [entry("move-my-body", d, before=4, after=4) for d in range(1, 6)]
    assert kinds("move-my-body", {}, same)[1] == "same"


def test_what_was_fun_and_felt_like_them_looks_like_them() -> None:
    tries = [
        entry("try-something-new", 1, what="chess", fun=8, me=9),
        entry("try-something-new", 2, what="golf", fun=9, me=2),
    ]
    assert page("try-something-new", {}, tries)[1] == "chess: this one looks like you."
    assert only("tried_many", "try-something-new", {}, tries).chart is None
    third = entry("try-something-new", 3, what="clay", fun=5, me=5, again="yes")
    assert only("tried_many", "try-something-new", {}, [*tries, third]).chart == "field"


def test_new_pattern_moments_with_others_are_counted() -> None:
    moments = [
        entry("proof-of-change", d, how=h, where=w)
        for d, h, w in ((1, "new", "work"), (2, "new", "ex"), (3, "old", "family"))
    ]
    assert kinds("proof-of-change", {}, moments) == ["moments_many", "new_many", "others_one", "old_last"]
    more = [*moments, entry("proof-of-change", 4, how="mixed"), entry("proof-of-change", 12, how="new")]
    assert only("shape", "proof-of-change", {}, more).frame == {
        "day": ["2026-04-27", "2026-05-11"],
        "old": [1, 0],
        "mixed": [1, 0],
        "new": [2, 1],
    }
    alone = [entry("proof-of-change", d, how="new", where=w) for d, w in ((1, "alone"), (2, None))]
    assert kinds("proof-of-change", {}, alone) == ["moments_many", "new_many"]


def test_new_pattern_moments_reach_the_ready_check() -> None:
    moments = {"proof-of-change": [entry("proof-of-change", d, how="new", where="work") for d in (1, 2)]}
    said = page("ready-check", {"steady": 6}, logs=moments)
    assert said == ["You went the new way 2 times with people other than your ex."]
    assert kinds("ready-check", {}, logs=moments) == []


def swaps(*noted: tuple[int, str, str]) -> dict[str, list[Entry]]:
    return {"proof-of-change": [entry("proof-of-change", d, pattern=p, how=h) for d, p, h in noted]}


SWAPS = {"rows": [{"old": "silence"}, {"old": " shouting "}, {"old": "silence"}, {"old": "lateness"}]}
FOUR = (
    (1, "silence", "new"),
    (2, "silence", "old"),
    (3, "silence", "mixed"),
    (4, "silence", "new"),
    (5, "silence", "old"),
)


def test_each_pattern_has_two_tallies_of_its_own() -> None:
    logs = swaps(*FOUR, (6, "shouting", "old"), (7, "x", "new"), (8, "lateness", "mixed"))
    assert page("pattern-swap", SWAPS, logs=logs)[1:] == [
        "silence: the old way noted 2, the new way 2.",
        "shouting: the old way noted 1, the new way 0.",
        "These are tallies of what you noted, and no grade.",
    ]
    assert kinds("pattern-swap", SWAPS, logs=swaps((7, "x", "new"))) == ["patterns_many"]


def test_each_pattern_has_two_bars_a_month_once_five_times_of_its_own_are_noted() -> None:
    before = [f for f in shown("pattern-swap", SWAPS, logs=swaps(*FOUR, (6, "shouting", "new"))) if f.chart]
    assert before == [], "four times of one pattern and one of another make no bars"
    more = swaps(*FOUR, (6, "silence", "new"), *((d, "shouting", "old") for d in range(7, 12)))
    drawn = [f for f in shown("pattern-swap", SWAPS, logs=more) if f.chart]
    assert [(f.chart, f.own_words, f.frame) for f in drawn] == [
        ("two-ways", True, {"pattern": ["silence"], "day": ["2026-05-01"], "old": [2], "new": [3]}),
        ("two-ways", True, {"pattern": ["shouting"], "day": ["2026-05-01"], "old": [5], "new": [0]}),
    ]


# --- the week --------------------------------------------------------------------------------------------------------


def test_the_week_names_bands_first_and_last_and_no_total() -> None:
    weeks = [
        entry("weekly-check-in", 1, happy=3, anxious=8, pull=9),
        entry("weekly-check-in", 8, happy=6, anxious=7, pull=4),
    ]
    assert page("weekly-check-in", {}, weeks) == [
        "Your 3 dots are on their lines. There is no total, and no number is the right one.",
        "Happy yesterday: 6 out of 10. The official bands call that medium.",
        "Anxious yesterday: 7 out of 10. The official bands call that high.",
        "Happy yesterday: 3 the first time, 6 now.",
        "The pull to contact them: 9 the first time, 4 now.",
        "About the same as the first time: Anxious yesterday.",
    ]


@pytest.mark.parametrize(
    ("slider", "value", "band"),
    [
        ("happy", 0, "low"),
        ("happy", 4, "low"),
        ("happy", 5, "medium"),
        ("satisfied", 7, "high"),
        ("worthwhile", 8, "high"),
        ("happy", 9, "very_high"),
        ("anxious", 1, "very_low"),
        ("anxious", 3, "low"),
        ("anxious", 5, "medium"),
        ("anxious", 6, "high"),
    ],
)
def test_the_bands_are_the_official_ones(slider: str, value: int, band: str) -> None:
    found = only("band", "weekly-check-in", {}, [entry("weekly-check-in", 1, **{slider: value})])
    assert found.values["band"].key == f"band_{band}"


def test_the_first_check_in_of_the_book_is_the_first_dot_and_three_make_a_line() -> None:
    first = {"baseline": [entry("baseline", 1, happy=2)]}
    weeks = [entry("weekly-check-in", d, happy=5, note=n) for d, n in ((5, "call"), (12, ""))]
    assert "now" in kinds("weekly-check-in", {}, weeks[:1], logs=first)
    assert "lines" not in kinds("weekly-check-in", {}, weeks)
    found = only("lines", "weekly-check-in", {}, weeks, logs=first)
    assert found.frame == {
        "day": ["2026-05-01", "2026-05-05", "2026-05-12"],
        "happy": [2, 5, 5],
        "note": ["", "call", ""],
    }


def test_low_and_on_edge_brings_care_first() -> None:
    low = [entry("weekly-check-in", d, happy=4, anxious=6, safe=9) for d in (1, 8)]
    assert kinds("weekly-check-in", {}, low)[:2] == ["talk", "low_weeks"]
    assert kinds("weekly-check-in", {}, [entry("weekly-check-in", 8, safe=3)])[0] == "unsafe"
    fine = [entry("weekly-check-in", 8, happy=5, anxious=9, safe=4)]
    assert not {"talk", "low_weeks", "unsafe"} & set(kinds("weekly-check-in", {}, fine))


def test_the_week_in_one_line() -> None:
    logs = {
        "urge-log": [
            entry("urge-log", d, did=x) for d, x in ((6, ["waited"]), (8, ["plan"]), (9, ["contacted"]), (1, []))
        ],
        "weekly-goals": [goal(7, done="done"), goal(8, done="done"), goal(9, done="partly")],
        "space-counter": [entry("space-counter", 10, who="they")],
    }
    assert page("weekly-review", logs=logs, answers=PROMISE) == [
        "Your week in one line: 3 urges noted, 2 waited out, 2 goals done, space kept on 6 of 7 days."
    ]
    assert kinds("weekly-review", logs={}) == []


# --- forks -----------------------------------------------------------------------------------------------------------


def test_a_stop_sign_puts_letting_go_first() -> None:
    facts = {"facts": [{"fact": "she wrote", "points": "try"}, {"fact": "she moved", "points": "let-go"}]}
    assert kinds("decision-check", facts)[0] == "points_try"
    said = shown("decision-check", facts | {"two_way": "said-no"})
    assert [f.sentence for f in said[:2]] == ["stop_no", "hope_folded"]
    assert said[0].pages == ("let-go-path",)
    assert kinds("decision-check", facts, standing=CLOSED)[0] == "stop_no"
    order = Standing(State.CLOSED, "closed-order", also=frozenset({State.CLOSED}), closed="closed-order")
    assert kinds("decision-check", facts, standing=order)[0] == "stop_order"
    fear = Standing(State.PAUSED, "paused", also=frozenset({State.PAUSED, State.CLOSED}), closed="closed")
    assert kinds("decision-check", facts, standing=fear)[:3] == ["stop_fear", "stop_no", "hope_folded"]
    assert kinds("decision-check", {}, standing=CLOSED) == []


def test_facts_stand_by_path_and_choices_by_date() -> None:
    rows = [
        {"fact": "a", "points": "wait"},
        {"fact": "b", "points": "wait"},
        {"fact": "c", "points": "try"},
        {"fact": "d"},
    ]
    past = {("decision-check", "choose"): [version("decision-check", "choose", "hopeful", 10, 4)]}
    found = shown("decision-check", {"facts": rows, "choose": "pause"}, past=past)
    assert found[2].frame == {"try": ["c", ""], "wait": ["a", "b"], "let-go": ["", ""]}
    words = words_of(catalog().exercise("decision-check"))
    assert [fill(f, words) for f in found[3:]] == [
        "On 2026-04-10 you chose: stay hopeful, and keep to their pace.",
        "For four weeks you pause and care for yourself. Look again on 2026-06-09.",
    ]


def test_what_got_lighter_comes_back_at_the_decision() -> None:
    lighter = {("what-got-lighter", "rows"): [{"what": "mornings"}, {"what": "money"}]}
    assert "What got lighter, in your words: mornings; money" in page("decision-check", {"cost": 3}, answers=lighter)
    assert kinds("decision-check", {}, answers=lighter) == []


@pytest.mark.parametrize(("tick", "sentence"), [("no", "not_safe"), ("not-sure", "not_sure")])
def test_not_safe_tonight_brings_a_person_at_once_and_nothing_else(tick: str, sentence: str) -> None:
    answers = {"tonight": ["eat"], "respect": "not asking twice"}
    found = shown("if-they-say-no", answers, ticked=frozenset({tick}))
    assert [(f.sentence, f.help, f.tone) for f in found] == [(sentence, "crisis", "card")]


def test_the_let_go_path_comes_after_some_days() -> None:
    answers = {"tonight": ["eat", "sleep"]}
    given = {("if-they-say-no", "tonight"): at(12)}
    assert kinds("if-they-say-no", answers, given=given, standing=CLOSED) == ["tonight_many", "closed"]
    older = {("if-they-say-no", "tonight"): at(9)}
    assert kinds("if-they-say-no", answers, given=older, standing=CLOSED)[-1] == "let_go_later"
    assert kinds("if-they-say-no", {}, ticked=frozenset({"skip"})) == []


def test_letting_go_is_said_with_care() -> None:
    going = Standing(State.OPEN, letting_go=True)
    answers = {"keep": [{"keep": "cooking"}, {"learned": "x"}], "date": "2026-06-01"}
    assert page("let-go-path", answers, standing=going) == [
        "You are letting go, and that is a choice made with care. From here this book is about you.",
        "Steps 3, 4 and 5 are folded. Steps 1 and 2 and all the logs stay as they are.",
        "You take with you: cooking",
        "You look back on 2026-06-01. Until then this page asks nothing.",
    ]
    assert kinds("let-go-path", {"date": "2026-05-12"}) == ["look_back_now"]


# --- conduct ---------------------------------------------------------------------------------------------------------


def test_honest_moments_are_counted_from_five_and_no_lie_is_called_out() -> None:
    did = ("full", "not-ready", "lied", "put-right", "not-ready")
    moments = [
        entry("honesty-log", d, did=x, exposed=e) for d, (x, e) in enumerate(zip(did, (9, 8, 6, 5, 3), strict=True), 1)
    ]
    assert page("honesty-log", {}, moments) == [
        "You have noted 5 hard moments.",
        "In 4 of 5 you were honest, or put it right later.",
        "Your choices are shown in order, each with its own mark.",
        "Saying that you are not ready to talk is honest.",
        "Once you went back and put it right.",
        "It felt less exposed lately than at first: 8.5 on average then, 4 now.",
    ]
    assert kinds("honesty-log", {}, moments[:4]) == ["moments_many", "put_right_one"]
    assert only("safe_low", "honesty-log", {}, [entry("honesty-log", 1, safe_me=3)]).help == "support"


def test_repairs_by_month_and_a_third_person_at_the_third_same_wall() -> None:
    slips = [
        entry("repair-log", d, time=t, same_wall=w)
        for d, t, w in ((1, "days", "yes"), (2, "hours", "yes"), (3, "not-yet", "no"))
    ]
    assert kinds("repair-log", {}, slips) == ["noted_many", "not_yet_one", "wall_many"]
    more = [*slips, entry("repair-log", 4, time="hours", same_wall="yes"), entry("repair-log", 5, time="minutes")]
    assert kinds("repair-log", {}, more) == [
        "noted_many",
        "not_yet_one",
        "mended_many",
        "by_month",
        "wall_many",
        "third_person",
    ]
    assert only("by_month", "repair-log", {}, more).frame == {
        "day": ["2026-05-01"],
        "minutes": [1],
        "hours": [2],
        "days": [1],
        "not-yet": [1],
    }


def test_what_a_page_reads_besides_its_own_is_in_the_book() -> None:
    for exercise in catalog().exercises:
        logs, past = reads(exercise.id)
        assert all(any(f.type == "log" for f in catalog().exercise(log).fields) for log in logs)
        assert all(catalog().exercise(page_id).field(key) for page_id, key in past)


# --- tailored to what they said of themselves ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["they", "me", "both", "unclear"])
def test_who_ended_it_is_met_without_blame_and_only_where_it_was_said(who: str) -> None:
    known = {("my-situation", "ended_by"): who}
    assert f"ended_{who}" in kinds("it-is-over-for-now", {"accept": 4}, answers=known)
    assert not [k for k in kinds("it-is-over-for-now", {}, answers=known) if k.startswith("ended_")]
    assert not [k for k in kinds("it-is-over-for-now", {"accept": 4}) if k.startswith("ended_")]


@pytest.mark.parametrize(
    ("exercise", "field", "at", "value", "other"),
    [
        ("why-it-ended", "earlier_returns", ("my-situation", "times"), "no", "more"),
        ("kids-and-others", "kids", ("my-situation", "shared"), ["home"], ["home", "children"]),
    ],
)
def test_a_question_that_is_not_about_them_rests_and_never_hides_an_answer(
    exercise: str, field: str, at: Any, value: Any, other: Any
) -> None:
    def rests(given: Any, own: Any = None) -> bool:
        context = Context(today=TODAY, answers={} if given is None else {at: given})
        return field in held(exercise, {field: own} if own else {}, context)

    assert rests(value)
    assert not rests(other)
    assert not rests(None)
    assert not rests(value, "written before")
