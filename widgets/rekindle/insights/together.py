"""Findings of Steps 3 to 5: ready or not yet, what they have shown, where trust broke, and the pace."""

from __future__ import annotations

import datetime as dt

from rekindle.contact import State, is_open
from rekindle.insights.doing import new_elsewhere
from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted
from rekindle.insights.opening import MIN_ROWS
from rekindle.insights.reading import Answers, Row, choice, day, rows, scale, text, ticks
from rekindle.insights.stepping import marks
from rekindle.insights.steps import step_name

READY = {
    "not-asked-to-stop": ("consent-gate", "their-wishes"),
    "space-passed": ("woop-goal", "pattern-swap"),
    "four-weeks": ("pattern-swap",),
    "could-read-no": ("so-what-changes", "support-card"),
    "not-my-pain": ("right-now",),
    "slept": ("mood-check-in",),
    "two-lines": ("say-it-to-myself",),
    "someone-knows": ("support-card",),
}
"""The eight ticks of `ready-check`, each with pages that help where it is not ticked."""

TRUST = ("steady", "dependable", "faith")
STEPS = (
    "light-contact",
    "meet",
    "talk",
    "repairs",
    "agree-to-date",
    "intimate",
    "tell-friends",
    "tell-children",
    "holiday",
    "share-home",
)
"""The milestones in the order of the plan; steps of their own have no set place."""

_OWN = ("own-one", "own-two")


def ready_check(answers: Answers, context: Context) -> list[Finding]:
    """What is missing and a page that helps; or what the ticks open, which is never a push to write."""
    ticked, steady = ticks(answers, "checks", tuple(READY)), scale(answers, "steady")
    missing = [r for r in READY if r not in ticked]
    found: list[Finding] = []
    if ticked and not missing and steady is not None and steady >= 5:
        opens = any(is_open(page, context.standing) for page in ("first-hello", "say-it-once"))
        found.append(Finding("ready" if opens else "ready_no_hello", {"steady": steady}))
    elif ticked and missing:
        found.append(
            Finding("missing_one") if len(missing) == 1 else Finding("missing_many", {"missing": len(missing)})
        )
        found.append(Finding(f"missing_{missing[0].replace('-', '_')}", pages=READY[missing[0]]))
        if missing[0] == "four-weeks":
            found.append(Finding("four_weeks_note"))
    if steady is not None and steady < 5:
        found.append(Finding("steady_low", {"steady": steady}, pages=("support-card", "mood-check-in")))
    if (ticked or steady is not None) and (others := new_elsewhere(context.pile("proof-of-change"))):
        found.append(counted("others", others))
    if found and context.standing.state is State.OPEN:
        found.append(Finding("open_not_needed"))
    return found


def their_wishes(answers: Answers, context: Context) -> list[Finding]:
    """Who started it, counted; and, where a fair friend would say so, an offer to hold their wish."""
    named = rows(answers, "rows", "act")
    started = [choice(r, "started", ("they", "me", "unclear")) for r in named]
    read = choice(answers, "best_read", ("want-contact", "open-careful", "cannot-tell", "distance", "stop"))
    found: list[Finding] = []
    if "they" in started or "me" in started:
        found.append(Finding("started", {"theirs": started.count("they"), "mine": started.count("me")}))
    if unclear := started.count("unclear"):
        found.append(Finding("started_unclear", {"count": unclear}))
    if read and not named:
        found.append(Finding("no_rows_read"))
    if read == "cannot-tell":
        found.append(Finding("cannot_tell"))
    return found + _held(read, context)


def _held(read: str, context: Context) -> list[Finding]:
    closed = State.CLOSED in context.standing.also
    if read == "stop":
        return [Finding("held_closed") if closed else Finding("offer_closed", offer="closed")]
    if read == "distance" and not closed:
        return [Finding("held_quiet") if context.standing.distance else Finding("offer_quiet", offer="quiet")]
    return []


def trust_map(answers: Answers, context: Context) -> list[Finding]:
    """Where trust broke, and the person's own view of their own conduct, then and now."""
    del context
    named = rows(answers, "rows", "happened")
    found = [counted("breaks", len(named))] if named else []
    if len(named) >= MIN_ROWS and (kind := _most(named)):
        found.append(Finding("breaks_kind", {"kind": Phrase(f"rows.kind.{kind}")}))
    found += _then_now({k: r for r in rows(answers, "self") if (k := choice(r, "row", TRUST))})
    if choice(answers, "lies", ("mine", "theirs", "both")):
        found.append(Finding("lies"))
    proofs = sum(bool(text(r, "proof")) for r in [*rows(answers, "rows"), *rows(answers, "self")])
    return [*found, _with_pages(counted("proof", proofs), "promise-log")] if proofs else found


