"""Plans: which of a person's own if-then plans they used, and after which of them the pull was lower. No grade."""

from __future__ import annotations

from collections import Counter

from rekindle.insights.finding import Finding, counted
from rekindle.insights.pile import Pile
from rekindle.insights.reading import text
from rekindle.insights.slots import OTHER_PLAN, plan_of, stand_in
from rekindle.insights.spans import MIN_ENTRIES

OTHER = OTHER_PLAN
_SHOWN = 3
"""A person writes up to three plans; of those that were reworded since, the most used are named."""


def plans_used(pile: Pile) -> list[Finding]:
    """Return how often each plan was used, as noted in the urge log; from five rated times on, if the pull was lower.

    A plan is known by its words as they were when it was chosen. Of two that were used as often, the words decide.
    """
    counts = pile.count("plan")
    if not counts:
        return []
    least = sorted(counts.values(), reverse=True)[:_SHOWN][-1]
    words = {plan: _words(plan, pile) for plan, count in counts.items() if count >= least}
    often = sorted(words, key=lambda plan: (-counts[plan], words[plan]))[:_SHOWN]
    return [finding for plan in often for finding in _told(words[plan], counts[plan], _pulls(plan, pile))]


def plan_told(plan: str, pile: Pile, *, over: bool) -> list[Finding]:
    """Return what the urge log has of one plan by its words; while its ten minutes run, only that it has helped."""
    key = stand_in(plan)
    used = pile.count("plan")[key]
    told = _told(plan, used, _pulls(key, pile)) if used else []
    return told if over else [found for found in told if found.sentence == "plan_lower"]


def _words(plan: str, pile: Pile) -> str:
    return text(pile.one_of(plan, lambda entry: plan_of(entry.values) == plan).values, "plan")


def _pulls(plan: str, pile: Pile) -> Counter[tuple[int, int]]:
    """Return how often the pull went from one number to another with a plan."""
    split = [(key.split(), count) for key, count in pile.count("plan-pull").items()]
    return Counter({(int(before), int(after)): count for (each, before, after), count in split if each == plan})


def _told(plan: str, used: int, pulls: Counter[tuple[int, int]]) -> list[Finding]:
    made = counted("plan", used, plan=plan)
    found = [Finding(made.sentence, made.values, own_words=True)]
    if pulls.total() >= MIN_ENTRIES:
        lower = sum(count for (before, after), count in pulls.items() if after < before)
        key = "plan_lower" if lower else "plan_same"
        found.append(Finding(key, {"lower": lower, "total": pulls.total(), "plan": plan}, own_words=True))
    return found
