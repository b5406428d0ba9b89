"""Minutes, counted: the first sitting takes at most fifteen, and no week of the lean path more than twenty.

Counted is reading and typing, in words on the real pages. Thinking has no measure here, and nobody is timed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rekindle.content import catalog
from rekindle.page.way import FIRST
from tests.plain.pace import READERS, TYPING, Pace, Reader, around, count, pace
from tests.visit import Visit, stand, where_open

Figure = Callable[[str, object], None]
Play = Callable[..., Pace]

FIRST_SITTING, A_WEEK = 15, 20
SITTING = (*FIRST, "consent-gate")


@dataclass(frozen=True)
class Span:
    """Weeks of the path, and the pages that belong to them."""

    first: int
    last: int
    pages: str


PATH = (
    Span(0, 1, "safety-gate my-own-line so-what-changes baseline"),
    Span(
        1, 3, "it-is-over-for-now space-agreement urge-if-then online-distance why-it-ended my-part letter-never-sent"
    ),
    Span(4, 8, "who-am-i-now pattern-swap woop-goal kind-letter weekly-goals proof-of-change for-me-or-for-them"),
    Span(8, 12, "decision-check ready-check should-i first-hello send-or-sleep"),
    Span(8, 12, "let-go-path"),
    Span(13, 13, "closing-report"),
)
"""The lean path of the brief, 4.10. Somebody who lets go has no page about a hello; counted are both."""

EACH_DAY, EACH_WEEK = "mood-check-in", ("weekly-check-in", "weekly-review")
LATER_EACH_WEEK, FROM_WEEK = ("weekly-goals", "proof-of-change"), 6
"""Two logs of Step 2 that somebody may go on with, once a week, after they met them."""


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Give a function that plays one page over a journal of its own, and returns its pace."""

    def played(exercise: str, *, known: bool = False) -> Pace:
        monkeypatch.setenv("REKINDLE_HOME", str(tmp_path / f"{exercise}{'-known' * known}"))
        stand(where_open(exercise))
        visit = Visit()
        try:
            return pace(exercise, visit, known=known)
        finally:
            visit.close()

    return played


def first_sitting(play: Play) -> Pace:
    """Return the pace of the first screen, the opener, and the first four pages with the words around them."""
    opening = around("before-you-begin", "title", "first-screen", "about", "opener")
    return sum((play(exercise) for exercise in SITTING), opening + around("always-here", "title", "opener"))


def weeks(play: Play) -> list[Pace]:
    """Return the pace of each week, with each page in the first week of its span that has room for both readers."""
    day, week = play(EACH_DAY, known=True) * 7, sum((play(page, known=True) for page in EACH_WEEK), Pace())
    later = sum((play(page, known=True) for page in LATER_EACH_WEEK), Pace())
    found = [day + week + (later if n >= FROM_WEEK else Pace()) for n in range(PATH[-1].last + 1)]
    found[0] = day + first_sitting(play)  # its review and its check-in come when a week has passed
    seen = {"before-you-begin", "always-here"}
    for span in PATH:
        for page in span.pages.split():
            part = catalog().exercise(page).part
            more = play(page)
            if part not in seen:
                more += around(part, "title", "opener", "ending")
            seen.add(part)
            at = next((n for n in range(span.first, span.last + 1) if fits(found[n] + more)), None)
            assert at is not None, f"{page} finds no room in weeks {span.first} to {span.last}: {more}"
            found[at] += more
    return found


def fits(a_week: Pace) -> bool:
    return all(reader.minutes(a_week) <= A_WEEK for reader in READERS.values())


def told(pace: Pace) -> str:
    return ", ".join(f"{name} {reader.minutes(pace):.1f} min" for name, reader in READERS.items()) + f" ({pace})"


def test_the_path_has_every_lean_page_once() -> None:
    placed = [*SITTING, *(page for span in PATH for page in span.pages.split()), EACH_DAY, *EACH_WEEK]
    assert sorted(placed) == sorted(exercise.id for exercise in catalog().exercises if exercise.lean)


def test_the_first_sitting_takes_at_most_a_quarter_of_an_hour(play: Play, figure: Figure) -> None:
    counted = first_sitting(play)
    figure("first sitting", told(counted))
    assert counted.read > 1000
    assert counted.typed > 50
    for reader in (*READERS.values(), Reader(200, opens_folds=True)):
        assert reader.minutes(counted) <= FIRST_SITTING


def test_no_week_of_the_lean_path_takes_more_than_twenty_minutes(play: Play, figure: Figure) -> None:
    for number, week in enumerate(weeks(play)):
        figure(f"week {number}", told(week))
        assert fits(week), number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two three.", 3),
        ("It's a well-known <b>bold</b> &amp; 10 of 10", 5),
        ("[Begin](#screen-check)", 1),
        ("", 0),
    ],
)
def test_words_are_counted_and_markup_is_not(text: str, words: int) -> None:
    assert count(text) == words


def test_a_longer_page_takes_longer(play: Play) -> None:
    mean = READERS["the mean"]
    assert mean.minutes(play("letter-never-sent")) > mean.minutes(play("screen-check")) > 0.5
    assert mean.minutes(Pace(typed=TYPING)) == 1
