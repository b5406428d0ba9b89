"""The tone of the book: of "me", with a cloth and words of its own, while somebody lets go; with care in a pause."""

from __future__ import annotations

from rekindle.contact import Standing, State
from rekindle.content import OtherWords
from rekindle.content.wording import When
from rekindle.forms.control import Say
from rekindle.frontend.words import Block, element

LET_GO_CLOTH = "letgo"


def tone(now: Standing) -> When | None:
    """Return which other words the pages speak in; None for their first ones. Care comes before all else."""
    if State.PAUSED in now.also:
        return "paused"
    return "letting_go" if now.letting_go else None


def cloth(now: Standing) -> str:
    """Return the cloth that the book wears in place of the part's own; "" for the part's own."""
    return LET_GO_CLOTH if now.letting_go and State.PAUSED not in now.also else ""


def cover(other: OtherWords | None) -> dict[str, str]:
    """Return the lines that a part's cover has in place of its own; "" for its own."""
    return {"purpose": (other and other.purpose) or "", "meta": (other and other.meta) or ""}


def opener(other: OtherWords | None) -> list[Block]:
    """Return what stands in place of a part's opener; nothing for its own, which is prose of the notebook."""
    return _paragraphs(other.opener, "rk-opener") if other else []


def ending(other: OtherWords | None, say: Say) -> list[Block]:
    """Return what stands in place of a part's ending; nothing for its own."""
    if other is None or other.ending is None:
        return []
    title = element("h2", say("interface.notebook.ending"), cls="rk-ending")
    return [title, *_paragraphs(other.ending, "rk-ending")]


def _paragraphs(text: str, cls: str) -> list[Block]:
    return [element("p", each, cls=cls) for each in text.strip().split("\n\n")]
