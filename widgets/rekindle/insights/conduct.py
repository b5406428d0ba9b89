"""Findings about the person's own conduct: hard truths and repairs. No lie is called out, and nobody is scored."""

from __future__ import annotations

from rekindle.insights.finding import Context, Finding, Frame, counted
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers, choice, scale
from rekindle.insights.slots import HONESTY as DID
from rekindle.insights.slots import MENDED as TIME
from rekindle.insights.spans import ABOUT_SAME, MIN_ENTRIES, by_month
from rekindle.records import Entry

HONEST = ("full", "part", "not-ready", "put-right")
_UNSAFE_UP_TO = 3
_THIRD_TIME = 3
_SHOWN = 20


def honesty_log(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Choices in order, each with its own mark; how exposed it felt, which may ease; from five on."""
    del answers, context
    if not pile:
        return []
    found = [counted("moments", len(pile))]
    did = pile.count("did")
    chosen = [(e, choice(e.values, "did", DID)) for e in pile.last(_SHOWN, _chose, did.total())]
    if did.total() >= MIN_ENTRIES:
        if honest := sum(did[each] for each in HONEST):
            key = "honest_all" if honest == did.total() else f"honest_{'one' if honest == 1 else 'many'}"
            found.append(Finding(key, {"count": honest, "total": did.total()}))
        frame: Frame = {
            "day": [e.happened.local_date.isoformat() for e, _ in chosen],
            "row": ["did"] * len(chosen),
            "state": [d for _, d in chosen],
        }
        found.append(Finding("choices", chart="dot-days", frame=frame))
    if chosen and chosen[-1][1] == "not-ready":
        found.append(Finding("not_ready"))
    if mended := did["put-right"]:
        found.append(counted("put_right", mended))
    return found + _exposed(pile) + _unsafe(pile)


def _chose(entry: Entry) -> bool:
    return bool(choice(entry.values, "did", DID))


def _felt(entry: Entry) -> bool:
    return scale(entry.values, "exposed") is not None


def _exposed(pile: Pile) -> list[Finding]:
    count, total = pile.count("exposed").total(), pile.count("exposure").total()
    if count < MIN_ENTRIES:
        return []
    half = count // 2
    first = round(_of_the_first(half, pile) / half, 1)
    last = round((total - _of_the_first(count - half, pile)) / half, 1)
    change = last - first
    key = "exposed_same" if abs(change) < ABOUT_SAME else "eased" if change < 0 else "rose"
    shown = pile.last(_SHOWN, _felt, count)
    frame: Frame = {
        "day": [e.happened.local_date.isoformat() for e in shown],
        "exposed": [scale(e.values, "exposed") for e in shown],
    }
    return [Finding(key, {"first": f"{first:g}", "last": f"{last:g}"}, chart="line-days", frame=frame)]


def _of_the_first(number: int, pile: Pile) -> int:
    """Return how exposed the first so many felt, added up; only the week in which they end is read."""
    counts, sums, total = pile.count("exposed"), pile.count("exposure"), 0
    for week in sorted(counts, key=int):
        if counts[week] > number:
            felt = [n for e in pile.of_week(int(week)) if (n := scale(e.values, "exposed")) is not None]
            return total + sum(felt[:number])
        total, number = total + sums[week], number - counts[week]
    return total


def _unsafe(pile: Pile) -> list[Finding]:
    """Return one line of care if the last entry felt unsafe."""
    safe = scale(pile.newest().values, "safe_me")
    if safe is None or safe > _UNSAFE_UP_TO:
        return []
    return [Finding("safe_low", pages=("safety-gate", "support-card"), help="support")]


def repair_log(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """How soon it was mended, by month from five on; and a third person, where the same wall shows three times."""
    del answers, context
    if not pile:
        return []
    found = [counted("noted", len(pile))]
    times = pile.count("time")
    if waiting := times["not-yet"]:
        found.append(counted("not_yet", waiting))
    if times.total() >= MIN_ENTRIES:
        if mended := times.total() - waiting:
            key = "mended_all" if not waiting else f"mended_{'one' if mended == 1 else 'many'}"
            found.append(Finding(key, {"count": mended, "total": times.total()}))
        found.append(Finding("by_month", chart="stack-days", frame=by_month(pile.count("month"), TIME)))
    if wall := pile.count("wall")["yes"]:
        found.append(counted("wall", wall))
        if wall >= _THIRD_TIME:
            found.append(Finding("third_person", pages=("get-help",)))
    return found + _unsafe(pile)
