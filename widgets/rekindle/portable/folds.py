"""Folds: which pages a journal keeps closed for a reason that no import may lift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rekindle.contact import ALL_PAGES, Standing, State, is_open, standing
from rekindle.journal import Whole
from rekindle.records import Answer, FieldId, Json

EVENTS = {State.CLOSED: "closed", State.PAUSED: "paused"}
"""What makes a state last, whatever an answer says."""


_HOPES: dict[FieldId, Json] = {("consent-gate", "asked"): "in-touch", ("consent-gate", "order"): "no"}


def standing_in(whole: Whole, today: dt.date, instead: Mapping[FieldId, Json] | None = None) -> Standing:
    """Return where things stand, by all that a journal holds, with other answers `instead`."""
    current: dict[FieldId, Answer] = {}
    for answer in sorted(whole.answers, key=lambda answer: answer.revision):
        current[answer.exercise, answer.field] = answer
    values = {place: answer.value for place, answer in current.items()} | dict(instead or {})
    given = {place: answer.moment for place, answer in current.items() if answer.moment}
    return standing(values, whole.entries, whole.events, today, given)


def opens(whole: Whole, today: dt.date) -> frozenset[str]:
    """Return the pages that are open."""
    now = standing_in(whole, today)
    return frozenset(page for page in ALL_PAGES if is_open(page, now))


def strict_states(whole: Whole, today: dt.date) -> frozenset[State]:
    """Return the states that stand and that fold pages for the other person's sake, or for safety."""
    now = standing_in(whole, today)
    strict = now.also & {State.CLOSED, State.PAUSED}
    return strict | ({State.SPACE} if now.state is State.SPACE and not now.space_over else frozenset())


def folds_of(whole: Whole, today: dt.date) -> frozenset[str]:
    """Return the pages that are folded while a stop, a pause or a named time stands; none while none does."""
    return frozenset(ALL_PAGES) - opens(whole, today) if strict_states(whole, today) else frozenset()


def lasting(whole: Whole, today: dt.date) -> frozenset[State]:
    """Return the stop and the pause that stand even if a person were to answer the first page anew."""
    return standing_in(whole, today, _HOPES).also & {State.CLOSED, State.PAUSED}
