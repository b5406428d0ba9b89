"""Findings of the closing report: where it began beside where it is, in the person's own words; every ending warm."""

from __future__ import annotations

from rekindle.content import catalog
from rekindle.errors import UnknownExercise
from rekindle.insights.finding import Context, Fact, Finding, Frame, Phrase, counted, phrases
from rekindle.insights.logs import MIN_ENTRIES, promise_log
from rekindle.insights.opening import SLIDERS
from rekindle.insights.pacing import wall_of
from rekindle.insights.reading import Answers, choice, rows, scale, text
from rekindle.insights.space import kept_days
from rekindle.insights.stepping import steps_so_far
from rekindle.records import Json

OUTCOMES = (
    "together",
    "trying",
    "friends",
    "co-parents",
    "apart",
    "no-contact-theirs",
    "no-contact-mine",
    "still-open",
    "unsaid",
)


def closing_report(answers: Answers, context: Context) -> list[Finding]:
    """One page: the ending, then and now, what was kept, what stays, and a note of three lines that nothing sends."""
    wall = wall_of(context)
    top = [Finding("your_wall", {"wall": wall}, own_words=True, tone="card", on_top=True)] if wall else []
    if not any(answers.values()):
        return top
    found: list[Finding] = []
    if outcome := choice(answers, "outcome", OUTCOMES):
        found.append(Finding(f"outcome_{outcome.replace('-', '_')}", tone="card"))
    if (peace := scale(answers, "peace")) is not None:
        found.append(Finding("peace", {"peace": peace}))
    found += _then_and_now(answers, context) + _kept(context)
    if changed := len(rows(answers, "changed", "part")):
        found.append(counted("changed", changed))
    for key in ("tell", "keep"):
        if words := text(answers, key):
            found.append(Finding(key, {key: words}, own_words=True, tone="card"))
    found += _still_worth_it(context)
    if text(answers, "harmed"):
        found.append(Finding("harmed", pages=("support-card",), help="support"))
    return top + found + _note(answers)


def _still_worth_it(context: Context) -> list[Finding]:
    worth = {"line": context.answers.get(("honest-odds", "good_either_way"))}
    line = text(worth, "line")
    return [Finding("worth_it", {"good_either_way": line}, own_words=True, tone="card")] if line else []


def _then_and_now(answers: Answers, context: Context) -> list[Finding]:
    then = {"wall": wall_of(context), "sentence": _first(context, "sentence"), "wish": _first(context, "wish")}
    now = {"wall": text(answers, "wall"), "sentence": _newer(context, "sentence"), "wish": _newer(context, "wish")}
    found: list[Finding] = []
    shown = [key for key in ("sentence", "wish", "wall") if then[key] or now[key]]
    if shown:
        frame: Frame = {"row": [*shown], "then": [then[k] for k in shown], "now": [now[k] for k in shown]}
        found.append(Finding("then_now", own_words=True, chart="then-now", frame=frame))
    return found + _slopes(context)


def _versions(context: Context, key: str) -> list[str]:
    past = reversed(context.past.get(("say-it-to-myself", key), ()))
    return [_told(v.value) for v in past if _told(v.value)]


def _told(value: Json) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None or isinstance(value, bool) else f"{value}"


def _first(context: Context, key: str) -> str:
    versions = _versions(context, key)
    return versions[0] if versions else ""


def _newer(context: Context, key: str) -> str:
    """Return what an opening answer holds now, if it was changed since."""
    versions = _versions(context, key)
    return versions[-1] if len(versions) > 1 else ""


def _slopes(context: Context) -> list[Finding]:
    start, latest = context.log("baseline"), context.log("weekly-check-in")
    if not start or not latest:
        return []
    first, now = start[0].values, latest[-1].values
    shown = [s for s in SLIDERS if scale(first, s) is not None and scale(now, s) is not None]
    if not shown:
        return []
    frame: Frame = {"slider": shown, "first": [scale(first, s) for s in shown], "now": [scale(now, s) for s in shown]}
    return [Finding("slopes", chart="slopes", frame=frame)]


def _kept(context: Context) -> list[Finding]:
    """What the logs hold, each from its smallest number on."""
    found: list[Finding] = []
    promises = next((f for f in promise_log({}, context.pile("promise-log"), context) if f.chart), None)
    if promises:
        found.append(Finding("kept", {name: promises.values[name] for name in ("kept", "settled")}))
    if space := _space(context):
        found.append(Finding("space", space))
    ways = context.pile("proof-of-change").count("how")
    if ways.total() >= MIN_ENTRIES:
        found.append(Finding("new_pattern", {"new": ways["new"], "total": ways.total()}))
    costs = context.line("decision-check", "cost")
    if len(costs) > 1:
        found.append(Finding("hope_cost", {"first": costs[0][1], "last": costs[-1][1]}))
    decided, slid = steps_so_far(context)
    if decided + slid:
        found.append(Finding("decided", {"decided": decided, "slid": slid}))
    return found


def _space(context: Context) -> dict[str, Fact]:
    kept = kept_days(context.answers, context.pile("space-counter"), context.pile("urge-log"), context.today)
    return {"kept": sum(kept.values()), "days": len(kept)} if len(kept) > 1 else {}


def _note(answers: Answers) -> list[Finding]:
    """Three lines that a person may copy; each of them from what they ticked or wrote here."""
    outcome, harmed = choice(answers, "outcome", OUTCOMES), text(answers, "harmed")
    if not outcome:
        return []
    helped = answers.get("helped")
    titles = [t for page in helped if (t := _title(page))] if isinstance(helped, list) else []
    blank = Phrase("note_blank")
    return [
        Finding("note_head"),
        Finding("note_outcome", {"outcome": phrases("outcome", (outcome,))}, tone="note"),
        Finding("note_helped", {"pages": ", ".join(titles) or blank}, tone="note"),
        Finding("note_harmed", {"words": harmed or blank}, own_words=True, tone="note"),
    ]


def _title(page: Json) -> str:
    try:
        return catalog().exercise(page).title if isinstance(page, str) else ""
    except UnknownExercise:
        return ""
