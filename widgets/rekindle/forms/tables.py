"""Tables and if-then plans: rows of labelled cells that save themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rekindle.forms.control import Control, Say
from rekindle.forms.stock import VBox
from rekindle.frontend.rows import Rows
from rekindle.frontend.writing import Refusal
from rekindle.records import Json

CELL_LIMIT = 2000
MOST_ROWS = 60


class Table(Control):
    """Rows of cells. Its value is a list of {column: value}; empty cells and empty rows are left out."""

    own = True

    def __init__(self, key: str, shape: Mapping[str, Any]) -> None:
        super().__init__(key)
        self.rows = Rows(shape)
        self.rows.on_keep = self._on_keep
        self.widget = VBox([self.rows])
        self._value: list[Json] = []

    def value(self) -> Json:
        """The rows."""
        return self._value

    def _show(self, value: Json, *, answered: bool) -> None:
        self._value = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        self.rows.fill(self._value)

    def _on_keep(self, value: object) -> str | Refusal:
        rows: list[Json] = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return self.store(rows)

    def store(self, value: Json) -> str | Refusal:
        """Store the rows."""
        kept = super().store(value)
        if not isinstance(kept, Refusal) and isinstance(value, list):
            self._value = value
            self.rows.hold(value)
        return kept


def table_shape(
    ask: str,
    hint: str,
    columns: Sequence[Mapping[str, Any]],
    say: Say,
    *,
    fixed: Sequence[Mapping[str, str]] = (),
    start: int = 1,
) -> dict[str, Any]:
    """Return what `Rows` draws for a table: `columns` carry id, label, kind, options (id, text) and wide."""
    blank = say("interface.fields.choose")
    return {
        "ask": ask,
        "hint": hint,
        "look": "rk-table",
        "columns": [{"blank": blank, "limit": CELL_LIMIT, **column} for column in columns],
        "fixed": list(fixed),
        "fixedOnly": bool(fixed),
        "start": start,
        "most": MOST_ROWS,
        "over": say("interface.fields.too_long", limit=CELL_LIMIT),
        "words": row_words(say, say("interface.buttons.add_row")),
    }


def plan_shape(ask: str, hint: str, say: Say, *, most: int = 3) -> dict[str, Any]:
    """Return what `Rows` draws for up to `most` if-then plans, each of which reads as one sentence."""
    cells = [
        {"id": "if", "label": say("interface.fields.if"), "kind": "text", "limit": CELL_LIMIT},
        {"id": "then", "label": say("interface.fields.then"), "kind": "text", "limit": CELL_LIMIT},
    ]
    return {
        "ask": ask,
        "hint": hint,
        "look": "rk-ifthen",
        "columns": cells,
        "fixed": [],
        "fixedOnly": False,
        "start": 1,
        "most": most,
        "over": say("interface.fields.too_long", limit=CELL_LIMIT),
        "words": row_words(say, say("interface.buttons.add_plan")),
    }


def row_words(say: Say, add: str) -> dict[str, str]:
    """Return the words on and around the rows."""
    return {
        "add": add,
        "remove": say("interface.buttons.remove"),
        "back": say("interface.buttons.put_back"),
        "row": say("interface.fields.row", n="{n}"),
    }
