"""The visit: whether it is the first one, so that the way in begins on the first page."""

from __future__ import annotations

from pathlib import Path

from rekindle.settings import JOURNAL_NAME


def is_first_visit(home: str) -> bool:
    """Tell whether nothing was ever kept in the journal of this folder."""
    return not Path(home, JOURNAL_NAME).exists()
