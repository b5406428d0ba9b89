"""Fields that rest: questions of a page that have their time later, or never again, and are not shown now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from rekindle.contact.seals import asleep_until
from rekindle.insights.finding import Context
from rekindle.insights.mending import SIGNS
from rekindle.insights.reading import Answers, choice, text, ticks
from rekindle.insights.steps import look_again_on

_DRAFTS = {"first-hello": ("draft", "self_check", "two_more"), "say-it-once": ("gate", "draft", "self_check")}


def held(exercise: str, answers: Answers, context: Context) -> frozenset[str]:
    """Return the fields of a page that rest now: they are not shown, and what they hold stays as it is."""
    rests = _RESTS.get(exercise)
    return rests(exercise, answers, context) if rests else frozenset()


def sealed_until(values: Answers, today: dt.date) -> dt.date | None:
    """Return the day until which the person put a kept page away; None once that day has come."""
    try:
        until = dt.date.fromisoformat(text(values, "until")) if values.get("keep") == "seal" else today
    except ValueError:
        return None
    return until if until > today else None


def _draft(exercise: str, _answers: Answers, context: Context) -> frozenset[str]:
    """A draft that sleeps, or whose words were said."""
    said = exercise == "say-it-once" and context.standing.said
    asleep = context.now is not None and asleep_until(context.events, exercise, context.now) is not None
    return frozenset(_DRAFTS[exercise] if said or asleep else ())


def _meeting(_exercise: str, answers: Answers, _context: Context) -> frozenset[str]:
    """A plan that waits for their yes."""
    return frozenset({"plan"} if choice(answers, "invited", ("not-yet", "guessing")) else ())


def _signs(_exercise: str, _answers: Answers, context: Context) -> frozenset[str]:
    """Signs to pause that nobody has chosen yet."""
    chosen = ticks({"mine": context.answers.get(("pause-signs", "mine"))}, "mine", SIGNS)
    return frozenset() if chosen else frozenset({"signs"})


def _goal(_exercise: str, answers: Answers, context: Context) -> frozenset[str]:
    """How a goal went, before the day on which the person looks again; what is answered stays in sight."""
    if text(answers, "outcome") or text(answers, "learned"):
        return frozenset()
    over = text(answers, "wish") and context.today >= look_again_on(context)
    return frozenset() if over else frozenset({"outcome", "learned"})


def _returns(_exercise: str, answers: Answers, context: Context) -> frozenset[str]:
    """What an earlier return changed, where they said that there was none; what is answered stays in sight."""
    first = context.answers.get(("my-situation", "times")) == "no"
    return frozenset({"earlier_returns"} if first and not text(answers, "earlier_returns") else ())


def _children(_exercise: str, answers: Answers, context: Context) -> frozenset[str]:
    """What children are told, where they said what they share and children are not in it."""
    shared = context.answers.get(("my-situation", "shared"))
    none = isinstance(shared, list) and bool(shared) and "children" not in shared
    return frozenset({"kids"} if none and not text(answers, "kids") else ())


_RESTS: Mapping[str, Callable[[str, Answers, Context], frozenset[str]]] = {
    "first-hello": _draft,
    "say-it-once": _draft,
    "coffee-plan": _meeting,
    "trust-review": _signs,
    "state-of-us": _signs,
    "woop-goal": _goal,
    "why-it-ended": _returns,
    "kids-and-others": _children,
}
