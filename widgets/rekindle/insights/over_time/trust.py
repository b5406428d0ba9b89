"""One's own conduct over time: promises, repairs, hard truths, how safe it felt; and who began a contact.

There is no percentage of trust, and nothing is said of the other person but what they began and what they told.
"""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.insights.finding import Finding, Frame, counted
from rekindle.insights.over_time.bins import (
    MIN_DOTS,
    MIN_ENTRIES,
    bars,
    bins,
    chosen_of,
    counted_ids,
    entries_of,
    means,
    points,
)
from rekindle.insights.slots import HONESTY as DID
from rekindle.insights.slots import MENDED as TIME
from rekindle.insights.slots import OUTCOMES
from rekindle.records import Tally

_SERIES = {"missed": "slipped"}
"""A weekly slider is called "missed" too, and has words of its own."""

WHO = ("me", "them", "needed", "chance")


def promises(tallies: Sequence[Tally]) -> list[Finding]:
    """Return kept, partly, missed and changed with notice by fortnight, and how many of the missed were mended.

    The values are the outcome, and if something is written about a repair.
    """
    settled = chosen_of(tallies, OUTCOMES)
    tally = counted_ids(settled)
    if not tally:
        return []
    if tally.total() < MIN_ENTRIES:
        return [counted("promises_few", tally.total())]
    values = {"settled": tally.total(), **{outcome: tally[outcome] for outcome in OUTCOMES}}
    frame = {_SERIES.get(name, name): column for name, column in bars(settled, OUTCOMES).items()}
    found = [Finding("promises", values, chart="stack-days", frame=frame)]
    if missed := tally["missed"]:
        mended = sum(t.count for t in tallies if t.values[0] == "missed" and t.values[1])
        key = "mended" if mended else "mended_none"
        found.append(Finding(f"{key}_one" if missed == 1 else key, {"mended": mended, "missed": missed}))
    return found


def repairs(tallies: Sequence[Tally]) -> list[Finding]:
    """Return how soon the first repair came, by four weeks; from five on."""
    timed = chosen_of(tallies, TIME)
    tally = counted_ids(timed)
    if not tally:
        return []
    if tally.total() < MIN_ENTRIES:
        return [counted("repairs_few", tally.total())]
    values = {name.replace("-", "_"): tally[name] for name in TIME}
    return [Finding("repairs", values, chart="stack-days", frame=bars(timed, TIME, least=28))]


def honesty(tallies: Sequence[Tally]) -> list[Finding]:
    """Return the choices in hard moments, by four weeks and without a score; from five on."""
    chosen = chosen_of(tallies, DID)
    tally = counted_ids(chosen)
    if not tally:
        return []
    if tally.total() < MIN_ENTRIES:
        return [counted("honesty_few", tally.total())]
    frame = bars(chosen, DID, least=28)
    shown = {name: column for name, column in frame.items() if name == "day" or any(column)}
    return [Finding("honesty", {"total": tally.total()}, chart="stack-days", frame=shown)]


def safety(tallies: Sequence[Tally]) -> list[Finding]:
    """Return how safe it felt for the person, and apart from it for the other where they said so.

    The values are the two numbers. From five on; theirs has a panel of its own, from five on too.
    """
    mine, theirs = points(tallies, 0), points(tallies, 1)
    lines = {"safe_me": mine, "safe_them": theirs}
    shown = {name: found for name, found in lines.items() if entries_of(found) >= MIN_ENTRIES}
    if "safe_me" not in shown:
        return []
    into = bins((day for found in shown.values() for day, _, _ in found), least=14)
    frame: Frame = {"day": into.starts, **{name: means(found, into) for name, found in shown.items()}}
    if sum(value is not None for value in frame["safe_me"]) < MIN_DOTS:
        return []
    key = "safe_both" if "safe_them" in shown else "safe_mine"
    return [Finding(key, {"count": entries_of(mine)}, chart="small-lines", frame=frame)]


def contacts(tallies: Sequence[Tally]) -> list[Finding]:
    """Return who began each contact, by fortnight; from five on. Needed talk stands apart."""
    known = chosen_of(tallies, WHO)
    tally = counted_ids(known)
    if not tally:
        return []
    if tally.total() < MIN_ENTRIES:
        return [counted("contacts_few", tally.total())]
    values = {"total": tally.total(), **{who: tally[who] for who in WHO}}
    return [Finding("contacts", values, chart="stack-days", frame=bars(known, WHO))]
