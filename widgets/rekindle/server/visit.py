"""The visit: whether it is the first one, so that the way in begins on the first page."""

from __future__ import annotations

from pathlib import Path

from rekindle.errors import RekindleError
from rekindle.settings import JOURNAL_NAME


def is_first_visit(home: str) -> bool:
    """Tell whether nothing is kept in the journal of this folder yet.

    A journal that cannot be opened is not a first visit: the page that is shown then says what is wrong.
    """
    path = Path(home, JOURNAL_NAME)
    if not path.exists():
        return True
    from rekindle.journal import Journal  # a start does without it

    try:
        with Journal.open(path, never_kept=(), check_later=True) as journal:
            return not journal.answers() and not journal.count_entries()
    except RekindleError:
        return False
