"""The story in small cases, counted on paper: zones, clocks that change, several notes a day, gaps, a first week."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from rekindle.charts import draw
from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.insights import Finding, fill
from rekindle.insights.over_time import doings, feelings, pulls, trust
from rekindle.insights.over_time.bins import MOST_BARS, MOST_DOTS, bars, bins
from rekindle.insights.over_time.spread import Spread, spread
from rekindle.page.chronicle import SAYS, labels_of
from rekindle.records import Json, Moment, Tally
from tests.days import ago
from tests.visit import HomeVisit, Visit, open_journal, press, stand, words_in

LABELS = labels_of(catalog())
TODAY = dt.date(2026, 5, 12)


def tally(day: int, *values: Json, count: int = 1, month: int = 5) -> Tally:
    return Tally(dt.date(2026, month, day), values, count)


def sentences(found: Sequence[Finding]) -> list[str]:
    return [fill(finding, LABELS) for finding in found]


# --- mood ---


def test_a_mood_line_counted_on_paper() -> None:
    """Monday 3 and 7 (mean 5), Tuesday nothing, Wednesday 0, Friday 9 three times, Saturday 4."""
    week = [tally(4, 3), tally(4, 7), tally(6, 0), tally(8, 9, count=3), tally(9, 4), tally(9, None), tally(9, 11)]
    found = feelings.mood(week)
    assert sentences(found) == [
        "You marked 4 days. The lowest was 0 and the highest 9; about half were between 4 and 5.",
        "Each dot is one day.",
    ]
    assert found[0].frame == {"day": [f"2026-05-{d:02}" for d in range(4, 10)], "mood": [5.0, None, 0, None, 9.0, 4.0]}


def test_the_first_week_has_a_kind_line_and_no_chart() -> None:
    assert feelings.mood([]) == []
    assert sentences(feelings.mood([tally(4, 3)])) == ["One mood dot so far. Five dots on three days draw a line."]
    two_days = [tally(4, 3, count=3), tally(5, 4, count=2)]
    assert sentences(feelings.mood(two_days)) == ["You have 5 mood dots so far. Five dots on three days draw a line."]
    assert [f.chart for f in feelings.mood([*two_days, tally(6, 1)])] == ["line-days", None]


@pytest.mark.parametrize(
    ("place", "utc", "mood"),
    [
        ("America/New_York", ["10-31T04", "11-01T04", "11-02T04", "11-02T05", "11-03T05"], [1, 5.0, 6, 8]),
        ("Europe/Berlin", ["03-27T23", "03-28T22", "03-28T23", "03-29T21", "03-29T22"], [2.5, 6, 8]),
        ("Pacific/Auckland", ["04-03T11", "04-04T10", "04-04T11", "04-05T11", "04-05T12"], [2.5, 6, 8]),
    ],
)
def test_days_are_whole_where_the_clock_changes(place: str, utc: list[str], mood: list[float]) -> None:
    """A day of 25 or of 23 hours is a day; which one an hour belongs to is what the person's calendar said."""
    journal_days = []
    with open_journal() as journal:
        for number, (clock, value) in enumerate(zip(utc, (1, 4, 6, 6, 8), strict=True)):
            at = Moment.at(dt.datetime.fromisoformat(f"2026-{clock}:00+00:00"), place)
            values: dict[str, Json] = {"mood": value}
            journal.save_entry(f"m{number}", "mood-check-in", values, base=0, happened=at, sitting="", moment=at)
            journal_days.append(at.local_date)
        found = feelings.mood(journal.counts.by_day("mood-check-in", "mood"))
    assert found[0].frame is not None
    assert list(found[0].frame["mood"]) == mood, journal_days


def test_ten_years_of_days_are_at_most_so_many_dots_and_bars() -> None:
    for days in (1, 60, 120, 121, 365, 900, 3650, 12000):
        every = [dt.date(2036, 1, 1) - dt.timedelta(days=back) for back in range(days)]
        assert bins(every).count <= MOST_DOTS <= 400
        frame = bars([(day, "kept", 1) for day in every], ("kept",))
        assert len(frame["day"]) <= MOST_BARS
        assert sum(int(n or 0) for n in frame["kept"]) == days, "none is lost"
    assert bins([dt.date(2026, 5, 4), dt.date(2026, 12, 1)]).starts[0] == "2026-05-04", "weeks begin on Mondays"


def test_a_range_is_made_of_numbers_that_are_there() -> None:
    assert spread([4]) == Spread(1, 4, 4, 4, 4, 4)
    assert spread([9, 1, 2, 3]) == Spread(4, 1, 2, 2.5, 3, 9)
    assert spread([5, 1, 2, 3, 4, 6, 7, 8]) == Spread(8, 1, 3, 4.5, 6, 8)


# --- the pull ---


