"""Made-up years: twelve invented people and what they wrote in their books, the same at every run.

They are the twelve of the content brief, section 4.12. Nobody real is in here. `year_of` makes one, `write` puts it
into a journal; tests compute from it by hand what the book should say, and the gallery shows it.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from rekindle.journal import Journal, entries
from rekindle.journal.checksum import canonical
from rekindle.records import Json, Moment

TODAY = dt.date(2026, 11, 22)
Values = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Who somebody is in a line, where they live, for how long they write, and how often a day each log gets a note."""

    number: int
    who: str
    zones: tuple[str, ...]
    days: int
    mood: float
    often: Mapping[str, float]
    asked: str = "quiet"
    order: str = "no"
    events: tuple[str, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    """Stretches of days, counted back from today, without a word."""


DAILY = {"mood-check-in": 0.8, "urge-log": 0.5, "habit-tracker": 0.6, "promise-log": 0.25, "weekly-goals": 0.3}
SOME = {"mood-check-in": 0.4, "urge-log": 0.3, "promise-log": 0.1, "honesty-log": 0.05, "good-moments": 0.2}
TALK = {"contact-log": 0.35, "honesty-log": 0.1, "repair-log": 0.08, "move-my-body": 0.3}

TRYING = ("they-proposed",)

PEOPLE = (
    Person(1, "left two weeks ago, in shock", ("Europe/London",), 13, 2.5, {"mood-check-in": 0.5, "urge-log": 0.3}, ""),
    Person(2, "the one who left, and regrets it", ("Europe/Berlin",), 365, 5, DAILY | {"honesty-log": 0.1}),
    Person(3, "asked for no contact", ("America/New_York",), 365, 4, DAILY | SOME, "stop"),
    Person(4, "a court order, and shared children", ("Australia/Sydney",), 300, 4.5, SOME | TALK, "quiet", "yes"),
    Person(5, "far apart, warm texts", ("Europe/Berlin", "America/Los_Angeles"), 365, 6, DAILY | TALK, "in-touch"),
    Person(
        6,
        "married long, three children",
        ("America/Chicago",),
        365,
        5,
        SOME | TALK,
        "in-touch",
        "no",
        ("they-proposed",),
    ),
    Person(7, "two women, one of them not out", ("Pacific/Auckland",), 365, 5.5, DAILY | {"good-moments": 0.4}),
    Person(8, "shouted, blocked the door once", ("Europe/Dublin",), 280, 3.5, SOME, "in-touch", "no", ("paused",)),
    Person(9, "choked by an ex, still loves him", ("America/Sao_Paulo",), 365, 4, SOME, "quiet", "no", ("paused",)),
    Person(10, "the fourth return", ("Asia/Kolkata",), 365, 6, SOME | TALK, "in-touch", "no", TRYING),
    Person(11, "the ex is with someone new", ("Europe/Paris",), 365, 4.5, DAILY, "quiet", "no", (), ((120, 60),)),
    Person(12, "low for weeks, drinks at night", ("Europe/Athens",), 200, 1.8, SOME, "quiet", "no", (), ((90, 55),)),
)


@dataclass(frozen=True)
class Note:
    """One log entry: when it happened, where the person was, and what it holds."""

    id: str
    exercise: str
    utc: dt.datetime
    zone: str
    values: Values

    @property
    def local(self) -> dt.datetime:
        return self.utc.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> dt.date:
        return self.local.date()


@dataclass
class Year:
    """What one person wrote: entries in the order in which they happened, and answers with all their versions."""

    person: Person
    notes: list[Note] = field(default_factory=list)
    answers: list[tuple[str, str, Json, dt.datetime]] = field(default_factory=list)

    def log(self, exercise: str) -> list[Note]:
        return [note for note in self.notes if note.exercise == exercise]


def year_of(person: Person, today: dt.date = TODAY) -> Year:
    """Make one person's year up to the end of a day."""
    luck, year = random.Random(person.number), Year(person)
    for back in range(person.days, -1, -1):
        zone = person.zones[(back // 30) % len(person.zones)]
        noon = dt.datetime.combine(today - dt.timedelta(days=back), dt.time(12), ZoneInfo(zone)).astimezone(dt.UTC)
        silent = any(first >= back > last for first, last in person.gaps)
        year.notes += _day(luck, person, back, noon, zone) if not silent else ()
    year.notes = sorted((n for n in year.notes if n.day <= today), key=lambda note: (note.utc, note.id))
    _answers(luck, year, today)
    return year


def _day(luck: random.Random, person: Person, back: int, noon: dt.datetime, zone: str) -> Iterator[Note]:
    for exercise, often in person.often.items():
        for number in range(3):  # several a day, now and then
            if luck.random() < often / (number * 3 + 1):
                at = noon + dt.timedelta(minutes=luck.randint(-12 * 60, 12 * 60 - 1))
                yield Note(f"{exercise}-{back}-{number}", exercise, at, zone, _values(luck, person, exercise, back))
    if back % 7 == 0 and person.days > 30:
        yield Note(f"week-{back}", "weekly-check-in", noon, zone, _week(luck, person, back))
    if back == person.days:
        yield Note("start", "baseline", noon, zone, _week(luck, person, back))


def _about(luck: random.Random, middle: float) -> int:
    return min(10, max(0, round(luck.gauss(middle, 1.6))))


def _week(luck: random.Random, person: Person, back: int) -> Values:
    far = 1 - back / max(person.days, 1)
    lines = {"satisfied": 4 + 2 * far, "worthwhile": 5.0, "happy": person.mood + far, "anxious": 6 - 2 * far}
    lines |= {"missed": 8 - 4 * far, "pull": 8 - 5 * far, "over_and_over": 7 - 3 * far, "clear_self": 3 + 4 * far}
    lines |= {"kind_self": 4 + far, "real": 3 + 5 * far, "together": 9 - 2 * far, "safe": 8.0}
    values: Values = {key: _about(luck, middle) for key, middle in lines.items() if luck.random() < 0.95}
    notes = {21: "A week at Mum's", 70: "Her birthday", 140: "We spoke on the phone"}
    return values | ({"note": notes[back]} if back in notes else {})


def _values(luck: random.Random, person: Person, exercise: str, back: int) -> Values:
    far = 1 - back / max(person.days, 1)
    if exercise == "mood-check-in":
        more: Values = {"rest": "yes"} if luck.random() < 0.05 else {}
        return {"mood": _about(luck, person.mood + 1.5 * far)} | more if luck.random() < 0.97 else {"word": "tired"}
    if exercise == "urge-log":
        before, did = (
            _about(luck, 7 - 2 * far),
            luck.choice(("waited", "plan", "friend", "walked", "wrote", "contacted")),
        )
        acts: list[Json] = [did, "slept"] if luck.random() < 0.2 else [did]
        rated: Values = {"before": before, "after": _about(luck, before - 2)} if luck.random() < 0.9 else {}
        return {"urge_to": luck.choice(("text", "call", "check-online")), "did": acts} | rated
    if exercise == "habit-tracker":
        return {h: luck.choice(("yes", "yes", "bit", "rest")) for h in ("h1", "h2") if luck.random() < 0.8}
    return _conduct(luck, exercise)


def _conduct(luck: random.Random, exercise: str) -> Values:
    if exercise == "promise-log":
        outcome = luck.choice((None, "kept", "kept", "kept", "partly", "missed", "missed", "changed"))
        made: Values = {"promise": "Ring Dad on Sunday", "to_whom": "friend", "outcome": outcome}
        if outcome == "missed" and luck.random() < 0.6:
            made["repair"] = luck.choice(("I rang and said so", " "))
        return made | ({"safe_me": _about(luck, 7)} if luck.random() < 0.5 else {})
    if exercise == "weekly-goals":
        return {"goal": "Walk to work", "area": "body", "done": luck.choice((None, "done", "partly", "not-this-week"))}
    if exercise == "honesty-log":
        did = luck.choice(("full", "part", "not-ready", "dodged", "put-right"))
        told: Values = {"safe_them": _about(luck, 6)} if luck.random() < 0.3 else {}
        done: Values = {"with": "friend", "did": did, "safe_me": _about(luck, 6)}
        return done | told
    return _between(luck, exercise)


def _between(luck: random.Random, exercise: str) -> Values:
    if exercise == "repair-log":
        return {"happened": "I snapped", "time": luck.choice(("minutes", "hours", "days", "not-yet")), "safe_me": 6}
    if exercise == "contact-log":
        return {"who": luck.choice(("me", "them", "them", "needed", "chance")), "safe": 9}
    if exercise == "move-my-body":
        return {"what": "The park loop", "before": _about(luck, 4), "after": _about(luck, 6)}
    return {"moment": "Sun on the stairs", "with_whom": luck.choice(("alone", "friend", "family"))}


WISHES = (
    "I want her back, and I want to sleep.",
    "I want to talk with her again, and I want to sleep well.",
    "I want a life that is mine, and I would still talk with her.",
)


def _answers(luck: random.Random, year: Year, today: dt.date) -> None:
    person = year.person
    end = dt.datetime.combine(today, dt.time(9), dt.UTC)
    times = [end - dt.timedelta(days=back) for back in (person.days, person.days // 2, 1)]
    for at, sentence, wish in zip(times, WISHES, (9, luck.randint(5, 8), luck.randint(2, 6)), strict=True):
        year.answers += [("say-it-to-myself", "sentence", sentence, at), ("say-it-to-myself", "wish", wish, at)]
        year.answers.append(("who-am-i-now", "clear", 4 + times.index(at), at))
    first = times[0]
    if person.asked:
        year.answers += [("consent-gate", "asked", person.asked, first), ("consent-gate", "order", person.order, first)]
    year.answers.append(("so-what-changes", "same_wall", "I work late, we go quiet, I explode.", first))
    year.answers.append(
        (
            "habit-tracker",
            "names",
            [{"row": "h1", "habit": "Park loop"}, {"row": "h2", "habit": "Phone out of bed"}],
            first,
        )
    )
    start = (today - dt.timedelta(days=min(person.days, 40))).isoformat()
    year.answers += [("space-agreement", "start", start, first), ("space-agreement", "whose", "me", first)]
    people: Json = [{"who": "Aunty Lin", "how": "call"}, {"who": "Dev", "how": "text"}]
    year.answers.append(("support-card", "people", people, first))
    for number, (back, how) in enumerate(((80, "old"), (45, "mixed"), (12, "new"))):
        if back < person.days:
            at = end - dt.timedelta(days=back)
            values: Values = {"how": how, "where": "work", "did": f"I said so on day {number + 1}, before it was late"}
            year.notes.append(Note(f"proof-{back}", "proof-of-change", at, person.zones[0], values))


def write(journal: Journal, year: Year) -> None:
    """Put a year into a journal: every entry in one go, for a book of thousands is quick to make that way."""
    bases: dict[tuple[str, str], int] = {}
    for exercise, key, value, utc in year.answers:
        at = Moment.at(utc, year.person.zones[0])
        base = bases.get((exercise, key), 0)
        saved = journal.save(exercise, key, value, base=base, wording="", sitting=f"{utc:%Y%m%d}", moment=at)
        bases[exercise, key] = saved.revision
    for kind in year.person.events:
        journal.note(kind, {}, moment=Moment.at(year.answers[0][3], year.person.zones[0]))
    store = journal._store
    with store.transaction():
        for note in year.notes:
            at = Moment.at(note.utc, note.zone)
            entries.save(store, note.id, note.exercise, canonical(note.values), 0, at, "s", at)
