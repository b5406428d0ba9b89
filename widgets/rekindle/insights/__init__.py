"""What the workbook gives back: true, kind sentences and small charts from a person's own answers. Pure functions.

`findings` takes the answers of one page and gives what may be shown under it. Nothing is said below its smallest
number; nothing scores the other person, and nothing tells a chance. Odd values are no answers: nothing here raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rekindle.insights import gates, logs, opening, steps, together
from rekindle.insights.finding import Context, Finding, Phrase, fill, words_of
from rekindle.insights.logs import mood_week, promises_by_fortnight
from rekindle.insights.message_check import check
from rekindle.insights.reading import Answers
from rekindle.records import Entry, FieldId, Json

__all__ = [
    "Context",
    "Finding",
    "Phrase",
    "check",
    "fill",
    "findings",
    "mood_week",
    "promises_by_fortnight",
    "reads",
    "words_of",
]

_FROM_ANSWERS: dict[str, Callable[[Answers, Context], list[Finding]]] = {
    "screen-check": gates.screen_check,
    "consent-gate": gates.consent_gate,
    "safety-gate": gates.safety_gate,
    "my-own-line": gates.my_own_line,
    "welcome-and-limits": opening.welcome,
    "say-it-to-myself": opening.say_it_to_myself,
    "my-situation": opening.my_situation,
    "what-do-i-miss": opening.what_do_i_miss,
    "fear-of-looking-needy": opening.fear_of_looking_needy,
    "their-side-too": opening.their_side_too,
    "so-what-changes": opening.so_what_changes,
    "honest-odds": opening.honest_odds,
    "it-is-over-for-now": steps.it_is_over,
    "why-it-ended": steps.why_it_ended,
    "pattern-swap": steps.pattern_swap,
    "woop-goal": steps.woop_goal,
    "ready-check": together.ready_check,
    "their-wishes": together.their_wishes,
    "trust-map": together.trust_map,
    "pace-plan": together.pace_plan,
    "support-card": logs.support_card,
}
_FROM_ENTRIES: dict[str, Callable[[Answers, Sequence[Entry], Context], list[Finding]]] = {
    "baseline": opening.baseline,
    "mood-check-in": logs.mood_check_in,
    "promise-log": logs.promise_log,
    "urge-log": logs.urge_log,
    "right-now": logs.right_now,
}
_READS_LOGS: dict[str, tuple[str, ...]] = {}
"""Other logs that a page's findings look at."""

_READS_PAST: dict[str, tuple[FieldId, ...]] = {}
"""Answers whose earlier versions a page's findings look at."""


def reads(exercise_id: str) -> tuple[tuple[str, ...], tuple[FieldId, ...]]:
    """Return what a page's findings look at beside answers: other logs, and answers whose earlier versions count."""
    return _READS_LOGS.get(exercise_id, ()), _READS_PAST.get(exercise_id, ())


def findings(
    exercise_id: str, answers: Mapping[str, Json], entries: Sequence[Entry], context: Context
) -> list[Finding]:
    """Return what may be shown under a page, in order; nothing for a page that shows nothing.

    `answers` are the fields of this exercise, `entries` its log entries in any order; deleted ones are left out.
    """
    if exercise_id in _FROM_ANSWERS:
        return _FROM_ANSWERS[exercise_id](answers, context)
    if exercise_id in _FROM_ENTRIES:
        alive = sorted((e for e in entries if not e.deleted), key=lambda e: e.happened.utc)
        return _FROM_ENTRIES[exercise_id](answers, alive, context)
    return []
