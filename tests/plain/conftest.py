"""Visits: pages opened from plain Python, and closed after each test."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import ipywidgets as ipw
import pytest

from rekindle.errors import RekindleError
from rekindle.journal import Journal
from tests.visit import Refuse, Visit

LAST = 5
"""How many seconds before midnight no test begins; the longest of them takes less, but for those that count no days."""


@pytest.fixture(autouse=True)
def one_day() -> None:
    """Begin no test in the last seconds of a day, there or here: what it wrote today would be read as yesterday's."""
    for zone in ("Europe/Berlin", "UTC"):
        now = dt.datetime.now(ZoneInfo(zone))
        left = 24 * 3600 - (now.hour * 3600 + now.minute * 60 + now.second)
        if left < LAST:
            time.sleep(left)


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


@pytest.fixture
def refuse() -> Iterator[Refuse]:
    """Give a function that has every write to a journal fail with an error, and returns what mends it."""
    trouble = pytest.MonkeyPatch()

    def refuse(error: RekindleError) -> Callable[[], None]:
        def fail(*_: object, **__: object) -> None:
            raise error

        for name in ("save", "save_entry", "note", "delete_entry", "restore_entry", "erase_entry", "settle"):
            trouble.setattr(Journal, name, fail)
        return trouble.undo

    yield refuse
    trouble.undo()
