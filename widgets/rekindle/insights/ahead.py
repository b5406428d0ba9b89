"""Ahead: days that the person set themselves, of which a calendar may remind them. Nothing here opens or hurries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rekindle.contact import State, is_open
from rekindle.insights.finding import Context
from rekindle.insights.reading import Answers, choice, day, rows, text
from rekindle.insights.resting import held
from rekindle.insights.steps import FOUR_WEEKS, look_again_on

PACE = "pace-plan"


def look_again_days(context: Context) -> dict[str, dt.date]:
    """Return the days to look again, by names that stay: of one's space, a decision, a goal, a letting go.

    What leads towards the other person is left out where it is folded: a day in a calendar must not count down to it.
    """
    now, found = context.standing, dict[str, dt.date | None]()
    apart = now.letting_go or now.also & {State.PAUSED, State.CLOSED} or now.state in (State.PAUSED, State.CLOSED)
    if not apart:
        found["space"] = now.look_again
        chosen = context.given.get(("decision-check", "choose"))
        found["decision"] = chosen.local_date + FOUR_WEEKS if chosen else None
    if is_open("what-are-we", now):
        found["between"] = day(_answers(context, "what-are-we"), "check")
    goal = _answers(context, "woop-goal")
    if text(goal, "wish") and "outcome" in held("woop-goal", goal, context):
        found["goal"] = look_again_on(context)
    found["let-go"] = day(_answers(context, "let-go-path"), "date")
    return _ahead(found, context)


def milestones(context: Context) -> dict[str, dt.date]:
    """Return the steps of the pace plan that both agreed on and that are not done, where the page is open."""
    if not is_open(PACE, context.standing):
        return {}
    steps = [r for r in rows(_answers(context, PACE), "rows") if choice(r, "agreed", ("yes",)) and not day(r, "done")]
    return _ahead({f"step {text(r, 'row')}": day(r, "earliest") for r in steps}, context)


def _ahead(found: Mapping[str, dt.date | None], context: Context) -> dict[str, dt.date]:
    return {name: date for name, date in found.items() if date and date >= context.today}


def _answers(context: Context, exercise: str) -> Answers:
    return {field: value for (page, field), value in context.answers.items() if page == exercise}
