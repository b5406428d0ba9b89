"""Where things stand between two people: what was asked for, what stopped it, what is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rekindle.contact.facts import Facts, day_of, recorded
from rekindle.contact.signs import STOP, UNSAFE, signs
from rekindle.records import Entry, Event, FieldId, Json, Moment

READY_CHECKS = frozenset(
    {
        "not-asked-to-stop",
        "space-passed",
        "four-weeks",
        "could-read-no",
        "not-my-pain",
        "slept",
        "two-lines",
        "someone-knows",
    }
)
"""Ids of the eight ticks of `ready-check`."""

CLOSED_TOPICS = ("children", "home")
TOPICS = (*CLOSED_TOPICS, "money", "pet", "work")
"""What two people may still have to settle, as `consent-gate` has it."""

_ASKED, ORDER, _UNTIL = ("consent-gate", "asked"), ("consent-gate", "order"), ("consent-gate", "until")
_GATES = ("safety-gate", "my-own-line")
_NOT_FREE_UP_TO, _STEADY_FROM = 4, 5


class State(StrEnum):
    """What stands between two people; UNKNOWN is a gate without an answer."""

    OPEN = "open"
    SPACE = "space"
    QUIET = "quiet"
    CLOSED = "closed"
    PAUSED = "paused"
    TRYING = "trying"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where things stand today.

    `reason` is the id of the sentence that says why the state folds pages, "" in OPEN, QUIET and TRYING. `also`
    holds every state whose facts stand, so PAUSED never hides CLOSED; `closed` is that reason. `wish` is what they
    asked for by itself. `until` is the date they named; `look_again`
    the person's own date. `needed`: what must still be talked about, facts only, in its own channel. `said`: the words
    of `say-it-once` were said, so its draft is closed for good.
    """

    state: State
    reason: str = ""
    until: dt.date | None = None
    look_again: dt.date | None = None
    also: frozenset[State] = frozenset()
    wish: State = State.UNKNOWN
    closed: str = ""
    space_over: bool = False
    ready: bool = False
    hello_sent: bool = False
    said: bool = False
    answered: bool = False
    distance: bool = False
    letting_go: bool = False
    needed: tuple[str, ...] = ()


def standing(
    answers: Mapping[FieldId, Json],
    entries: Sequence[Entry],
    events: Sequence[Event],
    today: dt.date,
    given: Mapping[FieldId, Moment] | None = None,
) -> Standing:
    """Return where things stand on the local date `today`.

    `entries` need only hold `contact-log`, and of its entries with one of the `signs` the last recorded of each kind.
    `given` says when each answer was given (`Answer.moment`); an answer without a moment counts as newer than every
    event, so that nothing reopens by accident. Never raises on odd values.
    """
    facts = Facts(answers, entries, events, given or {})
    until = facts.date(*_UNTIL) if facts.choice(*_ASKED) == "until-date" else None
    if until and facts.choice("space-agreement", "whose") in ("they", "order"):
        until = max(until, facts.date("space-agreement", "end") or until)
    until = max(until, named(facts) or until) if until else None
    wish, reason = _wish(facts, until)
    closed, paused = _closed(facts), _paused(facts)
    also = {wish} | ({State.CLOSED} if closed else set()) | ({State.PAUSED} if paused else set())
    state, why = (State.PAUSED, "paused") if paused else (State.CLOSED, closed) if closed else (wish, reason)
    return Standing(
        state=state,
        reason=why,
        until=until,
        look_again=facts.date("space-agreement", "end"),
        also=frozenset(also),
        wish=wish,
        closed=closed,
        space_over=until is not None and today >= until,
        ready=_ready(facts, until if wish is State.SPACE else None),
        hello_sent=_hello_sent(facts),
        said=bool(facts.choice("say-it-once", "said_on")) or _answered(facts),
        answered=_answered(facts),
        distance=_distance(facts),
        letting_go=_letting_go(facts),
        needed=_needed(facts, state),
    )


def named(facts: Facts) -> dt.date | None:
    """Return the latest day that they named for their space, as it was noted since they last reached out."""
    noted = [e for e in facts.events if e.kind == "space-named" and not facts.after("reached-out", e.moment.utc)]
    days = [day for e in noted if (day := day_of(e.detail.get("until"))) is not None]
    return max(days, default=None)


def closings(facts: Facts, *, noted: bool = True) -> list[dt.datetime]:
    """When they asked to stop or said no, each time that is on record."""
    said = (
        (_ASKED, {"stop"}),
        (("reply-reader", "what_came"), {"no", "stop"}),
        (("say-it-once", "answer"), {"no"}),
        (("decision-check", "two_way"), {"said-no"}),
    )
    found = [facts.when(*at) for at, closing in said if facts.choice(*at) in closing]
    met_a_no = [k for k in ("tonight", "respect", "pledge") if facts.any("if-they-say-no", k)]
    found += [facts.when("if-they-say-no", k) for k in met_a_no]
    found += [recorded(e) for e in facts.entries if STOP in signs(e)]
    if noted:
        found += [w for w in (facts.last("closed"), facts.last("their-wish", state="closed")) if w]
    return found


