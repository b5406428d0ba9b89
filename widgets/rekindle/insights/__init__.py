"""What the workbook gives back: true, kind sentences and small charts from a person's own answers. Pure functions.

`findings` takes the answers of one page and gives what may be shown under it. Nothing is said below its smallest
number; nothing scores the other person, and nothing tells a chance. Odd values are no answers: nothing here raises.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from rekindle.contact import is_open
from rekindle.insights import (
    conduct,
    doing,
    gates,
    later,
    logs,
    opening,
    paths,
    selfhood,
    space,
    steps,
    story,
    together,
    weeks,
)
from rekindle.insights.finding import Context, Finding, Phrase, fill, words_of
from rekindle.insights.logs import mood_week, promises_by_fortnight
from rekindle.insights.message_check import check
from rekindle.insights.naming import named
from rekindle.insights.needs import Need, need_of
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers
from rekindle.insights.resting import held, sealed_until
from rekindle.insights.slots import SLOTS
from rekindle.insights.story import writing_hurts
from rekindle.insights.tallies import Tallies
from rekindle.records import Entry, FieldId, Json

__all__ = [
    "Context",
    "Finding",
    "Need",
    "Phrase",
    "Pile",
    "Tallies",
    "check",
    "fill",
    "findings",
    "held",
    "is_counted",
    "mood_week",
    "need_of",
    "promises_by_fortnight",
    "reads",
    "sealed_until",
    "words_of",
    "writing_hurts",
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
    "breakup-timeline": story.breakup_timeline,
    "my-part": story.my_part,
    "the-do-over": story.the_do_over,
    "what-got-lighter": story.what_got_lighter,
    "space-agreement": space.space_agreement,
    "urge-if-then": space.urge_if_then,
    "online-distance": space.online_distance,
    "my-people": space.my_people,
    "who-am-i-now": selfhood.who_am_i_now,
    "values-compass": selfhood.values_compass,
    "kind-letter": selfhood.kind_letter,
    "get-help": selfhood.get_help,
    "for-me-or-for-them": selfhood.for_me_or_for_them,
    "decision-check": paths.decision_check,
    "if-they-say-no": paths.if_they_say_no,
    "let-go-path": paths.let_go_path,
    **later.FROM_ANSWERS,
}
_FROM_ENTRIES: dict[str, Callable[[Answers, Sequence[Entry], Context], list[Finding]]] = {
    "baseline": opening.baseline,
    "mood-check-in": logs.mood_check_in,
    "right-now": logs.right_now,
    "view-from-the-balcony": story.view_from_the_balcony,
    "letter-never-sent": story.letter_never_sent,
    "habit-tracker": doing.habit_tracker,
    "try-something-new": doing.try_something_new,
    "weekly-check-in": weeks.weekly_check_in,
}
_FROM_PILES: dict[str, Callable[[Answers, Pile, Context], list[Finding]]] = {
    "promise-log": logs.promise_log,
    "urge-log": logs.urge_log,
    "weekly-goals": doing.weekly_goals,
    "move-my-body": doing.move_my_body,
    "proof-of-change": doing.proof_of_change,
    "space-counter": space.space_counter,
    "honesty-log": conduct.honesty_log,
    "repair-log": conduct.repair_log,
    "weekly-review": weeks.weekly_review,
    **later.FROM_PILES,
}
_READS_LOGS: dict[str, tuple[str, ...]] = {
    "urge-if-then": ("urge-log",),
    "right-now": ("urge-log",),
    "online-distance": ("weekly-check-in",),
    "get-help": ("weekly-check-in",),
    "weekly-check-in": ("baseline",),
    "weekly-review": logs.OF_THE_WEEK,
    "space-counter": ("urge-log",),
    "ready-check": ("proof-of-change",),
    "pattern-swap": ("proof-of-change",),
    "say-it-to-myself": ("weekly-check-in",),
    "it-is-over-for-now": ("weekly-check-in",),
}
"""Other logs that a page's findings look at."""

_READS_PAST: dict[str, tuple[FieldId, ...]] = {
    "say-it-to-myself": (("say-it-to-myself", "wish"),),
    "it-is-over-for-now": (("it-is-over-for-now", "accept"),),
    "pace-plan": (("slide-or-decide", "milestone"), ("slide-or-decide", "why_now")),
    "online-distance": (("online-distance", "peeks"),),
    "who-am-i-now": (("who-am-i-now", "lines"), ("who-am-i-now", "clear")),
    "kind-letter": (("kind-letter", "kind"),),
    "decision-check": (("decision-check", "cost"), ("decision-check", "choose")),
}
"""Answers whose earlier versions a page's findings look at."""


def reads(exercise_id: str) -> tuple[tuple[str, ...], tuple[FieldId, ...]]:
    """Return what a page's findings look at beside answers: other logs, and answers whose earlier versions count."""
    logs_read, past = _READS_LOGS | later.READS_LOGS, _READS_PAST | later.READS_PAST
    return logs_read.get(exercise_id, ()), past.get(exercise_id, ())


def is_counted(log: str) -> bool:
    """Return if a log's findings look at it as a pile: counted, and not read as a whole."""
    return log in SLOTS


def findings(
    exercise_id: str, answers: Mapping[str, Json], entries: Sequence[Entry] | Pile, context: Context
) -> list[Finding]:
    """Return what may be shown under a page, in order; nothing for a page that shows nothing.

    `answers` are the fields of this exercise, `entries` its log entries in any order, or its pile; deleted ones are
    left out.
    """
    told = _found(exercise_id, answers, entries, context)
    return [named(exercise_id, _reachable(found, context), context) for found in told]


def _found(
    exercise_id: str, answers: Mapping[str, Json], entries: Sequence[Entry] | Pile, context: Context
) -> list[Finding]:
    if exercise_id in _FROM_ANSWERS:
        return _FROM_ANSWERS[exercise_id](answers, context)
    if exercise_id in _FROM_PILES:
        return _FROM_PILES[exercise_id](answers, Pile.of(exercise_id, entries), context)
    if exercise_id in _FROM_ENTRIES:
        return _FROM_ENTRIES[exercise_id](answers, Pile.of(exercise_id, entries).all(), context)
    return []


def _reachable(found: Finding, context: Context) -> Finding:
    """Return a finding that offers only pages which the contact state leaves open."""
    pages = tuple(page for page in found.pages if is_open(page, context.standing))
    return found if pages == found.pages else dataclasses.replace(found, pages=pages)
