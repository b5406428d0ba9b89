"""Additions: what another journal brings into this one, written in one go or not at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from rekindle.errors import NotAnAnswer, NotKept
from rekindle.journal import answers, entries, events, meta
from rekindle.journal.checksum import canonical
from rekindle.journal.limits import refuse_odd_ids, refuse_odd_place
from rekindle.journal.store import Store
from rekindle.records import Answer, Entry, Event, FieldId, Json


@dataclass(frozen=True, slots=True)
class Additions:
    """Rows to add, each list in the order in which it is to lie in the file.

    `newer` takes the place of entries that are there. `unseen` names versions, by place and revision, that lost
    their place to another one and that the person is to be shown.
    """

    answers: list[Answer] = field(default_factory=list, repr=False)
    entries: list[Entry] = field(default_factory=list, repr=False)
    newer: list[Entry] = field(default_factory=list, repr=False)
    earlier: list[Entry] = field(default_factory=list, repr=False)
    events: list[Event] = field(default_factory=list, repr=False)
    settings: Mapping[str, Json] = field(default_factory=dict, repr=False)
    unseen: frozenset[tuple[str, ...]] = field(default=frozenset(), repr=False)

    def __bool__(self) -> bool:
        return any((self.answers, self.entries, self.newer, self.earlier, self.events, self.settings))


def write(store: Store, new: Additions, never_kept: Collection[FieldId]) -> None:
    """Write additions, inside a transaction. Raises NotKept, NotAnAnswer and TooLong."""
    for answer in new.answers:
        _refuse_unkept(never_kept, answer.exercise, answer.field)
        refuse_odd_ids(answer.exercise, answer.field, answer.sitting or "none")
        refuse_odd_place(answer.revision, answer.wording)
        unseen = (answer.exercise, answer.field, str(answer.revision)) in new.unseen
        answers.add(store, answer, canonical(answer.value), unseen=unseen)
    _write_entries(store, new, never_kept)
    for event in new.events:
        refuse_odd_ids(event.kind, *event.detail)
        if any(isinstance(value, list | dict) for value in event.detail.values()):
            raise NotAnAnswer  # a list could be the ticks of a gate, which are never kept
        events.note(store, event, canonical(dict(event.detail)))
    for name, value in new.settings.items():
        refuse_odd_ids(name)
        meta.set_setting(store, name, canonical(value))


def _write_entries(store: Store, new: Additions, never_kept: Collection[FieldId]) -> None:
    for entry in (*new.entries, *new.newer, *new.earlier):
        log = entry.values.get("log")
        _refuse_unkept(never_kept, entry.exercise, *entry.values, *([str(log)] if log else []))
        refuse_odd_ids(entry.id, entry.exercise, *entry.values)
        refuse_odd_place(entry.revision)
    for entry in new.entries:
        entries.add(store, entry, canonical(dict(entry.values)))
    for entry in new.newer:
        entries.put(store, entry, canonical(dict(entry.values)))
    for entry in new.earlier:
        unseen = (entry.id, str(entry.revision)) in new.unseen
        entries.add(store, entry, canonical(dict(entry.values)), earlier=True, unseen=unseen)


def _refuse_unkept(never_kept: Collection[FieldId], exercise: str, *fields: str) -> None:
    for key in fields:
        if (exercise, key) in never_kept:
            raise NotKept(exercise=exercise, field=key)
