"""A person's own words as pandas DataFrames, for `answers()` and `entries()`; pandas is imported only when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rekindle.records import Answer, Entry

if TYPE_CHECKING:
    import pandas as pd

ANSWER_COLUMNS = ("exercise", "field", "value", "saved", "day", "zone", "revision")
ENTRY_COLUMNS = ("id", "exercise", "happened", "day", "zone")


def answers_frame(answers: Iterable[Answer]) -> pd.DataFrame:
    """Return one row per answer.

    Columns: `exercise` and `field` (ids), `value` (as stored: text, id, list of ids, whole number, or None for
    skipped), `saved` (instant, UTC), `day` (the local date that the person saw), `zone`, `revision`.
    """
    import pandas as pd  # noqa: PLC0415 - a page without frames never pays for pandas

    rows = [
        {
            "exercise": a.exercise,
            "field": a.field,
            "value": a.value,
            "saved": a.moment.utc if a.moment else None,
            "day": a.moment.local_date if a.moment else None,
            "zone": a.moment.zone if a.moment else None,
            "revision": a.revision,
        }
        for a in answers
    ]
    frame = pd.DataFrame(rows, columns=list(ANSWER_COLUMNS), dtype=object)
    return frame.assign(saved=pd.to_datetime(frame["saved"], utc=True), revision=frame["revision"].astype("int64"))


def entries_frame(entries: Iterable[Entry], fields: Sequence[str] = ()) -> pd.DataFrame:
    """Return one row per entry that is not deleted, the oldest first.

    Columns: `id`, `exercise`, `happened` (instant, UTC), `day` (the local date that the person saw), `zone`, then one
    column for each of `fields`, which are there in any case, and for others in the order first met. A field that
    shares a name with one of these ends in "_".
    """
    import pandas as pd  # noqa: PLC0415 - as above

    alive = sorted((e for e in entries if not e.deleted), key=lambda e: e.happened.utc)
    rows = [
        {
            "id": e.id,
            "exercise": e.exercise,
            "happened": e.happened.utc,
            "day": e.happened.local_date,
            "zone": e.happened.zone,
            **{f"{key}_" if key in ENTRY_COLUMNS else key: value for key, value in e.values.items()},
        }
        for e in alive
    ]
    named = (f"{key}_" if key in ENTRY_COLUMNS else key for key in fields)
    columns = list(dict.fromkeys([*ENTRY_COLUMNS, *named, *(key for row in rows for key in row)]))
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return frame.assign(happened=pd.to_datetime(frame["happened"], utc=True))
