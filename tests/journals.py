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


@st.composite
def wholes(draw: st.DrawFn) -> Whole:
    """Draw a journal: versions of answers and entries, some taken out, in any order in which they can lie there."""
    answers = []
    for exercise, field in draw(st.lists(st.tuples(IDS, IDS), unique=True, max_size=3)):
        for revision in sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=2))):
            told = draw(_MOMENTS), draw(_CLEAN), draw(st.sampled_from(["", "s1"])), draw(st.booleans())
            answers.append(Answer(exercise, field, draw(VALUES), revision, *told))
    entries: list[Entry] = []
    earlier: list[Entry] = []
    for number in range(draw(st.integers(0, 3))):
        exercise, last = draw(IDS), draw(st.integers(1, 3))
        for revision in range(1, last + 1):
            deleted, conflict = draw(st.booleans()), draw(st.booleans())
            what = f"id-{number}", exercise, draw(_NAMED), draw(_MOMENTS), revision, draw(_MOMENTS), deleted, conflict
            (entries if revision == last else earlier).append(Entry(*what))
    detail = st.dictionaries(IDS, st.none() | _CLEAN | st.booleans(), max_size=2)
    events = draw(st.lists(st.builds(Event, IDS, detail, _MOMENTS), max_size=2))
    return Whole(
        draw(st.permutations(answers)),
        draw(st.permutations(entries)),
        draw(st.permutations(earlier)),
        events,
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
