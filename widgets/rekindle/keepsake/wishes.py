"""Wishes: what a person wants in the private book, and what not. Held in memory only."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wishes:
    """Parts by id, and what else is wanted. `names` become initials.

    `left_out` holds ids of pages and of single answers or entries; `lines_out` an answer's id and a line of it.
    """

    parts: frozenset[str] = frozenset()
    entries: bool = False
    then_and_now: bool = False
    charts: bool = False
    names: tuple[str, ...] = field(default=(), repr=False)
    left_out: frozenset[str] = frozenset()
    lines_out: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)

    @property
    def is_empty(self) -> bool:
        """If nothing is wanted yet."""
        return not (self.parts or self.then_and_now or self.charts)

    def with_names(self, names: tuple[str, ...]) -> Wishes:
        """Return the same wishes with these names as initials."""
        return dataclasses.replace(self, names=names)
