"""Shelves: journals with something in them, for looking at pages: a made-up year, and an answer to every question."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.records import FieldId, Json, Moment
from tests.browser import hands
from tests.browser.groups import Group, Stands
from tests.browser.keeping import ZONE, journal_of, opened, seed
from tests.leaves import leaves
from tests.made_up import PEOPLE, write, year_of
from tests.visit import STANDINGS

DAYS = 60
CONTACT = {"consent-gate", "space-agreement"}
"""Pages whose answers decide what is open: a shelf's own standing says them."""

WORDS: dict[FieldId, Json] = {
    ("screen-check", "seen"): "nobody",
    ("my-situation", "nickname"): "Kit",
    ("so-what-changes", "same_wall"): "I work late, he goes quiet, I explode.",
    ("support-card", "calm"): [{"what": "A shower", "how_long": "ten minutes"}],
    ("why-it-ended", "rows"): [
        {"reason": "I said yes to every late shift.", "whose": "mine", "change": "partly"},
        {"reason": "We stopped talking about the move.", "whose": "between", "change": "yes"},
        {"reason": "The flat was too small for three.", "whose": "outside", "change": "no"},
    ],
    ("why-it-ended", "deal"): "No. Not one that I can see today.",
    ("pattern-swap", "rows"): [
        {"old": "I answer at once, and sharply.", "cue": "A short message, late", "new": "Ten minutes, then one line"},
    ],
    ("woop-goal", "wish"): "Two evenings a week that are mine",
    ("urge-if-then", "plans"): [{"if": "it is late and the phone is near", "then": "put it in the kitchen"}],
}
"""What a made-up person wrote on the pages of reflection."""


def empty(home: Path) -> None:
    """Have no journal at all, as on a first visit."""
    journal_of(home).unlink(missing_ok=True)
    journal_of(home).parent.mkdir(parents=True, exist_ok=True)


def in_state(home: Path, stands: str, *, days: int = DAYS, words: bool = True) -> None:
    """Begin anew with a contact state, a made-up person's days, and their words."""
    empty(home)
    answers, kinds = STANDINGS[stands]
    if days:
        person = dataclasses.replace(PEOPLE[4], days=days, gaps=(), events=())
        year = year_of(person, dt.datetime.now(dt.UTC).date())
        year.answers = [answer for answer in year.answers if answer[0] not in CONTACT]
        with opened(home) as journal:
            write(journal, year)
    seed(home, {**answers, **(WORDS if words else {})}, days_ago=3)
    seed(home, None, kinds)


def filled(home: Path, group: Group, turn: int) -> None:
    """Begin anew with the days of a made-up person and an answer to every question of a group that folds nothing."""
    in_state(home, group.stands, words=False)
    stands, now = Stands(group), Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(hours=1), ZONE)
    answers: dict[FieldId, Json] = {}
    for exercise in group.exercises:
        logs: dict[str, Json] = {}
        for number, (path, field) in enumerate(leaves(exercise)):
            if (value := _value(stands, exercise, path, field, turn + number)) is None:
                continue
            if "/" in path:
                logs[path.partition("/")[2]] = value
            elif not exercise.fresh:
                answers[exercise.id, path] = value
            else:
                logs[path] = value
        if logs:
            with opened(home) as journal:
                journal.save_entry(exercise.id, exercise.id, logs, base=0, happened=now, sitting="s", moment=now)
    seed(home, answers)


def _value(stands: Stands, exercise: Exercise, path: str, field: asked.Field, turn: int) -> Json:
    """Return an answer that folds nothing and may be kept; None if there is none."""
    never = (exercise.id, path) in catalog().never_kept or getattr(field, "keep", "") == "never"
    if never or stands.rests(exercise.id, path) or hands.waits(field):
        return None
    values = [hands.PLAIN] if field.type in ("short_text", "long_text") else hands.values_for(field, turn)
    return next((v for v in values if v != hands.FIRST and stands.takes(exercise.id, path, v)), None)
