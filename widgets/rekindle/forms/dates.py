"""Dates: a day, a moment on the person's own clock, and a number of minutes. All may stay blank."""

from __future__ import annotations

import datetime as dt

from rekindle.forms.control import Control, question
from rekindle.forms.stock import BoundedIntText, DatePicker, NaiveDatetimePicker, VBox, style
from rekindle.records import Json


class Day(Control):
    """A calendar date."""

    def __init__(self, key: str, ask: str, hint: str = "") -> None:
        super().__init__(key)
        self._box = style(DatePicker(value=None), "rk-f")
        self._box.description_allow_html = True
        self._box.description = question(ask, hint)
        self._box.observe(self._changed, "value")
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """The date as "YYYY-MM-DD"; "" when it was cleared."""
        day: dt.date | None = self._box.value
        return day.isoformat() if day else ""

    def shown(self) -> str:
        """The same text that a date input holds."""
        return str(self.value())

    def _show(self, value: Json, *, answered: bool) -> None:
        self._box.value = _date(value)


class When(Control):
    """A moment on the person's clock, to the minute."""

    def __init__(self, key: str, ask: str, hint: str = "") -> None:
        super().__init__(key)
        self._box = style(NaiveDatetimePicker(value=None), "rk-f")
        self._box.description_allow_html = True
        self._box.description = question(ask, hint)
        self._box.observe(self._changed, "value")
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """The wall-clock time as "YYYY-MM-DDTHH:MM"; "" when it was cleared."""
        at: dt.datetime | None = self._box.value
        return at.strftime("%Y-%m-%dT%H:%M") if at else ""

    def shown(self) -> str:
        """The same text that a datetime-local input holds."""
        return str(self.value())

    def _show(self, value: Json, *, answered: bool) -> None:
        try:
            at = dt.datetime.fromisoformat(value) if isinstance(value, str) and value else None
        except ValueError:
            at = None
        self._box.value = at.replace(tzinfo=None, second=0, microsecond=0) if at else None


class Minutes(Control):
    """A number of minutes; 0 stands for "not sure" and is stored as a blank."""

    def __init__(self, key: str, ask: str, hint: str = "") -> None:
        super().__init__(key)
        self._box = style(BoundedIntText(value=0, min=0, max=1440), "rk-f", "rk-narrow")
        self._box.description_allow_html = True
        self._box.description = question(ask, hint)
        self._box.observe(self._changed, "value")
        self.widget = VBox([self._box])

    def value(self) -> Json:
        """Whole minutes; "" for none."""
        return int(self._box.value) or ""

    def shown(self) -> str:
        """The same text that a number input holds."""
        return str(self._box.value)

    def _show(self, value: Json, *, answered: bool) -> None:
        self._box.value = value if isinstance(value, int) and 0 <= value <= 1440 else 0


def _date(value: Json) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
