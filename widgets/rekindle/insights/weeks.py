"""Findings of the week: the ten sliders over time, and the week in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.insights.finding import Context, Fact, Finding, Frame, Phrase, counted
from rekindle.insights.opening import SLIDERS
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers, choice, day, scale, text, ticks
from rekindle.insights.selfhood import LOW_HAPPY
from rekindle.insights.space import kept_days
from rekindle.insights.spans import ABOUT_SAME, MIN_POINTS
from rekindle.records import Entry

WEEKLY = (*SLIDERS, "real", "together", "safe")
"""The twelve sliders of the weekly check-in."""

_OFFICIAL = ("satisfied", "worthwhile", "happy", "anxious")
_BANDS = ((4, "low"), (6, "medium"), (8, "high"), (10, "very_high"))
_ANXIOUS_BANDS = ((1, "very_low"), (3, "low"), (5, "medium"), (10, "high"))
_UNSAFE_UP_TO, _ON_EDGE_FROM = 3, 6
_LINES_SHOWN = 26
_WEEK = dt.timedelta(days=7)


def weekly_check_in(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """The last dots with the official bands, first beside last, a line for each slider, and care where it is low.

    The first check-in of the Opening counts as the first dot. There is no total.
    """
    del answers
    if not entries:
        return []
    last = entries[-1].values
    found = _care(entries)
    if dots := sum(scale(last, s) is not None for s in WEEKLY):
        found.append(counted("dots", dots))
    found += [_band(s, n) for s in _OFFICIAL if (n := scale(last, s)) is not None]
    weeks = [*context.log("baseline")[:1], *entries]
    found += _changes(weeks)
    if any(sum(scale(e.values, s) is not None for e in weeks) >= MIN_POINTS for s in WEEKLY):
        found.append(Finding("lines", own_words=True, chart="small-lines", frame=_lines(weeks[-_LINES_SHOWN:])))
    return found


def _care(entries: Sequence[Entry]) -> list[Finding]:
    last = entries[-1].values
    happy, anxious, safe = (scale(last, s) for s in ("happy", "anxious", "safe"))
    found: list[Finding] = []
    if safe is not None and safe <= _UNSAFE_UP_TO:
        found.append(Finding("unsafe", help="abuse", pages=("safety-gate",)))
    if happy is not None and anxious is not None and happy <= LOW_HAPPY and anxious >= _ON_EDGE_FROM:
        found.append(Finding("talk", pages=("support-card",), help="support"))
    rated = {e.happened.local_date: h for e in entries if (h := scale(e.values, "happy")) is not None}
    running = [rated[each] for each in sorted(rated)][-2:]
    if len(running) == 2 and max(running) <= LOW_HAPPY:
        found.append(Finding("low_weeks", pages=("get-help",)))
    return found


def _band(slider: str, value: int) -> Finding:
    bands = _ANXIOUS_BANDS if slider == "anxious" else _BANDS
    name = next(band for top, band in bands if value <= top)
    return Finding("band", {"slider": Phrase(f"chart_{slider}"), "value": value, "band": Phrase(f"band_{name}")})


def _changes(weeks: Sequence[Entry]) -> list[Finding]:
    """Return the first dot of each slider beside its last; small changes are named together."""
    found, same = [], []
    for slider in WEEKLY:
        dots = [n for e in weeks if (n := scale(e.values, slider)) is not None]
        if len(dots) < 2:
            continue
        name = Phrase(f"chart_{slider}")
        if abs(dots[-1] - dots[0]) < ABOUT_SAME:
            same.append(name)
        else:
            found.append(Finding("now", {"slider": name, "first": dots[0], "last": dots[-1]}))
    return [*found, Finding("same", {"sliders": tuple(same)})] if same else found


def _lines(weeks: Sequence[Entry]) -> Frame:
    frame: dict[str, list[str | int | float | None]] = {"day": [e.happened.local_date.isoformat() for e in weeks]}
    for slider in WEEKLY:
        dots = [scale(e.values, slider) for e in weeks]
        if any(dot is not None for dot in dots):
            frame[slider] = [*dots]
    return {**frame, "note": [text(e.values, "note") for e in weeks]}


def weekly_review(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """The week in one line, from the counts of the other logs, and the one thing for the next."""
    del answers
    facts = _story(context)
    found = [Finding("story", {"facts": tuple(facts)})] if facts else []
    if not pile or context.today - pile.newest().happened.local_date >= _WEEK:
        return found
    last = pile.newest().values
    if one := text(last, "one"):
        found.append(Finding("one", {"one": one}, own_words=True, tone="card"))
    if choice(last, "wish_kept", ("no",)):
        found.append(Finding("wish_no"))
    off = choice(last, "week_off", ("week", "until"))
    if off == "until" and (until := day(last, "off_until")) and until > context.today:
        found.append(Finding("off_until", {"date": until}))
    elif off:
        found.append(Finding("week_off"))
    return found


def _story(context: Context) -> list[Phrase]:
    urges, goals, promises, moods = (
        [e for e in context.log(log) if dt.timedelta(0) <= context.today - e.happened.local_date < _WEEK]
        for log in ("urge-log", "weekly-goals", "promise-log", "mood-check-in")
    )
    did = [ticks(e.values, "did", ("waited", "plan", "friend", "walked", "wrote", "slept", "contacted")) for e in urges]
    counts = {
        "urges": len(urges),
        "waited": sum(bool(d) and "contacted" not in d for d in did),
        "goals": sum(choice(e.values, "done", ("done",)) != "" for e in goals),
        "promises": sum(choice(e.values, "outcome", ("kept",)) != "" for e in promises),
        "moods": sum(scale(e.values, "mood") is not None for e in moods),
    }
    facts = [Phrase(f"{name}_{'one' if n == 1 else 'many'}", {"count": n}) for name, n in counts.items() if n]
    kept = kept_days(context.answers, context.pile("space-counter"), context.pile("urge-log"), context.today)
    week = [was for each, was in kept.items() if context.today - each < _WEEK]
    values: dict[str, Fact] = {"kept": sum(week), "total": len(week)}
    return [*facts, Phrase("space", values)] if len(week) > 1 else facts
