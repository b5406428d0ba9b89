"""Findings of Step 4: an apology, clearer habits, openness with limits, a hard talk, forgiving, and the month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rekindle.insights.finding import Context, Finding, Frame, counted, phrases
from rekindle.insights.logs import MIN_ENTRIES, promise_log, promises_by_fortnight
from rekindle.insights.periods import MIN_POINTS, last_in_each, month_of, readings, week_of
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers, Row, choice, day, rows, scale, text, ticks
from rekindle.insights.slots import CAME_UP
from rekindle.insights.spans import by_fortnight

STANCES = ("not-ready", "want-to-want", "working", "mostly", "do-not-wish")
SIGNS = ("afraid", "controlled", "space", "hiding", "wall-three", "losing", "someone-else", "own-promises", "own")
"""The signs of `pause-signs`."""

FEAR = {"afraid", "controlled"}
"""Those of them that come before any plan."""

_SHARE = ("feelings", "plans", "money", "old-flame", "slips", "health")
_PRIVATE = ("phone-codes", "location", "journals", "friends", "therapy", "workbook")
_NOT_SAFE_UP_TO = 3
_WEEK = dt.timedelta(days=7)


def apology_builder(answers: Answers, context: Context) -> list[Finding]:
    """The two strongest parts, there or open; and to live it where it is not known to be welcome."""
    del context
    parts = {key: bool(text(answers, key)) for key in ("own", "effect", "regret", "why", "repair")}
    found: list[Finding] = []
    if any(parts.values()):
        found = [Finding("own_there" if parts["own"] else "own_open")]
        found.append(Finding("repair_there" if parts["repair"] else "repair_open"))
        if others := sum(parts[key] for key in ("effect", "regret", "why")):
            found.append(counted("other_parts", others))
    welcome = choice(answers, "welcome", ("yes", "not-sure", "no"))
    if welcome:
        found.append(Finding("welcome_yes" if welcome == "yes" else "live_it"))
    return found


def doubt_triggers(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Each habit as an if-then plan, what could go to the promise log, and what came up; bars from five taps on."""
    named = rows(answers, "rows", "act")
    return (_habits(named) if named else []) + _came_up(pile, context.today)


def _habits(named: Sequence[Row]) -> list[Finding]:
    found = [counted("named", len(named))]
    plans = [(text(r, "act"), new) for r in named if (new := text(r, "instead"))]
    found += [Finding("plan", {"act": act, "instead": new}, own_words=True) for act, new in plans]
    if plans:
        made = counted("promise", len(plans))
        found.append(Finding(made.sentence, made.values, pages=("promise-log",)))
    if len(plans) < len(named):
        found.append(Finding("instead_missing"))
    return found


def _came_up(pile: Pile, today: dt.date) -> list[Finding]:
    recent = [e for e in pile.since(today - _WEEK + dt.timedelta(days=1)) if e.happened.local_date <= today]
    week = [w for e in recent if (w := choice(e.values, "week", CAME_UP))]
    found: list[Finding] = []
    if week:
        up = week.count("came-up")
        found.append(counted("came_up", up) if up else Finding("came_up_none"))
    if pile.count("fortnight").total() >= MIN_ENTRIES:
        found.append(Finding("shape", chart="stack-days", frame=by_fortnight(pile.count("fortnight"), CAME_UP)))
    return found


def open_book_limits(answers: Answers, context: Context) -> list[Finding]:
    """The open list and the private one; and help where somebody is watched."""
    del context
    found: list[Finding] = []
    pressure = choice(answers, "pressure", ("no", "me", "them", "both"))
    if pressure in ("them", "both"):
        key = "watched_me" if pressure == "them" else "watched_both"
        found += [Finding(key, tone="card"), Finding("safety", help="abuse", pages=("safety-gate",))]
    if pressure in ("me", "both"):
        found.append(Finding("watching", tone="card", pages=("my-own-line",), help="harm"))
    for key, sentence, known in (("share", "open_list", _SHARE), ("keep", "private_list", _PRIVATE)):
        if chosen := ticks(answers, key, known):
            found.append(Finding(sentence, {"things": phrases(key, chosen)}, tone="card"))
    return found


def hot_topic_plan(answers: Answers, context: Context) -> list[Finding]:
    """What their yes or no means for the talk, and where the topics stand; one a week is plenty."""
    del context
    consent = choice(answers, "consent", ("time-set", "later", "not-asked", "no"))
    found = [Finding(f"consent_{consent.replace('-', '_')}")] if consent else []
    if text(answers, "start") and not any(text(r, "then") for r in rows(answers, "stop")):
        found.append(Finding("stop_missing"))
    topics = rows(answers, "topics", "topic")
    states = Counter(choice(r, "state", ("open", "settled", "parked")) for r in topics)
    found += [Finding(f"topics_{s}", {"count": states[s]}) for s in ("open", "settled", "parked") if states[s]]
    weeks = Counter(week_of(talked) for r in topics if (talked := day(r, "talked")))
    return [*found, Finding("two_in_a_week")] if any(count > 1 for count in weeks.values()) else found


