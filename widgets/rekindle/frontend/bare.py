"""Bare: a widget without a Layout and a Style, since ours look as their classes say.

A stock widget brings one of each. They are models that a browser has to be told of, and for each view it asks them for
fifty properties, listens for changes of each, and lets all that stands in it know that its size may have changed.
"""

from __future__ import annotations

import ipywidgets as ipw
import traitlets as tl


class Bare(ipw.Widget):
    """Has no Layout, unless it is given one. It goes in front of a stock widget."""

    layout = tl.Instance(ipw.Layout, allow_none=True).tag(sync=True, **ipw.widget_serialization)


class BareStyle(Bare):
    """Has no Style either. It goes in front of a stock widget that would have one."""

    style = tl.Instance(ipw.Widget, allow_none=True).tag(sync=True, **ipw.widget_serialization)
