"""Reminders in one's own calendar: chosen, neutral, in the person's zone, and never twice."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from rekindle.contact import Standing, State
from rekindle.content import catalog, say
from rekindle.insights.ahead import look_again_days, milestones
from rekindle.insights.finding import Context
from rekindle.page.reminders import Reminders
from rekindle.portable.calendar_file import HALF_A_YEAR, Chosen, calendar_file
from rekindle.records import Json, Moment
from rekindle.your_data import YourData
from tests.visit import Visit, open_journal, stand, words_in

CANARY = "zebrafinch"
COMMAND = str(Path(sys.executable).with_name("rekindle"))
ZONES = (
    "UTC", "Europe/Berlin", "America/Los_Angeles", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Apia", "Africa/Casablanca", "America/St_Johns",
)  # fmt: skip
TODAY = dt.date(2026, 11, 22)
EXAMPLES = int(os.environ.get("REKINDLE_EXAMPLES", "40"))


def moment(day: dt.date, zone: str, hour: int = 12) -> Moment:
    return Moment.at(dt.datetime.combine(day, dt.time(hour), ZoneInfo(zone)), zone)


def events(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


# The file


@settings(max_examples=EXAMPLES)
@given(
    zone=st.sampled_from(ZONES),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
    days=st.dictionaries(
        st.sampled_from(["space", "goal", "let-go", "step meet"]), st.dates(dt.date(2026, 1, 1), dt.date(2036, 12, 31))
    ),
    hour=st.integers(6, 22),
    today=st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)),
)
def test_each_reminder_comes_at_its_time_on_the_persons_clock_whatever_the_season(
    zone: str, weekday: int | None, days: dict[str, dt.date], hour: int, today: dt.date
) -> None:
    now = moment(today, zone)
    file = calendar_file(Chosen(weekday, days, dt.time(hour)), "Quiet time", "secret", now)
    told: dict[str, Any] = {name: Calendar.from_ical(file).walk(name) for name in ("VEVENT", "VTIMEZONE")}
    ahead = {name: day for name, day in days.items() if day >= today}
    assert len(told["VEVENT"]) == len(ahead) + (weekday is not None)
    theirs = told["VTIMEZONE"][0].to_tz() if told["VTIMEZONE"] else dt.UTC  # as an app reads it that knows no zones
    for event in told["VEVENT"]:
        start, weeks = event["dtstart"].dt, HALF_A_YEAR if "rrule" in event else 1
        for week in range(weeks):
            clock = start.replace(tzinfo=None) + dt.timedelta(weeks=week)
            assert clock.time() == dt.time(hour)
            assert clock.replace(tzinfo=theirs).utcoffset() == clock.replace(tzinfo=ZoneInfo(zone)).utcoffset(), clock
    starts = {event["dtstart"].dt.date() for event in told["VEVENT"] if "rrule" not in event}
    assert starts == set(ahead.values())
    weekly = [event["dtstart"].dt for event in told["VEVENT"] if "rrule" in event]
    assert [start.weekday() for start in weekly] == ([] if weekday is None else [weekday])
    assert all(now.utc < start <= now.utc + dt.timedelta(days=7, hours=2) for start in weekly)


def test_a_second_file_moves_what_is_there_and_doubles_nothing() -> None:
    chosen = {"space": dt.date(2027, 1, 1), "goal": dt.date(2027, 2, 1)}
    first = events(calendar_file(Chosen(6, chosen), "Quiet time", "secret", moment(TODAY, "Europe/Berlin")))
    later = moment(TODAY + dt.timedelta(days=9), "America/Lima")
    chosen["space"] = dt.date(2027, 3, 3)
    second = events(calendar_file(Chosen(2, chosen), "Quiet time", "secret", later))
    assert {str(event["uid"]) for event in first} == {str(event["uid"]) for event in second}
    assert len({str(event["uid"]) for event in first}) == 3
    assert min(event["sequence"] for event in second) > max(event["sequence"] for event in first)
    other = events(calendar_file(Chosen(6, chosen), "Quiet time", "another", later))
    assert not {str(event["uid"]) for event in first} & {str(event["uid"]) for event in other}


def test_nothing_in_it_tells_what_it_is_for_or_where_it_is_from() -> None:
    days = {"space": TODAY, "step intimate": TODAY, "let-go": TODAY}
    file = calendar_file(Chosen(6, days), say("your-data.calendar.event"), "secret", moment(TODAY, "Europe/Berlin"))
    text = file.decode().casefold().replace("freq=weekly", "")
    telling = "rekindle review space intimate let-go weekly breakup secret http @ pace step".split()
    assert not [word for word in telling if word in text]
    alike = [{k: v for k, v in event.items() if k not in ("UID", "DTSTART", "RRULE")} for event in events(file)]
    assert all(one == alike[0] for one in alike)
    assert {str(event["summary"]) for event in events(file)} == {"Quiet time"}
    assert {str(event["class"]) for event in events(file)} == {"PRIVATE"}


# What it is made of


def context(state: State, answers: dict[tuple[str, str], Json], *, letting_go: bool = False) -> Context:
    now = Standing(state, look_again=dt.date(2026, 12, 24), letting_go=letting_go)
    given = {("decision-check", "choose"): moment(TODAY, "UTC"), ("woop-goal", "wish"): moment(TODAY, "UTC")}
    return Context(today=TODAY, standing=now, answers=answers, given=given)


PLAN: list[Json] = [
    {"row": "meet", "earliest": "2026-12-01", "agreed": "yes"},
    {"row": "talk", "earliest": "2026-12-02", "agreed": "not-yet"},
    {"row": "holiday", "earliest": "2026-12-03", "agreed": "yes", "done": "2026-11-20"},
    {"row": "share-home", "earliest": "2026-11-01", "agreed": "yes"},
    {"row": "own-one", "earliest": "soon", "agreed": "yes", "own": CANARY},
]
ANSWERS: dict[tuple[str, str], Json] = {
    ("pace-plan", "rows"): PLAN,
    ("what-are-we", "check"): "2026-12-05",
    ("let-go-path", "date"): "2027-01-05",
    ("woop-goal", "wish"): CANARY,
}


def test_steps_come_only_where_the_page_is_open_and_both_agreed() -> None:
    assert milestones(context(State.TRYING, ANSWERS)) == {"step meet": dt.date(2026, 12, 1)}
    for state in set(State) - {State.TRYING}:
        assert milestones(context(state, ANSWERS)) == {}
    assert milestones(context(State.TRYING, ANSWERS, letting_go=True)) == {}


def test_no_day_counts_down_to_somebody_who_asked_to_be_left_alone() -> None:
    for state in State:
        names = set(look_again_days(context(state, ANSWERS)))
        assert {"let-go", "goal"} <= names
        assert ("between" in names) is (state is State.TRYING)
        assert ({"space", "decision"} <= names) is (state not in (State.PAUSED, State.CLOSED)), state
    assert set(look_again_days(context(State.QUIET, ANSWERS, letting_go=True))) == {"let-go", "goal"}


# On the page, and in a terminal


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


def test_nothing_is_chosen_at_first_and_what_is_chosen_comes_as_one_file(visit: Callable[..., Visit]) -> None:
    stand("trying")
    with open_journal() as journal:
        rows: list[Json] = [{"row": "meet", "earliest": "2126-12-01", "agreed": "yes", "own": CANARY}]
        journal.save("pace-plan", "rows", rows, base=0, wording="", sitting="s", moment=Moment.now("Europe/Berlin"))
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    card = one.page._reminders
    assert say("your-data.calendar.seen") in words_in(one.page.root)
    assert card._ticks["milestones"] in card.widget.children
    assert pressed(card, ()) == say("your-data.calendar.choose")
    with open_journal() as journal:
        assert journal.setting("calendar") is None
    first, second = (pressed(card, ("weekly", "look_again", "milestones")) for _ in range(2))
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert CANARY.encode() not in first
    assert b"TZID:Europe/Berlin" in first
    assert len(events(first)) == 2
    assert {str(event["uid"]) for event in events(first)} == {str(event["uid"]) for event in events(second)}
    assert pressed(card, ("look_again",)) == say("your-data.calendar.nothing")


def test_where_the_plan_is_folded_nothing_speaks_of_our_steps(visit: Callable[..., Visit]) -> None:
    stand("closed")
    one = visit(DataVisit)
    one.show()
    assert isinstance(one.page, YourData)
    card = one.page._reminders
    assert card._ticks["milestones"] not in card.widget.children
    assert card._ticks["weekly"] in card.widget.children
    assert say("your-data.calendar.steps") not in words_in(one.page.root)


def pressed(card: Reminders, kinds: tuple[str, ...]) -> bytes | str:
    """Tick some kinds, press the button, and return the file that the browser gets, or what it is told."""
    said: list[dict[str, Any]] = []

    def hear(content: dict[str, Any], buffers: Any = ()) -> None:
        said.append({**content, "bytes": b"".join(map(bytes, buffers or ()))})

    card.giving.send = hear  # the line's other end
    for kind, tick in card._ticks.items():
        tick.value = kind in kinds
    card.giving._on_message(card.giving, {"t": "make", "form": "calendar", "passphrase": ""}, [])
    if said[-1]["t"] == "told":
        return str(said[-1]["text"])
    assert said[-1]["name"] == "calendar.ics"
    card.giving._on_message(card.giving, {"t": "piece", "n": said[-1]["n"], "at": 0}, [])
    return bytes(said[-1]["bytes"])


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL
    )


def test_the_command_writes_what_was_chosen_in_the_zone_in_which_they_last_wrote(tmp_path: Path) -> None:
    out = tmp_path / "calendar.ics"
    with open_journal() as journal:
        past = Moment.now("America/Lima")
        journal.save("my-page", "text", CANARY, base=0, wording="", sitting="s", moment=past)
    assert run("calendar", str(out)).returncode == 1
    assert say("command.calendar.nothing") in run("calendar", str(out), "--milestones").stderr
    assert run("calendar", str(out), "--weekly", "sunday", "--zone", "Mars/Olympus").returncode == 1
    assert not out.exists()
    done = run("calendar", str(out), "--weekly", "tuesday", "--at", "8")
    assert done.returncode == 0, done.stderr
    assert say("command.calendar.seen") in done.stdout
    (event,) = events(out.read_bytes())
    assert (event["dtstart"].dt.weekday(), event["dtstart"].dt.hour) == (1, 8)
    assert b"TZID:America/Lima" in out.read_bytes()
    assert CANARY not in out.read_text()


def test_no_page_and_no_start_waits_for_the_library() -> None:
    told = "import sys, rekindle.commands, rekindle.your_data, rekindle.dashboard; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_each_kind_and_day_has_words() -> None:
    for key in ("weekly", "look_again", "milestones", "monday", "sunday", "stays", "days"):
        assert catalog().say(f"your-data.calendar.{key}")
