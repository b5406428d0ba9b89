"""Plans: which of a person's own if-then plans they used, and after which of them the pull was lower. No grade."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.insights.finding import Finding, counted
from rekindle.insights.reading import scale, text
from rekindle.insights.spans import MIN_ENTRIES
from rekindle.records import Entry

OTHER = "other"
_SHOWN = 3
"""A person writes up to three plans; of those that were reworded since, the most used are named."""


def plans_used(entries: Sequence[Entry]) -> list[Finding]:
    """Return how often each plan was used, as noted in the urge log; from five rated times on, if the pull was lower.

    A plan is known by its words as they were when it was chosen.
    """
    by_plan: dict[str, list[Entry]] = {}
    for entry in entries:
        if (plan := text(entry.values, "plan")) and plan != OTHER:
            by_plan.setdefault(plan, []).append(entry)
    often = sorted(by_plan, key=lambda plan: -len(by_plan[plan]))[:_SHOWN]
    return [finding for plan in often for finding in _told(plan, by_plan[plan])]


def _told(plan: str, used: Sequence[Entry]) -> list[Finding]:
    made = counted("plan", len(used), plan=plan)
    found = [Finding(made.sentence, made.values, own_words=True)]
    pulls = [(scale(e.values, "before"), scale(e.values, "after")) for e in used]
    rated = [(before, after) for before, after in pulls if before is not None and after is not None]
    if len(rated) >= MIN_ENTRIES:
        lower = sum(after < before for before, after in rated)
        key = "plan_lower" if lower else "plan_same"
        found.append(Finding(key, {"lower": lower, "total": len(rated), "plan": plan}, own_words=True))
    return found
