"""The pull to reach out: when it came, how strong it was at the start and after, and how often it was waited out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rekindle.insights.finding import Finding, Frame, Phrase, counted
from rekindle.insights.logs import part_of_day
from rekindle.insights.over_time.bins import MIN_DOTS, MIN_ENTRIES, bars, bins, means, number
from rekindle.records import Json, Moment, Tally

DID = ("waited", "plan", "friend", "walked", "wrote", "slept", "contacted")


def urges(tallies: Sequence[Tally], moments: Sequence[Moment]) -> list[Finding]:
    """Return what five urges or more show. `tallies` hold what was done, and the pull before and after.

    `moments` are the times of the last twelve months.
    """
    total = sum(t.count for t in tallies)
    if not total:
        return []
    found = _when(moments) + _waited(tallies) + _eased(tallies)
    return found or [counted("urges_few", total)]


def _when(moments: Sequence[Moment]) -> list[Finding]:
    if len(moments) < MIN_ENTRIES:
        return []
    places = Counter((m.local.weekday(), m.local.hour) for m in moments)
    at = sorted(places)
    frame: Frame = {"weekday": [d for d, _ in at], "hour": [h for _, h in at], "count": [places[each] for each in at]}
    found = [Finding("urges_when", {"count": len(moments)}, chart="hours", frame=frame)]
    parts = Counter(part_of_day(m.local.hour) for m in moments).most_common(1)
    if parts[0][1] * 2 > len(moments):
        found.append(Finding("urges_time", {"time": Phrase(f"time_{parts[0][0]}"), "count": parts[0][1]}))
    return found


def _waited(tallies: Sequence[Tally]) -> list[Finding]:
    """Return how many were waited out, of those with a word about what was done."""
    acted = [(t.day, "contacted" if "contacted" in did else "waited", t.count) for t in tallies if (did := _did(t))]
    total = sum(count for _, _, count in acted)
    if total < MIN_ENTRIES:
        return []
    waited = sum(count for _, id_, count in acted if id_ == "waited")
    key = "urges_waited_all" if waited == total else "urges_waited" if waited else "urges_acted"
    frame = bars(acted, ("waited", "contacted"))
    return [Finding(key, {"waited": waited, "total": total}, chart="stack-days", frame=frame)]


def _did(tally: Tally) -> list[Json]:
    value = tally.values[0]
    chosen = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [each for each in chosen if isinstance(each, str) and each in DID]


def _eased(tallies: Sequence[Tally]) -> list[Finding]:
    pairs = [(t.day, number(t.values[1]), number(t.values[2]), t.count) for t in tallies]
    rated = [(day, before, after, n) for day, before, after, n in pairs if before is not None and after is not None]
    total = sum(count for *_, count in rated)
    if total < MIN_ENTRIES:
        return []
    lower = sum(count for _, before, after, count in rated if after < before)
    made = Finding("urges_eased" if lower else "urges_same", {"lower": lower, "total": total})
    into = bins((day for day, *_ in rated), least=7)
    frame: Frame = {
        "day": into.starts,
        "before": means([(day, before, n) for day, before, _, n in rated], into),
        "after": means([(day, after, n) for day, _, after, n in rated], into),
    }
    if sum(value is not None for value in frame["before"]) < MIN_DOTS:
        return [made]
    return [Finding(made.sentence, made.values, chart="line-days", frame=frame)]
