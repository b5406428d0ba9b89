"""Merging: what another journal brings into this one. Nothing is written over, and nothing folded is opened by it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rekindle.errors import ImportFuture, ImportUnreadable, ImportWouldOpen
from rekindle.journal import Additions, Whole
from rekindle.journal.checksum import canonical
from rekindle.portable.folds import EVENTS, folds_of, lasting, opens, strict_states
from rekindle.records import Answer, Entry, Event, Moment

Version = TypeVar("Version", Answer, Entry)

_ABOUT_CONTACT = frozenset(
    """consent-gate space-agreement ready-check reply-reader say-it-once send-or-sleep decision-check
    if-they-say-no let-go-path state-of-us pause-signs contact-log""".split()
)
_SLACK = dt.timedelta(minutes=5)
"""How far the clocks of two computers may be apart."""

_WISHES = frozenset({"consent-gate", "space-agreement"})
"""Pages on which a stricter answer of the other journal comes first where both have one."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a merge does, counted. `both` is where each journal had something of its own: both are kept."""

    answers: int = 0
    entries: int = 0
    newer: int = 0
    both: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be added, and what that comes to."""

    additions: Additions = dataclasses.field(repr=False)
    report: Report
    clashed: frozenset[str] = frozenset()
    """The pages on which each journal had something of its own."""


def merge(mine: Whole, theirs: Whole, now: Moment) -> Merge:
    """Return what `theirs` brings into `mine`.

    What is new is added; what was written on from here takes the place of the old; where both went on, what stands
    here stays, and the other is shown as another version. Merged a second time, a file brings nothing.
    Raises ImportWouldOpen rather than open what is folded by a stop, a pause or a named time; of two contact states,
    the stricter one counts. Raises ImportFuture: an event of tomorrow would undo a stop of today.
    """
    _refuse_future(theirs, now)
    made = _Merging(mine, theirs, frozenset()).merged()
    after = joined(mine, made.additions)
    _refuse_opening(mine, after, now)
    if made.clashed & _ABOUT_CONTACT and folds_of(theirs, now.local_date) & opens(after, now.local_date):
        made = _with_events(_Merging(mine, theirs, _WISHES).merged(), theirs, now)
        after = joined(mine, made.additions)
        _refuse_opening(mine, after, now)
        _refuse_opening(theirs, after, now)
    return made


def _refuse_future(theirs: Whole, now: Moment) -> None:
    latest = now.utc + _SLACK
    saved: list[Answer | Entry | Event] = [*theirs.answers, *theirs.entries, *theirs.earlier_entries, *theirs.events]
    if any(record.moment and record.moment.utc > latest for record in saved):
        raise ImportFuture


def _refuse_opening(before: Whole, after: Whole, now: Moment) -> None:
    """Raise if `after` opens what `before` folds, or would as soon as the first page was answered in another way."""
    today = now.local_date
    if folds_of(before, today) & opens(after, today) or lasting(before, today) - lasting(after, today):
        raise ImportWouldOpen


def joined(mine: Whole, new: Additions) -> Whole:
    """Return the journal as it is after the additions."""
    newer = {entry.id: entry for entry in new.newer}
    entries = [newer.get(entry.id, entry) for entry in mine.entries]
    return Whole(
        [*mine.answers, *new.answers],
        [*entries, *new.entries],
        [*mine.earlier_entries, *new.earlier],
        [*mine.events, *new.events],
        {**mine.settings, **new.settings},
    )


class _Merging:
    """One merge, in the making."""

    def __init__(self, mine: Whole, theirs: Whole, theirs_first: Collection[str]) -> None:
        self._mine, self._theirs, self._theirs_first = mine, theirs, theirs_first
        self._answers: list[Answer] = []
        self._entries: list[Entry] = []
        self._newer: list[Entry] = []
        self._earlier: list[Entry] = []
        self._unseen: set[tuple[str, ...]] = set()
        self._counted: Counter[str] = Counter()
        self._clashed: set[str] = set()

    def merged(self) -> Merge:
        """Return what is to be added."""
        self._merge_answers()
        self._merge_entries()
        additions = Additions(
            self._answers,
            self._entries,
            self._newer,
            self._earlier,
            _missing_events(self._mine.events, self._theirs.events),
            {name: value for name, value in self._theirs.settings.items() if name not in self._mine.settings},
            frozenset(self._unseen),
        )
        return Merge(additions, Report(**self._counted), frozenset(self._clashed))

    def _merge_answers(self) -> None:
        here: dict[tuple[str, str], list[Answer]] = {}
        there: dict[tuple[str, str], list[Answer]] = {}
        for versions, whole in ((here, self._mine), (there, self._theirs)):
            for answer in whole.answers:
                versions.setdefault((answer.exercise, answer.field), []).append(answer)
        untouched = [answer for answer in self._theirs.answers if (answer.exercise, answer.field) not in here]
        self._answers += untouched
        self._counted["answers"] += len({(answer.exercise, answer.field) for answer in untouched})
        for place in (place for place in there if place in here):
            self._merge_answer(_by_revision(here[place]), _by_revision(there[place]))
        # In the order of the file, so that an empty journal becomes the same journal.
        theirs = self._theirs.answers
        exactly = {(_place_of(each), each.revision): n for n, each in enumerate(theirs)}
        nearly = {_place_of(each): n for n, each in enumerate(theirs)}
        last = len(theirs)
        self._answers.sort(key=lambda e: exactly.get((_place_of(e), e.revision), nearly.get(_place_of(e), last)))

    def _merge_answer(self, here: Sequence[Answer], there: Sequence[Answer]) -> None:
        known = {_mark_of(answer) for answer in here}
        new = [answer for answer in there if _mark_of(answer) not in known]
        if not new:
            return
        mine, theirs, top = here[-1], there[-1], here[-1].revision
        went_on = _mark_of(mine) in {_mark_of(answer) for answer in there}
        stays = _mark_of(theirs) in known
        both = not went_on and not stays and canonical(mine.value) != canonical(theirs.value)
        turned = both and theirs.exercise in self._theirs_first
        order = [*new, mine] if not turned else [mine, *new]
        numbered = [dataclasses.replace(answer, revision=number) for number, answer in enumerate(order, top + 1)]
        if went_on:
            numbered.pop()
            self._counted["newer"] += 1
        if both:
            lost = 0 if turned else -2
            numbered[lost], numbered[-1] = (dataclasses.replace(numbered[at], conflict=True) for at in (lost, -1))
            self._unseen.add((mine.exercise, mine.field, str(numbered[lost].revision)))
            self._counted["both"] += 1
            self._clashed.add(mine.exercise)
        self._answers += numbered

    def _merge_entries(self) -> None:
        here = {entry.id: entry for entry in self._mine.entries}
        before_here, before_there = _by_id(self._mine.earlier_entries), _by_id(self._theirs.earlier_entries)
        for entry in self._theirs.entries:
            if entry.id not in here:
                self._entries.append(entry)
                self._counted["entries"] += 1
            elif here[entry.id].exercise != entry.exercise:
                raise ImportUnreadable
            else:
                mine, there = before_here.get(entry.id, []), before_there.get(entry.id, [])
                self._merge_entry(here[entry.id], mine, entry, there)
        self._earlier += [entry for entry in self._theirs.earlier_entries if entry.id not in here]

    def _merge_entry(self, mine: Entry, before: Sequence[Entry], theirs: Entry, earlier: Sequence[Entry]) -> None:
        known = {_trace_of(entry) for entry in (mine, *before)}
        new = [entry for entry in _by_revision([*earlier, theirs]) if _trace_of(entry) not in known]
        if not new:
            return
        top = max(entry.revision for entry in (mine, *before))
        went_on = _trace_of(mine) in {_trace_of(entry) for entry in (theirs, *earlier)}
        stays = _trace_of(theirs) in known
        numbered = [dataclasses.replace(entry, revision=number) for number, entry in enumerate(new, top + 1)]
        if went_on:
            self._newer.append(numbered[-1])
            self._earlier += [mine, *numbered[:-1]]
            self._counted["newer"] += 1
            return
        both = not stays and _content_of(mine) != _content_of(theirs)
        if both:
            numbered[-1] = dataclasses.replace(numbered[-1], conflict=True)
            self._unseen.add((mine.id, str(numbered[-1].revision)))
            self._counted["both"] += 1
            self._clashed.add(mine.exercise)
        self._earlier += numbered
        self._newer.append(dataclasses.replace(mine, revision=top + len(new) + 1, conflict=mine.conflict or both))


def _with_events(made: Merge, theirs: Whole, now: Moment) -> Merge:
    """Let a stop or a pause of the other journal be noted anew, so that it outlives whatever stood here."""
    states = strict_states(theirs, now.local_date)
    noted = [Event(kind, {}, now) for state, kind in EVENTS.items() if state in states]
    events = [*made.additions.events, *noted]
    return dataclasses.replace(made, additions=dataclasses.replace(made.additions, events=events))


def _missing_events(here: Iterable[Event], there: Iterable[Event]) -> list[Event]:
    standing = Counter(map(_sign_of, here))
    missing = []
    for event in there:
        if standing[_sign_of(event)]:
            standing[_sign_of(event)] -= 1
        else:
            missing.append(event)
    return missing


def _sign_of(event: Event) -> tuple[str, str, dt.datetime]:
    return event.kind, canonical(dict(event.detail)), event.moment.utc


def _mark_of(answer: Answer) -> tuple[object, ...]:
    return canonical(answer.value), answer.moment, answer.wording


def _place_of(answer: Answer) -> tuple[object, ...]:
    return answer.exercise, answer.field, _mark_of(answer)


def _content_of(entry: Entry) -> tuple[object, ...]:
    return canonical(dict(entry.values)), entry.happened, entry.deleted


def _trace_of(entry: Entry) -> tuple[object, ...]:
    return *_content_of(entry), entry.moment


def _by_id(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.id, []).append(entry)
    return found


def _by_revision(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.revision)
