"""Findings of Step 5: pressure, what this is, agreements, big steps, the old wall, and a life of one's own."""

from __future__ import annotations

from rekindle.contact import State
from rekindle.insights.finding import Context, Finding, Frame, counted, phrases
from rekindle.insights.mending import FEAR, SIGNS, signs_today
from rekindle.insights.periods import MIN_POINTS, Point, last_in_each, readings, span, week_of
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks

PRESSURE = ("label", "sulk", "hint", "gift", "count", "touch")
NOT_FREE_UP_TO = 4
_PRESSED_FROM = 7
_DROP = 3


def pressure_check(answers: Answers, context: Context) -> list[Finding]:
    """This week's signs, a card after two weeks with two or more, and a line from three weeks on."""
    signs = ticks(answers, "signs", PRESSURE)
    found: list[Finding] = []
    if signs:
        found.append(counted("signs", len(signs)))
    elif ticks(answers, "signs", ("none",)):
        found.append(Finding("none"))
    weeks = [(monday, len(ticks({"s": v}, "s", PRESSURE))) for monday, v in _weeks(context)]
    if len(weeks) >= MIN_POINTS and found:
        counts = dict(weeks)
        shown = span(weeks[0][0], weeks[-1][0], 7, 8)
        frame: Frame = {"day": [w.isoformat() for w in shown], "signs": [counts.get(w) for w in shown]}
        found[0] = Finding(found[0].sentence, found[0].values, chart="stack-days", frame=frame)
    if sum(count >= 2 for _, count in weeks[-2:]) == 2:
        found.append(Finding("ease_off", tone="card"))
    if "touch" in signs:
        found.append(Finding("touch", pages=("my-own-line",)))
    felt = scale(answers, "felt")
    if felt is not None and felt >= _PRESSED_FROM:
        found.append(Finding("felt_high", {"felt": felt}, pages=("pause-signs",), help="support"))
    return found


def _weeks(context: Context) -> list[Point]:
    points = last_in_each(readings(context, "pressure-check", "signs"), week_of)
    return [(monday, value) for monday, value in points if isinstance(value, list) and value]


def what_are_we(answers: Answers, context: Context) -> list[Finding]:
    """Both sides as they were said; a difference is an answer."""
    del context
    sides = [(side, words) for side in ("mine", "theirs") if (words := text(answers, side))]
    found = [Finding(f"side_{side}", {side: words}, own_words=True) for side, words in sides]
    if same := choice(answers, "same", ("yes", "close", "no", "unknown")):
        found.append(Finding(f"same_{same}", pages=("decision-check",) if same == "no" else ()))
    if check := day(answers, "check"):
        found.append(Finding("check", {"date": check}))
    return found


def wall_of(context: Context) -> str:
    """Return the wall that the person named in the Opening, in their words, or ""."""
    return text({"wall": context.answers.get(("so-what-changes", "same_wall"))}, "wall")


def _wall_on_top(context: Context, *, anything: bool = True) -> list[Finding]:
    wall = wall_of(context) if anything else ""
    return [Finding("your_wall", {"wall": wall}, own_words=True, tone="card", on_top=True)] if wall else []


def new_agreements(answers: Answers, context: Context) -> list[Finding]:
    """What is agreed, the next one to look at, and which of them speak to the wall, as the person ticked."""
    found = _wall_on_top(context)
    topics = ("time", "money", "chores", "family", "sex", "phones", "fights", "friends", "other")
    named = [r for r in rows(answers, "rows") if text(r, "now") or choice(r, "topic", topics)]
    if named:
        found.append(counted("agreements", len(named)))
        coming = [(d, t) for r in named if (d := day(r, "review")) and (t := choice(r, "topic", topics))]
        coming = sorted(pair for pair in coming if pair[0] >= context.today)
        if coming:
            next_day, topic = coming[0]
            found.append(Finding("next_review", {"topic": phrases("rows.topic", (topic,)), "date": next_day}))
            found += [Finding("later_review", {"topic": phrases("rows.topic", (t,)), "date": d}) for d, t in coming[1:]]
        elif not any(day(r, "review") for r in named):
            found.append(Finding("no_review"))
        if wall_of(context):
            found += _speaks([choice(r, "topic", topics) or "other" for r in named if r.get("wall") is True])
    if words := text(answers, "mine_only"):
        found.append(Finding("mine_only", {"mine_only": words}, own_words=True))
    return found


def _speaks(topics: list[str]) -> list[Finding]:
    if not topics:
        return [Finding("speaks_none")]
    return [Finding("speaks", {"topic": phrases("rows.topic", (topic,))}) for topic in topics]


