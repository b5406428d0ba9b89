"""A sitting lasts while saves lie close together."""

from __future__ import annotations

import datetime as dt

from rekindle.page.sitting import ENDS_AFTER, Sitting
from rekindle.records import Moment


def test_a_new_sitting_begins_a_while_after_the_last_save() -> None:
    now, minute = Moment.now(), dt.timedelta(minutes=1)
    sitting = Sitting()
    first = sitting.at(now)
    later = Moment.at(now.utc + ENDS_AFTER)
    assert sitting.at(later) == first
    assert sitting.at(Moment.at(later.utc + ENDS_AFTER)) == first
    assert sitting.at(Moment.at(later.utc + 2 * ENDS_AFTER + minute)) != first
