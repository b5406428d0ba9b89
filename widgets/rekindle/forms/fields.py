"""Fields: from a field of the content to its control. A new kind of field is one line in the table here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rekindle.content import fields as asked
from rekindle.forms.choices import MultiChoice, Pairs, Scale, SingleChoice
from rekindle.forms.control import Control, Say
from rekindle.forms.dates import Day, Minutes, When
from rekindle.forms.stock import style
from rekindle.forms.tables import Table, plan_shape, table_shape
from rekindle.forms.texts import Text

Offers = Callable[[str], Pairs]
"""Gives the options of a list that is made while the book runs, by its name."""

LONG_OPTION = 26


def build(field: asked.Field, say: Say, offers: Offers) -> Control:
    """Return the control for one field of an exercise, empty and with its CSS hooks on it. Logs have their own form."""
    control = _build(field, say, offers)
    style(control.widget, "rk-field", f"rk-field--{field.key}")
    return control


def build_part(field: asked.LogField, say: Say) -> Control:
    """Return the control for one field of a log entry."""
    control = _build_part(field, say)
    wide = field.type in ("short_text", "multi_choice", "scale_0_10", "single_choice")
    style(control.widget, "rk-field", f"rk-field--{field.id}", *(["rk-wide"] if wide else []))
    return control


def _build(field: asked.Field, say: Say, offers: Offers) -> Control:
    key, ask, hint = field.key, field.ask, field.hint
    match field:
        case asked.ShortText():
            return Text(key, ask, hint, say, limit=field.limit)
        case asked.LongText():
            return Text(key, ask, hint, say, long=True, limit=field.limit)
        case asked.SingleChoice():
            return _single(field, say, offers)
        case asked.MultiChoice():
            return MultiChoice(key, ask, hint or say("interface.fields.tick_any"), _pairs(field.options), long=_long(field))
        case asked.Scale():
            return Scale(key, ask, _ends(say, field.low, field.high), say)
        case asked.Date():
            return Day(key, ask, hint)
        case asked.Table():
            return Table(key, _table(field, say))
        case asked.IfThen():
            return Table(key, plan_shape(ask, hint, say, most=field.most))
        case asked.Log():
            raise TypeError(field.type)  # a log is more than one control: forms.log builds it


def _build_part(field: asked.LogField, say: Say) -> Control:
    id_, ask, hint = field.id, field.ask, field.hint
    match field.type:
        case "when":
            return When(id_, ask, hint)
        case "day":
            return Day(id_, ask, hint)
        case "minutes":
            return Minutes(id_, ask, hint)
        case "short_text":
            return Text(id_, ask, hint, say, skip=False)
        case "single_choice":
            return SingleChoice(id_, ask, hint, _pairs(field.options), look="chips")
        case "multi_choice":
            return MultiChoice(id_, ask, hint, _pairs(field.options))
        case "scale_0_10":
            return Scale(id_, ask, _ends(say, field.low, field.high), say)


def _single(field: asked.SingleChoice, say: Say, offers: Offers) -> Control:
    options = [*_pairs(field.options)]
    look: str = field.style
    if field.options_from:
        options = [*offers(field.options_from), *options]
        look = "list"
    return SingleChoice(field.key, field.ask, field.hint, options, look=look, blank=say("interface.fields.choose"))


def _table(field: asked.Table, say: Say) -> dict[str, object]:
    columns = [
        {
            "id": column.id,
            "label": column.label,
            "kind": column.kind,
            "wide": column.wide,
            "options": [{"id": option.id, "text": option.text} for option in column.options],
        }
        for column in field.columns
    ]
    fixed = [{"id": row.id, "text": row.text} for row in field.rows]
    return table_shape(field.ask, field.hint, columns, say, fixed=fixed, start=field.start_rows)


def _pairs(options: Sequence[asked.Option]) -> Pairs:
    return [(option.id, option.text) for option in options]


def _long(field: asked.MultiChoice) -> bool:
    return any(len(option.text) > LONG_OPTION for option in field.options)


def _ends(say: Say, low: str, high: str) -> str:
    return say("interface.fields.anchors", low=low, high=high)
