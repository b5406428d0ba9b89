"""The page of own questions at the end of a part: our few words around what the person asks."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.content.parts import Exercise, Part
from rekindle.questions import own_page


def own_questions_page(part: Part, say: Callable[[str], str]) -> Exercise:
    """Return a part's page of own questions. It is no exercise of the catalogue: it has no field and no source of ours.

    It is made without validation, which asks for both; a person's questions are handed to no model.
    """
    return Exercise.model_construct(
        id=own_page(part.id),
        part=part.id,
        title=say("own-questions.title"),
        purpose=say("own-questions.purpose"),
        lead=say("own-questions.lead"),
        core=False,
        lean=False,
        minutes=0.0,
        why="",
        sources=(),
        fields=(),
    )
