"""Stock ipywidgets whose repr tells nothing: JupyterLab writes a widget's repr into the notebook file."""

from __future__ import annotations

from typing import TypeVar

import ipywidgets as ipw

from rekindle.frontend.at_once import AtOnce
from rekindle.frontend.bare import Bare, BareStyle

W = TypeVar("W", bound=ipw.DOMWidget)


class _Quiet(Bare, AtOnce):
    """Says its kind and nothing else. A stock repr holds the value, so an answer would leak into `.ipynb` files."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class _QuietStyle(BareStyle, _Quiet):
    """The same, for a widget that would have a Style."""


class VBox(_Quiet, ipw.VBox):
    """A column."""


class HBox(_Quiet, ipw.HBox):
    """A line."""


class GridBox(_Quiet, ipw.GridBox):
    """A grid."""


class HTML(_QuietStyle, ipw.HTML):
    """Markup of ours. Never a person's words: it would run them (see `frontend.words` for those)."""


class Button(_QuietStyle, ipw.Button):
    """A button."""


class RadioButtons(_QuietStyle, ipw.RadioButtons):
    """One of several, one a line."""


class ToggleButtons(_QuietStyle, ipw.ToggleButtons):
    """One of several, in a row."""


class Text(_QuietStyle, ipw.Text):
    """One short word that is no answer: what a person writes of their own goes through `Writing`."""


class Checkbox(_QuietStyle, ipw.Checkbox):
    """One tick."""


class Dropdown(_QuietStyle, ipw.Dropdown):
    """One of many."""


class DatePicker(_QuietStyle, ipw.DatePicker):
    """A date."""


class NaiveDatetimePicker(_QuietStyle, ipw.NaiveDatetimePicker):
    """A date and a time on the person's own clock."""


class BoundedIntText(_QuietStyle, ipw.BoundedIntText):
    """A whole number."""


class Output(_Quiet, ipw.Output):
    """A place for one chart."""


def style(widget: W, *classes: str) -> W:
    """Return the same widget with these CSS classes added."""
    for name in classes:
        widget.add_class(name)
    return widget
