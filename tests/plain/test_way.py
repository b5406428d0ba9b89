"""The next page that the book suggests: kind, in the order of the lean path, and never a push."""

from __future__ import annotations

import pytest

from rekindle.contact import Standing, State
from rekindle.content import catalog
from rekindle.page.way import REACHING, suggests, way

LEAN = [e for e in catalog().exercises if e.lean and not e.fresh]
ORDER = [page.id for page in way(LEAN)]


def test_the_first_sitting_comes_first_and_the_closing_report_last() -> None:
    assert ORDER[:4] == ["screen-check", "say-it-to-myself", "support-card", "consent-gate"]
    assert ORDER[-1] == "closing-report"
    assert sorted(ORDER) == sorted(page.id for page in LEAN)


def test_a_look_at_hope_comes_before_any_thought_of_reaching_out() -> None:
    assert ORDER.index("for-me-or-for-them") < ORDER.index("decision-check") < ORDER.index("ready-check")
    assert [page for page in ORDER if page in REACHING] == list(REACHING)


@pytest.mark.parametrize(
    "now",
    [
        Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}), closed="closed"),
        Standing(State.PAUSED, "paused", also=frozenset({State.PAUSED, State.OPEN})),
        Standing(State.QUIET, also=frozenset({State.QUIET}), letting_go=True),
    ],
)
@pytest.mark.parametrize("page", REACHING)
def test_reaching_out_is_never_suggested_after_a_stop_without_safety_or_to_one_who_lets_go(
    now: Standing, page: str
) -> None:
    assert not suggests(page, now)


def test_letting_go_is_suggested_only_to_one_who_chose_it() -> None:
    assert not suggests("let-go-path", Standing(State.QUIET, also=frozenset({State.QUIET})))
    assert suggests("let-go-path", Standing(State.QUIET, also=frozenset({State.QUIET}), letting_go=True))
    assert suggests("should-i", Standing(State.QUIET, also=frozenset({State.QUIET})))
