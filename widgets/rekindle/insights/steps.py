"""Findings of Steps 1 and 2: the ending, its reasons, and one old habit swapped for a new one."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from rekindle.insights.finding import Context, Fact, Finding, Frame, Phrase, counted
from rekindle.insights.opening import MIN_ROWS
from rekindle.insights.reading import Answers, Row, choice, rows, scale, text, ticks
from rekindle.insights.slots import stand_in
from rekindle.insights.spans import MIN_ENTRIES, by_month, own_line

FOUR_WEEKS = dt.timedelta(days=28)
WHOSE = ("mine", "theirs", "between", "outside")
CHANGE = ("yes", "partly", "no")
OUTCOMES = ("done", "partly", "changed", "dropped")
"""How a goal can have gone. All four are fine."""

ENDED_BY = ("they", "me", "both", "unclear")
"""Who ended it, as `my-situation` has it."""

_STILL = ("free-days", "checking", "on-a-break", "their-things", "waiting", "other")


def it_is_over(answers: Answers, context: Context) -> list[Finding]:
    """The first point on the line, a word to the one who left or was left, and one gentle act for one ticked row."""
    found: list[Finding] = []
    if (accept := scale(answers, "accept")) is not None:
        first, *later = own_line(context, "it-is-over-for-now", "accept", accept, "accept", weekly="real")
        found += later or [first]
        ended = choice({"by": context.answers.get(("my-situation", "ended_by"))}, "by", ENDED_BY)
        found += [Finding(f"ended_{ended}")] if ended else []
    if still := ticks(answers, "proof", _STILL):
        found.append(Finding(f"act_{still[0].replace('-', '_')}"))
    elif ticks(answers, "proof", ("nowhere",)):
        found.append(Finding("nowhere"))
    return found


def why_it_ended(answers: Answers, context: Context) -> list[Finding]:
    """The reasons by whose they are and by what could change; shares from three reasons on."""
    del context
    named = rows(answers, "rows", "reason")
    found: list[Finding] = []
    if named:
        found.append(counted("reasons", len(named)))
    if len(named) >= MIN_ROWS:
        found += _reasons(named)
    if text(answers, "deal"):
        found.append(Finding("deal"))
    if text(answers, "earlier_returns"):
        found.append(Finding("earlier_returns"))
    return found


def _reasons(named: list[Row]) -> list[Finding]:
    whose = [choice(r, "whose", WHOSE) for r in named]
    change = [choice(r, "change", CHANGE) for r in named]
    found = [counted(f"whose_{w}", whose.count(w)) for w in WHOSE if w in whose]
    if any(whose):
        found[0] = Finding(found[0].sentence, found[0].values, chart="reasons", frame=_reason_frame(whose, change))
    if changing := sum(c in ("yes", "partly") for c in change):
        found.append(counted("change", changing))
    elif change.count("no") == len(named):
        found.append(Finding("change_none"))
    if whose.count("mine") == len(named):
        found.append(Finding("all_mine"))
    elif sum(w == "theirs" or c == "no" for w, c in zip(whose, change, strict=True)) * 2 > len(named):
        found.append(Finding("mostly_not_yours"))
    return found


def _reason_frame(whose: list[str], change: list[str]) -> Frame:
    pairs = list(zip(whose, change, strict=True))
    frame: dict[str, list[str | int | float | None]] = {"whose": [*WHOSE]}
    for answer in CHANGE:
        frame[answer] = [pairs.count((w, answer)) for w in WHOSE]
    frame["unsaid"] = [pairs.count((w, "")) for w in WHOSE]
    return frame


def pattern_swap(answers: Answers, context: Context) -> list[Finding]:
    """How many old ways have a new one, and the one that matters most."""
    named = rows(answers, "rows", "old")
    if not named:
        return []
    new, practice = (sum(bool(text(r, c)) for r in named) for c in ("new", "practice"))
    found = [counted("patterns", len(named))]
    if new:
        found.append(Finding("new_single") if len(named) == 1 else counted("new", new))
    if practice:
        found.append(counted("practice", practice))
    if any(text(r, "new") and not text(r, "plan") for r in named):
        found.append(Finding("plan_missing"))
    if top := next((r for r in named if text(r, "old") == text(answers, "top")), None):
        found.append(Finding("top", {"old": text(top, "old")}, own_words=True, tone="card"))
        if text(top, "new"):
            found.append(Finding("top_new", {"new": text(top, "new")}, own_words=True, tone="card"))
    return found + _tallies(named, context)


def _tallies(named: list[Row], context: Context) -> list[Finding]:
    """Return how often each pattern showed up and its new way was used; two bars by month from five times on."""
    noted: dict[str, Counter[str]] = {}
    for key, count in context.pile("proof-of-change").count("swap").items():
        pattern, _, month_and_how = key.partition(" ")
        noted.setdefault(pattern, Counter())[month_and_how] = count
    olds = dict.fromkeys(text(r, "old") for r in named)
    told = [_tally(old, noted[stand_in(old)]) for old in olds if stand_in(old) in noted]
    return [*told, Finding("tallies")] if told else []


def _tally(old: str, months: Counter[str]) -> Finding:
    ways = Counter({way: sum(n for at, n in months.items() if at.endswith(f" {way}")) for way in ("old", "new")})
    values: dict[str, Fact] = {"pattern": old, "old": ways["old"], "new": ways["new"]}
    if ways.total() < MIN_ENTRIES:
        return Finding("tally", values, own_words=True)
    frame = by_month(months, ("old", "new"))
    named = {"pattern": [old] * len(frame["day"]), **frame}
    return Finding("tally", values, own_words=True, chart="two-ways", frame=named)


def woop_goal(answers: Answers, context: Context) -> list[Finding]:
    """The goal card, with a date four weeks after the wish was written."""
    wish = text(answers, "wish")
    if not wish:
        return []
    found = [Finding("card_wish", {"wish": wish}, own_words=True, tone="card")]
    parts = [(part, words) for part in ("best", "block") if (words := text(answers, part))]
    found += [Finding(f"card_{part}", {part: words}, own_words=True, tone="card") for part, words in parts]
    plans = [(text(p, "if"), text(p, "then")) for p in rows(answers, "plan")]
    whole = [{"if_part": cue, "then_part": act} for cue, act in plans if cue and act]
    found += [Finding("card_plan", each, own_words=True, tone="card") for each in whole]
    if not whole:
        found.append(Finding("plan_missing"))
    date = look_again_on(context)
    if not (outcome := choice(answers, "outcome", OUTCOMES)):
        late = context.today >= date
        return [*found, Finding("look_now") if late else Finding("look_again", {"date": date}, tone="card")]
    found.append(Finding(f"outcome_{outcome}"))
    if learned := text(answers, "learned"):
        found.append(Finding("learned", {"learned": learned}, own_words=True, tone="card"))
    return found


def look_again_on(context: Context) -> dt.date:
    """Return the day four weeks after the wish was written."""
    written = context.given.get(("woop-goal", "wish"))
    return (written.local_date if written else context.today) + FOUR_WEEKS


def step_name(row: Row) -> Phrase | str:
    """Return a milestone by the person's own words, else by its row."""
    return text(row, "own") or Phrase(f"rows.{text(row, 'row')}")
