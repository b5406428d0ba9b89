"""Findings of the logs about two people: contacts, talks, small moments. Counts of what was noted, and no score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted
from rekindle.insights.logs import MIN_ENTRIES
from rekindle.insights.periods import tallies, week_of
from rekindle.insights.reading import Answers, choice, scale, text, ticks
from rekindle.records import Entry

ONE_SIDED_FROM = 8
"""After so many contacts that either of the two began, a share under one in four is called one-sided."""

UNSAFE_UP_TO = 3
_WHO = ("me", "them", "needed", "chance")
_KEYS = ("follow_up", "said_back")
_SHOWED = ("listening", "interest", "thanks", "humour", "help", "affection")


def contact_log(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """Safety first; then who started it and how calm it left the person, from five contacts on."""
    del answers, context
    if not entries:
        return []
    found: list[Finding] = []
    safe = scale(entries[-1].values, "safe")
    if safe is not None and safe <= UNSAFE_UP_TO:
        found.append(Finding("not_safe", help="abuse", tone="card", pages=("safety-gate", "support-card")))
    if choice(entries[-1].values, "wanted", ("said-stop",)):
        found.append(Finding("said_stop", tone="card", pages=("if-they-say-no",)))
    found.append(counted("noted", len(entries)))
    return found + _started(entries) + _calm(entries)


def _started(entries: Sequence[Entry]) -> list[Finding]:
    known = [e for e in entries if choice(e.values, "who", _WHO)]
    tally = Counter(choice(e.values, "who", _WHO) for e in known)
    begun = tally["me"] + tally["them"]
    found: list[Finding] = []
    if begun >= MIN_ENTRIES:
        found.append(Finding("started", {"theirs": tally["them"], "total": begun}))
    if len(known) >= MIN_ENTRIES:
        frame = tallies(known, week_of, 7, {w: _holds("who", w) for w in _WHO})
        shown = found[0] if found else Finding("chart_only")
        found = [Finding(shown.sentence, shown.values, chart="stack-days", frame=frame)]
    if tally["needed"]:
        found.append(counted("needed", tally["needed"]))
    if begun >= ONE_SIDED_FROM and tally["them"] * 4 < begun:
        found += [Finding("one_sided"), Finding("one_sided_next")]
    return found


def _calm(entries: Sequence[Entry]) -> list[Finding]:
    pairs = [(e, scale(e.values, "calm_before"), scale(e.values, "calm_after")) for e in entries]
    rated = [(e, b, a) for e, b, a in pairs if b is not None and a is not None]
    if len(rated) < MIN_ENTRIES:
        return []
    frame: Frame = {
        "day": [e.happened.local_date.isoformat() for e, _, _ in rated[-10:]],
        "before": [b for _, b, _ in rated[-10:]],
        "after": [a for _, _, a in rated[-10:]],
    }
    lower = sum(a < b for _, b, a in rated)
    made = counted("calm_lower", lower, total=len(rated)) if lower else Finding("calm_same")
    return [Finding(made.sentence, made.values, chart="urges", frame=frame)]


def listen_well(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """What the person did in their talks, counted from five on; a friend is a lighter place to practise."""
    del answers, context
    found = [counted("noted", len(entries))] if entries else []
    for key, wanted, sentence in (
        ("follow_up", "yes", "follow_up"),
        ("said_back", "yes", "said_back"),
        ("advice", "no", "no_advice"),
    ):
        said = [c for e in entries if (c := choice(e.values, key, ("yes", "no")))]
        if len(said) >= MIN_ENTRIES and (count := said.count(wanted)):
            found.append(Finding(sentence, {"count": count, "total": len(said)}))
    if len(entries) >= MIN_ENTRIES and (frame := _two_rows(entries)):
        found[0] = Finding(found[0].sentence, found[0].values, chart="dot-days", frame=frame)
    people = [p for e in entries if (p := choice(e.values, "with_whom", ("friend", "family", "ex", "other")))]
    return [*found, Finding("friend_first")] if len(people) > 1 and set(people) == {"ex"} else found


def _holds(key: str, value: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.values.get(key) == value


def _two_rows(entries: Sequence[Entry]) -> Frame | None:
    """Return a row of dots for follow-ups and one for saying it back: the last twenty talks."""
    known = [(e, k, c) for e in entries[-20:] for k in _KEYS if (c := choice(e.values, k, ("yes", "no")))]
    if not known:
        return None
    days = [e.happened.local_date.isoformat() for e, _, _ in known]
    return {"day": days, "row": [k for _, k, _ in known], "state": [c for _, _, c in known]}


def responsive_moments(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """Two rows of dots and two counts: no ratio, and nothing about the other person."""
    del answers, context
    found = [counted("noted", len(entries))] if entries else []
    kinds = [(e, k) for e in entries if (k := choice(e.values, "kind", ("good", "hard")))]
    if len(kinds) >= MIN_ENTRIES:
        good = sum(kind == "good" for _, kind in kinds)
        frame: Frame = {
            "day": [e.happened.local_date.isoformat() for e, _ in kinds[-30:]],
            "row": [kind for _, kind in kinds[-30:]],
            "state": [kind for _, kind in kinds[-30:]],
        }
        found.append(Finding("counts", {"good": good, "hard": len(kinds) - good}, chart="dot-days", frame=frame))
    showed = Counter(s for e in entries for s in ticks(e.values, "showed", _SHOWED)).most_common(2)
    if len(entries) >= MIN_ENTRIES and showed and (len(showed) == 1 or showed[0][1] > showed[1][1]):
        found.append(Finding("showed_most", {"what": Phrase(f"entry.showed.{showed[0][0]}")}))
    return found


def good_moments(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """How many moments the jar holds, and how many of them were not about the ex."""
    del answers, context
    kept = [e for e in entries if text(e.values, "moment")]
    if not kept:
        return []
    found = [counted("jar", len(kept))]
    people = [p for e in kept if (p := choice(e.values, "with_whom", ("alone", "friend", "family", "ex", "other")))]
    if len(people) >= MIN_ENTRIES:
        others = len(people) - people.count("ex")
        found.append(Finding("not_ex", {"count": others, "total": len(people)}))
    return found
