"""Told: what a file holds and what it would bring, in plain words and without a word of the person's."""

from __future__ import annotations

from collections.abc import Iterator

from rekindle.content import say
from rekindle.journal import EMPTY
from rekindle.portable.arrival import Arrival
from rekindle.portable.merging import Merge
from rekindle.records import Answer, Entry

_LEFT = {"day-one": "day_one_left", "daylio": "daylio_left"}


def holds(arrival: Arrival) -> Iterator[str]:
    """Give what a file holds; of another program's, first what becomes of it here."""
    theirs = arrival.whole
    if arrival.kind in _LEFT:
        yield say(f"command.import.{arrival.kind.replace('-', '_')}")
        if arrival.left:
            yield say(f"command.import.{_LEFT[arrival.kind]}", count=arrival.left)
    if theirs == EMPTY:
        yield say("command.import.empty")
        return
    answers = {(answer.exercise, answer.field) for answer in theirs.answers}
    alive = sum(not entry.deleted for entry in theirs.entries)
    yield say("command.import.holds", answers=len(answers), entries=alive)
    saved: list[Answer | Entry] = [*theirs.answers, *theirs.entries]
    days = [record.moment.local_date for record in saved if record.moment]
    if days:
        yield say("command.import.span", first=min(days).isoformat(), last=max(days).isoformat())


def brings(made: Merge) -> Iterator[str]:
    """Give what a merge would bring."""
    report = made.report
    if not made.additions:
        yield say("command.import.nothing_new")
        return
    yield say("command.import.new", answers=report.answers, entries=report.entries)
    for key, count in (("newer", report.newer), ("both", report.both)):
        if count:
            yield say(f"command.import.{key}", count=count)
