"""The gallery: every page and state that it shows was looked at, marked, and passed; docs/gallery.md says so."""

from __future__ import annotations

import re

from tests.places import ROOT
from tools.gallery import NAMES

ROW = re.compile(r"^\| `([a-z-]+)` \| ([^|]+) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d+) \|$", re.MULTILINE)
PASSED, LEAST, MOST = 12, 2, 3


def rows() -> list[tuple[str, str, list[int], int]]:
    """Return what each row of the table says: a state, the looks that were seen, five marks and their sum."""
    told = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    return [
        (name, looks, [int(mark) for mark in marks], int(whole)) for name, looks, *marks, whole in ROW.findall(told)
    ]


def test_every_picture_of_the_gallery_stands_in_the_table_once() -> None:
    assert [name for name, *_ in rows()] == list(NAMES), (
        "look at the picture, then write its marks into docs/gallery.md"
    )


def test_every_mark_passes_and_every_sum_adds_up() -> None:
    for name, looks, marks, whole in rows():
        assert re.search(r"\b(1280|390)\b", looks), f"{name}: which looks were seen?"
        assert sum(marks) == whole >= PASSED, name
        assert all(LEAST <= mark <= MOST for mark in marks), name
