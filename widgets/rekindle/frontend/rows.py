"""Rows: an editable table, also used for if-then plans; it saves itself like a text does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets as tl

from rekindle.frontend.front import stub
from rekindle.frontend.writing import Kept


class Rows(Kept):
    """A table of labelled cells. `shape` says which: ask, hint, look, columns, fixed rows, start, most, words."""

    shape = tl.Dict().tag(sync=True)

    def __init__(self, shape: Mapping[str, Any]) -> None:
        super().__init__(shape=dict(shape), _esm=stub("rows"))
        self._value = []
