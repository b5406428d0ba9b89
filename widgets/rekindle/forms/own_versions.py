"""Versions of answers to own questions: the same as for ours, told with the question that they answer."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content.parts import Exercise
from rekindle.forms.host import Host
from rekindle.forms.question_kinds import told_own
from rekindle.forms.versions import Versions
from rekindle.frontend.words import Block, element
from rekindle.questions import Question
from rekindle.records import Json


class OwnVersions(Versions):
    """Shows what another page had answered meanwhile. `asks` returns the question of a field."""

    def __init__(
        self,
        exercise: Exercise,
        keeper: Host,
        use: Callable[[str, Json], bool],
        asks: Callable[[str], Question | None],
    ) -> None:
        super().__init__(exercise, keeper, use)
        self._asks = asks

    def _told(self, key: str, value: Json) -> str | None:
        question = self._asks(key)
        return None if question is None else told_own(question.kind, value, self._keeper.say)

    def _about(self, key: str) -> list[Block]:
        question = self._asks(key)
        return [element("p", question.ask, cls="rk-words rk-q")] if question else []
