"""Findings about big steps: chosen or drifted into, by the person's own reasons, and the marks on their plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rekindle.insights.finding import Context, Finding, phrases
from rekindle.insights.periods import Point, last_in_each, readings
from rekindle.insights.reading import Answers, choice, ticks
from rekindle.records import Json

CHOSEN, DRIFTED = ("both-want", "talked"), ("easy", "lonely", "fear", "date", "expected")
"""Reasons of `slide-or-decide`: those of a choice, and those of a slide."""


def slide_or_decide(answers: Answers, context: Context) -> list[Finding]:
    """If a step is chosen or drifts, by the person's own reasons; and how many of each so far."""
    reasons = ticks(answers, "why_now", (*CHOSEN, *DRIFTED))
    found: list[Finding] = []
    if reasons:
        drifted = tuple(r for r in reasons if r in DRIFTED)
        if is_decided(reasons):
            found.append(Finding("decided"))
        elif drifted and not set(reasons) & set(CHOSEN):
            found.append(Finding("slid", {"reasons": phrases("why_now", drifted)}))
        else:
            found.append(Finding("both_unsaid"))
    if (chosen := choice(answers, "choose", ("yes", "wait", "no"))) in ("wait", "no"):
        found.append(Finding(chosen))
    decided, slid = steps_so_far(context)
    if decided + slid >= 2:
        found.append(Finding("counts", {"decided": decided, "slid": slid}))
    return found


def is_decided(reasons: tuple[str, ...]) -> bool:
    """Return if both want a step, or the two talked and chose it."""
    return bool(set(reasons) & set(CHOSEN))


def steps_so_far(context: Context) -> tuple[int, int]:
    """Return how many big steps were decided and how many slid: each time that the page was put away with reasons."""
    ticked = [ticks({"w": v}, "w", (*CHOSEN, *DRIFTED)) for v in _put_away(context)]
    known = [reasons for reasons in ticked if reasons]
    decided = sum(is_decided(reasons) for reasons in known)
    return decided, len(known) - decided


def _put_away(context: Context) -> list[Json]:
    return [value for _, value in _by_day(context, "why_now")]


def marks(context: Context) -> dict[str, str]:
    """Return for each milestone if it was decided or slid, by the reasons that stood on the day of its last look."""
    points = {key: dict(_by_day(context, key)) for key in ("milestone", "why_now")}
    found: dict[str, str] = {}
    for day_ in sorted({*points["milestone"], *points["why_now"]}):
        stood = {key: _as_of(days, day_) for key, days in points.items()}
        step, reasons = stood["milestone"], ticks({"w": stood["why_now"]}, "w", (*CHOSEN, *DRIFTED))
        if isinstance(step, str) and step and reasons:
            found[step] = "decided" if is_decided(reasons) else "slid"
    return found


def _by_day(context: Context, key: str) -> list[Point]:
    return last_in_each(readings(context, "slide-or-decide", key), lambda d: d)


def _as_of(days: Mapping[dt.date, Json], day_: dt.date) -> Json:
    return next((days[each] for each in sorted(days, reverse=True) if each <= day_), None)
