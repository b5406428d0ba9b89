"""Tails: what stands under each card of a page that was put away, until the page itself is gone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content import Exercise
from rekindle.forms.afterwards import SAFE, after_blocks, answered
from rekindle.forms.control import Say
from rekindle.frontend.words import Block


class Tails:
    """Held in memory for one page. `support` is the link to the support card, `help_now` the lines of a crisis."""

    def __init__(self, say: Say, support: str, help_now: Callable[[], Sequence[Block]]) -> None:
        self._say, self._support, self._help_now = say, support, help_now
        self._told: dict[str, Sequence[Block]] = {}

    def of(self, exercise_id: str) -> Sequence[Block]:
        """Return what stands under a card; nothing for a page that was not put away here."""
        return self._told.get(exercise_id, ())

    def put_away(self, exercise: Exercise, *, worry: bool) -> None:
        """Have the warm line stand there; no warm line follows a sign of harm."""
        self._told[exercise.id] = () if worry else after_blocks(exercise, self._say, self._support)

    def answer(self, exercise: Exercise, act: str) -> bool:
        """Say what follows on an answer to the question after a heavy page; return if it was one."""
        if not act.startswith(SAFE):
            return False
        self._told[exercise.id] = answered(act, exercise, self._say, self._help_now())
        return True
