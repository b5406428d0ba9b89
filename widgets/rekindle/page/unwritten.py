"""What stands on a page and reaches no disk: ticks that are never kept, and the words of a fresh page."""

from __future__ import annotations

from rekindle.records import FieldId, Json


class Unwritten:
    """Held in memory, for a page's findings and for the state that a gate's ticks lead to."""

    def __init__(self) -> None:
        self.ticks: dict[FieldId, Json] = {}
        self.fresh: dict[str, dict[str, Json]] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def ticks_of(self, exercise: str) -> dict[str, Json]:
        """Return one page's ticks by field."""
        return {field: value for (page, field), value in self.ticks.items() if page == exercise}

    def ticked(self, exercise: str) -> frozenset[str]:
        """Return the ids of what is ticked or chosen on a page; a skip is "skip"."""
        found: set[str] = set()
        for value in self.ticks_of(exercise).values():
            found |= {str(one) for one in value} if isinstance(value, list) else {str(value or "skip")}
        return frozenset(found)

    def forget(self, exercise: str) -> None:
        """Forget all that stood on a page."""
        self.ticks = {at: value for at, value in self.ticks.items() if at[0] != exercise}
        self.fresh.pop(exercise, None)
