"""An arrival: what a file brought, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rekindle.journal import Whole

Kind = Literal["rekindle", "csv", "packed", "day-one", "daylio"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A journal that was read from a file. `left` counts what another program's file holds and ours has no room for."""

    kind: Kind
    whole: Whole = field(repr=False)
    left: int = 0
