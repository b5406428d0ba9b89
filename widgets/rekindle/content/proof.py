"""Proof-reading: everything that is wrong with a content folder, for `rekindle doctor --content`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rekindle.content.catalog import EN, Catalog, load, words
from rekindle.content.problems import Problem
from rekindle.errors import ContentError, RekindleError

DAYS_FRESH = 183
"""After how many days a helpline has to be looked up again."""


def problems(folder: Path | None = None) -> list[Problem]:
    """Return all that is wrong with a content folder, by default the book's own; an empty list if nothing is."""
    found, amiss = load(folder or EN)
    return amiss if found is None else errors_without_words(found)


def errors_without_words(book: Catalog) -> list[Problem]:
    """Return the errors that could happen and that `errors.toml` has no words for."""
    spoken = {key.split(".")[0] for key in book.words.under("errors")}
    return [Problem("errors.toml", "", "missing", code) for code in sorted(_codes(RekindleError) - spoken)]


def stale_helplines(book: Catalog, today: dt.date) -> list[Problem]:
    """Return the helplines that nobody has looked up for six months."""
    return [
        Problem("helplines.toml", f"lines → {line.name} ({line.country})", "stale", line.name)
        for line in book.helplines.lines
        if (today - line.last_checked).days > DAYS_FRESH
    ]


def in_words(problem: Problem) -> str:
    """Return a problem as lines to read: the file, the place, what is wrong, and what may stand there."""
    try:
        return _told(problem)
    except ContentError:  # the sentences are what is wrong: the bare facts still help
        facts = (problem.file, problem.place, problem.kind, problem.detail, ", ".join(problem.allowed))
        return ": ".join(fact for fact in facts if fact)


def _told(problem: Problem) -> str:
    known, detail = words(), problem.detail.rstrip(".")
    key = f"command.doctor.problem.{problem.kind}"
    what = known.say(key if key in known else "command.doctor.problem.other", detail=detail)
    line = "line" if problem.place else "line_top"
    said = known.say(f"command.doctor.problem.{line}", file=problem.file, place=problem.place, what=what)
    if problem.allowed:
        said += "\n  " + known.say("command.doctor.problem.allowed", allowed=", ".join(problem.allowed))
    return said


def _codes(error: type[RekindleError]) -> set[str]:
    """Return the codes of an error class and of everything below it."""
    return {error.code}.union(*(_codes(below) for below in error.__subclasses__()))
