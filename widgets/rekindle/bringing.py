"""Bringing in: what a file holds, told before anything changes; then all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rekindle.asking import key_of
from rekindle.content import catalog, say
from rekindle.errors import ImportNoFile, ImportTooLarge, ImportUnreadable, NotAnAnswer, TooLong
from rekindle.journal import EMPTY, Journal, Whole
from rekindle.portable.merging import Merge, merge
from rekindle.portable.reading import LARGEST, from_json
from rekindle.records import Answer, Entry, Moment


def bring_in(file: Path, journal: Path, *, really: bool) -> Iterator[str]:
    """Give the lines that tell what a file brings into the journal at a path; with `really`, take it over.

    Without it, no journal is made and none is changed. Raises an error that says why nothing was taken over.
    """
    theirs = from_json(_bytes_of(file))
    yield from _holds(theirs)
    if theirs == EMPTY:
        return
    if not really and not journal.exists():
        made = merge(EMPTY, theirs, Moment.now())
        yield from (*_brings(made), say("command.import.not_yet"))
        return
    with closing(Journal.open(journal, never_kept=catalog().never_kept, key=key_of(journal))) as book:
        here = book.whole()
        made = merge(here, theirs, Moment.now())
        yield from _brings(made)
        if made.additions and really:
            # Worked out once more where nobody else can write, from what stands there then.
            _take(book, theirs)
            yield say("command.import.done_first" if here == EMPTY else "command.import.done")
        elif made.additions:
            yield say("command.import.not_yet")


def _take(book: Journal, theirs: Whole) -> None:
    try:
        book.take_in(lambda whole: merge(whole, theirs, Moment.now()).additions)
    except (NotAnAnswer, TooLong):
        raise ImportUnreadable from None  # said of a file, not of a page


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            found = opened.read(LARGEST + 1)
    except OSError:
        raise ImportNoFile(path=str(file)) from None
    if len(found) > LARGEST:
        raise ImportTooLarge(limit=LARGEST // 1_000_000)
    return found


def _holds(theirs: Whole) -> Iterator[str]:
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


def _brings(made: Merge) -> Iterator[str]:
    report = made.report
    if not made.additions:
        yield say("command.import.nothing_new")
        return
    yield say("command.import.new", answers=report.answers, entries=report.entries)
    for key, count in (("newer", report.newer), ("both", report.both)):
        if count:
            yield say(f"command.import.{key}", count=count)