def safe_to_tell_me(answers: Answers, context: Context) -> list[Finding]:
    """An answer, or none: both are theirs to give."""
    del context
    found: list[Finding] = []
    if text(answers, "heard"):
        found.append(Finding("heard", pages=("honesty-log",)))
    elif "heard" in answers and answers["heard"] is None:
        found.append(Finding("not_answered"))
    if (took := scale(answers, "took")) is not None:
        found.append(Finding("took", {"took": took}))
        if not any(text(r, "then") for r in rows(answers, "act")):
            found.append(Finding("plan_missing"))
    return found


def forgive_both_ways(answers: Answers, context: Context) -> list[Finding]:
    """Where the person is with it today and was before, with no push."""
    found: list[Finding] = []
    if stance := choice(answers, "stance", STANCES):
        found.append(Finding("stance", {"stance": phrases("stance", (stance,))}))
    earlier = [p for p in last_in_each(readings(context, "forgive-both-ways", "stance"), month_of) if p[1] in STANCES]
    for month, value in earlier[:-1][-3:]:
        found.append(Finding("stance_earlier", {"date": month, "stance": phrases("stance", (str(value),))}))
    if line := text(answers, "line"):
        found.append(Finding("line", {"line": line}, own_words=True, tone="card"))
    return found


def trust_review(answers: Answers, context: Context) -> list[Finding]:
    """One page from the logs, above the questions; and what the effort of two months says."""
    found = _from_logs(context)
    enough = scale(answers, "enough")
    if enough is not None and enough <= _NOT_SAFE_UP_TO:
        found.append(Finding("enough_low", {"enough": enough}, help="abuse", pages=("safety-gate", "support-card")))
    points = [(d, v) for d, v in context.line("trust-review", "enough")]
    if len(points) >= MIN_POINTS:
        frame: Frame = {"day": [d.isoformat() for d, _ in points[-12:]], "enough": [v for _, v in points[-12:]]}
        found.append(Finding("enough_line", chart="line-days", frame=frame))
    mutual = choice(answers, "mutual", ("mostly-me", "mostly-them"))
    if mutual == "mostly-me":
        twice = _months_running(context)
        key = "mostly_me_twice" if twice else "mostly_me_once"
        found.append(Finding(key, pages=("decision-check",) if twice else ()))
    elif mutual:
        found.append(Finding("mostly_them"))
    return signs_today(context) + found


def _from_logs(context: Context) -> list[Finding]:
    promises, repairs, honest = (context.pile(log) for log in ("promise-log", "repair-log", "honesty-log"))
    frame = promises_by_fortnight(promises)
    found: list[Finding] = []
    if frame is not None:
        made = next(f for f in promise_log({}, promises, context) if f.chart)
        values = {name: made.values[name] for name in ("kept", "settled")}
        found.append(Finding("kept_plain", values, chart="promises", frame=frame, on_top=True))
    for key, log in (("repairs", repairs), ("honest", honest)):
        if log:
            made = counted(key, len(log))
            found.append(Finding(made.sentence, made.values, on_top=True))
    contacts = context.pile("contact-log")
    safe = contacts.count("safe")
    if safe.total() >= MIN_ENTRIES:
        shown = contacts.last(12, lambda e: scale(e.values, "safe") is not None, safe.total())
        line: Frame = {
            "day": [e.happened.local_date.isoformat() for e in shown],
            "safe": [scale(e.values, "safe") for e in shown],
        }
        values = {"lowest": min(map(int, safe)), "highest": max(map(int, safe))}
        found.append(Finding("safe_line", values, chart="line-days", frame=line, on_top=True))
    return found


def _months_running(context: Context) -> bool:
    """If "mostly me" stood in two calendar months in a row, the last of them this one or the one before."""
    months = last_in_each(readings(context, "trust-review", "mutual"), month_of)
    if len(months) < 2:
        return False
    (before, then), (last, now) = months[-2:]
    follows = month_of(last - dt.timedelta(days=1)) == before
    return follows and then == now == "mostly-me"


def signs_today(context: Context) -> list[Finding]:
    """Return what follows where one of the person's own signs to pause is true today, as ticked on this page."""
    if context.ticked & FEAR:
        return [Finding("signs_danger", help="abuse", tone="card", pages=("safety-gate",))]
    return [Finding("signs_true", pages=("decision-check",))] if context.ticked & set(SIGNS) else []
