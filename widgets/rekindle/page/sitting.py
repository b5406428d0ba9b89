"""A sitting: saves that lie close together count as one visit, whose last words stay in the history."""

from __future__ import annotations

import datetime as dt
import uuid

from rekindle.records import Moment

ENDS_AFTER = dt.timedelta(minutes=30)
"""After so long without a save a new sitting begins: what the last one ended with is kept in the history."""


class Sitting:
    """The id of this sitting, which changes a while after the last save."""

    def __init__(self) -> None:
        self._id, self._last = uuid.uuid4().hex, Moment.now()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def at(self, moment: Moment) -> str:
        """Return the id for a save at this moment; a new one if the last save is long ago."""
        if moment.utc - self._last.utc > ENDS_AFTER:
            self._id = uuid.uuid4().hex
        self._last = moment
        return self._id
