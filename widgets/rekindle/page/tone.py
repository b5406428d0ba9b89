"""The tone of the book: of "me", with a cloth of its own, while somebody lets go; with care while it is paused."""

from __future__ import annotations

from rekindle.contact import Standing, State
from rekindle.content.wording import When

LET_GO_CLOTH = "letgo"


def tone(now: Standing) -> When | None:
    """Return which other words the pages speak in; None for their first ones. Care comes before all else."""
    if State.PAUSED in now.also:
        return "paused"
    return "letting_go" if now.letting_go else None


def cloth(now: Standing) -> str:
    """Return the cloth that the book wears in place of the part's own; "" for the part's own."""
    return LET_GO_CLOTH if now.letting_go and State.PAUSED not in now.also else ""
