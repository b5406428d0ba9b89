"""What Steps 3 to 5 give back: hand-computed sentences, nothing below the smallest number, safety first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rekindle.contact import Standing, State
from rekindle.content import catalog
from rekindle.insights import Context, fill, findings, words_of
from rekindle.insights.flags import flags
from rekindle.insights.periods import fortnight_of, readings, span, week_of
from rekindle.insights.resting import held
from rekindle.records import Answer, Entry, Event, Moment

TODAY = dt.date(2026, 5, 12)
TRYING = Standing(State.TRYING, also=frozenset({State.TRYING}), wish=State.TRYING)


def at(day: int, month: int = 5, hour: int = 12) -> Moment:
    return Moment.at(dt.datetime(2026, month, day, hour, tzinfo=dt.UTC))


def entry(exercise: str, day: int, month: int = 5, **values: Any) -> Entry:
    return Entry(f"{month}-{day}", exercise, values, at(day, month))


def past(exercise: str, key: str, *pairs: tuple[int, int, Any]) -> dict[Any, Any]:
    """Versions of one answer, given as (month, day, value), newest first as the journal has them."""
    return {(exercise, key): [Answer(exercise, key, v, n, at(d, m)) for n, (m, d, v) in enumerate(pairs, 1)][::-1]}


def done(exercise: str, day: int, month: int = 5) -> Event:
    return Event("done", {"exercise": exercise}, at(day, month, 18))


def ctx(**known: Any) -> Context:
    facts: dict[str, Any] = {"today": TODAY, "standing": TRYING} | known
    return Context(**facts)


def found(exercise: str, values: Any, entries: Any = (), **known: Any) -> list[Any]:
    return findings(exercise, values, entries, ctx(**known))


def page(exercise: str, values: Any, entries: Any = (), **known: Any) -> list[str]:
    words = words_of(catalog().exercise(exercise))
    return [fill(f, words) for f in found(exercise, values, entries, **known)]


def kinds(exercise: str, values: Any, entries: Any = (), **known: Any) -> list[str]:
    return [f.sentence for f in found(exercise, values, entries, **known)]


# --- Step 3 ----------------------------------------------------------------------------------------------------------


def test_the_grid_is_four_short_lists() -> None:
    grid = [
        {"row": "write", "good_me": "I would know", "hard_them": "she has to answer"},
        {"row": "let-be", "good_me": "two calm months"},
    ]
    assert page("should-i", {"grid": grid}) == [
        "Good for me: if I write (I would know), if I let it be (two calm months).",
        "Hard for them: if I write (she has to answer).",
        "Good for them is still blank. That is worth a second look.",
    ]
    assert all(f.own_words for f in found("should-i", {"grid": grid})[:2])


@pytest.mark.parametrize("sign", ["over-for-good", "someone-new", "unsafe", "different-lives", "asked-before"])
def test_any_sign_is_a_strong_one(sign: str) -> None:
    assert (
        page("should-i", {"signs_no": [sign]})[0]
        == "This is a strong sign to let it be. That can be hard to read, so take your time with it."
    )


def test_each_choice_has_a_next_page() -> None:
    assert found("should-i", {"choice": "wait"})[0].pages == ("space-agreement",)
    assert found("should-i", {"choice": "let-be"})[0].pages == ("let-go-path",)
    quiet = Standing(State.QUIET, also=frozenset({State.QUIET}), wish=State.QUIET)
    assert found("should-i", {"choice": "hello"}, standing=quiet)[0].pages == ("ready-check",)
    assert kinds("should-i", {"choice": "hello"}) == ["choice_hello_folded"]


def test_one_light_thing_and_a_friend_first() -> None:
    rows = [{"what": "plums", "light": True, "shared": "ex"}, {"what": "stairs", "light": True, "shared": "ex"}]
    assert page("good-news-bank", {"rows": rows}) == [
        "There are 2 good things in the bank.",
        "A light one to share with someone who is glad for you: plums",
        "So far they were all for your ex. A friend might be glad of one too.",
    ]
    assert "friend_first" not in kinds("good-news-bank", {"rows": rows[:1]})
    unshared = [*rows, {"what": "bread", "light": True}]
    assert "bread" in page("good-news-bank", {"rows": unshared})[1]


def test_a_question_with_a_test_gets_a_softer_one() -> None:
    rows = [{"question": "How is your sister?", "easy": True, "test": "no"}, {"question": "With whom?", "test": "yes"}]
    assert kinds("curious-questions", {"list": rows}) == ["free_one", "has_test", "softer"]


@pytest.mark.parametrize(
    ("came", "first", "pages"),
    [
        ("nothing-two-weeks", "nothing_two_weeks", ("if-they-say-no",)),
        ("no", "no", ("if-they-say-no",)),
        ("stop", "stop", ("if-they-say-no",)),
        ("warm", "warm", ("contact-log",)),
        ("mixed", "mixed", ()),
    ],
)
def test_a_reply_is_met_as_it_is(came: str, first: str, pages: tuple[str, ...]) -> None:
    shown = found("reply-reader", {"what_came": came})[0]
    assert (shown.sentence, shown.pages) == (first, pages)


@pytest.mark.parametrize("came", ["nothing-yet", "nothing-two-weeks", "no", "stop"])
def test_no_second_message_is_ever_called_kind(came: str) -> None:
    assert kinds("reply-reader", {"what_came": came, "next": "answer-once"})[-1] == "next_against"


def test_a_folded_page_is_never_offered() -> None:
    closed = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}), closed="closed")
    assert found("reply-reader", {"what_came": "warm"})[0].pages == ("contact-log",)
    assert found("reply-reader", {"what_came": "warm"}, standing=closed)[0].pages == ()


def contacts(*who: str, **more: Any) -> list[Entry]:
    return [entry("contact-log", 1 + n, who=w, **more) for n, w in enumerate(who)]


def test_contacts_are_counted_from_five_on() -> None:
    assert kinds("contact-log", {}, contacts("me", "me", "them", "me")) == ["noted_many"]
    five = contacts("me", "me", "them", "me", "me")
    assert page("contact-log", {}, five)[1] == "They started 1 of 5."
    assert found("contact-log", {}, five)[1].frame["me"] == [2, 2]  # 1 to 3 May end one week, 4 and 5 begin the next


def test_one_sided_is_said_from_eight_on_and_only_under_one_in_four() -> None:
    assert "one_sided" not in kinds("contact-log", {}, contacts(*["me"] * 6, "them"))
    assert "one_sided" in kinds("contact-log", {}, contacts(*["me"] * 7, "them"))
    assert "one_sided" not in kinds("contact-log", {}, contacts(*["me"] * 6, "them", "them"))


def test_needed_talk_does_not_count_as_contact() -> None:
    lines = page("contact-log", {}, contacts("them", "me", "them", "me", "them", "needed", "needed"))
    assert "They started 3 of 5." in lines
    assert "Of all of them, 2 were needed talk. That does not count as contact." in lines


@pytest.mark.parametrize(("safe", "shows"), [(0, True), (3, True), (4, False), (None, False)])
def test_a_contact_that_did_not_feel_safe_brings_help_first(safe: Any, shows: bool) -> None:
    first = found("contact-log", {}, [entry("contact-log", 3, who="them", safe=safe)])[0]
    assert (first.sentence == "not_safe", first.help == "abuse") == (shows, shows)


def test_calm_before_and_after_from_five_on() -> None:
    calm = [entry("contact-log", d, calm_before=5, calm_after=a) for d, a in enumerate([5, 4, 3, 6, 5], 1)]
    assert page("contact-log", {}, calm)[-1] == "You were less calm afterwards 2 times out of 5."
    assert kinds("contact-log", {}, calm[:4]) == ["noted_many"]


@pytest.mark.parametrize("invited", ["not-yet", "guessing"])
def test_a_meeting_plan_waits_for_their_yes(invited: str) -> None:
    answers: dict[str, Any] = {"invited": invited, "plan": [{"place": "the park"}]}
    assert kinds("coffee-plan", answers) == [f"held_{invited.replace('-', '_')}"]
    assert held("coffee-plan", answers, ctx()) == {"plan"}
    assert held("coffee-plan", {"invited": "suggested"}, ctx()) == frozenset()


def test_after_a_meeting_the_persons_own_logs_speak() -> None:
    logs = {
        "contact-log": [entry("contact-log", 3, how="in-person", calm_before=5, calm_after=7)],
        "listen-well": [entry("listen-well", d, follow_up="yes" if d < 4 else "no") for d in range(1, 6)],
    }
    assert page("coffee-plan", {"invited": "suggested", "after": "the boat"}, logs=logs) == [
        "The last time in person, in your contact log: calm 5 before, 7 after.",
        "In your listening practice you asked a follow-up in 3 of 5 talks.",
    ]


def test_listening_is_praised_for_the_act_from_five_talks_on() -> None:
    talks = [entry("listen-well", d, follow_up="yes" if d < 5 else "no", with_whom="friend") for d in range(1, 7)]
    assert page("listen-well", {}, talks) == ["You noted 6 talks.", "You asked a follow-up in 4 of 6 talks."]
    assert kinds("listen-well", {}, talks[:4]) == ["noted_many"]


def test_say_it_once_opens_with_the_persons_own_line() -> None:
    sort = {("fear-of-looking-needy", "sort"): ["no-is-okay", "once", "again"]}
    top = found("say-it-once", {}, answers=sort)[0]
    assert top.on_top
    assert page("say-it-once", {}, answers=sort)[0] == (
        "Your own line from the Opening. For me, honest means: I say it once, no is okay."
    )
    assert kinds("say-it-once", {}, answers={("fear-of-looking-needy", "sort"): ["again", "hinting"]}) == []


def test_once_it_is_said_the_draft_rests_for_good() -> None:
    said = Standing(State.OPEN, also=frozenset({State.OPEN}), wish=State.OPEN, said=True)
    assert held("say-it-once", {}, ctx(standing=said)) == {"gate", "draft", "self_check"}
    assert kinds("say-it-once", {"said_on": "2026-05-01"}, standing=said) == ["said"]
    assert found("say-it-once", {"answer": "no-answer"}, standing=said)[0].pages == ("if-they-say-no",)


# --- Step 4 ----------------------------------------------------------------------------------------------------------


def test_an_apology_shows_its_two_strongest_parts() -> None:
    assert kinds("apology-builder", {"own": "I told her first", "regret": "ashamed"}) == [
        "own_there",
        "repair_open",
        "other_parts_one",
    ]


@pytest.mark.parametrize("welcome", ["no", "not-sure"])
def test_an_apology_that_may_be_unwelcome_is_lived(welcome: str) -> None:
    assert page("apology-builder", {"welcome": welcome}) == ["Then the repair is to live it, not to send it."]


@pytest.mark.parametrize(
    ("exercise", "answers", "words"),
    [
        ("apology-builder", {"own": "I am sorry, but you made me"}, ["but", "you made me"]),
        ("apology-builder", {"own": "I was sorry if you felt small"}, ["if you felt"]),
        ("apology-builder", {"own": "I buttered the toast"}, []),
        ("hot-topic-plan", {"start": "You always do this, as usual"}, ["you always", "as usual"]),
        ("curious-questions", {"list": [{"question": "Are you seeing anyone?"}]}, ["seeing anyone"]),
    ],
)
def test_words_are_flagged_on_a_click_only(exercise: str, answers: Any, words: list[str]) -> None:
    seen = flags(exercise, answers)
    assert [f.values["word"] for f in seen if f.values] == words
    assert all(f.own_words for f in seen if f.values)
    assert [f.sentence for f in seen][-1:] == ([seen[-1].sentence] if words else ["no_flags"])
    assert not {"excuse", "blame", "seen_test"} & set(kinds(exercise, answers))
    assert flags(exercise, {}) == []
    shown = words_of(catalog().exercise(exercise))
    assert all(fill(f, shown) for f in seen)


def test_each_doubt_is_a_plan_and_may_be_a_promise() -> None:
    rows = [{"act": "I say five minutes", "instead": "I say the real time"}, {"act": "I vanish"}]
    assert page("doubt-triggers", {"rows": rows}) == [
        "You named 2 habits.",
        "If this comes up: I say five minutes. Then: I say the real time.",
        "It could be a line in the promise log, with anyone.",
        "One of them has no new act yet. A new act is easier to keep than a vow to stop.",
    ]


def test_weekly_taps_are_told_for_seven_days_and_drawn_from_five_on() -> None:
    taps = [entry("doubt-triggers", d, week="came-up" if d % 2 else "did-not") for d in (2, 4, 6, 7)]
    assert kinds("doubt-triggers", {}, taps) == ["came_up_one"]
    assert kinds("doubt-triggers", {}, taps[:3]) == ["came_up_none"]
    five = [*taps, entry("doubt-triggers", 9, week="came-up")]
    [drawn] = [f for f in found("doubt-triggers", {}, five) if f.chart]
    assert (drawn.sentence, drawn.chart) == ("shape", "stack-days")
    assert drawn.frame == {"day": ["2026-04-27"], "came-up": [2], "did-not": [3]}
    assert "In these seven days, 2 came up. You saw them, and that is where a change starts." in page(
        "doubt-triggers", {}, five
    )


@pytest.mark.parametrize(
    ("who", "helps"), [("me", {"harm"}), ("them", {"abuse"}), ("both", {"abuse", "harm"}), ("no", set())]
)
def test_watching_brings_help(who: str, helps: set[str]) -> None:
    assert {f.help for f in found("open-book-limits", {"pressure": who})} - {""} == helps


def test_two_topics_in_one_week_are_one_too_many() -> None:
    rows = [{"topic": "money", "state": "open", "talked": "2026-05-04"}, {"topic": "work", "talked": "2026-05-10"}]
    assert kinds("hot-topic-plan", {"topics": rows}) == ["topics_open", "two_in_a_week"]
    rows[1]["talked"] = "2026-05-11"
    assert kinds("hot-topic-plan", {"topics": rows}) == ["topics_open"]


def test_moments_are_counted_and_never_weighed() -> None:
    log = [entry("responsive-moments", d, kind="good" if d > 1 else "hard") for d in range(1, 6)]
    assert page("responsive-moments", {}, log) == ["You noted 5 moments.", "Good: 4. Hard: 1."]
    assert kinds("responsive-moments", {}, log[:4]) == ["noted_many"]


def test_no_answer_is_okay() -> None:
    assert page("safe-to-tell-me", {"heard": None}) == ["That is okay. Trust is theirs to give."]
    assert kinds("safe-to-tell-me", {"heard": ""}) == []


def test_a_stance_is_kept_over_time() -> None:
    earlier = past("forgive-both-ways", "stance", (3, 2, "not-ready"), (5, 1, "working"))
    assert page("forgive-both-ways", {"stance": "working"}, past=earlier) == [
        "Where you are with it: working on it. Each of the five is a fair place to be.",
        "On 2026-03-01 you put: not ready.",
    ]


def test_mostly_me_opens_the_decision_check_in_the_second_month() -> None:
    once = past("trust-review", "mutual", (4, 2, "yes"), (5, 2, "mostly-me"))
    twice = past("trust-review", "mutual", (4, 2, "mostly-me"), (5, 2, "mostly-me"))
    gap = past("trust-review", "mutual", (3, 2, "mostly-me"), (5, 2, "mostly-me"))
    answers = {"mutual": "mostly-me"}
    assert kinds("trust-review", answers, past=once) == ["mostly_me_once"]
    assert found("trust-review", answers, past=twice)[0].pages == ("decision-check",)
    assert kinds("trust-review", answers, past=gap) == ["mostly_me_once"]


def test_a_page_that_is_put_away_unchanged_still_counts_for_its_month() -> None:
    same = past("trust-review", "mutual", (4, 2, "mostly-me"))
    assert kinds("trust-review", {"mutual": "mostly-me"}, past=same, events=[done("trust-review", 2)]) == [
        "mostly_me_twice"
    ]


def test_the_month_stands_above_the_questions() -> None:
    promises = [entry("promise-log", d, outcome="kept" if d > 1 else "missed") for d in range(1, 6)]
    logs = {"promise-log": promises, "repair-log": [entry("repair-log", 3)], "honesty-log": []}
    shown = found("trust-review", {}, logs=logs)
    assert page("trust-review", {}, logs=logs) == [
        "Of the 5 promises that came due, you kept 4.",
        "Your repair log holds one slip, and what you did about it.",
    ]
    assert all(f.on_top for f in shown)
    assert kinds("trust-review", {}, logs={"promise-log": promises[:4]}) == []


# --- Step 5 ----------------------------------------------------------------------------------------------------------


def test_two_weeks_with_two_signs_ease_off() -> None:
    signs = ["label", "sulk"]
    weeks = past("pressure-check", "signs", (4, 27, signs), (5, 5, signs))
    assert "ease_off" in kinds("pressure-check", {"signs": signs}, past=weeks)
    one = past("pressure-check", "signs", (4, 27, ["label"]), (5, 5, signs))
    assert "ease_off" not in kinds("pressure-check", {"signs": signs}, past=one)


def test_pressure_has_a_chart_from_three_weeks_on_with_gaps() -> None:
    weeks = past("pressure-check", "signs", (4, 13, ["label"]), (4, 20, ["none"]), (5, 5, ["label", "gift"]))
    frame = found("pressure-check", {"signs": ["label", "gift"]}, past=weeks)[0].frame
    assert frame == {"day": ["2026-04-13", "2026-04-20", "2026-04-27", "2026-05-04"], "signs": [1, 0, None, 2]}
    two = past("pressure-check", "signs", (4, 13, ["label"]), (4, 20, ["none"]))
    assert found("pressure-check", {"signs": ["none"]}, past=two)[0].frame is None


def test_a_push_for_touch_leads_to_help() -> None:
    assert "my-own-line" in [p for f in found("pressure-check", {"signs": ["touch"]}) for p in f.pages]


def test_wanting_different_things_is_an_answer() -> None:
    shown = found("what-are-we", {"same": "no"})[0]
    assert page("what-are-we", {"same": "no"}) == [
        "You want different things today. That can hurt, and it is an answer."
    ]
    assert shown.pages == ("decision-check",)


def test_agreements_speak_to_the_wall_only_by_the_persons_own_tick() -> None:
    wall = {("so-what-changes", "same_wall"): "money"}
    rows = [{"topic": "money", "now": "one sheet", "review": "2026-06-01"}, {"topic": "fights", "wall": True}]
    assert page("new-agreements", {"rows": rows}, answers=wall) == [
        "Your wall, from the Opening: money",
        "So far 2 agreements.",
        "The next one to look at: money, on 2026-06-01.",
        "This one is about your wall: fights.",
    ]


def test_agreements_are_listed_with_their_review_dates() -> None:
    dates = (("money", "2026-07-01"), ("chores", "2026-06-01"), ("phones", "2020-01-01"), ("time", "2026-06-20"))
    rows = [{"topic": topic, "review": date} for topic, date in dates]
    assert page("new-agreements", {"rows": rows})[1:] == [
        "The next one to look at: chores, on 2026-06-01.",
        "Later: time, on 2026-06-20.",
        "Later: money, on 2026-07-01.",
    ]


def test_a_step_is_decided_or_slides_by_its_reasons() -> None:
    assert kinds("slide-or-decide", {"why_now": ["easy", "talked"]}) == ["decided"]
    [slid] = page("slide-or-decide", {"why_now": ["easy", "fear"]})
    assert slid.startswith("By your own ticks this one looks like a slide: it is easy or cheap, I fear losing them.")
    steps = past("slide-or-decide", "why_now", (4, 2, ["easy"]), (5, 2, ["talked"]))
    assert page("slide-or-decide", {"why_now": ["talked"]}, past=steps)[-1] == "So far: decided 1, slid 1."


def test_the_drill_counts_the_same_wall() -> None:
    logs = {"repair-log": [entry("repair-log", 2, same_wall="yes"), entry("repair-log", 3, same_wall="no")]}
    early = [{"sign": "I keep score", "first": "I say it at breakfast"}]
    assert page("same-problem-drill", {"early": early}, logs=logs) == [
        "Early sign: I keep score. First: I say it at breakfast",
        "In your repair log, one entry met the same wall.",
        "Your limit is still open. It is easier to choose on a calm day.",
    ]


def test_a_drop_of_three_since_contact_gets_a_kind_note() -> None:
    line = past("who-am-i-now", "clear", (3, 1, 8)) | past("my-own-life", "clear", (5, 12, 5))
    assert page("my-own-life", {"clear": 5}, past=line)[-1] == (
        "You felt clearer about yourself on 2026-03-01, at 8. A week with more of your own in it may be kind."
    )
    apart = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}))
    assert kinds("my-own-life", {"clear": 5}, past=line, standing=apart) == ["clear_dot"]


def test_others_hear_in_an_order() -> None:
    people = [{"who": "Dad", "when": "2026-07-01"}, {"who": "Mia", "when": "2026-06-01"}, {"who": "work"}]
    assert page("kids-and-others", {"people": people}) == [
        "2026-06-01: Mia",
        "2026-07-01: Dad",
        "One person has no day yet, and that is fine.",
    ]


def test_a_jar_says_how_many_were_not_about_the_ex() -> None:
    jar = [entry("good-moments", d, moment="sun", with_whom="ex" if d == 1 else "alone") for d in range(1, 6)]
    assert page("good-moments", {}, jar) == ["There are 5 moments in the jar.", "4 of 5 were not about your ex."]
    assert kinds("good-moments", {}, jar[:4]) == ["jar_many"]


@pytest.mark.parametrize(("free", "first"), [(0, "not_free"), (4, "not_free"), (5, "today")])
def test_not_free_to_say_no_brings_help_first(free: int, first: str) -> None:
    shown = found("state-of-us", {"sat": 7, "free": free})
    assert shown[0].sentence == first
    assert (shown[0].help == "abuse") is (first == "not_free")


def test_two_lines_from_three_points_on() -> None:
    three = past("state-of-us", "sat", (3, 1, 5), (4, 1, 6), (5, 1, 7)) | past("state-of-us", "free", (4, 1, 8))
    frame = found("state-of-us", {"sat": 7}, past=three)[0].frame
    assert frame == {"day": ["2026-03-01", "2026-04-01", "2026-05-01"], "sat": [5, 6, 7], "free": [None, 8, None]}


@pytest.mark.parametrize("sign", ["afraid", "controlled"])
def test_fear_and_control_bring_help_first(sign: str) -> None:
    for ticked in (frozenset(), frozenset({sign}), frozenset({sign, "none"})):
        first = found("pause-signs", {"mine": ["space", sign]}, ticked=ticked)[0]
        assert (first.sentence, first.help) == ("danger" if ticked else "fear_planned", "abuse")
    assert found("pause-signs", {"mine": ["space"]})[1].pages == ("decision-check",)


def test_a_sign_that_is_not_true_today_is_a_plan() -> None:
    planned = {"mine": ["afraid"]}
    assert kinds("pause-signs", planned, ticked=frozenset({"none"}))[0] == "only_a_plan"
    assert kinds("pause-signs", planned, ticked=frozenset({"skip"}))[0] == "fear_planned"
    said = [Event("only-a-plan", {}, at(10))]
    assert kinds("pause-signs", planned, events=said)[0] == "only_a_plan"
    paused = Standing(State.PAUSED, "paused", also=frozenset({State.PAUSED}))
    assert kinds("pause-signs", planned, events=said, standing=paused)[0] == "fear_planned"


@pytest.mark.parametrize("page_id", ["trust-review", "state-of-us"])
def test_the_monthly_reviews_ask_which_of_ones_own_signs_is_true_today(page_id: str) -> None:
    chosen = {("pause-signs", "mine"): ["space", "afraid"]}
    assert held(page_id, {}, ctx()) == {"signs"}
    assert held(page_id, {}, ctx(answers=chosen)) == frozenset()
    assert found(page_id, {}, answers=chosen) == []
    [one] = found(page_id, {}, answers=chosen, ticked=frozenset({"space"}))
    assert (one.sentence, one.pages) == ("signs_true", ("decision-check",))
    [fear] = found(page_id, {}, answers=chosen, ticked=frozenset({"space", "afraid"}))
    assert (fear.sentence, fear.help, fear.pages) == ("signs_danger", "abuse", ("safety-gate",))


# --- the closing report ----------------------------------------------------------------------------------------------

FIELD: Any = catalog().exercise("closing-report").field("outcome")
OUTCOMES = [option.id for option in FIELD.options]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_ending_has_the_same_warm_tone(outcome: str) -> None:
    [first, *_] = page("closing-report", {"outcome": outcome})
    assert first.endswith(
        "Some days may be hard, and it can be a good ending all the same. You can pick one thing to keep, and rest."
    )
    assert 25 <= len(first.split()) <= 32


def test_the_report_sets_the_opening_beside_today() -> None:
    then = past("say-it-to-myself", "sentence", (1, 2, "I want her back"), (5, 1, "I want to sleep"))
    then |= past("say-it-to-myself", "wish", (1, 2, 9))
    wall = {("so-what-changes", "same_wall"): "I go silent"}
    shown = found("closing-report", {"wall": "for an hour, not a week"}, past=then, answers=wall)
    table = next(f for f in shown if f.sentence == "then_now")
    assert table.own_words
    assert table.frame == {
        "row": ["sentence", "wish", "wall"],
        "then": ["I want her back", "9", "I go silent"],
        "now": ["I want to sleep", "", "for an hour, not a week"],
    }
    assert shown[0].on_top


def test_the_report_counts_what_was_kept_from_the_smallest_numbers_on() -> None:
    logs = {
        "promise-log": [entry("promise-log", d, outcome="kept") for d in range(1, 6)],
        "proof-of-change": [entry("proof-of-change", d, how="new" if d > 2 else "old") for d in range(1, 6)],
        "baseline": [entry("baseline", 1, 1, happy=3, anxious=8)],
        "weekly-check-in": [entry("weekly-check-in", 3, happy=6, anxious=None)],
    }
    costs = past("decision-check", "cost", (3, 1, 8), (5, 1, 4))
    lines = page("closing-report", {"outcome": "apart"}, logs=logs, past=costs)
    assert "Of the 5 promises that came due, you kept 5." in lines
    assert "Of 5 times when the old pattern could have run, 3 went the new way." in lines
    assert "What hoping cost you, from your decision checks: 8 at first, 4 at the latest." in lines
    slopes = next(f for f in found("closing-report", {"outcome": "apart"}, logs=logs) if f.chart == "slopes")
    assert slopes.frame == {"slider": ["happy"], "first": [3], "now": [6]}
    few = {name: log[:4] for name, log in logs.items() if name in ("promise-log", "proof-of-change")}
    assert not {"kept", "new_pattern"} & set(kinds("closing-report", {"outcome": "apart"}, logs=few))


def test_the_report_ends_with_a_note_of_three_lines() -> None:
    answers = {"outcome": "apart", "helped": ["right-now", "no-such-page"], "harmed": "the letter"}
    head, *lines = page("closing-report", answers)[-4:]
    assert head.endswith("Nothing is sent from here.")
    assert lines == [
        "Where it landed: kindly apart",
        "What helped: I want to text them right now",
        "What made things worse: the letter",
    ]


# --- periods ---------------------------------------------------------------------------------------------------------


def test_weeks_and_fortnights_begin_on_mondays() -> None:
    for day in (dt.date(2026, 5, 4) + dt.timedelta(days=n) for n in range(7)):
        assert week_of(day) == dt.date(2026, 5, 4)
        assert fortnight_of(day).weekday() == 0
        assert 0 <= (day - fortnight_of(day)).days < 14
    assert span(dt.date(2026, 5, 4), dt.date(2026, 5, 25), 7, 2) == [dt.date(2026, 5, 18), dt.date(2026, 5, 25)]


def test_a_reading_is_what_stood_when_the_page_was_put_away() -> None:
    versions = past("state-of-us", "sat", (4, 1, 5), (5, 6, 7))
    known = ctx(past=versions, events=[done("state-of-us", 1), done("other", 2), done("state-of-us", 30, 3)])
    assert readings(known, "state-of-us", "sat") == [
        (dt.date(2026, 4, 1), 5),
        (dt.date(2026, 5, 1), 5),
        (dt.date(2026, 5, 6), 7),
    ]


# --- marks on the plan, lines that go on -----------------------------------------------------------------------------


def test_a_step_is_marked_by_the_reasons_that_stood_when_it_was_looked_at() -> None:
    then = past("slide-or-decide", "milestone", (3, 1, "meet"), (4, 1, "intimate"))
    then |= past("slide-or-decide", "why_now", (3, 1, ["talked"]), (4, 1, ["lonely"]))
    rows = [{"row": "meet", "earliest": "2026-03-01"}, {"row": "intimate", "earliest": "2026-04-01"}]
    told = page("pace-plan", {"rows": rows}, past=then)
    assert "Decided, by your own ticks: meet now and then." in told
    assert any(line.startswith("More of a slide, by your own ticks: sleep over") for line in told)
    [chart] = [f for f in found("pace-plan", {"rows": rows}, past=then) if f.chart]
    assert chart.frame["choice"] == ["decided", "slid"]


def test_a_step_without_reasons_or_of_another_kind_is_not_marked() -> None:
    rows = [{"row": "meet", "earliest": "2026-03-01"}]
    for then in (
        past("slide-or-decide", "milestone", (3, 1, "meet")),
        past("slide-or-decide", "why_now", (3, 1, ["talked"])),
        past("slide-or-decide", "milestone", (3, 1, "other")) | past("slide-or-decide", "why_now", (3, 1, ["easy"])),
    ):
        [chart] = [f for f in found("pace-plan", {"rows": rows}, past=then) if f.chart]
        assert chart.frame["choice"] == [None]
        assert not [k for k in kinds("pace-plan", {"rows": rows}, past=then) if k.startswith("marks")]


@pytest.mark.parametrize(
    ("exercise", "key", "slider"),
    [("say-it-to-myself", "wish", "together"), ("it-is-over-for-now", "accept", "real")],
)
def test_a_first_dot_becomes_a_line_that_goes_on_in_the_weekly_check_in(exercise: str, key: str, slider: str) -> None:
    assert kinds(exercise, {key: 7}) == [f"{key}_dot"]
    then = past(exercise, key, (4, 1, 9))
    weekly = {"weekly-check-in": [entry("weekly-check-in", 1, **{slider: 6})]}
    now = {"given": {(exercise, key): at(12)}}
    [two] = found(exercise, {key: 7}, past=then, **now)
    assert (two.sentence, two.chart) == (f"{key}_now", None)  # two dots are no line
    [line] = found(exercise, {key: 8}, past=then, logs=weekly, **now)
    assert (line.sentence, line.chart) == (f"{key}_same", "line-days")
    assert line.frame == {"day": ["2026-04-01", "2026-05-01", "2026-05-12"], key: [9, 6, 8]}


def test_the_line_that_makes_it_worth_it_stands_in_the_closing_report() -> None:
    worth = {("honest-odds", "good_either_way"): "I can say what I need"}
    told = page("closing-report", {"outcome": "apart"}, answers=worth)
    assert "Still worth it, in your words from the Opening: I can say what I need" in told
    assert "Still worth it" not in " ".join(page("closing-report", {"outcome": "apart"}))


def test_a_goal_asks_how_it_went_on_its_day_and_no_sooner() -> None:
    early, late = {("woop-goal", "wish"): at(15, 4)}, {("woop-goal", "wish"): at(14, 4)}
    goal = {"wish": "to swim"}
    assert held("woop-goal", goal, ctx(given=early)) == {"outcome", "learned"}
    assert held("woop-goal", goal, ctx(given=late)) == frozenset()
    assert held("woop-goal", {}, ctx(given=late)) == {"outcome", "learned"}
    assert "look_again" in kinds("woop-goal", goal, given=early)
    assert "look_now" in kinds("woop-goal", goal, given=late)
    told = page("woop-goal", goal | {"outcome": "dropped", "learned": "mornings are mine"}, given=late)
    assert told[-2:] == [
        "You let it drop. Knowing what is not for now is worth something too.",
        "What you learned: mornings are mine",
    ]
    assert held("woop-goal", goal | {"outcome": "done"}, ctx(given=early)) == frozenset()
