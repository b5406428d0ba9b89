"""Kinds of own questions: from a kind to its control, and its answer in words. No control is handed the question.

The question is a person's own words, which rest in no widget's state: `forms.question_box` tells it above the control.
"""

from __future__ import annotations

from collections.abc import Callable

from rekindle.forms.choices import Scale, SingleChoice
from rekindle.forms.control import Control, Say
from rekindle.forms.dates import Day
from rekindle.forms.own_options import OwnOptions
from rekindle.forms.stock import style
from rekindle.forms.tables import Table, plan_shape
from rekindle.forms.telling import told_time
from rekindle.forms.texts import Text
from rekindle.questions import Question
from rekindle.records import Json

YES_NO = ("yes", "no", "not-sure", "skip")

_BUILDERS: dict[str, Callable[[Question, Say], Control]] = {
    "long-text": lambda asked, say: Text(asked.field, "", "", say, long=True, limit=50_000),
    "short-text": lambda asked, say: Text(asked.field, "", "", say),
    "scale-0-10": lambda asked, say: Scale(asked.field, "", "", say),
    "yes-no": lambda asked, say: SingleChoice(asked.field, "", "", _yes_no(say), look="chips"),
    "one-of": lambda asked, say: OwnOptions(asked.field, asked.choices, say, several=False),
    "any-of": lambda asked, say: OwnOptions(asked.field, asked.choices, say, several=True),
    "date": lambda asked, _say: Day(asked.field, ""),
    "if-then": lambda asked, say: Table(asked.field, plan_shape("", "", say)),
}


def build_own(question: Question, say: Say) -> Control | None:
    """Return the control for a question, empty; None for a kind that this version of the book does not know."""
    build = _BUILDERS.get(question.kind)
    if build is None:
        return None
    control = build(question, say)
    style(control.widget, "rk-field", f"rk-field--{question.field}")
    return control


def told_own(kind: str, value: Json, say: Say) -> str:
    """Return an answer of this kind in words; "" for an empty one."""
    if value is None:
        return say("interface.fields.skipped_word")
    if isinstance(value, list):
        plans = [row for row in value if isinstance(row, dict)]
        lines = [
            say("interface.fields.plan", cue=str(row.get("if", "")), act=str(row.get("then", ""))) for row in plans
        ]
        return "\n".join(lines) if plans else ", ".join(str(one) for one in value)
    if kind == "yes-no" and value in YES_NO:
        return say(f"own-questions.yes-no.{value}")
    return told_time(value, say) if kind == "date" and isinstance(value, str) else str(value)


def _yes_no(say: Say) -> list[tuple[str, str]]:
    return [(id_, say(f"own-questions.yes-no.{id_}")) for id_ in YES_NO]
