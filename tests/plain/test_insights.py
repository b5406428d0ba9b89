"""What pages give back: hand-computed sentences for the Opening and the steps, nothing below the smallest number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rekindle.charts import draw
from rekindle.contact import REASONS, Standing, State, standing
from rekindle.content import catalog
from rekindle.insights import Context, fill, findings, words_of
from rekindle.records import Entry, Moment

TODAY = dt.date(2026, 5, 12)
IN_TOUCH = Standing(State.OPEN, also=frozenset({State.OPEN}), wish=State.OPEN)


def context(**more: Any) -> Context:
    known: dict[str, Any] = {"today": TODAY, "standing": IN_TOUCH} | more
    return Context(**known)


def page(exercise: str, answers: Any, entries: Any = (), **more: Any) -> list[str]:
    """The sentences under a page, as a person reads them."""
    words = words_of(catalog().exercise(exercise))
    return [fill(f, words) for f in findings(exercise, answers, entries, context(**more))]


def kinds(exercise: str, answers: Any, entries: Any = (), **more: Any) -> list[str]:
    return [f.sentence for f in findings(exercise, answers, entries, context(**more))]


def only(exercise: str, sentence: str, answers: Any, entries: Any = (), **more: Any) -> Any:
    found = [f for f in findings(exercise, answers, entries, context(**more)) if f.sentence == sentence]
    assert len(found) == 1
    return found[0]


def entry(exercise: str, day: int, hour: int = 12, zone: str = "UTC", /, **values: Any) -> Entry:
    return Entry(f"{day}-{hour}", exercise, values, Moment.at(dt.datetime(2026, 5, day, hour, tzinfo=dt.UTC), zone))


EXERCISES = [e.id for e in catalog().exercises]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_blank_page_says_nothing(exercise: str) -> None:
    assert kinds(exercise, {}) == []


# --- the gates -------------------------------------------------------------------------------------------------------


def test_other_eyes_bring_the_privacy_page_first() -> None:
    for seen in ("maybe", "yes"):
        found = findings("screen-check", {"seen": seen}, (), context())
        assert found[0].help == "privacy"
        assert "watched_note" in [f.sentence for f in found]
    assert kinds("screen-check", {"seen": "nobody"}) == ["seen_nobody", "not_locked"]
    assert kinds("screen-check", {"seen": None}) == ["skipped"]
    assert "leave_now" in kinds("screen-check", {"seen": "yes"})


@pytest.mark.parametrize(
    ("asked", "order", "sentence"),
    [
        ("stop", "no", "They have answered for now. The rest of the book is still yours."),
        ("in-touch", "no", "You are in touch, and by what you say it is okay. That is the first fact in your plan."),
    ],
)
def test_the_gate_says_what_their_wish_means(asked: str, order: str, sentence: str) -> None:
    answers = {"asked": asked, "order": order}
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    assert page("consent-gate", answers, standing=now)[0] == sentence


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"asked": "in-touch", "order": "yes"}, "state_closed_order"),
        ({"asked": "in-touch", "order": "not-sure"}, "state_order_unsure"),
        ({"asked": "quiet", "order": "no"}, "state_quiet"),
        ({"asked": "space", "order": "no"}, "state_space"),
        ({"asked": "until-date", "order": "no", "until": "2026-06-01"}, "state_space_until"),
        ({"asked": "until-date", "order": "no"}, "state_space"),
        ({"asked": "in-touch"}, "order_missing"),
        ({"asked": "not-sure", "order": "no"}, "state_unknown"),
        ({"asked": None}, "state_unknown"),
    ],
)
def test_the_gate_names_each_state(answers: Any, key: str) -> None:
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    assert kinds("consent-gate", answers, standing=now)[0] == key


def test_needed_talk_stays_with_the_facts() -> None:
    answers: dict[str, Any] = {"asked": "stop", "order": "yes", "must_talk": ["children", "home"]}
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    assert page("consent-gate", answers, standing=now)[1:] == [
        "Still to talk about: children, home or rent. Use only a route that the order allows, facts only.",
        "Children: times, health, school.",
        "Home or rent: keys, bills, dates.",
        (
            "Nothing about the two of you belongs in needed talk. You can write down what is okay on My space promise. "
            "In the Space counter, needed contact counts against nothing."
        ),
    ]
    paused = Standing(State.PAUSED, "paused", also=frozenset({State.PAUSED, State.OPEN}), wish=State.OPEN)
    assert kinds("consent-gate", {"asked": "in-touch", "must_talk": ["pet"]}, standing=paused) == ["state_open"]


@pytest.mark.parametrize("asked", ["in-touch", "quiet", "until-date", "space"])
def test_each_topic_that_is_needed_has_its_facts(asked: str) -> None:
    answers: dict[str, Any] = {"asked": asked, "order": "no", "must_talk": ["pet", "work", "money"]}
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    found = kinds("consent-gate", answers, standing=now)
    at = found.index("must_talk")
    assert found[at : at + 4] == ["must_talk", "facts_money", "facts_pet", "facts_work"]
    assert ("needed_page" in found) == (asked != "in-touch"), (
        "who is in touch keeps no space that it could count against"
    )
    assert "must_wait" not in found


def test_who_was_asked_to_stop_has_a_channel_for_children_or_a_home_and_for_nothing_else() -> None:
    answers: dict[str, Any] = {"asked": "stop", "order": "no", "must_talk": ["money", "pet"]}
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    assert page("consent-gate", answers, standing=now)[1:] == [
        (
            "There is no way here now to talk about this: money or papers, a pet. "
            "A lawyer or an advice service can help to settle it without a word from you."
        )
    ]
    answers["must_talk"] = ["children", "pet", "nothing"]
    now = standing({("consent-gate", k): v for k, v in answers.items()}, (), (), TODAY)
    found = kinds("consent-gate", answers, standing=now)
    assert found == ["state_closed", "must_talk", "facts_children", "needed_page", "must_wait"]


@pytest.mark.parametrize(("exercise", "help_kind"), [("safety-gate", "abuse"), ("my-own-line", "harm")])
def test_any_tick_brings_help_first_and_no_tick_is_named(exercise: str, help_kind: str) -> None:
    options = {"safety-gate": "to_me", "my-own-line": "by_me"}
    ids = [o.id for o in catalog().exercise(exercise).field(options[exercise]).options]  # type: ignore[union-attr]  # both fields have options
    for tick in set(ids) - {"none", "skip"}:
        found = findings(exercise, {}, (), context(ticked=frozenset({tick})))
        assert (found[0].sentence, found[0].help, found[0].tone) == ("any_tick", help_kind, "card")
        assert all(not f.values for f in found)
    assert kinds(exercise, {}, ticked=frozenset({"none"})) == ["none"]
    assert kinds(exercise, {}, ticked=frozenset({"skip"})) == ["skipped"]


def test_none_still_shows_the_way_to_help() -> None:
    assert findings("safety-gate", {}, (), context(ticked=frozenset({"none"})))[0].help == "abuse"


def test_after_they_said_stop_says_what_is_folded() -> None:
    assert "after_stop" in kinds("my-own-line", {}, ticked=frozenset({"after-stop"}))
    assert "after_stop" not in kinds("my-own-line", {}, ticked=frozenset({"scared"}))


def test_what_was_ticked_is_not_in_the_context_repr() -> None:
    assert "afraid" not in repr(context(ticked=frozenset({"afraid"})))


# --- the Opening -----------------------------------------------------------------------------------------------------


def test_the_first_sentence_comes_back_on_a_card() -> None:
    card = only("say-it-to-myself", "card", {"sentence": "  I want us <b>back</b> {here} "})
    assert (card.tone, card.own_words) == ("card", True)
    assert page("say-it-to-myself", {"sentence": "  I want us <b>back</b> {here} ", "wish": 9}) == [
        "I want us <b>back</b> {here}",
        "You have said it here. Nobody else needs to hear it today.",
        "Today you put 9 out of 10. That is the first dot on your wish line, and no number is the right one.",
    ]


def test_a_wish_of_nought_is_an_answer() -> None:
    assert kinds("say-it-to-myself", {"wish": 0}) == ["wish_dot"]


def test_masks_are_counted_and_named() -> None:
    assert page("say-it-to-myself", {"masks": ["work", "friends"]}) == [
        "You act fine in 2 places: with friends, at work or school. You have now been honest in another place, here."
    ]
    assert kinds("say-it-to-myself", {"masks": ["nowhere"]}) == ["masks_nowhere"]


def test_the_situation_comes_back_in_one_line() -> None:
    answers = {
        "nickname": "V",
        "kind": "married",
        "ended_by": "they",
        "ended_on": "2026-03-02",
        "shared": ["home", "children"],
        "times": "once",
    }
    assert page("my-situation", answers) == [
        (
            "Here is what you told the book: you call them V, you two were married or in a civil union, "
            "they ended it, it ended around 2026-03-02, you still share children, a home, "
            "you had split and come back once before."
        )
    ]
    assert kinds("my-situation", {"times": "more"}) == ["repeat_back", "returns_many"]


MISSED = [
    {"what": "laugh", "only_they": True},
    {"what": "Sunday cooking", "friend": True},
    {"what": "calm", "build": True, "friend": True},
    {"what": "feeling sure", "never_there": True},
]


def test_what_is_missed_is_shared_out() -> None:
    found = only("what-do-i-miss", "elsewhere_many", {"rows": MISSED})
    assert found.values == {"count": 2, "total": 4}
    assert found.chart == "miss-places"
    assert found.frame == {"place": ["only_they", "friend", "build", "never_there"], "rows": [1, 2, 1, 1]}
    assert only("what-do-i-miss", "never_there_one", {"rows": MISSED})


def test_two_things_missed_make_a_sentence_and_no_bar() -> None:
    assert only("what-do-i-miss", "elsewhere_one", {"rows": MISSED[:2]}).chart is None
    assert kinds("what-do-i-miss", {"rows": [{"what": "", "friend": True}]}) == []
    assert kinds("what-do-i-miss", {"rows": [{"what": "calm"}]}) == []


def test_the_rule_for_honest_is_their_own() -> None:
    assert page("fear-of-looking-needy", {"sort": ["no-is-okay", "once"]}) == [
        "For me, honest means: I say it once, no is okay."
    ]
    assert kinds("fear-of-looking-needy", {"sort": ["hinting"]}) == ["rule", "rule_note"]


def test_facts_stand_beside_guesses() -> None:
    rows = [{"words": "I am tired", "guess": "someone new", "other_guess": "tired"}, {"guess": "angry"}]
    assert page("their-side-too", {"said": rows}) == [
        "Side by side, your page holds one thing they said or did and 3 guesses."
    ]
    found = only("their-side-too", "counts", {"said": rows})
    assert found.frame == {
        "words": ["I am tired", ""],
        "guess": ["someone new", "angry"],
        "other_guess": ["tired", ""],
    }
    assert found.own_words
    assert kinds("their-side-too", {"said": [{"guess": "angry"}]}) == ["counts", "mostly_guesswork"]
    assert kinds("their-side-too", {"said": [{"words": "no"}]}) == ["counts", "no_guesses"]


def test_the_wall_is_pinned() -> None:
    found = findings("so-what-changes", {"same_wall": "we go silent"}, (), context())
    assert [(f.sentence, f.tone) for f in found] == [("wall", "card"), ("wall_pinned", "plain")]
    assert dict(found[0].values) == {"same_wall": "we go silent"}


def test_what_is_in_their_power() -> None:
    def rows(*powers: Any) -> dict[str, Any]:
        return {"mine": [{"problem": "p", "power": p} for p in powers]}

    assert only("so-what-changes", "power_many", rows("yes", "partly", "no")).values == {"count": 2, "total": 3}
    assert kinds("so-what-changes", rows("yes")) == ["power_single"]
    assert kinds("so-what-changes", rows("no", "no")) == ["power_none"]
    assert kinds("so-what-changes", rows("no", None)) == []


def test_odds_are_base_rates_with_what_they_do_not_mean_and_never_a_chance() -> None:
    found = kinds("honest-odds", {"hope": 7, "good_either_way": "I learned to ask"})
    rates = [k for k in found if k.startswith("rate_") and not k.endswith("_not")]
    assert len(rates) == 4
    assert all(found[found.index(r) + 1] == f"{r}_not" for r in rates)
    assert "7" not in " ".join(page("honest-odds", {"hope": 7})[:1])
    high, low = page("honest-odds", {"hope": 10}), page("honest-odds", {"hope": 0})
    assert high == low


def first(**values: Any) -> list[Entry]:
    return [entry("baseline", 1, **values)]


def test_the_baseline_draws_first_dots_and_calls_none_good_or_bad() -> None:
    found = only("baseline", "dots_many", {}, first(happy=0, anxious=3, pull=None))
    assert found.values["count"] == 2
    assert found.chart == "first-dots"
    assert found.frame["first"] == [None, None, 0, 3, None, None, None, None, None]


@pytest.mark.parametrize(
    ("happy", "anxious", "shown"),
    [(4, 6, True), (0, 10, True), (5, 6, False), (4, 5, False), (None, 9, False), (3, None, False)],
)
def test_low_and_on_edge_brings_one_gentle_line(happy: Any, anxious: Any, shown: bool) -> None:
    found = findings("baseline", {}, first(happy=happy, anxious=anxious), context())
    assert ("support" in [f.help for f in found]) is shown


def test_the_first_check_in_gives_the_dots_and_the_newest_the_care() -> None:
    entries = [entry("baseline", 8, happy=2, anxious=9), entry("baseline", 1, happy=8, anxious=1)]
    assert only("baseline", "dots_many", {}, entries).frame["first"][2] == 8
    assert only("baseline", "talk", {}, entries)


# --- the steps -------------------------------------------------------------------------------------------------------


def test_one_gentle_act_for_one_ticked_row() -> None:
    assert kinds("it-is-over-for-now", {"accept": 4, "proof": ["waiting", "checking"]}) == [
        "accept_dot",
        "act_checking",
    ]
    assert kinds("it-is-over-for-now", {"proof": ["nowhere"]}) == ["nowhere"]


def reasons(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {"rows": [{"reason": "r", "whose": w, "change": c} for w, c in pairs]}


def test_reasons_are_counted_by_whose_they_are() -> None:
    answers = reasons(("mine", "yes"), ("theirs", "no"), ("mine", "partly"), ("outside", None))
    assert kinds("why-it-ended", answers) == [
        "reasons_many",
        "whose_mine_many",
        "whose_theirs_one",
        "whose_outside_one",
        "change_many",
    ]
    assert only("why-it-ended", "whose_mine_many", answers).frame == {
        "whose": ["mine", "theirs", "between", "outside"],
        "yes": [1, 0, 0, 0],
        "partly": [1, 0, 0, 0],
        "no": [0, 1, 0, 0],
        "unsaid": [0, 0, 0, 1],
    }


def test_two_reasons_are_counted_and_nothing_more() -> None:
    assert kinds("why-it-ended", reasons(("mine", "no"), ("mine", "no"))) == ["reasons_many"]


def test_mostly_theirs_or_fixed_is_not_theirs_to_change() -> None:
    assert "mostly_not_yours" in kinds("why-it-ended", reasons(("theirs", "yes"), ("between", "no"), ("mine", "yes")))
    even = reasons(("theirs", "yes"), ("between", "no"), ("mine", "yes"), ("mine", "yes"))
    assert "mostly_not_yours" not in kinds("why-it-ended", even)


def test_all_mine_is_looked_at_again_with_care() -> None:
    found = kinds("why-it-ended", reasons(("mine", "no"), ("mine", "no"), ("mine", "yes")))
    assert "all_mine" in found
    assert "mostly_not_yours" not in found


def test_old_patterns_and_the_one_that_matters() -> None:
    rows = [{"old": "silence", "new": "say an hour", "practice": "sister"}, {"old": "shouting"}]
    assert page("pattern-swap", {"rows": rows, "top": "silence"}) == [
        "You named 2 old patterns.",
        "One of them now has a new way.",
        "One of them you can practise without a word to your ex.",
        "A line that starts with If and goes on with then can make the new way easier to find in the moment.",
        "What matters most right now, in your words: silence",
        "In its place: say an hour",
    ]
    assert "top" not in kinds("pattern-swap", {"rows": rows, "top": "gone since"})


def test_the_goal_card_looks_again_four_weeks_after_it_was_written() -> None:
    written = {("woop-goal", "wish"): Moment.at(dt.datetime(2026, 5, 1, tzinfo=dt.UTC))}
    answers = {"wish": "cook", "plan": [{"if": "I come in low", "then": "the pan goes on"}]}
    assert page("woop-goal", answers, given=written) == [
        "Your wish: cook",
        "If I come in low, then I will the pan goes on",
        "Look again on 2026-05-29. Done, partly, changed or dropped are all fine.",
    ]
    assert page("woop-goal", {"wish": "cook"})[-1].startswith("Look again on 2026-06-09")


ALL_EIGHT = [
    "not-asked-to-stop",
    "space-passed",
    "four-weeks",
    "could-read-no",
    "not-my-pain",
    "slept",
    "two-lines",
    "someone-knows",
]
QUIET = Standing(State.QUIET, also=frozenset({State.QUIET}), wish=State.QUIET, ready=True)


def test_ready_opens_a_page_and_never_pushes() -> None:
    assert kinds("ready-check", {"checks": ALL_EIGHT, "steady": 5}, standing=QUIET) == ["ready"]
    closed = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}), closed="closed")
    assert kinds("ready-check", {"checks": ALL_EIGHT, "steady": 9}, standing=closed) == ["ready_no_hello"]


@pytest.mark.parametrize("missing", ALL_EIGHT)
def test_the_missing_item_comes_with_a_page_that_helps(missing: str) -> None:
    ticked = [t for t in ALL_EIGHT if t != missing]
    key = f"missing_{missing.replace('-', '_')}"
    found = only("ready-check", key, {"checks": ticked, "steady": 8}, standing=QUIET)
    assert found.pages
    assert set(found.pages) <= set(EXERCISES)


def test_several_missing_are_counted_and_the_first_is_named() -> None:
    found = kinds("ready-check", {"checks": ["slept"], "steady": 3}, standing=QUIET)
    assert found == ["missing_many", "missing_not_asked_to_stop", "steady_low"]
    assert kinds("ready-check", {"checks": ALL_EIGHT, "steady": 4}, standing=QUIET) == ["steady_low"]


def test_in_calm_contact_the_check_is_not_needed_to_answer() -> None:
    assert kinds("ready-check", {"checks": ["slept"]})[-1] == "open_not_needed"


def test_who_started_is_counted_twice() -> None:
    rows = [{"act": "a", "started": s} for s in ("they", "me", "me", "unclear", None)]
    assert page("their-wishes", {"rows": rows}) == [
        "Started by them: 1. Started by you: 2.",
        "For 1 it is not clear who started it.",
    ]


def test_a_reading_of_distance_or_stop_asks_before_it_is_held() -> None:
    rows = [{"act": "a"}]
    assert only("their-wishes", "offer_quiet", {"rows": rows, "best_read": "distance"}).offer == "quiet"
    assert only("their-wishes", "offer_closed", {"rows": rows, "best_read": "stop"}).offer == "closed"
    closed = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}))
    assert kinds("their-wishes", {"rows": rows, "best_read": "stop"}, standing=closed) == ["held_closed"]
    assert kinds("their-wishes", {"rows": rows, "best_read": "distance"}, standing=closed) == []
    quiet = Standing(State.QUIET, also=frozenset({State.QUIET}), distance=True)
    assert kinds("their-wishes", {"rows": rows, "best_read": "distance"}, standing=quiet) == ["held_quiet"]


def test_trust_then_and_now_in_their_own_view() -> None:
    own = [{"row": "faith", "then": 8, "now": 0}, {"row": "steady", "then": 3, "now": 5, "proof": "on time"}]
    assert page("trust-map", {"self": own, "lies": "mine"}) == [
        "steady: 3 then, 5 now, in your own view.",
        "faith: 8 then, 0 now, in your own view.",
        "These numbers are your own view of your own conduct. Trust itself is for each of you to give, or not.",
        (
            "Trust hurt by a lie is slower to mend, even with a promise and an apology. "
            "In a money game between strangers it never came all the way back (Schweitzer et al. 2006). "
            "Whoever told it, nobody has to hurry."
        ),
        "You named one steady proof. It could be a line in the promise log.",
    ]
    frame = only("trust-map", "own_view", {"self": own}).frame
    assert frame == {"kind": ["steady", "dependable", "faith"], "then": [3, None, 8], "now": [5, None, 0]}
    assert only("trust-map", "proof_one", {"self": own}).pages == ("promise-log",)
    assert "lies" not in kinds("trust-map", {"lies": "no"})


def step(row: str, **cells: Any) -> dict[str, Any]:
    return {"row": row} | cells


def test_a_step_that_was_moved_up_gets_a_soft_note() -> None:
    rows = [
        step("light-contact", earliest="2026-05-01", agreed="yes"),
        step("meet", earliest="2026-07-01"),
        step("tell-children", done="2026-06-01", felt=4),
    ]
    assert page("pace-plan", {"rows": rows, "slower": "me"}) == [
        "So far 3 steps have a date.",
        "On one of them you both agree.",
        "You moved this up: tell the children. Is it a choice or a slide?",
        "You put tell the children at 4 out of 10. How it felt for you counts too.",
        "You set most of the pace. If it suits only one, it can turn into pressure.",
    ]


def test_steps_in_order_get_no_note_and_the_line_runs_by_date() -> None:
    rows: list[Any] = [
        step("meet", earliest="2026-05-01"),
        step("own-one", own="Meet her dad", earliest="2026-04-01"),
        step("talk", earliest="2026-05-01"),
    ]
    found = findings("pace-plan", {"rows": rows}, (), context())
    assert [f.sentence for f in found] == ["dated_many", "agreed_none"]
    assert found[0].frame is not None
    assert found[0].frame["step"] == ["own-one", "meet", "talk"]
    assert found[0].own_words


# --- all of them -----------------------------------------------------------------------------------------------------


def test_states_say_why_for_every_reason() -> None:
    for reason in REASONS:
        assert catalog().words.say(f"states.folded.{reason}.why", until="12 May")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
GARBAGE_ROW = st.dictionaries(
    st.sampled_from(["row", "old", "act", "reason", "whose", "then", "now", "done", "what", "problem", "if"]), JSON
)


@settings(max_examples=10, deadline=None)
@given(st.data())
@pytest.mark.parametrize("exercise", EXERCISES)
def test_findings_never_raise_on_any_json(exercise: str, data: Any) -> None:
    shown = catalog().exercise(exercise)
    keys = st.sampled_from([f.key for f in shown.fields])
    answers = data.draw(st.dictionaries(keys, JSON | st.lists(GARBAGE_ROW, max_size=4)))
    log = [lf.id for f in shown.fields for lf in getattr(f, "fields", ())] or ["x"]
    values = data.draw(st.lists(st.dictionaries(st.sampled_from(log), JSON), max_size=6))
    entries = [entry(exercise, 1 + i, **v) for i, v in enumerate(values)]
    for finding in findings(exercise, answers, entries, context()):
        fill(finding, words_of(shown))


def plausible(field: Any) -> Any:
    """Any answer that a form could give for a field."""
    ids = [o.id for o in getattr(field, "options", ())]
    text = st.sampled_from(["", "a few words", "{x} <b> $1$ & more"])
    date = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)).map(str)
    kind = getattr(field, "type", None) or field.kind
    return {
        "text": text,
        "short_text": text,
        "long_text": text,
        "single_choice": st.sampled_from([None, *ids]),
        "choice": st.sampled_from([None, *ids]),
        "multi_choice": st.lists(st.sampled_from(ids or [""]), unique=True),
        "tick": st.booleans(),
        "scale": st.integers(0, 10) | st.none(),
        "scale_0_10": st.integers(0, 10) | st.none(),
        "date": date,
        "day": date,
        "when": date,
        "minutes": st.integers(0, 90),
        "if_then": st.lists(st.fixed_dictionaries({"if": text, "then": text}), max_size=3),
    }[kind]


def table(field: Any) -> Any:
    cells = {c.id: plausible(c) for c in field.columns}
    if field.rows:
        return st.tuples(*(st.fixed_dictionaries({"row": st.just(r.id)}, optional=cells) for r in field.rows)).map(list)
    return st.lists(st.fixed_dictionaries({}, optional=cells), max_size=6)


@settings(max_examples=15, deadline=None)
@given(st.data())
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_finding_has_its_words_and_every_chart_draws(exercise: str, data: Any) -> None:
    shown = catalog().exercise(exercise)
    words = words_of(shown)
    answers = {
        f.key: data.draw(table(f) if f.type == "table" else plausible(f)) for f in shown.fields if f.type != "log"
    }
    logs = [{lf.id: plausible(lf) for lf in f.fields} for f in shown.fields if f.type == "log"]
    drawn = data.draw(st.lists(st.fixed_dictionaries(logs[0]), max_size=9)) if logs else []
    entries = [entry(exercise, 1 + i, **v) for i, v in enumerate(drawn)]
    ticked = data.draw(st.sets(st.sampled_from(["none", "skip", "afraid", "after-stop"])))
    states = st.sampled_from([Standing(s, "closed", also=frozenset({s}), wish=s) for s in State])
    now = context(ticked=frozenset(ticked), standing=data.draw(states))
    for finding in findings(exercise, answers, entries, now):
        sentence = fill(finding, words)
        assert sentence
        assert "{x}" not in sentence or finding.own_words
        if finding.chart:
            assert finding.frame is not None
            assert len({len(column) for column in finding.frame.values()}) == 1
            draw(finding.chart, finding.frame, words)