def test_urges_counted_on_paper() -> None:
    acts = [tally(4, ["waited"], 8, 5), tally(4, ["walked", "contacted"], 9, 9), tally(7, ["plan"], 6, 7)]
    acts += [tally(8, "wrote", 5, None), tally(9, [], 7, 2), tally(20, ["slept"], 4, 3), tally(21, ["odd"], None, None)]
    clock = [
        Moment.on(f"2026-05-0{d}T{h:02}:30", "Asia/Kolkata") for d, h in ((4, 22), (4, 23), (7, 23), (8, 23), (9, 8))
    ]
    found = pulls.urges(acts, clock)
    assert sentences(found) == [
        "You noted 5 urges in the last twelve months. A larger dot is more than one.",
        "Most of them, 4, came at night.",
        "You waited out 4 of 5.",
        "The pull was lower afterwards 3 times out of 5.",
    ]
    assert found[0].frame == {"weekday": [0, 0, 3, 4, 5], "hour": [22, 23, 23, 23, 8], "count": [1] * 5}
    assert found[2].frame == {
        "day": ["2026-04-27", "2026-05-11"],
        "waited": [3, 1],
        "contacted": [1, 0],
    }
    assert found[3].chart is None, "two weeks make no line"


def test_four_urges_say_how_many_they_are_and_draw_nothing() -> None:
    found = pulls.urges([tally(4, ["waited"], 8, 5, count=4)], [Moment.on("2026-05-04T10:00", "UTC")] * 4)
    assert sentences(found) == ["You have noted 4 urges. A picture needs five, and fewer is fine."]
    assert pulls.urges([], []) == []


# --- habits ---


def test_one_missed_day_takes_away_little_and_a_rest_day_nothing() -> None:
    def end(*marks: str | None) -> float:
        days = [tally(d + 1, mark, None, None, None) for d, mark in enumerate(marks) if mark]
        found = doings.habits(days, {}, dt.date(2026, 5, len(marks)))
        assert found[0].frame is not None
        return float(next(v for v in reversed(found[0].frame["h1"]) if v is not None) or 0)

    every = ["yes"] * 30
    whole = end(*every)
    missed = end(*every[:14], None, *every[15:])
    rested = end(*every[:14], "rest", *every[15:])
    assert whole == 7.9, "10 × what is left of 1 after thirty times 0.95 is taken"
    assert 0 < round(whole - missed, 1) <= 0.2
    assert missed <= rested <= whole
    assert end(*["yes"] * 25, None, None, None, None, "yes") > 6.5, "it never goes back to nothing"


def test_a_habit_has_a_line_from_five_marked_days_on_and_over_three_weeks() -> None:
    four = [tally(d, "yes", None, None, None) for d in (1, 2, 3, 20)]
    assert sentences(doings.habits(four, {}, dt.date(2026, 5, 21)))[0].startswith("You have marked 4 habit days.")
    five = [*four, tally(21, "yes", None, None, None)]
    found = doings.habits(five, {"h1": "Park loop"}, dt.date(2026, 5, 21))
    assert found[0].chart == "small-lines"
    assert found[0].own_words
    assert "score" not in " ".join(sentences(found))


# --- trust ---


def test_trust_counted_on_paper_and_without_a_percentage() -> None:
    log = [tally(4, "kept", False, count=3), tally(5, "missed", True), tally(20, "missed", False)]
    log += [tally(20, "changed", False), tally(20, None, False)]
    found = trust.promises(log)
    assert sentences(found) == [
        "Of 6 promises, 3 were kept, 0 in part, 2 missed, and 1 changed with notice.",
        "Of the 2 missed, you mended 1.",
    ]
    assert found[0].frame == {
        "day": ["2026-04-27", "2026-05-11"],
        "kept": [3, 0],
        "partly": [0, 0],
        "slipped": [1, 1],
        "changed": [0, 1],
    }
    assert sentences(trust.promises(log[:2])) == ["You have settled 4 promises. From five on, you see a picture here."]
    assert trust.promises([tally(4, None, False)]) == []


@pytest.mark.parametrize(("tell", "known"), [(trust.repairs, "hours"), (trust.honesty, "full"), (trust.contacts, "me")])
def test_below_five_nothing_is_drawn(tell: Callable[[Sequence[Tally]], list[Finding]], known: str) -> None:
    assert [f.chart for f in tell([tally(4, known, count=4)])] == [None]
    assert [f.chart for f in tell([tally(4, known, count=5)])] == ["stack-days"]
    assert tell([tally(4, "unheard-of", count=9)]) == []


def test_how_safe_it_felt_for_them_is_only_what_they_told() -> None:
    mine = [tally(d, 7, None, month=m) for d, m in ((4, 3), (20, 3), (6, 4), (20, 4), (4, 5))]
    found = trust.safety(mine)
    assert [f.sentence for f in found] == ["safe_mine"]
    assert found[0].frame is not None
    assert "safe_them" not in found[0].frame
    assert trust.safety(mine[:4]) == []


# --- words ---