def _with_pages(made: Finding, *pages: str) -> Finding:
    return Finding(made.sentence, made.values, pages=pages)


def _most(named: list[Row]) -> str:
    kinds = [choice(r, "kind", TRUST) for r in named]
    return next((k for k in TRUST if kinds.count(k) * 2 > len(named)), "")


def _then_now(by_kind: dict[str, Row]) -> list[Finding]:
    then, now = ([scale(by_kind.get(k, {}), when) for k in TRUST] for when in ("then", "now"))
    found = [
        Finding("then_now", {"kind": Phrase(f"self.{k}"), "then": t, "now": n})
        for k, t, n in zip(TRUST, then, now, strict=True)
        if t is not None and n is not None
    ]
    if any(value is not None for value in [*then, *now]):
        found.append(Finding("own_view", chart="trust-bars", frame={"kind": [*TRUST], "then": then, "now": now}))
    return found


def pace_plan(answers: Answers, context: Context) -> list[Finding]:
    """The steps with their dates, a soft note on one that was moved up, and whose pace it is."""
    steps = {k: r for r in rows(answers, "rows") if (k := choice(r, "row", (*STEPS, *_OWN)))}
    planned = {k: date for k, r in steps.items() if (date := day(r, "done") or day(r, "earliest"))}
    found: list[Finding] = []
    if planned:
        made, frame = counted("dated", len(planned)), _pace_frame(steps, planned, marks(context))
        own = any(text(steps[k], "own") for k in planned)
        found.append(Finding(made.sentence, made.values, own_words=own, chart="pace", frame=frame))
        found.append(_agreed([steps[k] for k in planned]))
    if moved := _moved_up(planned):
        own = bool(text(steps[moved], "own"))
        found.append(Finding("out_of_order", {"step": step_name(steps[moved])}, own_words=own))
    found += [_felt(r) for r in steps.values() if scale(r, "felt") is not None and day(r, "done")][-1:]
    found += _marked(context) if found else []
    keys = {"slower-one": "slower_one", "each-time": "each_time", "me": "mostly_me", "them": "mostly_them"}
    if pace := choice(answers, "slower", tuple(keys)):
        found.append(Finding(keys[pace]))
    return found


def _agreed(planned: list[Row]) -> Finding:
    count = sum(choice(r, "agreed", ("yes",)) != "" for r in planned)
    return counted("agreed", count) if count else Finding("agreed_none")


def _moved_up(planned: dict[str, dt.date]) -> str:
    """Return the first step that is dated before one which stands above it, or ""."""
    latest = dt.date.min
    for step in STEPS:
        if step in planned:
            if planned[step] < latest:
                return step
            latest = planned[step]
    return ""


def _felt(row: Row) -> Finding:
    return Finding("felt", {"step": step_name(row), "felt": scale(row, "felt") or 0}, own_words=bool(text(row, "own")))


def _marked(context: Context) -> list[Finding]:
    """Return which steps were decided and which slid, as `slide-or-decide` has them."""
    by_step = marks(context)
    named = {m: tuple(Phrase(f"rows.{s}") for s in (*STEPS, *_OWN) if by_step.get(s) == m) for m in ("decided", "slid")}
    return [Finding(f"marks_{mark}", {"steps": steps}) for mark, steps in named.items() if steps]


def _pace_frame(steps: dict[str, Row], planned: dict[str, dt.date], marked: dict[str, str]) -> Frame:
    order = sorted(planned, key=lambda k: (planned[k], [*STEPS, *_OWN].index(k)))
    return {
        "step": order,
        "own": [text(steps[k], "own") for k in order],
        "earliest": [d.isoformat() if (d := day(steps[k], "earliest")) else None for k in order],
        "done": [d.isoformat() if (d := day(steps[k], "done")) else None for k in order],
        "agreed": [choice(steps[k], "agreed", ("yes", "not-yet")) or None for k in order],
        "choice": [marked.get(k) for k in order],
    }
