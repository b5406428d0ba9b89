"""Rekindle: a private workbook for the time after a breakup. What a notebook may call stands here."""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["answers", "entries", "open_dashboard", "open_exercise", "open_part", "open_your_data"]


def __getattr__(name: str) -> object:
    """Find a public name when it is first asked for: importing the package alone loads no widget and no pandas."""
    if name in __all__:
        from rekindle import doors  # noqa: PLC0415 - see above: the command line never needs the widgets

        return getattr(doors, name)
    raise AttributeError(name)
