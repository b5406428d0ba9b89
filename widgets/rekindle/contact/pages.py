"""Which pages a standing leaves open: one table of groups, and the reason that keeps each folded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rekindle.contact.standing import Standing, State
from rekindle.errors import UnknownExercise
from rekindle.questions import is_own_page

REASONS = (
    "paused",
    "closed",
    "closed-order",
    "closed-order-unsure",
    "consent-blank",
    "consent-unsure",
    "order-blank",
    "space",
    "space-until",
    "letting-go",
    "distance",
    "ready-first",
    "hello-sent",
    "no-hello-needed",
    "ready-before-saying",
    "said-once",
    "not-in-touch",
    "not-trying",
    "trying",
)
"""Ids of the sentences that say why a page is folded; `space-until` takes `{until}`."""


class Group(StrEnum):
    """Pages that open and fold together."""

    ALWAYS = "always"
    TALK = "talk"
    READY = "ready"
    HELLO = "hello"
    SAY = "say"
    STEP_4 = "step-4"
    STEP_5 = "step-5"


_PAGES: dict[Group, str] = {
    Group.ALWAYS: """
        screen-check welcome-and-limits say-it-to-myself consent-gate safety-gate my-own-line my-situation
        what-do-i-miss fear-of-looking-needy their-side-too so-what-changes honest-odds baseline
        it-is-over-for-now breakup-timeline why-it-ended view-from-the-balcony my-part the-do-over
        letter-never-sent space-agreement urge-if-then online-distance what-got-lighter my-people
        who-am-i-now values-compass pattern-swap woop-goal weekly-goals habit-tracker move-my-body
        try-something-new kind-letter get-help for-me-or-for-them proof-of-change
        mood-check-in weekly-check-in weekly-review urge-log space-counter decision-check if-they-say-no
        let-go-path support-card promise-log honesty-log repair-log right-now my-page
        should-i their-wishes my-own-life closing-report""",
    Group.TALK: "good-news-bank curious-questions reply-reader contact-log coffee-plan listen-well",
    Group.READY: "ready-check",
    Group.HELLO: "first-hello send-or-sleep",
    Group.SAY: "say-it-once",
    Group.STEP_4: """
        trust-map apology-builder doubt-triggers open-book-limits hot-topic-plan responsive-moments
        safe-to-tell-me forgive-both-ways trust-review""",
    Group.STEP_5: """
        pace-plan pressure-check what-are-we new-agreements slide-or-decide same-problem-drill kids-and-others
        good-moments state-of-us pause-signs""",
}
_GROUP = {page: group for group, pages in _PAGES.items() for page in pages.split()}
ALL_PAGES = tuple(_GROUP)
"""Ids of every exercise that the workbook knows, built yet or not."""

_CARE = ("support-card", "safety-gate", "mood-check-in")
_OWN = ("pattern-swap", "woop-goal", "promise-log")
_OFFERED: dict[str, tuple[str, ...]] = {
    "paused": _CARE,
    "closed": ("if-they-say-no", "their-wishes", "woop-goal", "mood-check-in", "let-go-path"),
    "closed-order": ("woop-goal", "mood-check-in", "support-card", "let-go-path"),
    "closed-order-unsure": ("consent-gate", "woop-goal", "mood-check-in"),
    "consent-blank": ("consent-gate", "why-it-ended", "woop-goal"),
    "consent-unsure": ("consent-gate", "their-side-too", "their-wishes"),
    "order-blank": ("consent-gate", "why-it-ended", "woop-goal"),
    "letting-go": ("let-go-path", "woop-goal", "my-page"),
    "distance": ("their-wishes", "woop-goal", "mood-check-in"),
    "ready-first": ("ready-check", *_OWN),
    "ready-before-saying": ("ready-check", *_OWN),
    "hello-sent": ("mood-check-in", "urge-log", "woop-goal"),
    "said-once": ("if-they-say-no", "mood-check-in", "support-card"),
}


@dataclass(frozen=True, slots=True)
class Openness:
    """If a page is open; if not, the id of the reason, open pages to offer, and if it is not even named."""

    open: bool
    reason: str = ""
    instead: tuple[str, ...] = ()
    hidden: bool = False


def openness(exercise_id: str, standing: Standing) -> Openness:
    """Return if a page is open in `standing`; raises UnknownExercise."""
    group = _group_of(exercise_id)
    reason = _fold(group, standing)
    if not reason:
        return Openness(True)
    pages = tuple(p for p in _OFFERED.get(reason, _OWN) if not _fold(_group_of(p), standing))
    couple = group in (Group.STEP_4, Group.STEP_5)
    return Openness(False, reason, pages, hidden=couple and standing.state is State.PAUSED)


def is_open(exercise_id: str, standing: Standing) -> bool:
    """Return if a page is open in `standing`; raises UnknownExercise."""
    return openness(exercise_id, standing).open


def _group_of(exercise_id: str) -> Group:
    if is_own_page(exercise_id):  # a person's own reflection, which sends nothing: no state folds it
        return Group.ALWAYS
    try:
        return _GROUP[exercise_id]
    except KeyError:
        raise UnknownExercise(exercise=exercise_id) from None


def _fold(group: Group, now: Standing) -> str:
    """The reason that keeps a group of pages folded, or ""."""
    if group is Group.ALWAYS:
        return ""
    if strict := _fold_all(now):
        return strict
    if now.state is State.TRYING:
        return "" if group in (Group.TALK, Group.STEP_4, Group.STEP_5) else "trying"
    if group in (Group.STEP_4, Group.STEP_5):
        return "not-trying"
    return _fold_in_touch(group, now) if now.state is State.OPEN else _fold_silent(group, now)


def _fold_all(now: Standing) -> str:
    """The reason that folds every page that is not always open, or ""."""
    if now.state in (State.PAUSED, State.CLOSED, State.UNKNOWN):
        return now.reason
    if now.letting_go:
        return "letting-go"
    return now.reason if now.state is State.SPACE and not now.space_over else ""


def _fold_in_touch(group: Group, now: Standing) -> str:
    if group is Group.HELLO:
        return "no-hello-needed"
    if group is Group.SAY:
        return "said-once" if now.answered else "" if now.ready else "ready-before-saying"
    return ""


def _fold_silent(group: Group, now: Standing) -> str:
    """QUIET, and SPACE once the date that they named has come."""
    if group in (Group.TALK, Group.SAY):
        return "not-in-touch"
    if now.distance:
        return "distance"
    if group is Group.HELLO:
        return "hello-sent" if now.hello_sent else "" if now.ready else "ready-first"
    return ""
