"""The contact state: every row of the table, every skip rule, and every page in every state."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given as samples
from hypothesis import settings
from hypothesis import strategies as st

from rekindle.contact import ALL_PAGES, REASONS, State, events_due, is_open, openness, space_due, standing
from rekindle.contact.signs import signs
from rekindle.errors import UnknownExercise
from rekindle.records import Entry, Event, Moment

TODAY = dt.date(2026, 5, 12)
TICKS = [
    "not-asked-to-stop",
    "space-passed",
    "four-weeks",
    "could-read-no",
    "not-my-pain",
    "slept",
    "two-lines",
    "someone-knows",
]


def at(day: int, month: int = 5, hour: int = 12) -> Moment:
    return Moment.at(dt.datetime(2026, month, day, hour, tzinfo=dt.UTC))


def event(kind: str, day: int, hour: int = 12, **detail: Any) -> Event:
    return Event(kind, detail, at(day, hour=hour))


def contact(day: int, **values: Any) -> Entry:
    return Entry("a", "contact-log", values, at(day))


def gate(asked: Any, order: Any = "no", **more: Any) -> dict[Any, Any]:
    answers = {("consent-gate", "asked"): asked, ("consent-gate", "order"): order}
    return answers | {tuple(k.split("__")): v for k, v in more.items()}


READY = {("ready-check", "checks"): TICKS, ("ready-check", "steady"): 5}
YES = {("say-it-once", "answer"): "yes"}
CLEARED = [
    event("support-read", 10, 1),
    event("gate-clear", 10, 2, gate="safety-gate"),
    event("gate-clear", 10, 3, gate="my-own-line"),
]


def stand(answers: dict[Any, Any], entries: Any = (), events: Any = (), day: dt.date = TODAY, given: int = 1) -> Any:
    return standing(answers, entries, events, day, dict.fromkeys(answers, at(given)))


# --- every row of the table ------------------------------------------------------------------------------------------


def test_in_touch_and_fine_with_it_is_open() -> None:
    assert stand(gate("in-touch")).state is State.OPEN


@pytest.mark.parametrize(("day", "over"), [(11, False), (12, True), (13, True)])
def test_a_named_date_is_space_until_that_date(day: int, over: bool) -> None:
    now = stand(gate("until-date") | {("consent-gate", "until"): "2026-05-12"}, day=dt.date(2026, 5, day))
    assert (now.state, now.reason, now.until) == (State.SPACE, "space-until", TODAY)
    assert now.space_over is over
    assert is_open("ready-check", now) is over
    assert not is_open("first-hello", now)


def test_after_the_named_date_a_hello_needs_a_ready_check_of_that_day_or_later() -> None:
    answers = gate("until-date") | {("consent-gate", "until"): "2026-05-10"} | READY
    assert not is_open("first-hello", stand(answers, given=9))
    assert not is_open("first-hello", standing(answers, (), (), TODAY))
    assert is_open("first-hello", stand(answers, given=10))
    assert is_open("send-or-sleep", stand(answers, given=10))
    sent = stand(answers, events=[event("hello-sent", 11)], given=10)
    assert openness("first-hello", sent).reason == "hello-sent"


@pytest.mark.parametrize("until", [None, "", "soon", 5, ["2026-05-01"]])
def test_a_break_without_a_date_is_space_with_no_end(until: Any) -> None:
    now = stand(gate("until-date") | {("consent-gate", "until"): until} | READY)
    assert (now.state, now.reason, now.until) == (State.SPACE, "space", None)
    assert not is_open("ready-check", now)


def test_space_with_no_date_opens_nothing_but_keeps_the_look_again_date() -> None:
    now = stand(gate("space") | {("space-agreement", "end"): "2026-05-01"} | READY)
    assert (now.state, now.look_again) == (State.SPACE, dt.date(2026, 5, 1))
    assert is_open("should-i", now)
    assert not is_open("ready-check", now)


def test_a_space_promise_that_they_set_can_only_make_the_wait_longer() -> None:
    answers = gate("until-date") | {("consent-gate", "until"): "2026-05-12"}
    longer = {("space-agreement", "whose"): "they", ("space-agreement", "end"): "2026-06-01"}
    shorter = {("space-agreement", "whose"): "they", ("space-agreement", "end"): "2026-05-02"}
    assert stand(answers | longer).until == dt.date(2026, 6, 1)
    assert stand(answers | shorter).until == TODAY


def test_a_day_that_they_named_is_not_made_shorter_by_another_answer() -> None:
    first = gate("until-date") | {("consent-gate", "until"): "2026-06-01"}
    sooner = gate("until-date") | {("consent-gate", "until"): "2026-05-01"}
    [(kind, detail)] = space_due(first, (), TODAY)
    noted = Event(kind, detail, at(2))
    assert stand(sooner).until == dt.date(2026, 5, 1)
    assert stand(sooner, events=[noted]).until == dt.date(2026, 6, 1)
    assert space_due(sooner, [noted], TODAY) == []
    assert space_due(first, [noted], TODAY) == []  # noted once
    assert stand(sooner, events=[noted, Event("reached-out", {}, at(3))]).until == dt.date(2026, 5, 1)


@pytest.mark.parametrize("day", ["2026-05-12", "2026-05-01", "2227-06-01", "soon", None])
def test_a_day_that_has_come_or_is_a_slip_of_the_finger_is_not_held(day: Any) -> None:
    assert space_due(gate("until-date") | {("consent-gate", "until"): day}, (), TODAY) == []
    assert space_due(gate("space") | {("consent-gate", "until"): "2026-06-01"}, (), TODAY) == []


@pytest.mark.parametrize("wish", ["space", "quiet", "stop", "until-date"])
def test_when_they_reach_out_it_is_open(wish: str) -> None:
    assert stand(gate(wish), events=[event("reached-out", 3)]).state is State.OPEN
    assert stand(gate(wish), events=[event("reached-out", 3)], given=4).state is not State.OPEN


def test_silence_is_quiet_and_allows_one_hello_after_the_ready_check() -> None:
    now = stand(gate("quiet"))
    assert now.state is State.QUIET
    assert is_open("ready-check", now)
    assert openness("first-hello", now).reason == "ready-first"
    assert is_open("first-hello", stand(gate("quiet") | READY))


def test_two_weeks_of_silence_after_a_hello_stay_quiet_with_no_second_draft() -> None:
    later = dt.date(2026, 12, 1)
    now = stand(gate("quiet") | READY, events=[event("hello-sent", 2)], day=later)
    assert now.state is State.QUIET
    assert openness("first-hello", now).reason == openness("send-or-sleep", now).reason == "hello-sent"
    replied = [event("hello-sent", 2), event("reached-out", 3)]
    assert stand(gate("quiet") | READY, events=replied).state is State.OPEN
    quiet_again = stand(gate("quiet") | READY, events=replied, given=9)
    assert quiet_again.state is State.QUIET
    assert is_open("first-hello", quiet_again)


def test_no_answer_for_two_weeks_makes_an_open_contact_quiet() -> None:
    now = stand(gate("in-touch") | READY | {("reply-reader", "what_came"): "nothing-two-weeks"})
    assert now.state is State.QUIET
    assert not is_open("first-hello", now)


CLOSING: list[dict[Any, Any]] = [
    gate("stop"),
    gate("in-touch", "yes"),
    gate("in-touch", "not-sure"),
    gate(None, "yes"),
    gate("stop", None),
    gate("in-touch") | {("reply-reader", "what_came"): "no"},
    gate("in-touch") | {("reply-reader", "what_came"): "stop"},
    gate("in-touch") | {("say-it-once", "answer"): "no"},
    gate("in-touch") | {("decision-check", "two_way"): "said-no"},
    gate("in-touch") | {("if-they-say-no", "tonight"): ["sleep"]},
    gate("in-touch") | {("if-they-say-no", "respect"): "I will not write"},
]


@pytest.mark.parametrize("answers", CLOSING)
def test_a_stop_a_no_or_an_order_is_closed(answers: dict[Any, Any]) -> None:
    assert stand(answers).state is State.CLOSED


def test_a_said_stop_in_the_contact_log_is_closed_until_they_reach_out() -> None:
    said = [contact(4, wanted="said-stop")]
    assert stand(gate("in-touch"), said).state is State.CLOSED
    assert stand(gate("in-touch"), said, [event("reached-out", 3)]).state is State.CLOSED
    assert stand(gate("in-touch"), said, [event("reached-out", 5)]).state is State.OPEN
    deleted = [Entry("a", "contact-log", {"wanted": "said-stop"}, at(4), deleted=True)]
    assert stand(gate("in-touch"), deleted).state is State.OPEN


def test_an_entry_written_down_later_counts_from_then() -> None:
    late = [Entry("a", "contact-log", {"wanted": "said-stop"}, at(2), moment=at(6))]
    assert stand(gate("in-touch"), late, [event("reached-out", 4)]).state is State.CLOSED


def test_after_they_said_stop_is_closed_as_well_as_paused() -> None:
    now = stand(gate("in-touch"), events=[event("paused", 4), event("closed", 4)])
    assert now.state is State.PAUSED
    assert State.CLOSED in now.also
    assert stand(gate("in-touch"), events=[event("paused", 4), event("closed", 4), *CLEARED]).state is State.CLOSED


def test_closed_has_no_override() -> None:
    closed = [event("closed", 4)]
    for asked in ("in-touch", "quiet", "space", "until-date", None, "not-sure"):
        assert stand(gate(asked) | READY | YES, events=closed, given=9).state is State.CLOSED
    years_on = dt.date(2046, 1, 1)
    assert stand(gate("in-touch"), events=closed, day=years_on).state is State.CLOSED


@pytest.mark.parametrize("order", ["yes", "not-sure", None, "", "huh"])
def test_reaching_out_reopens_nothing_while_an_order_may_stand(order: Any) -> None:
    now = stand(gate("stop", order), events=[event("closed", 2), event("reached-out", 5)])
    assert now.state is State.CLOSED


def test_reaching_out_reopens_when_no_order_stands() -> None:
    assert stand(gate("stop"), events=[event("closed", 2), event("reached-out", 5)]).state is State.OPEN


def test_an_answer_of_unknown_time_reopens_nothing() -> None:
    assert standing(gate("stop"), (), [event("reached-out", 5)], TODAY).state is State.CLOSED


def test_their_wish_counts_once_the_person_agreed() -> None:
    shown = gate("in-touch") | {("their-wishes", "best_read"): "stop"}
    assert stand(shown).state is State.OPEN
    assert stand(shown, events=[event("their-wish", 4, state="closed")]).state is State.CLOSED
    quiet = stand(gate("in-touch") | READY, events=[event("their-wish", 4, state="quiet")])
    assert quiet.state is State.QUIET
    assert openness("first-hello", quiet).reason == "distance"
    assert not is_open("ready-check", quiet)


@pytest.mark.parametrize(
    ("answers", "entries", "events"),
    [
        (gate("in-touch"), (), [event("paused", 4)]),
        (gate("in-touch"), [contact(4, safe=3)], ()),
        (gate("in-touch"), [contact(4, safe=0)], ()),
        (gate("in-touch") | {("state-of-us", "free"): 4}, (), ()),
        (gate("in-touch") | {("state-of-us", "free"): 0}, (), ()),
        (gate("in-touch") | {("pause-signs", "mine"): ["own", "afraid"]}, (), ()),
        (gate("in-touch") | {("pause-signs", "mine"): ["controlled"]}, (), ()),
    ],
)
def test_a_sign_of_fear_or_harm_is_paused(answers: Any, entries: Any, events: Any) -> None:
    assert stand(answers, entries, events).state is State.PAUSED
    assert stand(answers, entries, events, day=dt.date(2046, 1, 1)).state is State.PAUSED
    assert stand(answers, entries, [*events, *CLEARED]).state is State.OPEN


@pytest.mark.parametrize(
    ("answers", "entries"),
    [
        (gate("in-touch"), [contact(4, safe=4)]),
        (gate("in-touch"), [contact(4, safe=None)]),
        (gate("in-touch"), [contact(4, safe=False)]),
        (gate("in-touch"), [Entry("b", "listen-well", {"safe": 1}, at(4))]),
        (gate("in-touch") | {("state-of-us", "free"): 5}, ()),
        (gate("in-touch") | {("pause-signs", "mine"): ["space"]}, ()),
    ],
)
def test_no_sign_of_fear_is_not_paused(answers: Any, entries: Any) -> None:
    assert stand(answers, entries).state is State.OPEN


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_paused_ends_only_by_the_support_page_and_then_both_gates(missing: int) -> None:
    steps = [e for i, e in enumerate(CLEARED) if i != missing]
    assert stand(gate("in-touch"), events=[event("paused", 4), *steps]).state is State.PAUSED


def test_gates_cleared_before_the_support_page_do_not_count() -> None:
    wrong = [CLEARED[1], CLEARED[2], event("support-read", 11)]
    assert stand(gate("in-touch"), events=[event("paused", 4), *wrong]).state is State.PAUSED


def test_paused_again_needs_all_of_it_again() -> None:
    events = [event("paused", 4), *CLEARED, event("paused", 11)]
    assert stand(gate("in-touch"), events=events).state is State.PAUSED


def test_a_low_answer_given_after_the_gates_pauses_again() -> None:
    low = gate("in-touch") | {("state-of-us", "free"): 2}
    assert stand(low, events=CLEARED, given=11).state is State.PAUSED
    assert standing(low, (), CLEARED, TODAY).state is State.PAUSED


@pytest.mark.parametrize("answer", ["yes", "maybe"])
def test_yes_or_maybe_from_both_is_trying(answer: str) -> None:
    assert stand(gate("in-touch") | {("say-it-once", "answer"): answer}).state is State.TRYING


def test_their_proposal_is_trying() -> None:
    assert stand(gate("in-touch"), events=[event("they-proposed", 4)]).state is State.TRYING


@pytest.mark.parametrize("answer", ["not-now", "no-answer", "not-said-yet", None])
def test_any_other_answer_is_not_trying(answer: Any) -> None:
    assert stand(gate("in-touch") | {("say-it-once", "answer"): answer}).state is State.OPEN


@pytest.mark.parametrize("choice", ["pause", "let-go"])
def test_a_decision_to_pause_or_let_go_ends_trying(choice: str) -> None:
    now = stand(gate("in-touch") | YES | {("decision-check", "choose"): choice})
    assert now.state is State.OPEN
    assert not is_open("pace-plan", now)


def test_an_old_yes_does_not_come_back_after_a_stop() -> None:
    events = [event("they-proposed", 1), event("closed", 4), event("reached-out", 6)]
    assert stand(gate("in-touch"), events=events).state is State.OPEN
    assert stand(gate("in-touch") | YES, events=events).state is State.OPEN
    assert stand(gate("in-touch"), events=[*events, event("they-proposed", 7)]).state is State.TRYING


@pytest.mark.parametrize("asked", ["space", "until-date", "quiet", "stop", None, "not-sure"])
def test_a_stricter_wish_wins_over_a_yes(asked: Any) -> None:
    assert stand(gate(asked) | YES).state not in (State.TRYING, State.OPEN)


# --- skipped gates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, "consent-blank"),
        (gate(None), "consent-blank"),
        (gate("not-sure"), "consent-unsure"),
        (gate("in-touch", None), "order-blank"),
        ({("consent-gate", "asked"): "in-touch"}, "order-blank"),
        (gate("quiet", ""), "order-blank"),
        (gate("space", None), "order-blank"),
        (gate(7), "consent-blank"),
        (gate("in-touch", ["no"]), "order-blank"),
    ],
)
def test_a_skipped_gate_folds_the_contact_tools(answers: Any, reason: str) -> None:
    now = stand(answers | READY | YES)
    assert (now.state, now.reason) == (State.UNKNOWN, reason)
    assert {p for p in ALL_PAGES if is_open(p, now)} == ALWAYS


def test_an_order_not_sure_is_closed() -> None:
    assert stand(gate(None, "not-sure")).reason == "closed-order-unsure"


def test_skipped_safety_gates_assume_nothing() -> None:
    skipped = {("safety-gate", "to_me"): None, ("my-own-line", "by_me"): None, ("safety-gate", "need"): None}
    assert stand(gate("in-touch") | skipped).state is State.OPEN


# --- every page in every state: written by hand, not taken from the code ---------------------------------------------

OPENING = """screen-check welcome-and-limits say-it-to-myself consent-gate safety-gate my-own-line my-situation
what-do-i-miss fear-of-looking-needy their-side-too so-what-changes honest-odds baseline"""
STEP_1 = """it-is-over-for-now breakup-timeline why-it-ended view-from-the-balcony my-part the-do-over
letter-never-sent space-agreement urge-if-then online-distance what-got-lighter my-people"""
STEP_2 = """who-am-i-now values-compass pattern-swap woop-goal weekly-goals habit-tracker move-my-body
try-something-new kind-letter get-help for-me-or-for-them proof-of-change"""
STEP_3 = """ready-check should-i their-wishes good-news-bank curious-questions first-hello send-or-sleep reply-reader
contact-log coffee-plan listen-well say-it-once"""
STEP_4 = """trust-map apology-builder doubt-triggers open-book-limits hot-topic-plan responsive-moments
safe-to-tell-me forgive-both-ways trust-review"""
STEP_5 = """pace-plan pressure-check what-are-we new-agreements slide-or-decide same-problem-drill my-own-life
kids-and-others good-moments state-of-us pause-signs closing-report"""
THERE = """mood-check-in weekly-check-in weekly-review urge-log space-counter decision-check if-they-say-no let-go-path
support-card promise-log honesty-log repair-log right-now my-page"""
EVERY = f"{OPENING} {STEP_1} {STEP_2} {STEP_3} {STEP_4} {STEP_5} {THERE}".split()
ALWAYS = set(f"{OPENING} {STEP_1} {STEP_2} {THERE} should-i their-wishes my-own-life closing-report".split())
TALK = {"good-news-bank", "curious-questions", "reply-reader", "contact-log", "coffee-plan", "listen-well"}
MESSAGES = {"first-hello", "send-or-sleep", "say-it-once", "coffee-plan"}
DATE_TO_COME = gate("until-date") | {("consent-gate", "until"): "2026-06-01"}
DATE_OVER = gate("until-date") | {("consent-gate", "until"): "2026-05-01"}
SENT = [event("hello-sent", 2)]

TABLE: list[tuple[str, Any, set[str]]] = [
    ("open", stand(gate("in-touch")), TALK | {"ready-check"}),
    ("open, ready", stand(gate("in-touch") | READY), TALK | {"ready-check", "say-it-once"}),
    (
        "open, answered",
        stand(gate("in-touch") | READY | {("say-it-once", "answer"): "not-now"}),
        TALK | {"ready-check"},
    ),
    ("open, letting go", stand(gate("in-touch") | READY | {("decision-check", "choose"): "let-go"}), set()),
    ("open, on the let-go path", stand(gate("in-touch") | READY | {("let-go-path", "ritual"): "a walk"}), set()),
    ("space until a date", stand(DATE_TO_COME | READY), set()),
    ("space, date over", stand(DATE_OVER), {"ready-check"}),
    ("space, date over, ready", stand(DATE_OVER | READY), {"ready-check", "first-hello", "send-or-sleep"}),
    ("space, date over, hello sent", stand(DATE_OVER | READY, events=SENT), {"ready-check"}),
    ("space with no date", stand(gate("space") | READY), set()),
    ("quiet", stand(gate("quiet")), {"ready-check"}),
    ("quiet, ready", stand(gate("quiet") | READY), {"ready-check", "first-hello", "send-or-sleep"}),
    ("quiet, hello sent", stand(gate("quiet") | READY, events=SENT), {"ready-check"}),
    ("quiet by their wish", stand(gate("in-touch") | READY, events=[event("their-wish", 3, state="quiet")]), set()),
    ("closed", stand(gate("stop") | READY | YES), set()),
    ("closed by an order", stand(gate("in-touch", "yes") | READY | YES), set()),
    ("closed, unsure of an order", stand(gate("in-touch", "not-sure") | READY | YES), set()),
    ("paused", stand(gate("in-touch") | READY | YES, events=[event("paused", 3)]), set()),
    ("trying", stand(gate("in-touch") | READY | YES), TALK | set(f"{STEP_4} {STEP_5}".split())),
    ("gate not answered", stand(READY | YES), set()),
]


def test_the_workbook_knows_84_pages() -> None:
    assert len(EVERY) == len(set(EVERY)) == 84
    assert set(ALL_PAGES) == set(EVERY)


@pytest.mark.parametrize("page", EVERY)
@pytest.mark.parametrize(("name", "now", "more"), TABLE, ids=[row[0] for row in TABLE])
def test_openness_of_every_page(name: str, now: Any, more: set[str], page: str) -> None:
    shown = openness(page, now)
    assert shown.open is (page in ALWAYS | more)
    if not shown.open:
        assert shown.reason in REASONS
        assert shown.instead
        assert all(is_open(other, now) for other in shown.instead)


def test_the_tables_name_every_reason() -> None:
    seen = {openness(page, now).reason for page in EVERY for _, now, _ in TABLE}
    seen |= {openness("first-hello", stand(gate(*g))).reason for g in [("not-sure",), ("in-touch", None)]}
    assert seen - {""} == set(REASONS)


def test_couple_pages_are_not_even_named_while_paused() -> None:
    paused = stand(gate("in-touch"), events=[event("paused", 3)])
    assert openness("forgive-both-ways", paused).hidden
    assert openness("pace-plan", paused).hidden
    assert not openness("first-hello", paused).hidden
    assert not openness("pace-plan", stand(gate("stop"))).hidden


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(UnknownExercise):
        is_open("no-such-page", stand({}))


@pytest.mark.parametrize("tick", TICKS)
def test_ready_needs_all_eight_ticks(tick: str) -> None:
    fewer = READY | {("ready-check", "checks"): [t for t in TICKS if t != tick]}
    assert not is_open("first-hello", stand(gate("quiet") | fewer))


@pytest.mark.parametrize("steady", [None, 0, 4, "9", True])
def test_ready_needs_a_steady_of_five(steady: Any) -> None:
    assert not is_open("first-hello", stand(gate("quiet") | READY | {("ready-check", "steady"): steady}))


def test_facts_only_channel() -> None:
    def channel(asked: str, *talk: str, events: Any = (), order: str = "no") -> tuple[str, ...]:
        needed: tuple[str, ...] = stand(
            gate(asked, order) | {("consent-gate", "must_talk"): list(talk)}, events=events
        ).needed
        return needed

    assert channel("stop", "pet", "home", "children") == ("children", "home")
    assert channel("stop", "home", order="yes") == ("home",)
    assert not channel("stop", "pet", "money")
    assert channel("space", "pet", "x") == ("pet",)
    assert not channel("space", "nothing")
    assert not channel("space")
    assert not channel("space", "children", events=[event("paused", 3)])


# --- what the page is to note ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [a for a in CLOSING if a.get(("consent-gate", "order")) != "not-sure"])
def test_a_stop_is_noted_once(answers: Any) -> None:
    known = dict.fromkeys(answers, at(1))
    assert events_due(answers, (), (), known) == ("closed",)
    assert events_due(answers, (), [event("closed", 2)], known) == ()


def test_nothing_is_noted_where_nothing_closes() -> None:
    assert events_due(gate("in-touch"), (), ()) == ()
    assert events_due(gate("in-touch", "not-sure"), (), ()) == ()
    stop = gate("stop")
    lifted = [event("closed", 2), event("reached-out", 3)]
    assert events_due(stop, (), lifted, dict.fromkeys(stop, at(1))) == ()
    assert events_due(stop, (), lifted, dict.fromkeys(stop, at(4))) == ("closed",)


# --- personas --------------------------------------------------------------------------------------------------------

BUSY = READY | YES | {("say-it-once", "answer"): "not-now"}
PERSONAS = {
    3: stand(gate("stop") | BUSY),
    4: stand(gate("quiet", "yes") | BUSY | {("consent-gate", "must_talk"): ["children"]}),
    8: stand(gate("in-touch") | BUSY, events=[event("paused", 2)]),
    9: stand(gate("in-touch") | BUSY, events=[event("paused", 2)]),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_message_tool_for_those_who_were_asked_to_stop_or_are_not_safe(persona: int) -> None:
    assert not any(is_open(page, PERSONAS[persona]) for page in MESSAGES)
    assert is_open("right-now", PERSONAS[persona])


# --- properties ------------------------------------------------------------------------------------------------------

ASKED = ["in-touch", "quiet", "until-date", "space", "stop", "not-sure", None, "odd"]
ORDERS = ["no", "yes", "not-sure", None, "odd"]
KINDS = ["hello-sent", "reached-out", "they-proposed", "closed", "paused", "support-read"]
EVENTS = st.lists(
    st.one_of(
        st.builds(event, st.sampled_from(KINDS), st.integers(1, 20)),
        st.builds(
            lambda d, g: event("gate-clear", d, gate=g),
            st.integers(1, 20),
            st.sampled_from(["safety-gate", "my-own-line"]),
        ),
        st.builds(
            lambda d, s: event("their-wish", d, state=s), st.integers(1, 20), st.sampled_from(["quiet", "closed"])
        ),
    ),
    max_size=6,
).map(lambda found: sorted(found, key=lambda e: e.moment.utc))
ANSWERS = st.fixed_dictionaries(
    {("consent-gate", "asked"): st.sampled_from(ASKED), ("consent-gate", "order"): st.sampled_from(ORDERS)},
    optional={
        ("consent-gate", "until"): st.sampled_from(["2026-05-01", "2026-06-01", "soon", None]),
        ("ready-check", "checks"): st.sampled_from([TICKS, TICKS[1:], None]),
        ("ready-check", "steady"): st.sampled_from([None, 4, 5, 9]),
        ("say-it-once", "answer"): st.sampled_from(["yes", "maybe", "no", "not-now", None]),
        ("reply-reader", "what_came"): st.sampled_from(["warm", "no", "nothing-two-weeks"]),
        ("state-of-us", "free"): st.sampled_from([3, 8]),
    },
)
NOW = at(21)
STRICTER: list[Any] = [
    lambda a, n, e: (a | {("consent-gate", "asked"): "stop"}, n, e),
    lambda a, n, e: (a | {("consent-gate", "asked"): "space"}, n, e),
    lambda a, n, e: (a | {("consent-gate", "asked"): None}, n, e),
    lambda a, n, e: (a | {("consent-gate", "asked"): "not-sure"}, n, e),
    lambda a, n, e: (a | {("consent-gate", "order"): "yes"}, n, e),
    lambda a, n, e: (a | {("consent-gate", "order"): "not-sure"}, n, e),
    lambda a, n, e: (a | {("consent-gate", "order"): None}, n, e),
    lambda a, n, e: (a | {("consent-gate", "until"): "2027-01-01"}, n, e),
    lambda a, n, e: (a | {("ready-check", "steady"): 4}, n, e),
    lambda a, n, e: (a | {("ready-check", "checks"): []}, n, e),
    lambda a, n, e: (a | {("say-it-once", "answer"): "no"}, n, e),
    lambda a, n, e: (a | {("reply-reader", "what_came"): "stop"}, n, e),
    lambda a, n, e: (a | {("state-of-us", "free"): 0}, n, e),
    lambda a, n, e: (a | {("pause-signs", "mine"): ["afraid"]}, n, e),
    lambda a, n, e: (a | {("decision-check", "choose"): "let-go"}, n, e),
    lambda a, n, e: (a, [*n, contact(21, safe=1)], e),
    lambda a, n, e: (a, [*n, contact(21, wanted="said-stop")], e),
    lambda a, n, e: (a, n, [*e, Event("paused", {}, NOW)]),
    lambda a, n, e: (a, n, [*e, Event("closed", {}, NOW)]),
    lambda a, n, e: (a, n, [*e, Event("hello-sent", {}, NOW)]),
    lambda a, n, e: (a, n, [*e, Event("their-wish", {"state": "closed"}, NOW)]),
    lambda a, n, e: (a, n, [*e, Event("their-wish", {"state": "quiet"}, NOW)]),
    lambda a, n, e: (a, n, [x for x in e if x.kind != "reached-out"]),
]


@settings(max_examples=400, deadline=None)
@samples(ANSWERS, EVENTS, st.sampled_from(STRICTER), st.integers(1, 20))
def test_a_stricter_fact_never_opens_a_message_tool_or_a_couple_page(
    answers: Any, events: Any, stricter: Any, day: int
) -> None:
    before = stand(answers, (), events, given=day)
    changed, entries, noted = stricter(answers, (), events)
    moments = {k: at(day) if changed[k] == answers.get(k) else NOW for k in changed}
    after = standing(changed, entries, noted, TODAY, moments)
    opened = {p for p in EVERY if is_open(p, after)} - {p for p in EVERY if is_open(p, before)}
    assert opened <= allowed(before, after)


def allowed(before: Any, after: Any) -> set[str]:
    """Losing a shared yes, or a reply, may hand back only what an in-touch or a quiet person has."""
    if before.state is State.TRYING and after.state is State.OPEN:
        return {"ready-check", "say-it-once"}
    if before.state in (State.OPEN, State.TRYING) and after.state in (State.QUIET, State.SPACE):
        return {"ready-check", "first-hello", "send-or-sleep"}
    return set()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    [
        ("consent-gate", "asked"),
        ("consent-gate", "order"),
        ("consent-gate", "until"),
        ("consent-gate", "must_talk"),
        ("space-agreement", "end"),
        ("ready-check", "checks"),
        ("ready-check", "steady"),
        ("pause-signs", "mine"),
        ("state-of-us", "free"),
        ("if-they-say-no", "tonight"),
        ("let-go-path", "keep"),
    ]
)


@settings(max_examples=200, deadline=None)
@samples(st.dictionaries(FIELDS, JSON), st.dictionaries(st.sampled_from(["safe", "wanted"]), JSON), JSON)
def test_odd_values_never_raise(answers: Any, values: Any, detail: Any) -> None:
    events = [Event("gate-clear", {"gate": detail}, at(3)), Event("their-wish", {"state": detail}, at(3))]
    now = stand(answers, [contact(3, **values)], events)
    assert all(openness(page, now) for page in EVERY)
    assert isinstance(events_due(answers, (), events), tuple)


CONTACTS = st.builds(
    lambda day, values: contact(day, **values),
    st.integers(1, 12),
    st.dictionaries(
        st.sampled_from(["safe", "wanted", "who"]),
        st.sampled_from(["said-stop", "more", "me", 0, 3, 3.0, 4, 9, True, None]) | JSON,
    ),
)
NOTED = st.builds(event, st.sampled_from(["reached-out", "paused", "closed", "they-proposed"]), st.integers(1, 12))


@settings(max_examples=60, deadline=None)
@samples(
    st.dictionaries(FIELDS, JSON | st.sampled_from(["in-touch", "quiet", "no"])),
    st.lists(CONTACTS, max_size=6),
    st.lists(NOTED, max_size=4),
)
def test_contacts_that_do_not_bear_on_a_standing_change_nothing(answers: Any, contacts: Any, events: Any) -> None:
    kept = [entry for entry in contacts if signs(entry)]
    assert stand(answers, kept, events) == stand(answers, contacts, events)
    assert events_due(answers, kept, events) == events_due(answers, contacts, events)
