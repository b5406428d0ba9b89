"""Findings of the logs about two people: contacts, talks, small moments. Counts of what was noted, and no score."""

from __future__ import annotations

from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted
from rekindle.insights.logs import MIN_ENTRIES, last_pairs, lowered
from rekindle.insights.periods import by_week
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers, choice, scale
from rekindle.insights.slots import WHO
from rekindle.records import Entry

ONE_SIDED_FROM = 8
"""After so many contacts that either of the two began, a share under one in four is called one-sided."""

UNSAFE_UP_TO = 3
_KEYS = ("follow_up", "said_back")
_TALKS_SHOWN, _MOMENTS_SHOWN = 20, 30


def contact_log(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Safety first; then who started it and how calm it left the person, from five contacts on."""
    del answers, context
    if not pile:
        return []
    found: list[Finding] = []
    last = pile.newest().values
    safe = scale(last, "safe")
    if safe is not None and safe <= UNSAFE_UP_TO:
        found.append(Finding("not_safe", help="abuse", tone="card", pages=("safety-gate", "support-card")))
    if choice(last, "wanted", ("said-stop",)):
        found.append(Finding("said_stop", tone="card", pages=("if-they-say-no",)))
    found.append(counted("noted", len(pile)))
    return found + _started(pile) + _calm(pile)


def _started(pile: Pile) -> list[Finding]:
    tally = pile.count("who")
    begun = tally["me"] + tally["them"]
    found: list[Finding] = []
    if begun >= MIN_ENTRIES:
        found.append(Finding("started", {"theirs": tally["them"], "total": begun}))
    if tally.total() >= MIN_ENTRIES:
        shown = found[0] if found else Finding("chart_only")
        found = [Finding(shown.sentence, shown.values, chart="stack-days", frame=by_week(pile.count("week"), WHO))]
    if tally["needed"]:
        found.append(counted("needed", tally["needed"]))
    if begun >= ONE_SIDED_FROM and tally["them"] * 4 < begun:
        found += [Finding("one_sided"), Finding("one_sided_next")]
    return found


def _calm(pile: Pile) -> list[Finding]:
    rated = pile.count("calm")
    if rated.total() < MIN_ENTRIES:
        return []
    lower = lowered(rated)
    made = counted("calm_lower", lower, total=rated.total()) if lower else Finding("calm_same")
    frame = last_pairs(pile, "calm_before", "calm_after", rated)
    return [Finding(made.sentence, made.values, chart="urges", frame=frame)]


def listen_well(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """What the person did in their talks, counted from five on; a friend is a lighter place to practise."""
    del answers, context
    found = [counted("noted", len(pile))] if pile else []
    for key, wanted, sentence in (
        ("follow_up", "yes", "follow_up"),
        ("said_back", "yes", "said_back"),
        ("advice", "no", "no_advice"),
    ):
        said = pile.count(key)
        if said.total() >= MIN_ENTRIES and (count := said[wanted]):
            found.append(Finding(sentence, {"count": count, "total": said.total()}))
    if len(pile) >= MIN_ENTRIES and (frame := _two_rows(pile.last(_TALKS_SHOWN, _any, len(pile)))):
        found[0] = Finding(found[0].sentence, found[0].values, chart="dot-days", frame=frame)
    people = pile.count("with")
    return [*found, Finding("friend_first")] if people.total() > 1 and set(people) == {"ex"} else found


def _any(_entry: Entry) -> bool:
    return True


def _two_rows(entries: list[Entry]) -> Frame | None:
    """Return a row of dots for follow-ups and one for saying it back."""
    known = [(e, k, c) for e in entries for k in _KEYS if (c := choice(e.values, k, ("yes", "no")))]
    if not known:
        return None
    days = [e.happened.local_date.isoformat() for e, _, _ in known]
    return {"day": days, "row": [k for _, k, _ in known], "state": [c for _, _, c in known]}


def responsive_moments(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Two rows of dots and two counts: no ratio, and nothing about the other person."""
    del answers, context
    found = [counted("noted", len(pile))] if pile else []
    kinds = pile.count("kind")
    if kinds.total() >= MIN_ENTRIES:
        shown = pile.last(_MOMENTS_SHOWN, _kind, kinds.total())
        frame: Frame = {
            "day": [e.happened.local_date.isoformat() for e in shown],
            "row": [_kind(e) for e in shown],
            "state": [_kind(e) for e in shown],
        }
        values = {"good": kinds["good"], "hard": kinds["hard"]}
        found.append(Finding("counts", values, chart="dot-days", frame=frame))
    showed = pile.count("showed").most_common(2)
    if len(pile) >= MIN_ENTRIES and showed and (len(showed) == 1 or showed[0][1] > showed[1][1]):
        found.append(Finding("showed_most", {"what": Phrase(f"entry.showed.{showed[0][0]}")}))
    return found


def _kind(entry: Entry) -> str:
    return choice(entry.values, "kind", ("good", "hard"))


def good_moments(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """How many moments the jar holds, and how many of them were not about the ex."""
    del answers, context
    kept = pile.count("moment")["yes"]
    if not kept:
        return []
    found = [counted("jar", kept)]
    people = pile.count("with")
    if people.total() >= MIN_ENTRIES:
        found.append(Finding("not_ex", {"count": people.total() - people["ex"], "total": people.total()}))
    return found
