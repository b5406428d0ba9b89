"""Tallies: one log counted by its slots. Entries come and go one by one; nothing in here is a person's words."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Self

from rekindle.contact.facts import recorded
from rekindle.contact.signs import signs
from rekindle.insights.slots import MARK, SHOWN_BY, SLOTS
from rekindle.records import Entry

_SIGNED = "contact-log"


class Tallies:
    """How many entries a log holds, what they hold by slot, and which of the signs about contact came last."""

    def __init__(self, log: str, entries: Iterable[Entry] = ()) -> None:
        """Count these entries; those that were taken out do not count."""
        self.log, self.total = log, 0
        self.counts: dict[str, Counter[str]] = {slot: Counter() for slot in SLOTS.get(log, {})}
        self.signs: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        for entry in entries:
            self.add(entry)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.log}>"

    @classmethod
    def mark(cls, log: str) -> str:
        """Return what tells the tallies of this edition from those of another."""
        return ".".join((MARK, *SLOTS.get(log, {})))

    def add(self, entry: Entry) -> None:
        """Count one more entry."""
        if entry.deleted:
            return
        self.total += 1
        shown_by = SHOWN_BY.get(self.log)
        for slot, keys_of in SLOTS.get(self.log, {}).items():
            if keys := keys_of(entry):
                counts = self.counts[slot]
                for key in keys:  # `Counter.update` costs more than all else here: a million entries come by
                    counts[key] += 1
                    if slot == shown_by:
                        self.shown[key] = entry.id
        if self.log == _SIGNED:
            for sign, at in self._signs(entry):
                self.signs[sign] = max(at, self.signs.get(sign, ""))

    def change(self, old: Entry | None, new: Entry | None) -> bool:
        """Count `new` in place of `old`; return False where that cannot be told without reading the log again."""
        lost = self._signs(old) if old else []
        if old and not old.deleted:
            self.total -= 1
            for slot, keys in SLOTS.get(self.log, {}).items():
                self.counts[slot].subtract(keys(old))
                self.counts[slot] = +self.counts[slot]
        if new:
            self.add(new)
        # What stood last went: which one stands last now, only the log knows.
        return all(at != self.signs.get(sign) or (sign, at) in self._signs(new) for sign, at in lost)

    def text(self) -> str:
        """Return the tallies as a text."""
        return json.dumps([self.total, self.counts, self.signs, self.shown], separators=(",", ":"))

    @classmethod
    def of_text(cls, log: str, text: str) -> Self:
        """Return the tallies that a text of `text` stands for."""
        found = cls(log)
        total, counts, found.signs, found.shown = json.loads(text)
        found.total, found.counts = total, {slot: Counter(held) for slot, held in counts.items()}
        return found

    def last_signs(self) -> Mapping[str, str]:
        """Return the id of the entry that bears each sign and was recorded last."""
        return {sign: at.partition(" ")[2] for sign, at in self.signs.items()}

    def _signs(self, entry: Entry | None) -> list[tuple[str, str]]:
        if entry is None or entry.deleted or self.log != _SIGNED:
            return []
        at = f"{recorded(entry).astimezone(dt.UTC).isoformat(timespec='microseconds')} {entry.id}"
        return [(sign, at) for sign in signs(entry)]
