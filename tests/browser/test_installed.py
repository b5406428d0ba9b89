"""The wheel, as a person gets it: installed alone, started, typed into, stopped, and taken away again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import Watch, logged_in, open_exercise, started
from tests.browser.keeping import stored
from tests.browser.sight import write
from tests.places import ROOT

SENTENCE = "I want the Sunday mornings back."
KEPT = {"rekindle"}
"""What may be left in a home after all is taken away: the folder of the journal."""

pytestmark = pytest.mark.full  # it builds, and installs a hundred packages: minutes, and a registry


def do(*words: str | Path) -> None:
    """Run a command in a plain environment, from outside the tree."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, env=around)
    assert done.returncode == 0, done.stderr[-2000:]


def build(folder: Path) -> Path:
    """Return the wheel to try: one that was built beforehand, or one built now."""
    if given := os.environ.get("REKINDLE_WHEEL"):
        return Path(given)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_alone_serves_keeps_what_is_typed_and_leaves_only_the_journal(
    tmp_path: Path, browser: Browser, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    wheel, clean, home = build(tmp_path), tmp_path / "clean", tmp_path / "home-of-one"
    do(sys.executable, "-m", "venv", clean)
    python = clean / ("Scripts" if os.name == "nt" else "bin") / "python"
    do(python, "-m", "pip", "install", "-qq", "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    do(python, "-m", "pip", "install", "-qq", "--no-deps", wheel)
    with started(home, command=str(python.with_name("rekindle"))) as book:
        context = logged_in(browser, book, watch, {})
        page = context.new_page()
        open_exercise(page, "00-before-you-begin", "say-it-to-myself")
        write(page, "say-it-to-myself", "sentence", SENTENCE)
        context.close()
        assert book.end() == 0
    assert watch.faults() == []
    assert stored(home, "say-it-to-myself", "sentence") == SENTENCE
    do(python, "-m", "pip", "uninstall", "-qq", "-y", "rekindle")
    left = [path for path in clean.rglob("*") if "rekindle" in path.name.lower()]
    assert left == []
    assert {path.name for path in home.iterdir()} <= KEPT
