"""Findings about room: the space promise, the days it was kept, the urge, the feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from rekindle.contact import State, is_open
from rekindle.insights.finding import Context, Finding, Frame, counted, phrases
from rekindle.insights.pile import Pile
from rekindle.insights.plans import plans_used
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks
from rekindle.insights.spans import MIN_POINTS
from rekindle.insights.story import plans_of
from rekindle.records import FieldId, Json

WHOSE = ("they", "both", "me", "order")
_COUNTS = ("text", "react", "check", "ask-friends", "go-there", "gifts", "post-for-them")
_CUES = ("late", "drink", "song-place", "online", "bad-day", "good-news", "weekend", "dates")
_STEPS = ("mute", "unfollow", "hide-memories", "move-photos", "log-out", "friends", "location")
_SHOWN = dt.timedelta(days=35)


def space_agreement(answers: Answers, context: Context) -> list[Finding]:
    """Whose space it is, from when, and that no number of days is magic. Their date stands."""
    whose = choice(answers, "whose", WHOSE)
    found = [Finding(f"whose_{whose}")] if whose else []
    start, end = day(answers, "start"), day(answers, "end")
    if start:
        found.append(Finding("starts", {"date": start}, pages=("space-counter",)))
    if end:
        until = context.standing.until
        shorter = until is not None and end < until
        found.append(Finding("their_date", {"date": until}) if until and shorter else Finding("ends", {"date": end}))
        if until is None and whose == "they" and context.standing.wish is not State.OPEN:
            found.append(Finding("date_not_there", pages=("consent-gate",)))
    if things := phrases("counts", ticks(answers, "counts", _COUNTS)):
        found.append(Finding("will_not", {"things": things}))
    if needed := text(answers, "needed"):
        found.append(Finding("needed", {"needed": needed}, own_words=True))
    return [*found, Finding("no_number")] if start or end or whose else found


def kept_days(answers: Mapping[FieldId, Json], events: Pile, urges: Pile, today: dt.date) -> dict[dt.date, bool]:
    """Return each day of the space so far and if it was kept; empty before its start, or without one.

    Only contact that the person started counts: in the space counter, or as an act in the urge log. It ends on the
    look-again date.
    """
    return room(answers, begun_days(events, urges), today)


def begun_days(events: Pile, urges: Pile) -> set[dt.date]:
    """Return the days on which the person began contact, by `space-counter` and `urge-log`."""
    return {dt.date.fromisoformat(each) for each in (*events.count("mine"), *urges.count("contacted"))}


def room(answers: Mapping[FieldId, Json], mine: Collection[dt.date], today: dt.date) -> dict[dt.date, bool]:
    """Return each day of the space so far, and if it was kept: `mine` are days on which the person began contact."""
    start, end = space_ends(answers)
    last = min(today, end) if end and start and end >= start else today
    if start is None or start > last:
        return {}
    days = (start + dt.timedelta(days=n) for n in range((last - start).days + 1))
    return {each: each not in mine for each in days}


def space_ends(answers: Mapping[FieldId, Json]) -> tuple[dt.date | None, dt.date | None]:
    """Return when the promised space begins, and the day of the look again: never before a date that they named."""
    promise = {key: value for (page, key), value in answers.items() if page == "space-agreement"}
    gate = {key: value for (page, key), value in answers.items() if page == "consent-gate"}
    named = day(gate, "until") if choice(gate, "asked", ("until-date",)) else None
    ends = [each for each in (day(promise, "end"), named) if each]
    return day(promise, "start"), max(ends, default=None)


def space_counter(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Days kept of days so far; it never goes back to zero, and its end opens no message."""
    del answers
    promise = {key: value for (page, key), value in context.answers.items() if page == "space-agreement"}
    start, end = space_ends(context.answers)
    kept = kept_days(context.answers, pile, context.pile("urge-log"), context.today)
    found: list[Finding] = []
    if kept:
        chart = "dot-days" if len(kept) >= MIN_POINTS else None
        values = {"kept": sum(kept.values()), "total": len(kept)}
        counted_days = Finding("kept", values, chart=chart, frame=_dots(kept, pile) if chart else None)
        found.append(counted_days if len(kept) > 1 else Finding("first_day"))
        if len(kept) > 1:
            found.append(Finding("not_counted"))
        if not list(kept.values())[-1]:
            found.append(Finding("contacted"))
    elif start and start > context.today:
        found.append(Finding("starts_later", {"date": start}))
    if found and (whose := choice(promise, "whose", WHOSE)):
        found.append(Finding(f"set_{whose}"))
    if found and (needed := text(promise, "needed")):
        found.append(Finding("needed", {"needed": needed}, own_words=True))
    return found + (_look_again(end, context) if end and found else [])


