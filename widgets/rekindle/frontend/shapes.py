"""The shapes: one Layout and one Style of a kind for a whole page, since our widgets look alike by their classes.

A stock widget brings a Layout and a Style of its own. Each is a model that a browser has to be told of and to build,
and they were more than half of a page.
"""

from __future__ import annotations

from typing import Any

import ipywidgets as ipw
from ipywidgets.widgets.trait_types import InstanceDict

_shapes: dict[type[ipw.Widget], ipw.Widget] = {}


class Shared:
    """Gives a widget the page's Layout and Style where it is given none. Nothing of ours may change them."""

    def __init__(self, *args: Any, **traits: Any) -> None:
        for name in ("layout", "style"):
            trait = type(self).class_traits().get(name)  # type: ignore[attr-defined]  # it stands before a widget
            if isinstance(trait, InstanceDict):
                traits.setdefault(name, shape(trait.klass))
        super().__init__(*args, **traits)


def shape(kind: type[ipw.Widget]) -> ipw.Widget:
    """Return the one Layout or Style of a kind, made when it is first needed."""
    known = _shapes.get(kind)
    if known is None or known.comm is None:  # closed, with all that a notebook held
        known = _shapes[kind] = kind()
    return known
