"""Sources: where a reason comes from, and how well that was checked."""

from __future__ import annotations

from typing import Literal

from pydantic import RootModel

from rekindle.content.strict import Slug, Strict, Text

Mark = Literal["V", "V2", "M", "J"]
MAY_REST_ON = ("V", "V2", "J")


class Source(Strict):
    """A work, and its mark: V seen in the source, V2 seen second-hand, M from memory, J our own judgement.

    A reason may rest on V and V2, or say that it is our own view and name J. M waits until somebody has checked it.
    """

    citation: Text
    mark: Mark
    url: str = ""


class Sources(RootModel[dict[Slug, Source]]):
    """Every source by its id."""
