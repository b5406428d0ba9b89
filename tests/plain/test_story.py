"""The story of twelve made-up people: every figure and sentence beside one worked out by hand from what they wrote.

The hand knows nothing of `rekindle.insights`: it counts notes one by one, on the clock of the place where they were.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rekindle.charts import draw
from rekindle.content import catalog
from rekindle.insights import Finding, fill
from rekindle.insights.over_time import doings, feelings, pulls, trust
from rekindle.journal import Journal
from rekindle.page.chronicle import labels_of
from rekindle.records import Tally
from tests.made_up import PEOPLE, TODAY, Note, Person, Year, write, year_of

LABELS = labels_of(catalog())
YEARS = {person.number: year_of(person) for person in PEOPLE}


@pytest.fixture(scope="module", params=PEOPLE, ids=lambda person: f"{person.number}-{person.who.replace(' ', '-')}")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Year, Journal]]:
    person: Person = request.param
    path = tmp_path_factory.mktemp("year") / "journal.rekindle"
    with Journal.open(Path(path), never_kept=()) as journal:
        write(journal, YEARS[person.number])
        yield YEARS[person.number], journal


# --- the hand --------------------------------------------------------------------------------------------------------


def spans(days: Sequence[dt.date], least: int, most: int) -> tuple[int, list[dt.date]]:
    """Return how many days a dot has, and the first day of each."""
    for length in (1, 7, 14, 28, 56, 112):
        if length < least:
            continue
        start = dt.date(1, 1, 1)  # a Monday
        start += dt.timedelta(days=(min(days) - start).days // length * length)
        starts = []
        while start <= max(days):
            starts.append(start)
            start += dt.timedelta(days=length)
        if len(starts) <= most:
            return length, starts
    raise AssertionError("a longer life than this test knows")


def in_span(starts: Sequence[dt.date], length: int, pairs: Sequence[tuple[dt.date, Any]]) -> list[list[Any]]:
    return [[v for d, v in pairs if s <= d < s + dt.timedelta(days=length)] for s in starts]


def average(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 1) if values else None


def lines(frame: Any, **columns: Sequence[tuple[dt.date, float]]) -> None:
    """Check that a frame holds the averages of these numbers, and gaps where there are none."""
    every = [day for pairs in columns.values() for day, _ in pairs]
    length, starts = spans(every, 1 if set(columns) == {"mood"} else 14 if "safe_me" in columns else 7, 120)
    assert list(frame["day"]) == [start.isoformat() for start in starts]
    assert len(starts) <= 400
    for name, pairs in columns.items():
        assert list(frame[name]) == [average(values) for values in in_span(starts, length, pairs)]


def counts(frame: Any, pairs: Sequence[tuple[dt.date, str]], ids: dict[str, str], least: int = 14) -> None:
    """Check that a frame counts these ids; `ids` are its columns by id."""
    length, starts = spans([day for day, _ in pairs], least, 30)
    assert list(frame["day"]) == [start.isoformat() for start in starts]
    for id_, column in ids.items():
        found = in_span(starts, length, pairs)
        assert list(frame[column]) == [values.count(id_) if values else None for values in found]


def by_sentence(found: Sequence[Finding]) -> dict[str, Finding]:
    assert len({finding.sentence for finding in found}) == len(found)
    return {finding.sentence: finding for finding in found}


def few(found: Sequence[Finding], name: str, count: int) -> None:
    """Check that below its minimum a log says how many there are, and nothing else."""
    key = f"{name}_few_{'one' if count == 1 else 'many'}"
    assert [(f.sentence, f.values.get("count"), f.chart) for f in found] == ([(key, count, None)] if count else [])


def chosen(notes: Sequence[Note], key: str, *ids: str) -> list[tuple[dt.date, str]]:
    return [(note.day, str(note.values[key])) for note in notes if note.values.get(key) in ids]


# --- each log, for each person ---------------------------------------------------------------------------------------


def test_mood_is_told_as_its_days_were(told: tuple[Year, Journal]) -> None:
    year, journal = told
    marked = [(n.day, n.values["mood"]) for n in year.log("mood-check-in") if isinstance(n.values.get("mood"), int)]
    found = feelings.mood(journal.counts.by_day("mood-check-in", "mood"))
    days = {day for day, _ in marked}
    if len(marked) < 5 or len(days) < 3:
        few(found, "mood", len(marked))
        return
    means = sorted(average([m for d, m in marked if d == day]) or 0.0 for day in days)
    values = by_sentence(found)["mood_line"].values
    quarter = len(means) // 4
    expected = (len(days), *(f"{means[at]:g}" for at in (0, quarter, -1 - quarter, -1)))
    assert tuple(values[name] for name in ("count", "lowest", "low", "high", "highest")) == expected
    lines(found[0].frame, mood=marked)


def test_sliders_and_notes_are_told_as_they_were_given(told: tuple[Year, Journal]) -> None:
    year, journal = told
    first, weekly = (journal.entries(log)[::-1] for log in ("baseline", "weekly-check-in"))
    found = by_sentence(feelings.sliders(first, weekly))
    notes = [*year.log("baseline")[:1], *year.log("weekly-check-in")]
    if len(notes) < 4:
        assert set(found) <= {"weeks_few_one", "weeks_few_many"}
        return
    frame = found["sliders"].frame
    assert frame is not None
    length, starts = spans([n.day for n in notes], 7, 120)
    for slider in ("happy", "real", "missed", "safe"):
        pairs = [(n.day, n.values[slider]) for n in notes if slider in n.values]
        assert list(frame[slider]) == [average(values) for values in in_span(starts, length, pairs)]
    written = [(n.day, n.values["note"]) for n in notes if "note" in n.values]
    assert list(frame["note"]) == ["; ".join(each) for each in in_span(starts, length, written)]
    firsts = {
        s: [n.values[s] for n in notes if s in n.values] for s in notes[0].values | notes[1].values if s != "note"
    }
    moved = {s for s, dots in firsts.items() if abs(dots[-1] - dots[0]) >= 2}
    told_moved: Any = found["moved"].values["sliders"] if "moved" in found else ()
    assert {each.values["slider"].key.removeprefix("chart_") for each in told_moved} == moved


def test_the_wish_stands_beside_the_truth(told: tuple[Year, Journal]) -> None:
    year, journal = told
    found = feelings.wish(journal.entries("weekly-check-in")[::-1])
    dots = {
        key: [(n.day, n.values[key]) for n in year.log("weekly-check-in") if key in n.values]
        for key in ("together", "real")
    }
    if min(map(len, dots.values())) < 3:
        assert found == []
        return
    (finding,) = found
    lines(finding.frame, **dots)
    ends = {f"{key}_{end}": pairs[at][1] for key, pairs in dots.items() for end, at in (("first", 0), ("last", -1))}
    assert finding.values == ends


def test_urges_are_told_by_hour_by_what_was_done_and_by_how_strong_they_were(told: tuple[Year, Journal]) -> None:
    year, journal = told
    since = TODAY - dt.timedelta(days=365)
    found = by_sentence(
        pulls.urges(
            journal.counts.by_day("urge-log", "did", "before", "after"), journal.counts.moments("urge-log", since)
        )
    )
    notes = year.log("urge-log")
    if len(notes) < 5:
        few(list(found.values()), "urges", len(notes))
        return
    recent = [n for n in notes if n.day >= since]
    when = found["urges_when"]
    places = Counter((n.local.weekday(), n.local.hour) for n in recent)
    assert when.frame is not None
    assert (
        Counter({(d, h): c for d, h, c in zip(*(when.frame[k] for k in ("weekday", "hour", "count")), strict=True)})
        == places
    )
    assert when.values == {"count": len(recent)}
    acts = [(n.day, "contacted" if "contacted" in str(n.values["did"]) else "waited") for n in notes]
    waited = next(finding for key, finding in found.items() if key.startswith("urges_waited"))
    assert waited.values == {"waited": sum(a == "waited" for _, a in acts), "total": len(acts)}
    counts(waited.frame, acts, {"waited": "waited", "contacted": "contacted"})
    rated = [(n.day, n.values["before"], n.values["after"]) for n in notes if "after" in n.values]
    if len(rated) < 5:
        assert "urges_eased" not in found
        return
    eased = found["urges_eased"]
    assert eased.values == {"lower": sum(a < b for _, b, a in rated), "total": len(rated)}
    lines(eased.frame, before=[(d, b) for d, b, _ in rated], after=[(d, a) for d, _, a in rated])


def test_a_habit_line_forgives_a_missed_day(told: tuple[Year, Journal]) -> None:
    year, journal = told
    found = doings.habits(journal.counts.by_day("habit-tracker", "h1", "h2", "h3", "h4"), {}, TODAY)
    notes = year.log("habit-tracker")
    marks = {h: {n.day: n for n in notes if h in n.values} for h in ("h1", "h2")}
    if min(map(len, marks.values())) < 5:
        assert all(f.sentence.startswith("habits_few") for f in found)
        return
    frame = found[0].frame
    assert frame is not None
    for habit, days in marks.items():
        own, day, by_day = 0.0, min(days), {}
        while day <= TODAY:
            of_day = [n.values[habit] for n in notes if n.day == day and habit in n.values]
            if "yes" in of_day:
                own = own + (1 - own) / 20
            elif "bit" in of_day:
                own = own + (1 - own) / 40
            elif "rest" not in of_day and day < TODAY:
                own = own - own / 100
            by_day[day] = round(own * 10, 1)
            day += dt.timedelta(days=1)
        length, starts = spans([*[d for each in marks.values() for d in each], TODAY], 7, 120)
        ends = in_span(starts, length, sorted(by_day.items()))
        assert list(frame[habit]) == [values[-1] if values else None for values in ends]
    assert [f.sentence for f in found[1:]] == ["habits_how", "habits_study"]


def test_goals_and_ones_own_half_of_trust_are_counted_as_noted(told: tuple[Year, Journal]) -> None:
    year, journal = told
    count = journal.counts.by_day
    ids = ("done", "partly", "not-this-week")
    looked = chosen(year.log("weekly-goals"), "done", *ids)
    found = doings.goals(count("weekly-goals", "done", written=("goal",)))
    if len(looked) < 5:
        few(found, "goals", len(looked))
    else:
        tally = Counter(id_ for _, id_ in looked)
        assert found[0].values == dict(
            zip(("total", "done", "partly", "later"), (len(looked), *(tally[id_] for id_ in ids)), strict=True)
        )
        counts(found[0].frame, looked, {id_: id_ for id_ in ids})
    _promises(year, trust.promises(count("promise-log", "outcome", written=("repair",))))
    plain: list[tuple[str, str, Callable[[Sequence[Tally]], list[Finding]], tuple[str, ...], int]] = [
        ("repair-log", "time", trust.repairs, ("minutes", "hours", "days", "not-yet"), 28),
        ("honesty-log", "did", trust.honesty, ("full", "part", "not-ready", "dodged", "put-right", "lied"), 28),
        ("contact-log", "who", trust.contacts, ("me", "them", "needed", "chance"), 14),
    ]
    for log, key, tell, known, least in plain:
        pairs = chosen(year.log(log), key, *known)
        found = tell(count(log, key))
        if len(pairs) < 5:
            few(found, {"repair-log": "repairs", "honesty-log": "honesty", "contact-log": "contacts"}[log], len(pairs))
        else:
            assert found[0].frame is not None
            counts(found[0].frame, pairs, {id_: id_ for id_ in known if any(id_ == each for _, each in pairs)}, least)


def _promises(year: Year, found: Sequence[Finding]) -> None:
    ids = {"kept": "kept", "partly": "partly", "missed": "slipped", "changed": "changed"}
    settled = chosen(year.log("promise-log"), "outcome", *ids)
    if len(settled) < 5:
        few(found, "promises", len(settled))
        return
    tally = Counter(id_ for _, id_ in settled)
    assert found[0].values == {"settled": len(settled)} | {id_: tally[id_] for id_ in ids}
    counts(found[0].frame, settled, ids)
    missed = [n for n in year.log("promise-log") if n.values.get("outcome") == "missed"]
    mended = [n for n in missed if str(n.values.get("repair", "")).strip()]
    assert (found[1].values if missed else {}) == ({"mended": len(mended), "missed": len(missed)} if missed else {})


def test_how_safe_it_felt_is_told_apart_for_each(told: tuple[Year, Journal]) -> None:
    year, journal = told
    logs = ("promise-log", "honesty-log", "repair-log")
    found = trust.safety([t for log in logs for t in journal.counts.by_day(log, "safe_me", "safe_them")])
    notes = [note for log in logs for note in year.log(log)]
    felt = {k: [(n.day, n.values[k]) for n in notes if k in n.values] for k in ("safe_me", "safe_them")}
    shown = {key: pairs for key, pairs in felt.items() if len(pairs) >= 5}
    if "safe_me" not in shown:
        assert found == []
        return
    assert [f.sentence for f in found] == ["safe_both" if "safe_them" in shown else "safe_mine"]
    lines(found[0].frame, **shown)


def everything(journal: Journal) -> list[Finding]:
    count, since = journal.counts.by_day, TODAY - dt.timedelta(days=365)
    first, weekly = (journal.entries(log)[::-1] for log in ("baseline", "weekly-check-in"))
    logs = ("promise-log", "honesty-log", "repair-log")
    return [
        *feelings.mood(count("mood-check-in", "mood")),
        *feelings.sliders(first, weekly),
        *feelings.wish(weekly),
        *pulls.urges(count("urge-log", "did", "before", "after"), journal.counts.moments("urge-log", since)),
        *doings.habits(count("habit-tracker", "h1", "h2", "h3", "h4"), {}, TODAY),
        *doings.goals(count("weekly-goals", "done", written=("goal",))),
        *trust.promises(count("promise-log", "outcome", written=("repair",))),
        *trust.repairs(count("repair-log", "time")),
        *trust.honesty(count("honesty-log", "did")),
        *trust.safety([t for log in logs for t in count(log, "safe_me", "safe_them")]),
        *trust.contacts(count("contact-log", "who")),
    ]


def in_words(value: Any, gap: str) -> str:
    return gap if value is None else value if isinstance(value, str) else f"{value:g}"


def test_sentence_figure_and_table_come_from_one_frame(told: tuple[Year, Journal]) -> None:
    for finding in everything(told[1]):
        assert fill(finding, LABELS)
        if not finding.chart:
            continue
        assert finding.frame is not None
        chart = draw(finding.chart, finding.frame, LABELS)
        assert chart.figure is not None
        assert LABELS[f"{finding.sentence}_chart"]
        rows, gap = chart.twin_rows, LABELS["chart_gap"]
        columns = {name: column for name, column in finding.frame.items() if name != "day"}
        if finding.chart == "hours":
            assert [int(row[2]) for row in rows] == list(finding.frame["count"])
            continue
        shown = [[row[at] for row in rows] for at in range(1, len(columns) + 1)]
        assert shown == [[in_words(value, gap) for value in column] for column in columns.values()]
        drawn = [list(trace["y"]) for trace in chart.figure["data"]]
        assert all(values in [list(column) for column in columns.values()] for values in drawn), "no figure of its own"
        assert all(len(values) <= 400 for values in drawn)


def test_no_line_has_one_dot_and_no_chart_is_drawn_from_fewer_than_three(told: tuple[Year, Journal]) -> None:
    for finding in everything(told[1]):
        if finding.chart in ("line-days", "small-lines"):
            assert finding.frame is not None
            chart = draw(finding.chart, finding.frame, LABELS)
            assert chart.figure is not None
            assert all(sum(v is not None for v in trace["y"]) >= 3 for trace in chart.figure["data"])
