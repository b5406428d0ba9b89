"""Findings at a fork: how to go on, a no, and letting go. No path is scored, and a stop sign comes first."""

from __future__ import annotations

import datetime as dt

from rekindle.contact import State
from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted, phrases
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks
from rekindle.insights.spans import own_line
from rekindle.insights.steps import FOUR_WEEKS
from rekindle.insights.story import plans_of

PATHS = ("try", "wait", "let-go")
CHOICES = ("hopeful", "pause", "let-go", "not-yet")
_TONIGHT = ("call", "outside", "eat", "write", "sleep", "helpline", "delete-draft", "phone-away")
_SOME_DAYS = dt.timedelta(days=3)
_COSTLY = 7


def decision_check(answers: Answers, context: Context) -> list[Finding]:
    """Stop signs first; then the facts by path, what hoping costs, and the choices so far."""
    if not any(answers.get(k) not in (None, "", []) for k in ("facts", "two_way", "cost", "wall", "friend", "choose")):
        return []
    found = _stop(answers, context)
    found += _facts(answers)
    if (cost := scale(answers, "cost")) is not None:
        found += own_line(context, "decision-check", "cost", cost, "cost")
        if cost >= _COSTLY:
            found.append(Finding("cost_high", pages=("support-card",)))
    if wall := context.answers.get(("so-what-changes", "same_wall")):
        words = text({"wall": wall}, "wall")
        found += [Finding("wall", {"same_wall": words}, own_words=True, tone="card")] if words else []
    found += _lighter(context)
    if friend := text(answers, "friend"):
        found.append(Finding("friend", {"friend": friend}, own_words=True, tone="card"))
    return [*found, *_choices(answers, context)]


def _stop(answers: Answers, context: Context) -> list[Finding]:
    """Return the stop signs: they said no, an order, fear. Each puts letting go first and folds going on hoping."""
    now = context.standing
    signs = []
    if State.PAUSED in now.also:
        signs.append(Finding("stop_fear", pages=("let-go-path", "support-card"), help="support"))
    if now.closed in ("closed-order", "closed-order-unsure"):
        signs.append(Finding("stop_order", pages=("let-go-path",)))
    elif State.CLOSED in now.also or choice(answers, "two_way", ("said-no",)):
        signs.append(Finding("stop_no", pages=("let-go-path",)))
    return [*signs, Finding("hope_folded")] if signs else []


def _facts(answers: Answers) -> list[Finding]:
    named = rows(answers, "facts", "fact")
    by_path = {path: [text(r, "fact") for r in named if choice(r, "points", (path,))] for path in PATHS}
    found = [Finding(f"points_{p.replace('-', '_')}", {"count": len(f)}) for p, f in by_path.items() if f]
    if not found:
        return []
    longest = max(map(len, by_path.values()))
    frame: Frame = {path: [*facts, *[""] * (longest - len(facts))] for path, facts in by_path.items()}
    return [*found, Finding("side_by_side", own_words=True, chart="columns", frame=frame)]


def _lighter(context: Context) -> list[Finding]:
    page = {"rows": context.answers.get(("what-got-lighter", "rows"))}
    things = "; ".join(text(r, "what") for r in rows(page, "rows", "what"))
    return [Finding("lighter", {"things": things}, own_words=True)] if things else []


def _choices(answers: Answers, context: Context) -> list[Finding]:
    at = ("decision-check", "choose")
    given = context.given.get(at)
    today = given.local_date if given else context.today
    past = [(v.moment.local_date, v.value) for v in context.past.get(at, ()) if v.moment]
    earlier = [(d, str(c)) for d, c in past if c in CHOICES and d < today][:3]
    found = [Finding("past_choice", {"date": d, "choice": Phrase(f"choose.{c}")}) for d, c in reversed(earlier)]
    if chosen := choice(answers, "choose", CHOICES):
        pages = ("let-go-path",) if chosen == "let-go" else ()
        found.append(Finding(f"chose_{chosen.replace('-', '_')}", {"date": today + FOUR_WEEKS}, pages=pages))
    return found


def if_they_say_no(answers: Answers, context: Context) -> list[Finding]:
    """A person first, where they are not safe or not sure; else the next hours, their answer, and later a path."""
    safe = context.ticked & {"no", "not-sure", "yes"}
    if "no" in safe or "not-sure" in safe:
        return [Finding("not_safe" if "no" in safe else "not_sure", help="crisis", tone="card")]
    found = [Finding("safe_yes")] if safe else []
    if things := phrases("tonight", ticks(answers, "tonight", _TONIGHT)):
        found.append(counted("tonight", len(things), things=things))
    if ticks(answers, "tonight", ("helpline",)):
        found.append(Finding("helpline", help="talk"))
    if respect := text(answers, "respect"):
        found.append(Finding("respect", {"respect": respect}, own_words=True, tone="card"))
    found += plans_of(answers, "pledge")
    if State.CLOSED in context.standing.also and any(answers.get(k) for k in ("tonight", "respect", "pledge")):
        found.append(Finding("closed"))
    given = [m.local_date for k in ("tonight", "respect", "pledge") if (m := context.given.get(("if-they-say-no", k)))]
    if given and context.today - min(given) >= _SOME_DAYS:
        found.append(Finding("let_go_later", pages=("let-go-path",)))
    return found


def let_go_path(answers: Answers, context: Context) -> list[Finding]:
    """A choice made with care: what they keep, what opens up, and the day they look back. The goodbye is never read."""
    found: list[Finding] = []
    if context.standing.letting_go and any(answers.get(k) for k in ("goodbye", "keep", "ritual", "next", "date")):
        found += [Finding("letting_go"), Finding("folded")]
    kept = "; ".join(text(r, "keep") for r in rows(answers, "keep", "keep"))
    if kept:
        found.append(Finding("kept", {"things": kept}, own_words=True, tone="card"))
    if ritual := text(answers, "ritual"):
        found.append(Finding("ritual", {"ritual": ritual}, own_words=True))
    if ahead := len(rows(answers, "next", "thing")):
        found.append(counted("ahead", ahead))
    if look := day(answers, "date"):
        found.append(Finding("look_back", {"date": look}) if look > context.today else Finding("look_back_now"))
    return found