def same_problem_drill(answers: Answers, context: Context) -> list[Finding]:
    """A card of early signs, how often the repair log met the same wall, and the person's own limit."""
    found = _wall_on_top(context)
    signs = rows(answers, "early", "sign")
    for row in signs:
        sign, first = text(row, "sign"), text(row, "first")
        values = {"sign": sign, "first": first} if first else {"sign": sign}
        found.append(Finding("card_first" if first else "card_sign", values, own_words=True))
    same = context.pile("repair-log").count("wall")["yes"]
    if same:
        made = counted("same_wall", same)
        found.append(Finding(made.sentence, made.values, pages=("repair-log",)))
    if limit := text(answers, "limit"):
        found.append(Finding("limit", {"limit": limit}, own_words=True))
    elif signs:
        found.append(Finding("limit_missing"))
    return found


def my_own_life(answers: Answers, context: Context) -> list[Finding]:
    """What stays theirs, and the line of being clear about who they are, goes on from Step 2."""
    named = rows(answers, "keep", "what")
    found = [counted("keeps", len(named))] if named else []
    kept = [k for r in named if (k := choice(r, "kept", ("yes", "some", "no")))]
    if kept and (some := sum(k != "no" for k in kept)):
        found.append(Finding("kept_month", {"kept": some, "total": len(kept)}))
    clear = scale(answers, "clear")
    if clear is None:
        return found
    found.append(Finding("clear_dot", {"clear": clear}))
    line = sorted({**dict(context.line("who-am-i-now", "clear")), **dict(context.line("my-own-life", "clear"))}.items())
    if len(line) >= MIN_POINTS:
        frame: Frame = {"day": [d.isoformat() for d, _ in line[-12:]], "clear": [v for _, v in line[-12:]]}
        found.append(Finding("clear_line", chart="line-days", frame=frame))
    together = context.standing.state in (State.OPEN, State.TRYING)
    earlier = [(v, d) for d, v in line[:-1]]
    if together and earlier and max(earlier)[0] - clear >= _DROP:
        before, date = max(earlier)
        found.append(Finding("clear_drop", {"date": date, "before": before}))
    return found


def kids_and_others(answers: Answers, context: Context) -> list[Finding]:
    """A short plan in order; and a way to the safety page that no text opens."""
    del context
    named = rows(answers, "people", "who")
    dated = sorted((d, text(r, "who")) for r in named if (d := day(r, "when")))
    found = [Finding("order", {"when": when, "who": who}, own_words=True) for when, who in dated]
    if dated and (undated := len(named) - len(dated)):
        found.append(counted("order_undated", undated))
    if text(answers, "kids"):
        found.append(Finding("children_late"))
    if text(answers, "worry"):
        found.append(Finding("worry", pages=("safety-gate",)))
    return found


def state_of_us(answers: Answers, context: Context) -> list[Finding]:
    """Safety first; then two lines that are both about the person."""
    sat, free = scale(answers, "sat"), scale(answers, "free")
    found: list[Finding] = []
    if free is not None and free <= NOT_FREE_UP_TO:
        found.append(Finding("not_free", {"free": free}, help="abuse", tone="card", pages=("safety-gate",)))
        found.append(Finding("not_free_rests"))
    if sat is not None and free is not None:
        found.append(Finding("today", {"sat": sat, "free": free}))
    lines = {key: dict(context.line("state-of-us", key)) for key in ("sat", "free")}
    days = sorted({*lines["sat"], *lines["free"]})
    if max(len(line) for line in lines.values()) >= MIN_POINTS:
        frame: Frame = {
            "day": [d.isoformat() for d in days[-12:]],
            **{key: [line.get(d) for d in days[-12:]] for key, line in lines.items()},
        }
        found.append(Finding("two_lines", chart="line-days", frame=frame))
    return signs_today(context) + found


def pause_signs(answers: Answers, context: Context) -> list[Finding]:
    """Safety first; then the signs and what comes after one of them."""
    chosen = ticks(answers, "mine", SIGNS)
    found = _fear(bool(set(chosen) & FEAR), context)
    if chosen:
        found.append(counted("signs", len(chosen)))
        now = "other" in context.ticked
        found.append(Finding("true_today" if now else "look", pages=("decision-check",)))
        if not any(text(r, "then") for r in rows(answers, "how")):
            found.append(Finding("plan_missing"))
    if own := text(answers, "own"):
        found.append(Finding("own_line", {"own": own}, own_words=True))
    return [*found, Finding("who")] if text(answers, "who") else found


def _fear(planned: bool, context: Context) -> list[Finding]:
    """Fear or control: true today, only planned, or planned with no word about today, which counts as true."""
    if context.ticked & FEAR:
        return [
            Finding("danger", help="abuse", tone="card", pages=("safety-gate",)),
            Finding("danger_rests"),
        ]
    if not planned:
        return []
    if context.ticked & {"none", "other"} or _cleared(context):
        return [Finding("only_a_plan")]
    return [
        Finding("fear_planned", help="abuse", tone="card", pages=("safety-gate",)),
        Finding("fear_waits"),
    ]


def _cleared(context: Context) -> bool:
    """If they have said before that the signs are a plan, and nothing rests now."""
    said = any(event.kind == "only-a-plan" for event in context.events)
    return said and State.PAUSED not in context.standing.also
