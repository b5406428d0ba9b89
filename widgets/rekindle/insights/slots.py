"""Slots: what is counted in a log, so that its findings need not read ten years of it. Ids and numbers, never words.

A slot gives the keys under which one entry counts. Changing what a slot counts means changing `MARK`: a tally that a
journal keeps is believed only under the mark that it was made with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from hashlib import blake2b

from rekindle.insights.reading import Answers, choice, scale, text, ticks
from rekindle.records import Entry

MARK = "1"
"""The edition of these slots."""

DID = ("waited", "plan", "friend", "walked", "wrote", "slept", "contacted")
TRIGGERS = ("time", "place", "song", "drink", "memory", "news")
OUTCOMES = ("kept", "partly", "missed", "changed")
HONESTY = ("full", "part", "not-ready", "dodged", "put-right", "lied")
MENDED = ("minutes", "hours", "days", "not-yet")
WHO = ("me", "them", "needed", "chance")
SHOWED = ("listening", "interest", "thanks", "humour", "help", "affection")
AREAS = ("body", "mind", "people", "home", "work", "play", "repair")
DONE = ("done", "partly", "not-this-week")
HOW = ("old", "mixed", "new")
CAME_UP = ("came-up", "did-not")
OTHER_PLAN = "other"
ELSEWHERE = ("work", "family", "friends")
PEOPLE = ("alone", "friend", "family", "ex", "other")

Slot = Callable[[Entry], Iterable[str]]


def week(moment: dt.datetime) -> int:
    """Return the number of the week, in UTC, in which an instant lies: later instants have no smaller one."""
    return (moment.astimezone(dt.UTC).toordinal() - 1) // 7


def _one(key: str, known: tuple[str, ...]) -> Slot:
    return lambda e: [found] if (found := choice(e.values, key, known)) else []


def _if(test: Callable[[Answers], object]) -> Slot:
    return lambda e: ["yes"] if test(e.values) else []


def _pair(before: str, after: str) -> Slot:
    def slot(entry: Entry) -> list[str]:
        first, last = scale(entry.values, before), scale(entry.values, after)
        return [] if first is None or last is None else [f"{first} {last}"]

    return slot


def _scale(key: str) -> Slot:
    return lambda e: [] if (found := scale(e.values, key)) is None else [str(found)]


def _by(period: Callable[[dt.date], object], slot: Slot) -> Slot:
    return lambda e: [f"{period(e.happened.local_date)} {key}" for key in slot(e)]


def _days(test: Callable[[Answers], object]) -> Slot:
    return lambda e: [e.happened.local_date.isoformat()] if test(e.values) else []


def _fortnight(day: dt.date) -> int:
    # Day 1 of the ordinal calendar was a Monday, so whole fortnights from there start on Mondays.
    return (day.toordinal() - 1) // 14


def _month(day: dt.date) -> str:
    return day.replace(day=1).isoformat()


def _monday(day: dt.date) -> str:
    return (day - dt.timedelta(days=day.weekday())).isoformat()


def _did(entry: Entry) -> list[str]:
    found = ticks(entry.values, "did", DID)
    return [" ".join(found)] if found else []


def stand_in(words: str) -> str:
    """Return what stands for some words in a tally, which holds none; "" for none."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() if words else ""


def plan_of(values: Answers) -> str:
    """Return what stands for the words of the plan that was used, or ""."""
    plan = text(values, "plan")
    return stand_in(plan) if plan != OTHER_PLAN else ""


def _plan(entry: Entry) -> list[str]:
    return [plan] if (plan := plan_of(entry.values)) else []


def _plan_pull(entry: Entry) -> list[str]:
    plan = plan_of(entry.values)
    return [f"{plan} {pull}" for pull in _pair("before", "after")(entry)] if plan else []


def _swap(entry: Entry) -> list[str]:
    how, pattern = choice(entry.values, "how", ("old", "new")), stand_in(text(entry.values, "pattern"))
    return [f"{pattern} {_month(entry.happened.local_date)} {how}"] if how and pattern else []


