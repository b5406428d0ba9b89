"""The shelf: the parts of the book as spines, with the folded ones and the one where the person left off."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rekindle.content import Part
from rekindle.forms.control import Say
from rekindle.frontend.words import Block, element
from rekindle.page.frame import Frame


def shelf(parts: Sequence[Part], frame: Frame, say: Say, folded: Collection[str], here: str, worn: str = "") -> Block:
    """Return the shelf: `folded` are ids of parts, `here` is the one of the last answer or "".

    `worn` is the one cloth that all of them wear now, if they do.
    """
    spines = [_spine(part, frame, say, worn, folded=part.id in folded, here=part.id == here) for part in parts]
    return element("ul", "", *spines, cls="rk-shelf")


def _spine(part: Part, frame: Frame, say: Say, worn: str, *, folded: bool, here: bool) -> Block:
    word = say("dashboard.shelf.folded") if folded else say("dashboard.shelf.here") if here else ""
    classes = " ".join(name for name, on in (("is-folded", folded), ("is-here", here)) if on)
    kids = [element("b", part.number), element("strong", part.short_title), element("small", word)]
    link = element("a", "", *kids, href=frame.link(part.notebook), cls=classes, set={"data-cloth": worn or part.cloth})
    return element("li", "", link)
