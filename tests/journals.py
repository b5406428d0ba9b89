"""Made-up journals, drawn by hypothesis: any that could lie in a file, of any shape."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import strategies as st

from rekindle.bringing import bring_in
from rekindle.errors import ImportUnreadable
from rekindle.journal import Journal, Whole
from rekindle.records import Answer, Entry, Event, Moment


def some(few: int) -> int:
    """Return how many examples a property is tried with: a few, or as many as REKINDLE_EXAMPLES says."""
    return int(os.environ.get("REKINDLE_EXAMPLES", few))


MANY = some(2000)
"""How many made-up journals each form of a file is tried with; a night can have more of them."""

IDS = st.sampled_from(["why-it-ended", "my-page", "own-reconnect", "a", "A", "x.y:z-1"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_CLEAN = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
_MOMENTS = st.builds(
    Moment.at,
    st.integers(-631_152_000, 1_777_600_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"]),
)
_NAMED = st.dictionaries(IDS, VALUES, max_size=2)
_BOOLEANS = st.booleans()
_PLACES = st.lists(st.tuples(IDS, IDS), unique=True, max_size=3)
_REVISIONS = st.sets(st.integers(1, 9), min_size=1, max_size=2)
_TOLD = st.tuples(_MOMENTS, _CLEAN, st.sampled_from(["", "s1"]), _BOOLEANS)
_KEPT = st.tuples(_NAMED, _MOMENTS, _BOOLEANS, _BOOLEANS)
_UP_TO_THREE, _ONE_TO_THREE = st.integers(0, 3), st.integers(1, 3)
_DETAIL = st.dictionaries(IDS, st.none() | _CLEAN | _BOOLEANS, max_size=2)
_EVENTS = st.lists(st.builds(Event, IDS, _DETAIL, _MOMENTS), max_size=2)


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """Draw a journal: versions of answers and entries, some taken out, in any order in which they can lie there.

    What is drawn from stands above: to make it anew for each journal takes longer than to draw.
    """
    answers = [
        Answer(exercise, field, draw(VALUES), revision, *draw(_TOLD))
        for exercise, field in draw(_PLACES)
        for revision in sorted(draw(_REVISIONS))
    ]
    entries: list[Entry] = []
    earlier: list[Entry] = []
    for number in range(draw(_UP_TO_THREE)):
        exercise, last = draw(IDS), draw(_ONE_TO_THREE)
        for revision in range(1, last + 1):
            values, happened, deleted, conflict = draw(_KEPT)
            what = f"id-{number}", exercise, values, happened, revision, draw(_MOMENTS), deleted, conflict
            (entries if revision == last else earlier).append(Entry(*what))
    return Whole(
        draw(st.permutations(answers)),
        draw(st.permutations(entries)),
        draw(st.permutations(earlier)),
        draw(_EVENTS),
        draw(_NAMED),
    )


def refused_and_unchanged(folder: Path, content: bytes) -> None:
    """See that a file is refused as unreadable, and that the journal that it was meant for is as it was."""
    path, file = folder / "here" / "journal.rekindle", folder / "file"
    with Journal.open(path, never_kept=()) as journal:
        journal.save("my-page", "text", "mine", base=0, wording="", sitting="s", moment=Moment.now("Europe/Berlin"))
    before = path.read_bytes()
    file.write_bytes(content)
    with pytest.raises(ImportUnreadable):
        list(bring_in(file, path, really=True))
    assert path.read_bytes() == before
    assert sorted(place.name for place in path.parent.iterdir()) == ["journal.rekindle"]
