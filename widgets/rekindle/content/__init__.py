"""The words: every part, exercise, question, reason and message of the workbook, read from TOML."""

from __future__ import annotations

from rekindle.content.catalog import Catalog, catalog, say
from rekindle.content.fields import (
    Column,
    Date,
    Field,
    IfThen,
    Log,
    LogField,
    LongText,
    MultiChoice,
    Option,
    Scale,
    ShortText,
    SingleChoice,
    Table,
)
from rekindle.content.helplines import Helpline, Helplines
from rekindle.content.message_check import MessageCheck
from rekindle.content.parts import Exercise, OtherWords, Part
from rekindle.content.sources import Source
from rekindle.content.words import Words

__all__ = [
    "Catalog",
    "Column",
    "Date",
    "Exercise",
    "Field",
    "Helpline",
    "Helplines",
    "IfThen",
    "Log",
    "LogField",
    "LongText",
    "MessageCheck",
    "MultiChoice",
    "Option",
    "OtherWords",
    "Part",
    "Scale",
    "ShortText",
    "SingleChoice",
    "Source",
    "Table",
    "Words",
    "catalog",
    "say",
]
