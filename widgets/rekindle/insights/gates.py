"""Findings of the pages that look after safety: who may see the screen, what they asked for, was it safe."""

from __future__ import annotations

from rekindle.contact import TOPICS, Standing, State
from rekindle.insights.finding import Context, Finding, Phrase, phrases
from rekindle.insights.reading import Answers, choice, day, ticks


def screen_check(answers: Answers, context: Context) -> list[Finding]:
    """What the book does about other eyes, and what it cannot do."""
    del context
    seen = choice(answers, "seen", ("nobody", "maybe", "yes"))
    want = ticks(answers, "want", ("hide", "leave", "later"))
    found: list[Finding] = []
    if seen == "nobody":
        found = [Finding("seen_nobody"), Finding("not_locked", help="lock")]
    elif seen:
        found = [Finding(f"seen_{seen}", help="privacy"), Finding("watched_note"), Finding("not_locked", help="lock")]
    elif "seen" in answers:
        found = [Finding("skipped")]
    if seen == "yes" or "leave" in want:
        found.append(Finding("leave_now"))
    if "hide" in want and (seen == "nobody" or "seen" not in answers):
        found.append(Finding("hide"))
    return [*found, Finding("later")] if "later" in want else found


def consent_gate(answers: Answers, context: Context) -> list[Finding]:
    """What their wish means for the book, and what must still be talked about."""
    asked = choice(answers, "asked", ("in-touch", "quiet", "until-date", "space", "stop", "not-sure"))
    order = choice(answers, "order", ("no", "yes", "not-sure"))
    if not (asked or order or "asked" in answers or "order" in answers):
        return []
    found = [_state(asked, context)]
    if asked == "until-date" and context.standing.until is None:
        found.append(Finding("date_missing"))
    said, kept = day(answers, "until"), context.standing.until
    if said and kept and said < kept:
        found.append(Finding("date_kept", {"date": kept}))
    return found + _facts_only(answers, context.standing)


def must_talk(now: Standing) -> list[Finding]:
    """Return that needed talk stays with the facts, or takes the route of an order; nothing where none is needed."""
    ordered = now.closed in ("closed-order", "closed-order-unsure")
    topics = {"topics": phrases("must_talk", now.needed)}
    return [Finding("must_talk_order" if ordered else "must_talk", topics)] if now.needed else []


def _facts_only(answers: Answers, now: Standing) -> list[Finding]:
    """Needed talk: what its facts are by topic, where it is noted, and what has no channel here. Nothing drafts it."""
    found = [*must_talk(now), *(Finding(f"facts_{topic}") for topic in now.needed)]
    if now.needed and now.state not in (State.OPEN, State.TRYING):
        found.append(Finding("needed_page", pages=("space-agreement", "space-counter")))
    if now.state is State.CLOSED:
        waiting = [topic for topic in ticks(answers, "must_talk", TOPICS) if topic not in now.needed]
        found += [Finding("must_wait", {"topics": phrases("must_talk", waiting)})] if waiting else []
    return found


def _state(asked: str, context: Context) -> Finding:
    now = context.standing
    if State.CLOSED in now.also or now.state is State.CLOSED:
        key = {"closed-order": "state_closed_order", "closed-order-unsure": "state_order_unsure"}
        return Finding(key.get(now.closed, "state_closed"), tone="card")
    if now.wish is State.SPACE and now.until:
        return Finding("state_space_until", {"date": now.until})
    if now.wish is State.UNKNOWN:
        return Finding("order_missing" if asked and asked != "not-sure" else "state_unknown")
    keys = {State.SPACE: "state_space", State.QUIET: "state_quiet"}
    return Finding(keys.get(now.wish, "state_open"))


def safety_gate(answers: Answers, context: Context) -> list[Finding]:
    """Help first, if anything is ticked; the ticks themselves are never named."""
    need = choice(answers, "need", ("talk", "signs", "calm", "close"))
    found: list[Finding] = []
    if context.ticked - {"none", "skip"}:
        found = [Finding("any_tick", help="abuse", tone="card"), Finding("paused", pages=("support-card",))]
    elif "none" in context.ticked:
        found = [Finding("none", help="abuse")]
    elif "skip" in context.ticked:
        found = [Finding("skipped")]
    if need:
        found.append(Finding(f"need_{need}", help="abuse" if need in ("talk", "signs") else ""))
    return found


def my_own_line(answers: Answers, context: Context) -> list[Finding]:
    """Help for somebody who hurt a partner, without shame; the ticks themselves are never named."""
    step = choice(answers, "next", ("helpline", "doctor", "tell", "read", "not-ready"))
    found: list[Finding] = []
    if context.ticked - {"none", "skip"}:
        found = [Finding("any_tick", help="harm", tone="card"), Finding("paused", pages=("support-card",))]
        if "after-stop" in context.ticked:
            found.append(Finding("after_stop"))
    elif "none" in context.ticked:
        found = [Finding("none")]
    elif "skip" in context.ticked:
        found = [Finding("skipped")]
    if step:
        found.append(Finding(f"next_{step.replace('-', '_')}", help="harm" if step in ("helpline", "read") else ""))
    return found


def phrase_of(key: str) -> Phrase:
    """Return a phrase by an id that may hold hyphens."""
    return Phrase(key.replace("-", "_"))
