"""Findings about the person's own conduct: hard truths and repairs. No lie is called out, and nobody is scored."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.insights.finding import Context, Finding, Frame, counted
from rekindle.insights.reading import Answers, choice, scale
from rekindle.insights.spans import ABOUT_SAME, MIN_ENTRIES, by_month, mean
from rekindle.records import Entry

DID = ("full", "part", "not-ready", "dodged", "put-right", "lied")
HONEST = ("full", "part", "not-ready", "put-right")
TIME = ("minutes", "hours", "days", "not-yet")
_UNSAFE_UP_TO = 3
_THIRD_TIME = 3
_SHOWN = 20


def honesty_log(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """Choices in order, each with its own mark; how exposed it felt, which may ease; from five on."""
    del answers, context
    if not entries:
        return []
    found = [counted("moments", len(entries))]
    chosen = [(e, d) for e in entries if (d := choice(e.values, "did", DID))]
    if len(chosen) >= MIN_ENTRIES:
        if honest := sum(d in HONEST for _, d in chosen):
            key = "honest_all" if honest == len(chosen) else f"honest_{'one' if honest == 1 else 'many'}"
            found.append(Finding(key, {"count": honest, "total": len(chosen)}))
        shown = chosen[-_SHOWN:]
        frame: Frame = {
            "day": [e.happened.local_date.isoformat() for e, _ in shown],
            "row": ["did"] * len(shown),
            "state": [d for _, d in shown],
        }
        found.append(Finding("choices", chart="dot-days", frame=frame))
    if chosen and chosen[-1][1] == "not-ready":
        found.append(Finding("not_ready"))
    if mended := sum(d == "put-right" for _, d in chosen):
        found.append(counted("put_right", mended))
    return found + _exposed(entries) + _unsafe(entries)


def _exposed(entries: Sequence[Entry]) -> list[Finding]:
    felt = [(e, n) for e in entries if (n := scale(e.values, "exposed")) is not None]
    if len(felt) < MIN_ENTRIES:
        return []
    half = len(felt) // 2
    first, last = mean([n for _, n in felt[:half]]), mean([n for _, n in felt[-half:]])
    change = last - first
    key = "exposed_same" if abs(change) < ABOUT_SAME else "eased" if change < 0 else "rose"
    shown = felt[-_SHOWN:]
    frame: Frame = {
        "day": [e.happened.local_date.isoformat() for e, _ in shown],
        "exposed": [n for _, n in shown],
    }
    return [Finding(key, {"first": f"{first:g}", "last": f"{last:g}"}, chart="line-days", frame=frame)]


def _unsafe(entries: Sequence[Entry]) -> list[Finding]:
    """Return one line of care if the last entry felt unsafe."""
    safe = scale(entries[-1].values, "safe_me")
    if safe is None or safe > _UNSAFE_UP_TO:
        return []
    return [Finding("safe_low", pages=("safety-gate", "support-card"), help="support")]


def repair_log(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """How soon it was mended, by month from five on; and a third person, where the same wall shows three times."""
    del answers, context
    if not entries:
        return []
    found = [counted("noted", len(entries))]
    times = [t for e in entries if (t := choice(e.values, "time", TIME))]
    if waiting := times.count("not-yet"):
        found.append(counted("not_yet", waiting))
    if len(times) >= MIN_ENTRIES:
        if mended := len(times) - waiting:
            key = "mended_all" if not waiting else f"mended_{'one' if mended == 1 else 'many'}"
            found.append(Finding(key, {"count": mended, "total": len(times)}))
        found.append(Finding("by_month", chart="stack-days", frame=by_month(entries, "time", TIME)))
    if wall := sum(choice(e.values, "same_wall", ("yes",)) != "" for e in entries):
        found.append(counted("wall", wall))
        if wall >= _THIRD_TIME:
            found.append(Finding("third_person", pages=("get-help",)))
    return found + _unsafe(entries)
