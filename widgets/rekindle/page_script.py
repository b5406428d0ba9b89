"""The page's script: the browser's half of every page, one script made of the files in `frontend/static`."""

from __future__ import annotations

import functools
from pathlib import Path

STATIC = Path(__file__).parent / "frontend" / "static"
PARTS = (
    "repairs",
    "press",
    "whole",
    "sight",
    "status",
    "shut",
    "lock",
    "writing",
    "rows",
    "words",
    "seek",
    "ask",
    "parcels",
    "bound",
    "banner",
    "ready",
    "presence",
)


_MODULE = "export default { render: rkPresence };"


@functools.cache
def page_script() -> str:
    """Return it as one script. Its files share one scope, so they need no import."""
    return "\n".join((STATIC / f"{part}.js").read_text("utf-8") for part in PARTS)


@functools.cache
def page_module() -> str:
    """Return it as an ES module that is Presence's view."""
    return f"{page_script()}\n{_MODULE}\n"
