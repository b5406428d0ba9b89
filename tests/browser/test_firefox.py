"""Firefox, where one is installed: the opening page and the dashboard work there and save."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest

from tests.browser.firefox import Firefox, opened
from tests.browser.harness import Book, started
from tests.browser.keeping import opened as journal_in
from tests.browser.keeping import stored
from tests.browser.looks import MEASURES
from tests.browser.sight import path

PROGRAM = os.environ.get("REKINDLE_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""
AXE = Path(str(axe_playwright_python.__file__)).with_name("axe.min.js")
READY = "document.documentElement.dataset.rkReady === '1'"
WIDTHS = (1280, 390, 320)
SENTENCE = "I want the Sunday mornings back."
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not PROGRAM, reason="no Firefox here; on Debian: apt-get install firefox-esr"),
]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[tuple[Book, Firefox]]:
    with started(tmp_path / "home") as book, opened(PROGRAM, tmp_path / "profile") as firefox:
        firefox.go(book.address)
        yield book, firefox
        pages = [url for url in firefox.asked if urlsplit(url).scheme.startswith("http")]
        assert [url for url in pages if urlsplit(url).hostname != "127.0.0.1"] == []
        assert firefox.complaints == []


def saved(exercise: str) -> str:
    return f"!!document.querySelector('.rk-exercise--{exercise} .rk-saved[data-state=saved]')"


def faults(firefox: Firefox) -> list[str]:
    """Return what axe and our measures find in each width."""
    firefox.ask(f"(() => {{ {AXE.read_text(encoding='utf-8')}; return 1; }})()")
    found: list[str] = []
    for width in WIDTHS:
        firefox.size(width, 844)
        found += firefox.ask("axe.run({resultTypes: ['violations']}).then((r) => r.violations.map((v) => v.id))")
        measured = firefox.ask(f"({MEASURES.strip()})({44 if width < 768 else 24})")
        found += [f"{width} {kind}: {one}" for kind, many in measured.items() for one in many]
    return found


def test_the_opening_page_saves(there: tuple[Book, Firefox], figure: Callable[[str, object], None]) -> None:
    book, firefox = there
    firefox.go(f"{book.base}{path('00-before-you-begin')}#say-it-to-myself")
    firefox.until(READY)
    card = ".rk-exercise--say-it-to-myself"
    firefox.until(f"!!document.querySelector('{card}.rk-is-open textarea')")
    firefox.click(f"{card} .rk-field--sentence textarea")
    firefox.type(SENTENCE)
    firefox.click(f"{card} .rk-field--wish .widget-toggle-button:nth-child(7)")
    firefox.until(saved("say-it-to-myself"))
    firefox.until(f"document.querySelector('{card} .rk-keep').textContent === {json.dumps(SENTENCE)}")
    assert stored(book.home, "say-it-to-myself", "sentence") == SENTENCE
    assert stored(book.home, "say-it-to-myself", "wish") == 6
    found = faults(firefox)
    figure("faults in Firefox", f"{len(found)} in {len(WIDTHS)} widths")
    assert not found, "\n".join(found)
    firefox.go(f"{book.base}{path('00-before-you-begin')}#say-it-to-myself")
    firefox.until(f"document.querySelector('{card}.rk-is-open textarea')?.value === {json.dumps(SENTENCE)}")


def test_the_dashboard_saves_and_help_and_leave_work(there: tuple[Book, Firefox]) -> None:
    book, firefox = there
    firefox.go(book.base + path("dashboard"))
    firefox.until(READY)
    firefox.click(".rk-exercise--mood-check-in .rk-scale button:nth-child(5)")
    firefox.until(saved("mood-check-in"))
    with journal_in(book.home) as journal:
        assert [entry.values["mood"] for entry in journal.entries("mood-check-in")] == [4]
    assert faults(firefox) == []
    firefox.size(1280, 844)
    firefox.click(".rk-top .rk-btn--help")
    firefox.until("document.getElementById('rk-help').open")
    firefox.type("\ue00c")  # Esc
    firefox.until("!document.getElementById('rk-help').open")
    firefox.click(".rk-top .rk-btn--leave")
    firefox.until("location.href === 'about:blank'")