def _look_again(end: dt.date, context: Context) -> list[Finding]:
    if end > context.today:
        return [Finding("look_again", {"date": end})]
    now = context.standing
    # A named date opens the look at oneself; with none named, only the weighing of whether to be in touch at all.
    page = "ready-check" if is_open("ready-check", now) else "should-i" if now.state is State.SPACE else ""
    return [Finding("look_now", pages=(page,) if page else ()), Finding("looked")]


def _dots(kept: Mapping[dt.date, bool], events: Pile) -> Frame:
    others = {dt.date.fromisoformat(each) for each in events.count("others")}
    last = max(kept)
    shown = [each for each in kept if last - each < _SHOWN]
    states = ["contact" if not kept[each] else "other" if each in others else "kept" for each in shown]
    return {"day": [each.isoformat() for each in shown], "row": ["space"] * len(shown), "state": [*states]}


def urge_if_then(answers: Answers, context: Context) -> list[Finding]:
    """A pocket card of plans with a person's name, and how often a plan was used."""
    plans = plans_of(answers, "plans")
    found = [*plans]
    if person := text(answers, "person"):
        found.append(Finding("card_person", {"person": person}, own_words=True, tone="card"))
    if plans:
        found.append(counted("plans", len(plans)))
    elif cues := phrases("cues", ticks(answers, "cues", _CUES)):
        found.append(Finding("cues", {"cues": cues}))
    urges = context.pile("urge-log")
    used = urges.count("used")["yes"]
    return [*found, counted("used", used), *plans_used(urges)] if used and found else found


def online_distance(answers: Answers, context: Context) -> list[Finding]:
    """This week's looks as a number without blame, what they will do, and two lines where there are enough dots."""
    found: list[Finding] = []
    if (peeks := scale(answers, "peeks")) is not None:
        found.append(Finding("peeks_dot", {"peeks": peeks}) if peeks else Finding("peeks_none"))
    if steps := ticks(answers, "steps", _STEPS):
        found.append(counted("steps", len(steps)))
    if until := day(answers, "until"):
        found.append(Finding("until", {"date": until}))
    return [*found, *_two_lines(peeks, context)] if peeks is not None else found


def _two_lines(peeks: int, context: Context) -> list[Finding]:
    looked = dict(context.line("online-distance", "peeks"))
    given = context.given.get(("online-distance", "peeks"))
    looked[given.local_date if given else context.today] = peeks
    weekly = context.log("weekly-check-in")
    missed = {e.happened.local_date: m for e in weekly if (m := scale(e.values, "missed")) is not None}
    if len(looked) < MIN_POINTS or len(missed) < MIN_POINTS:
        return []
    days = sorted({*looked, *missed})
    frame: Frame = {
        "day": [each.isoformat() for each in days],
        "peeks": [looked.get(each) for each in days],
        "missed": [missed.get(each) for each in days],
    }
    return [Finding("two_lines", chart="line-days", frame=frame)]


def my_people(answers: Answers, context: Context) -> list[Finding]:
    """Who is in their corner; where the list was left empty, lines that talk with lonely people and one tiny step."""
    del context
    named = rows(answers, "rows", "name")
    found: list[Finding] = []
    if named:
        found.append(counted("people", len(named)))
        if asks := sum(bool(text(r, "small_ask")) for r in named):
            found.append(counted("asks", asks))
    elif "rows" in answers or ("safe_one" in answers and not text(answers, "safe_one")):
        found += [Finding("empty", help="talk"), Finding("tiny_step")]
    if safe_one := text(answers, "safe_one"):
        found.append(Finding("safe_one", {"safe_one": safe_one}, own_words=True, tone="card"))
    return found
