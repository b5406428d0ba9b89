"""Afterwards: what stands under a page that was put away: a warm line, and after the heaviest pages one question."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.content.parts import Exercise
from rekindle.forms.control import Say
from rekindle.frontend.words import Block, element

SAFE = "safe"
"""How the acts of the question begin; what is answered is kept nowhere."""

_ANSWERS = ("yes", "unsure", "no")


def after_blocks(exercise: Exercise, say: Say, support: str) -> list[Block]:
    """Return what is said when a page has been put away: its warm line, and after a heavy page the support card."""
    blocks: list[Block] = [element("p", exercise.after, cls="rk-after")] if exercise.after else []
    if exercise.heavy:
        link = element("a", say("interface.buttons.support_card"), href=support)
        blocks.append(element("p", "", say("interface.card.heavy") + " ", link, cls="rk-heavy"))
    return [*blocks, _question(say)] if exercise.asks_safe else blocks


def _question(say: Say) -> Block:
    buttons = [
        element("button", say(f"interface.safe.{id_}"), cls="rk-btn rk-btn--quiet", act=f"{SAFE} {id_}")
        for id_ in _ANSWERS
    ]
    asked = say("interface.safe.ask")
    row = element("div", "", *buttons, cls="rk-row", set={"role": "group", "aria-label": asked})
    never = element("span", say("interface.safe.never"), cls="rk-small")
    return element("div", "", element("p", "", asked + " ", never), row, cls="rk-safe")


def answered(act: str, exercise: Exercise, say: Say, help_now: Sequence[Block]) -> list[Block]:
    """Return what stands there once it was answered: a person to reach, at once, unless the answer was yes."""
    answer = act.removeprefix(f"{SAFE} ")
    if answer not in _ANSWERS:
        return []
    said = element("p", say(f"interface.safe.said_{answer}"), set={"role": "status"})
    if answer == "yes":
        warm = [element("p", exercise.after, cls="rk-after")] if exercise.after else []
        return [*warm, said]
    return [element("div", "", said, cls="rk-keep"), *help_now]