def _closed(facts: Facts) -> str:
    order = facts.choice(*ORDER)
    if order in ("yes", "not-sure"):
        return "closed-order" if order == "yes" else "closed-order-unsure"
    lifted = order == "no"
    return "closed" if any(not (lifted and facts.after("reached-out", when)) for when in closings(facts)) else ""


def _paused(facts: Facts) -> bool:
    """If a sign of fear or harm stands that no later re-run of both gates, after the support page, has cleared."""
    when = [facts.last("paused"), *(recorded(e) for e in facts.entries if UNSAFE in signs(e))]
    if (free := facts.scale("state-of-us", "free")) is not None and free <= _NOT_FREE_UP_TO:
        when.append(facts.when("state-of-us", "free"))
    if facts.ticks("pause-signs", "mine") & {"afraid", "controlled"}:
        # Ticked as a sign for a day to come. Until they say that it is not so today, it counts as true.
        planned = facts.when("pause-signs", "mine")
        when += [] if facts.after("only-a-plan", planned) else [planned]
    last = max((each for each in when if each), default=None)
    return last is not None and not _cleared(facts.events, last)


def _cleared(events: Sequence[Event], since: dt.datetime) -> bool:
    """If both gates were cleared after the support page was read, all of it after `since` and the last `paused`."""
    read, clear = False, set[object]()
    for event in events:
        if event.kind == "paused":
            read, clear = False, set()
        elif event.moment.utc <= since:
            continue
        elif event.kind == "support-read":
            read = True
        elif event.kind == "gate-clear" and read:
            clear.add(str(event.detail.get("gate")))
    return clear.issuperset(_GATES)


def _wish(facts: Facts, until: dt.date | None) -> tuple[State, str]:
    """What they want, as far as they have said, apart from any stop, order or danger."""
    asked, order = facts.choice(*_ASKED), facts.choice(*ORDER)
    if asked not in ("in-touch", "quiet", "until-date", "space", "stop"):
        return State.UNKNOWN, "consent-unsure" if asked == "not-sure" else "consent-blank"
    if order not in ("no", "yes", "not-sure"):
        return State.UNKNOWN, "order-blank"
    if asked == "in-touch" or facts.after("reached-out", facts.when(*_ASKED)):
        if _distance(facts) or _no_answer(facts):
            return State.QUIET, ""
        return (State.TRYING if _trying(facts) else State.OPEN), ""
    if asked in ("until-date", "space"):
        return State.SPACE, "space-until" if until else "space"
    return (State.QUIET, "") if asked == "quiet" else (State.CLOSED, "closed")


def _trying(facts: Facts) -> bool:
    """If both said yes or maybe since they last asked to stop, and the person has not paused or let go."""
    if facts.choice("decision-check", "choose") in ("pause", "let-go"):
        return False
    stopped = max(closings(facts), default=None)
    yes = facts.choice("say-it-once", "answer") in ("yes", "maybe")
    said = yes and (stopped is None or facts.when("say-it-once", "answer") > stopped)
    return said or facts.after("they-proposed", stopped)


def _distance(facts: Facts) -> bool:
    accepted = facts.last("their-wish", state="quiet")
    return accepted is not None and not facts.after("reached-out", accepted)


def _no_answer(facts: Facts) -> bool:
    at = ("reply-reader", "what_came")
    return facts.choice(*at) == "nothing-two-weeks" and not facts.after("reached-out", facts.when(*at))


def _hello_sent(facts: Facts) -> bool:
    """If a hello is out that they have not answered: there is never a second one."""
    sent = facts.last("hello-sent")
    return _no_answer(facts) or (sent is not None and not facts.after("reached-out", sent))


def _answered(facts: Facts) -> bool:
    return facts.choice("say-it-once", "answer") not in ("", "not-said-yet")


def _ready(facts: Facts, until: dt.date | None) -> bool:
    """If all eight are ticked and steady is 5 or more; after a named date, only as answered on that date or later."""
    steady = facts.scale("ready-check", "steady")
    if steady is None or steady < _STEADY_FROM or not facts.ticks("ready-check", "checks").issuperset(READY_CHECKS):
        return False
    return until is None or all(facts.answered_since("ready-check", k, until) for k in ("checks", "steady"))


def _letting_go(facts: Facts) -> bool:
    choice = facts.choice("decision-check", "choose")
    started = facts.any("let-go-path", "goodbye", "keep", "ritual", "next", "date")
    return choice == "let-go" or (started and choice != "hopeful")


def _needed(facts: Facts, state: State) -> tuple[str, ...]:
    """What they may still settle: while they are asked to stop, only what children or a home require."""
    topics = () if state is State.PAUSED else CLOSED_TOPICS if state is State.CLOSED else TOPICS
    ticked = facts.ticks("consent-gate", "must_talk")
    return tuple(topic for topic in topics if topic in ticked)
