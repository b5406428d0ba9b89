"""The documentation: every page is found, every picture is there, says what it shows, and was made by a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places import ROOT
from tools import house, screenshots

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
SHOWING = [*PAGES, ROOT / "README.md"]
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
SCREENSHOTS = DOCS / "screenshots"
MOST = 1_500_000


def named(block: str) -> list[str]:
    """Return the pages that a table of contents names, by name or by a pattern."""
    lines = [line for line in block.splitlines() if line and not line.startswith(":")]
    found = [DOCS.glob(f"{line}.md") if "*" in line else [DOCS / f"{line}.md"] for line in lines]
    return [str(page.relative_to(DOCS).with_suffix("")) for pages in found for page in pages]


def test_every_page_is_in_the_navigation_once_and_every_name_there_is_a_page() -> None:
    told = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = [name for block in re.findall(r"```\{toctree\}\n(.*?)```", told, re.DOTALL) for name in named(block)]
    there = {str(page.relative_to(DOCS).with_suffix("")) for page in PAGES} - {"index"}
    assert sorted(listed) == sorted(there), "a new page is named in docs/index.md, for the people it is for"


@pytest.mark.parametrize("page", SHOWING, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_picture_is_there_and_says_what_it_shows(page: Path) -> None:
    for said, place in PICTURE.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / place).is_file(), place
        assert len(said.split()) >= 4 or "benchmarks" in page.parts, f"{place} says too little: {said!r}"


def test_every_screenshot_is_made_by_the_script_and_shown_somewhere() -> None:
    made = {f"{name}.webp" for name in screenshots.SHOTS}
    shown = {
        Path(place).name
        for page in SHOWING
        for _, place in PICTURE.findall(page.read_text(encoding="utf-8"))
        if "screenshots" in place
    }
    kept = {path.name for path in SCREENSHOTS.iterdir()}
    assert made == shown == kept
    assert sum(path.stat().st_size for path in SCREENSHOTS.iterdir()) < MOST


def test_the_house_in_one_picture_is_the_house() -> None:
    assert house.PICTURE.read_text(encoding="utf-8") == house.picture(), "run: python -m tools.house"
    assert all(house.job(room) for floor in house.floors() for room in floor)
