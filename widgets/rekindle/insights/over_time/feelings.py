"""How somebody has been: mood, the weekly sliders with their notes, and the wish beside the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rekindle.insights.finding import Fact, Finding, Frame, Phrase, counted
from rekindle.insights.over_time.bins import (
    MIN_DOTS,
    MIN_ENTRIES,
    bins,
    day_means,
    entries_of,
    means,
    points,
    width,
)
from rekindle.insights.over_time.spread import spread, told
from rekindle.insights.reading import scale, text
from rekindle.insights.spans import ABOUT_SAME
from rekindle.insights.weeks import WEEKLY
from rekindle.records import Entry, Tally

_WISH, _REAL = "together", "real"


def mood(tallies: Sequence[Tally]) -> list[Finding]:
    """Return the mood of every day so far as a line with its gaps, and its range; from five dots on three days."""
    found = points(tallies)
    if not found:
        return []
    days = day_means(found)
    if entries_of(found) < MIN_ENTRIES or len(days) < MIN_DOTS:
        return [counted("mood_few", entries_of(found))]
    into, all_days = bins(days), spread(days.values())
    frame: Frame = {"day": into.starts, "mood": means(found, into)}
    values: dict[str, Fact] = {"count": len(days)}
    values |= {name: told(getattr(all_days, name)) for name in ("lowest", "low", "high", "highest")}
    name, weeks = width(into)
    line = Finding("mood_line", values, chart="line-days", frame=frame)
    return (
        [line, Finding(f"dot_{name}", {"count": weeks})] if _drawn(frame, "mood") else [Finding("mood_range", values)]
    )


def _drawn(frame: Frame, *names: str) -> bool:
    """Return if each of these columns has dots enough for a line."""
    return all(sum(value is not None for value in frame[name]) >= MIN_DOTS for name in names)


def sliders(first: Sequence[Entry], weekly: Sequence[Entry]) -> list[Finding]:
    """Return a small panel for each weekly slider, notes beside them, and what moved since the first time.

    `first` is the check-in of the Opening, the first dot of each line. Both are in the order in which they happened.
    """
    entries = [*first[:1], *weekly]
    dots = {slider: _dots(entries, slider) for slider in WEEKLY}
    if not any(dots.values()):
        return []
    if max(map(len, dots.values())) < MIN_DOTS:
        return [counted("weeks_few", max(map(len, dots.values())))]
    frame = _panels(entries, dots)
    drawn = [slider for slider in WEEKLY if slider in frame and _drawn(frame, slider)]
    if not drawn:
        return [counted("weeks_few", max(map(len, dots.values())))]
    return [Finding("sliders", own_words=True, chart="small-lines", frame=frame), *_moved(dots, drawn)]


def _dots(entries: Sequence[Entry], slider: str) -> list[tuple[dt.date, int]]:
    return [(e.happened.local_date, n) for e in entries if (n := scale(e.values, slider)) is not None]


def _panels(entries: Sequence[Entry], dots: dict[str, list[tuple[dt.date, int]]]) -> Frame:
    into = bins((e.happened.local_date for e in entries), least=7)
    columns: dict[str, Sequence[str | int | float | None]] = {"day": into.starts}
    for slider, found in dots.items():
        if found:
            columns[slider] = means([(day, n, 1) for day, n in found], into)
    notes: list[list[str]] = [[] for _ in range(into.count)]
    for entry in entries:
        if note := text(entry.values, "note"):
            notes[into.place(entry.happened.local_date)].append(note)
    return {**columns, "note": ["; ".join(each) for each in notes]}


def _moved(dots: dict[str, list[tuple[dt.date, int]]], drawn: Sequence[str]) -> list[Finding]:
    """Return the first dot of each slider beside its last, and in one line those that are about the same."""
    moved: list[Phrase] = []
    same: list[Phrase] = []
    for slider in drawn:
        first, last = dots[slider][0][1], dots[slider][-1][1]
        values: dict[str, Fact] = {"slider": Phrase(f"chart_{slider}"), "first": first, "last": last}
        if abs(last - first) < ABOUT_SAME:
            same.append(Phrase(f"chart_{slider}"))
        else:
            moved.append(Phrase("then_now", values))
    found = [Finding("moved", {"sliders": tuple(moved)})] if moved else []
    return [*found, Finding("same", {"sliders": tuple(same)})] if same else found


def wish(weekly: Sequence[Entry]) -> list[Finding]:
    """Return the wish to be together beside how real the ending feels, from three dots of each on."""
    dots = {name: _dots(weekly, name) for name in (_WISH, _REAL)}
    if not all(len(found) >= MIN_DOTS for found in dots.values()):
        return []
    into = bins((day for found in dots.values() for day, _ in found), least=7)
    lines = {name: means([(day, n, 1) for day, n in found], into) for name, found in dots.items()}
    frame: Frame = {"day": into.starts, **lines}
    if not _drawn(frame, _WISH, _REAL):
        return []
    values: dict[str, Fact] = {}
    for name, found in dots.items():
        values |= {f"{name}_first": found[0][1], f"{name}_last": found[-1][1]}
    return [Finding("wish_and_real", values, chart="line-days", frame=frame)]
