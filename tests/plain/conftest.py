"""Visits: pages opened from plain Python, and closed after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import ipywidgets as ipw
import pytest

from tests.visit import Visit


@pytest.fixture
def visit() -> Iterator[Callable[..., Visit]]:
    """Give a function that opens a page in a kernel of its own; its journal is closed after the test."""
    opened: list[Visit] = []

    def open_one(kind: type[Visit] = Visit, zone: str = "Europe/Berlin") -> Visit:
        opened.append(kind(zone=zone))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
    ipw.Widget.close_all()
