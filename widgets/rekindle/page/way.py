"""The way: which page the book suggests next. It suggests one; every other page stays open beside it."""

from __future__ import annotations

from collections.abc import Iterable

from rekindle.contact import Standing, State, openness
from rekindle.content import Exercise

FIRST = ("screen-check", "say-it-to-myself", "support-card")
"""The first sitting, before the rest of the lean pages in the order of the book."""

REACHING = ("ready-check", "should-i", "first-hello", "send-or-sleep")
"""Pages about being in touch: never suggested to somebody who was asked to stop, is not safe, or is letting go."""

_BEFORE_REACHING, _LETTING_GO, _LAST = "decision-check", "let-go-path", "closing-report"


def way(lean: Iterable[Exercise]) -> list[Exercise]:
    """Return the lean pages in the order in which they are suggested."""
    pages = list(lean)
    places = {page.id: float(at) for at, page in enumerate(pages)}
    places |= {name: at - len(FIRST) for at, name in enumerate(FIRST)}
    places[_BEFORE_REACHING] = places.get(REACHING[0], 0.0) - 0.5
    places[_LAST] = float(len(pages))
    return sorted(pages, key=lambda page: places[page.id])


def suggests(exercise: str, now: Standing) -> bool:
    """Return if a page may be suggested in a standing: it is open, and no kinder page comes first."""
    if not openness(exercise, now).open:
        return False
    if exercise in REACHING:
        return not (now.letting_go or now.also & {State.CLOSED, State.PAUSED})
    return exercise != _LETTING_GO or now.letting_go
