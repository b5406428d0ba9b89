"""Findings of the pages that look back: the story, the view from above, my part, a scene done over, the letter."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.insights.finding import Context, Finding, Frame, counted
from rekindle.insights.reading import Answers, choice, rows, scale, text
from rekindle.records import Entry

MIN_MOMENTS = 3
CHURNING = 7
WORSE_UP_TO = 3
FAIR = ("too-hard", "about-fair", "too-easy", "not-sure")


def breakup_timeline(answers: Answers, context: Context) -> list[Finding]:
    """The moments in their own order, and the signs that came before."""
    del context
    named = rows(answers, "rows", "what")
    found = [counted("moments", len(named))] if named else []
    if len(named) >= MIN_MOMENTS:
        frame: Frame = {"when": [text(r, "when") for r in named], "what": [text(r, "what") for r in named]}
        made = found.pop()
        found.append(Finding(made.sentence, made.values, own_words=True, chart="timeline", frame=frame))
    if signs := sum(r.get("before") is True for r in named):
        found.append(counted("signs", signs))
    elif text(answers, "signs"):
        found.append(Finding("put_aside"))
    return found


def view_from_the_balcony(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """A walk or a list where it churns; and that writing is not helping, where two in a row felt worse."""
    del context
    found: list[Finding] = []
    churn, after = scale(answers, "churn"), scale(answers, "after")
    if churn is not None and churn >= CHURNING:
        found.append(Finding("churn_high", pages=("why-it-ended", "breakup-timeline")))
        found.append(Finding("churn_high_why"))
    if writing_hurts(entries):
        found.append(Finding("not_helping", pages=("why-it-ended", "support-card")))
    elif after is not None:
        found.append(Finding("after_low" if after <= WORSE_UP_TO else "after_high", {"after": after}))
    return found


def writing_hurts(entries: Sequence[Entry]) -> bool:
    """If the last two times that were rated both felt worse; then the page folds away. Any order, none deleted."""
    alive = sorted((e for e in entries if not e.deleted), key=lambda e: e.happened.utc)
    rated = [after for e in alive if (after := scale(e.values, "after")) is not None]
    return len(rated) > 1 and max(rated[-2:]) <= WORSE_UP_TO


def my_part(answers: Answers, context: Context) -> list[Finding]:
    """Acts, not a self: no count and no number; a kind word next, where the list is too hard."""
    del context
    named = rows(answers, "rows", "did")
    found = [Finding("named")] if named else []
    if any(text(r, "wish") for r in named):
        found.append(Finding("wished"))
    if fair := choice(answers, "fair", FAIR):
        pages = ("kind-letter",) if fair == "too-hard" else ()
        found.append(Finding(f"fair_{fair.replace('-', '_')}", pages=pages))
    return found


def plans_of(answers: Answers, key: str) -> list[Finding]:
    """Return each whole if-then plan on a card."""
    made = [(text(p, "if"), text(p, "then")) for p in rows(answers, key)]
    values = [{"if_part": cue, "then_part": act} for cue, act in made if cue and act]
    return [Finding("card_plan", each, own_words=True, tone="card") for each in values]


def the_do_over(answers: Answers, context: Context) -> list[Finding]:
    """The plan on a card."""
    del context
    found = plans_of(answers, "plan")
    return found or ([Finding("plan_missing")] if text(answers, "new_move") else [])


def letter_never_sent(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """What they need most, and nothing else of the letter: it is never read here."""
    del context
    needs = [need for e in entries if (need := text(e.values, "need"))]
    need = text(answers, "need") or (needs[-1] if needs else "")
    return [Finding("need_line", {"need": need}, own_words=True, tone="card")] if need else []


def what_got_lighter(answers: Answers, context: Context) -> list[Finding]:
    """The list, with no claim about what they should wish for."""
    del context
    named = rows(answers, "rows", "what")
    found = [counted("lighter", len(named)), Finding("no_claim")] if named else []
    if (pull := scale(answers, "pull")) is not None:
        found.append(Finding("pull_dot", {"pull": pull}))
    return found
