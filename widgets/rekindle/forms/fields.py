"""Fields: from a field of the content to its control. A new kind of field is one line in the table here."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from rekindle.content import fields as asked
from rekindle.forms.choices import MultiChoice, Pairs, Scale, SingleChoice
from rekindle.forms.control import Control, Say
from rekindle.forms.dates import Day, Minutes, When
from rekindle.forms.own_words import OwnChoice
from rekindle.forms.stock import style
from rekindle.forms.tables import Table, plan_shape, table_shape
from rekindle.forms.texts import Text

Offers = Callable[[str], Pairs]
"""Gives the options of a list that is made while the book runs, by its name."""

LONG_OPTION = 26
STOP_SIGNS = "stop-signs"
"""The list of what stands against going on hoping; where it is not empty, hopeful options are folded."""


def build(field: asked.Field, say: Say, offers: Offers) -> Control:
    """Return the control for one field of an exercise, empty and with its CSS hooks on it. Logs have their own form."""
    control = BUILDERS[field.type](field, say, offers)
    style(control.widget, "rk-field", f"rk-field--{field.key}")
    return control


def build_part(field: asked.LogField, say: Say, offers: Offers) -> Control:
    """Return the control for one field of a log entry."""
    control = (
        _listed(field, say, offers) if field.options_from or field.ask_from else PART_BUILDERS[field.type](field, say)
    )
    wide = field.type in ("short_text", "multi_choice", "scale_0_10", "single_choice")
    style(control.widget, "rk-field", f"rk-field--{field.id}", *(["rk-wide"] if wide else []))
    return control


def own_ask(field: asked.LogField, offers: Offers) -> str:
    """Return what a field asks, in the person's own words where they have some; "" if it rests, unnamed among named."""
    if not field.ask_from:
        return field.ask
    own = offers(field.ask_from)
    named = own or offers(field.ask_from.rpartition(".")[0])
    return own[0][1] if own else "" if named else field.ask


def _short(field: asked.ShortText, say: Say, _offers: Offers) -> Control:
    return Text(field.key, field.ask, field.hint, say, limit=field.limit)


def _long(field: asked.LongText, say: Say, _offers: Offers) -> Control:
    return Text(field.key, field.ask, field.hint, say, long=True, limit=field.limit)


def _multi(field: asked.MultiChoice, say: Say, offers: Offers) -> Control:
    options = [*(offers(field.options_from) if field.options_from else ()), *_pairs(field.options)]
    wordy = any(len(text) > LONG_OPTION for _, text in options)
    hint = field.hint or say("interface.fields.tick_any")
    return MultiChoice(field.key, field.ask, hint, options, long=wordy)


def _scale(field: asked.Scale, say: Say, _offers: Offers) -> Control:
    return Scale(field.key, field.ask, _ends(say, field.low, field.high), say)


def _day(field: asked.Date, _say: Say, _offers: Offers) -> Control:
    return Day(field.key, field.ask, field.hint)


def _plans(field: asked.IfThen, say: Say, _offers: Offers) -> Control:
    return Table(field.key, plan_shape(field.ask, field.hint, say, most=field.most))


def _rows(field: asked.Table, say: Say, _offers: Offers) -> Control:
    return Table(field.key, _table(field, say))


def _single(field: asked.SingleChoice, say: Say, offers: Offers) -> Control:
    if field.options_from and not field.options:
        return OwnChoice(field.key, field.ask, field.hint, say, functools.partial(offers, field.options_from))
    stop = any(option.hopeful for option in field.options) and offers(STOP_SIGNS)
    options = [*_pairs([option for option in field.options if not (stop and option.hopeful)])]
    look: str = field.style
    if field.options_from:
        own = {id_ for id_, _ in options}  # what the content words itself stands there once, in its words
        options = [*(pair for pair in offers(field.options_from) if pair[0] not in own), *options]
        look = "list"
    return SingleChoice(field.key, field.ask, field.hint, options, look=look, blank=say("interface.fields.choose"))


def _listed(field: asked.LogField, say: Say, offers: Offers) -> Control:
    lines = functools.partial(offers, field.options_from) if field.options_from else tuple
    choice = OwnChoice(field.id, field.ask, field.hint, say, lines, more=_pairs(field.options))
    if field.ask_from:
        choice.named = functools.partial(own_ask, field, offers)
    return choice


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
        if not column.retired
    ]
    fixed = [{"id": row.id, "text": row.text} for row in field.rows]
    return table_shape(field.ask, field.hint, columns, say, fixed=fixed, start=field.start_rows)


def _pairs(options: Sequence[asked.Option]) -> Pairs:
    return [(option.id, option.text) for option in options]


def _ends(say: Say, low: str, high: str) -> str:
    return say("interface.fields.anchors", low=low, high=high)


BUILDERS: dict[str, Callable[..., Control]] = {
    "short_text": _short,
    "long_text": _long,
    "single_choice": _single,
    "multi_choice": _multi,
    "scale_0_10": _scale,
    "date": _day,
    "table": _rows,
    "if_then": _plans,
}
"""From a field's type to what builds its control. A log is more than one control: `forms.log` builds it."""

PART_BUILDERS: dict[str, Callable[[asked.LogField, Say], Control]] = {
    "when": lambda field, _say: When(field.id, field.ask, field.hint),
    "day": lambda field, _say: Day(field.id, field.ask, field.hint),
    "minutes": lambda field, _say: Minutes(field.id, field.ask, field.hint),
    "short_text": lambda field, say: Text(field.id, field.ask, field.hint, say, skip=False),
    "single_choice": lambda field, _say: SingleChoice(
        field.id, field.ask, field.hint, _pairs(field.options), look="chips"
    ),
    "multi_choice": lambda field, _say: MultiChoice(field.id, field.ask, field.hint, _pairs(field.options)),
    "scale_0_10": lambda field, say: Scale(field.id, field.ask, _ends(say, field.low, field.high), say),
}
"""The same for the fields of a log entry."""
