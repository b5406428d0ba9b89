"""Then and now in a person's own words, and their own small experiments: what is said, and from when on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from rekindle.charts import draw
from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.insights import fill
from rekindle.insights.over_time.trials import KINDS, trial
from rekindle.insights.over_time.versions import count_new, marked, start_middle_now
from rekindle.page.chronicle import labels_of
from rekindle.records import Answer, Json, Moment
from tests.made_up import PEOPLE, TODAY, write, year_of
from tests.visit import HomeVisit, Visit, blocks, open_journal, press, stand, text_of, words_in

SAY = catalog().say
LABELS = labels_of(catalog())
NOW = dt.datetime.now(dt.UTC)


def version(day: str, value: Json, clock: str = "12:00") -> Answer:
    return Answer("say-it-to-myself", "sentence", value, moment=Moment.on(f"{day}T{clock}", "Europe/Berlin"))


def days_of(*versions: Answer) -> list[Json]:
    return [each.value for each in start_middle_now(versions)]


def test_the_middle_is_the_version_nearest_to_the_middle_of_the_time() -> None:
    first, early, middle, late, now = (
        version(day, day) for day in ("2026-01-01", "2026-01-02", "2026-06-20", "2026-12-01", "2026-12-31")
    )
    assert days_of(now, middle, first, late, early) == ["2026-01-01", "2026-06-20", "2026-12-31"]
    assert days_of(first, now) == ["2026-01-01", "2026-12-31"]
    assert days_of(first) == []


def test_blanks_skips_and_a_second_go_on_one_day_are_no_version() -> None:
    first, second = version("2026-01-01", "a"), version("2026-01-01", "b", "18:00")
    assert days_of(first, second) == []
    assert days_of(first, second, version("2026-02-01", None), version("2026-03-01", ""), version("2026-04-01", 0)) == [
        "b",
        0,
    ]


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        ("I want her back", "I want my sleep back", ["my sleep"]),
        ("one two", "one two", []),
        ("One two", "one TWO", []),
        ("", "all new", ["all new"]),
        ("a\nb", "a\nc b", ["c"]),
    ],
)
def test_new_words_are_marked_and_no_letter_is_lost(before: str, now: str, new: list[str]) -> None:
    pieces = marked(before, now)
    assert "".join(text for text, _ in pieces) == now
    assert [text.strip() for text, is_new in pieces if is_new] == new
    assert count_new(pieces) == sum(len(each.split()) for each in new)


def test_a_text_of_many_thousand_words_is_shown_without_marks() -> None:
    assert marked("word " * 20_000, "other " * 20_000) == [("other " * 20_000, False)]


# --- trials ---

START = dt.date(2026, 3, 1)


def trial_of(with_thing: list[float], others: list[float]) -> list[Any]:
    """Days of the kind first, each followed by a day with its mood; then the others."""
    moods: dict[dt.date, float] = {}
    days = set()
    for number, mood in enumerate([*with_thing, *others]):
        day = START + dt.timedelta(days=3 * number)
        moods |= {day: 5.0, day + dt.timedelta(days=1): mood}
        if number < len(with_thing):
            days.add(day)
    return trial("moved", days, moods, 1)


def test_below_ten_days_of_each_kind_nothing_is_said_of_the_mood() -> None:
    found = trial_of([6] * 9, [3] * 30)
    assert [fill(f, LABELS) for f in found] == [
        "It takes ten days of each kind, each with a mood. So far there are 9 and 30."
    ]
    assert found[0].frame is None


def test_two_kinds_of_day_are_told_as_ranges_and_never_as_a_cause() -> None:
    found = trial_of([7, 8, 9, 6, 7, 8, 9, 7, 8, 10], [1, 2, 3, 4, 5, 2, 3, 3, 1, 0])
    assert [fill(f, LABELS) for f in found] == [
        "After those 10 days, about half of the moods were between 7 and 9. After 10 other days, between 1 and 3.",
        "The two lie apart. They went together, and why is not in these dots.",
        "These are only your own days, and much else was going on.",
    ]
    assert found[0].frame == {
        "group": ["trial_moved", "trial_other"],
        "count": [10, 10],
        "lowest": [6, 0],
        "low": [7, 1],
        "middle": [8.0, 2.5],
        "high": [9, 3],
        "highest": [10, 5],
    }
    alike = trial_of([5, 6, 7, 8, 5, 6, 7, 8, 5, 6], [4, 5, 6, 7, 4, 5, 6, 7, 4, 5])
    assert alike[1].sentence == "trial_overlap"


def test_a_day_without_a_mood_or_with_none_after_it_counts_for_neither_kind() -> None:
    moods = {START + dt.timedelta(days=2 * n): 5.0 for n in range(60)}
    days = {START + dt.timedelta(days=n) for n in range(0, 120, 4)}
    assert trial("urge", days, moods, 1)[0].values == {"with": 0, "without": 0}
    assert trial("urge", days, moods, 0)[0].values["with"] == 30


@pytest.mark.parametrize("person", PEOPLE[1:], ids=lambda person: str(person.number))
def test_a_made_up_years_trials_are_those_of_the_hand(person: Any) -> None:
    year = year_of(person)
    since = TODAY - dt.timedelta(days=365)
    marked_days: dict[dt.date, list[int]] = {}
    for note in year.log("mood-check-in"):
        if "mood" in note.values and note.day >= since:
            marked_days.setdefault(note.day, []).append(note.values["mood"])
    moods = {day: round(sum(found) / len(found), 1) for day, found in marked_days.items()}
    days = {note.day for note in year.log("urge-log")}
    with_thing: list[float] = []
    others: list[float] = []
    for day in sorted(moods):
        after = day + dt.timedelta(days=1)
        if after in moods:
            (with_thing if day in days else others).append(moods[after])
    found = trial("urge", days, moods, 1)
    assert (found[0].values["with"], found[0].values["without"]) == (len(with_thing), len(others))
    if min(len(with_thing), len(others)) < 10:
        assert [f.sentence for f in found] == ["trial_few"]
        return
    ends = [(sorted(side)[len(side) // 4], sorted(side)[-1 - len(side) // 4]) for side in (with_thing, others)]
    frame = found[0].frame
    assert frame is not None
    assert [*zip(frame["low"], frame["high"], strict=True)] == ends
    chart = draw("ranges", frame, LABELS)
    assert [row[1:] for row in chart.twin_rows] == [
        [f"{frame[name][at]:g}" for name in ("count", "lowest", "low", "middle", "high", "highest")] for at in (0, 1)
    ]


# --- on the page ---


@pytest.fixture
def dashboard(visit: Callable[..., Visit]) -> Callable[[], Dashboard]:
    def open_one() -> Dashboard:
        one = visit(HomeVisit)
        one.show()
        assert isinstance(one.page, Dashboard)
        return one.page

    return open_one


def made_up(number: int) -> None:
    with open_journal() as journal:
        write(journal, year_of(PEOPLE[number - 1], NOW.date()))


def test_old_words_stand_on_the_page_only_when_asked_for(dashboard: Callable[[], Dashboard]) -> None:
    made_up(2)
    page = dashboard()
    then = page._story.sections["then"]
    assert "I want her back" not in words_in(page.root)
    press(then.root, SAY("story.sections.then.show"))
    shown = words_in(then.root)
    for words in ("I want her back, and I want to sleep.", "I want a life that is mine"):
        assert words in shown
    assert shown.index("At the start") < shown.index("In between") < shown.index("Now, since")
    new = [text_of([b]) for b in blocks(then._words.told) if b.get("cls") == "rk-new"]  # type: ignore[attr-defined]  # a fold of words
    assert "to talk with" in new
    assert SAY("story.then.key") in shown
    assert "I said so on day 3, before it was late" in shown
    assert "New" in shown
    press(then.root, SAY("story.sections.then.hide"))
    assert "I want her back" not in words_in(then.root)


def test_a_kind_of_day_is_picked_and_its_chart_renewed_in_place(dashboard: Callable[[], Dashboard]) -> None:
    made_up(2)
    page = dashboard()
    trials: Any = page._story.sections["trials"]
    trials.open()
    assert "After those" in words_in(trials.root)
    box = trials._findings.root.children[0]
    before = box.children[1].children[0].outputs
    trials._kind.value = "urge"
    assert trials._findings.root.children[0] is box
    assert box.children[1].children[0].outputs != before
    trials._later.value = 0
    assert "On those" in words_in(trials.root)


def test_a_kind_of_day_is_offered_only_while_the_page_of_its_log_is_open(dashboard: Callable[[], Dashboard]) -> None:
    stand("closed")
    page = dashboard()
    trials: Any = page._story.sections["trials"]
    trials.open()
    assert [kind for _, kind in trials._kind.options] == [kind for kind in KINDS if kind not in ("contact", "good")]