PROMISE_BLAME_SCORE = re.compile(
    r"\b(odds|chances?|likely|probabl\w+|score[sd]?|streak\w*|level|fault|blame\w*|should|must|guarantee\w*|because|"
    r"caus\w+|thanks to|leads? to|led to|due to|makes? (you|them|it)|effect|percent|deserve\w*|earn\w*)\b|%",
    re.IGNORECASE,
)
SAYS_SO = {
    "story.sections.trust.about",  # says that nobody is scored
    "story.says.honesty",  # the same
}


def test_no_sentence_of_the_story_promises_blames_scores_or_names_a_cause() -> None:
    told = {
        key: text for key in catalog().words if key.startswith("story.") for text in [catalog().say(key, **_any(key))]
    }
    assert len(told) > 100
    assert {key: t for key, t in told.items() if key not in SAYS_SO and PROMISE_BLAME_SCORE.search(t)} == {}


def _any(key: str) -> dict[str, str]:
    return dict.fromkeys(catalog().words.facts_of(key), "2")


def test_the_guard_over_words_would_notice() -> None:
    for bad in ("Your chance is good", "40% kept", "It caused this", "a streak of 9", "You should write"):
        assert PROMISE_BLAME_SCORE.search(bad)


# --- on the page ---


@pytest.fixture
def at_home(visit: Callable[..., Visit]) -> Callable[[], tuple[Visit, Any]]:
    def open_one() -> tuple[Visit, Any]:
        one = visit(HomeVisit)
        one.show()
        assert isinstance(one.page, Dashboard)
        return one, one.page

    return open_one


def entered(exercise: str, number: int, values: dict[str, Json], days: int = 0) -> None:
    at = ago(days)
    with open_journal() as journal:
        journal.save_entry(f"{exercise}{number}", exercise, values, base=0, happened=at, sitting="", moment=at)


def test_an_empty_book_has_kind_lines_and_no_chart(at_home: Callable[[], tuple[Visit, Any]]) -> None:
    _, page = at_home()
    for name, section in page._story.sections.items():
        section.open()
        if name == "find":  # it shows nothing, and so says nothing of it, before anything is asked
            assert catalog().say("story.sections.find.about") in words_in(section.root)
            continue
        assert catalog().say(f"story.sections.{name}.empty") in words_in(section.root)
        assert len(section.body.children) == 1
        assert catalog().say("interface.folds.chart_as_text") not in words_in(section.root)


def test_only_the_lines_are_open_at_first_and_the_rest_is_not_even_counted(
    at_home: Callable[[], tuple[Visit, Any]],
) -> None:
    _, page = at_home()
    sections = page._story.sections
    assert [name for name, section in sections.items() if section.is_open] == ["lines"]
    assert not sections["trust"].body.children
    press(sections["trust"].root, catalog().say("story.sections.trust.show"))
    assert sections["trust"].is_open
    press(sections["trust"].root, catalog().say("story.sections.trust.hide"))
    assert not sections["trust"].body.children


def test_contacts_are_told_only_while_their_page_is_open(at_home: Callable[[], tuple[Visit, Any]]) -> None:
    for number in range(6):
        entered("contact-log", number, {"who": "me"}, number)
    stand("open")
    one, page = at_home()
    contacts = page._story.sections["contacts"]
    contacts.open()
    assert "you began 6" in words_in(contacts.root)
    stand("closed")
    one.show()
    assert not contacts.is_open
    assert "you began" not in words_in(contacts.root)
    assert "rk-card--none" in contacts.root._dom_classes


def test_a_chart_is_renewed_in_its_place_when_another_page_adds_an_entry(
    at_home: Callable[[], tuple[Visit, Any]],
) -> None:
    for number in range(5):
        entered("mood-check-in", number, {"mood": 4}, number)
    one, page = at_home()
    body = page._story.sections["lines"].body
    first, sentence = body.children[0].children[0], "You marked {} days."
    assert sentence.format(5) in words_in(body)
    before = first.children[1].children[0].outputs
    entered("mood-check-in", 9, {"mood": 9}, 7)
    one.hear(page.presence, t="beat")
    assert body.children[0].children[0] is first, "the same chart, in the same place"
    assert sentence.format(6) in words_in(body)
    assert first.children[1].children[0].outputs != before
    one.answer(page._mood._log.controls["entry/mood"], 1)
    assert "The lowest was 2.5 and the highest 9" in words_in(body), "and at once for an entry of its own"


def test_own_habit_names_reach_no_markup(at_home: Callable[[], tuple[Visit, Any]]) -> None:
    hostile = "<img src=x onerror=alert(1)> $x$"
    own = {f"chart_{habit}": hostile for habit in ("h1",)}
    tallies = [tally(d, "yes", None, None, None) for d in (1, 2, 3, 14, 21)]
    (line, *_) = doings.habits(tallies, {"h1": hostile}, dt.date(2026, 5, 28))
    assert line.frame is not None
    chart = draw("small-lines", line.frame, LABELS | own)
    assert "<img" not in str(chart.figure)
    assert "$" not in str(chart.figure)
    assert chart.twin_head[1] == hostile
    assert SAYS == "story.says"