def _hour(entry: Entry) -> list[str]:
    local = entry.happened.local
    return [f"{local.weekday()} {local.hour}"]


def _exposed(entry: Entry) -> list[str]:
    return [] if scale(entry.values, "exposed") is None else [str(week(entry.happened.utc))]


def _exposure(entry: Entry) -> list[str]:
    return [str(week(entry.happened.utc))] * (scale(entry.values, "exposed") or 0)


def _settled_goal(entry: Entry) -> list[str]:
    area, done = choice(entry.values, "area", AREAS), choice(entry.values, "done", DONE)
    return [f"{area} {done}"] if text(entry.values, "goal") and area and done else []


def _whose(entry: Entry) -> list[str]:
    whom = choice(entry.values, "for_whom", ("me", "them", "both"))
    return [whom] if whom and text(entry.values, "goal") else []


def _with(entry: Entry) -> list[str]:
    whom = choice(entry.values, "with_whom", PEOPLE)
    return [whom] if whom and text(entry.values, "moment") else []


def _elsewhere(values: Answers) -> bool:
    return bool(choice(values, "how", ("new",)) and choice(values, "where", ELSEWHERE))


SLOTS: dict[str, dict[str, Slot]] = {
    "urge-log": {
        "did": _did,
        "pull": _pair("before", "after"),
        "trigger": lambda e: ticks(e.values, "trigger", TRIGGERS),
        "hour": _hour,
        "contacted": _days(lambda values: ticks(values, "did", ("contacted",))),
        "note": _if(lambda values: text(values, "kind_note")),
        "used": _if(lambda values: ticks(values, "did", ("plan",)) or text(values, "plan")),
        "plan": _plan,
        "plan-pull": _plan_pull,
    },
    "promise-log": {
        "outcome": _one("outcome", OUTCOMES),
        "repaired": _if(lambda values: values.get("outcome") == "missed" and text(values, "repair")),
        "fortnight": _by(_fortnight, _one("outcome", OUTCOMES)),
    },
    "honesty-log": {"did": _one("did", HONESTY), "exposed": _exposed, "exposure": _exposure},
    "repair-log": {
        "time": _one("time", MENDED),
        "month": _by(_month, _one("time", MENDED)),
        "wall": _if(lambda values: values.get("same_wall") == "yes"),
    },
    "contact-log": {
        "who": _one("who", WHO),
        "week": _by(_monday, _one("who", WHO)),
        "calm": _pair("calm_before", "calm_after"),
        "safe": _scale("safe"),
        "in-person": _if(lambda values: values.get("how") == "in-person"),
        "note": _if(lambda values: text(values, "learned")),
    },
    "listen-well": {
        **{key: _one(key, ("yes", "no")) for key in ("follow_up", "said_back", "advice")},
        "with": _one("with_whom", ("friend", "family", "ex", "other")),
    },
    "responsive-moments": {
        "kind": _one("kind", ("good", "hard")),
        "showed": lambda e: ticks(e.values, "showed", SHOWED),
    },
    "good-moments": {"moment": _if(lambda values: text(values, "moment")), "with": _with},
    "weekly-goals": {"settled": _settled_goal, "whose": _whose},
    "doubt-triggers": {"fortnight": _by(_fortnight, _one("week", CAME_UP))},
    "proof-of-change": {
        "how": _one("how", HOW),
        "elsewhere": _if(_elsewhere),
        "fortnight": _by(_fortnight, _one("how", HOW)),
        "swap": _swap,
    },
    "move-my-body": {"mood": _pair("before", "after")},
    "space-counter": {
        "mine": _days(lambda values: values.get("who") == "me"),
        "others": _days(lambda values: choice(values, "who", ("they", "needed", "chance"))),
    },
    "weekly-review": {},
}
"""What is counted, by log."""

SHOWN_BY = {"urge-log": "plan"}
"""Slots whose keys stand for words; for each key, the id of an entry that holds the words is kept with the counts."""
