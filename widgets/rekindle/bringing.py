"""Bringing in: what a file holds, told before anything changes; then all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from rekindle.asking import ask, key_of, passphrase_in_file
from rekindle.content import catalog, say
from rekindle.errors import ImportLocked, ImportUnreadable, NotAnAnswer, TooLong
from rekindle.journal import EMPTY, Journal, Whole
from rekindle.page.counting import count_up, is_much
from rekindle.portable.arrival import Arrival
from rekindle.portable.arriving import Arriving, asks_passphrase
from rekindle.portable.merging import merge
from rekindle.portable.told import brings, holds
from rekindle.records import Moment


def bring_in(file: Path, journal: Path, *, really: bool) -> Iterator[str]:
    """Give the lines that tell what a file brings into the journal at a path; with `really`, take it over.

    Without it, no journal is made and none is changed. Raises an error that says why nothing was taken over.
    """
    arrival = _arrival(file)
    theirs = arrival.whole
    yield from holds(arrival)
    if theirs == EMPTY:
        return
    if not really and not journal.exists():
        made = merge(EMPTY, theirs, Moment.now())
        yield from (*brings(made), say("command.import.not_yet"))
        return
    with closing(Journal.open(journal, never_kept=catalog().never_kept, key=key_of(journal))) as book:
        here = book.whole()
        made = merge(here, theirs, Moment.now())
        yield from brings(made)
        if made.additions and really:
            # Worked out once more where nobody else can write, from what stands there then.
            _take_over(book, theirs)
            yield say("command.import.done_first" if here == EMPTY else "command.import.done")
            if is_much(book):
                yield say("command.import.counting")
            count_up(book)
        elif made.additions:
            yield say("command.import.not_yet")


def _arrival(file: Path) -> Arrival:
    """Read the file; the passphrase of a locked one is the one in the person's own file, or it is asked for."""
    reader = Arriving(catalog().never_kept, "UTC")
    if not asks_passphrase(file):
        return reader.read_path(file)
    if known := passphrase_in_file():
        with suppress(ImportLocked):
            return reader.read_path(file, known)
    return reader.read_path(file, ask("asks.file"))


def _take_over(book: Journal, theirs: Whole) -> None:
    """Add what another journal brings, all of it or nothing."""
    try:
        book.take_in(lambda whole: merge(whole, theirs, Moment.now()).additions)
    except (NotAnAnswer, TooLong):
        raise ImportUnreadable from None  # said of a file, not of a page
