"""How long a page takes that asks 200 things, beside one that asks 12, and beside the same in stock Voilà.

The program is copied twice, and its first step gets made-up exercises of four prompts each instead of its own; the
notebooks are written anew from them. Run: python -m benchmarks.prompts_benchmark [ROUNDS]
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, StorageState, sync_playwright

from benchmarks import pairs
from benchmarks.ready_benchmark import SETTLE, WAIT, free_port, heard
from tests.browser.harness import FLAGS, started
from tools.chromium import find_chromium

PACKAGE = Path(__file__).parents[1] / "widgets" / "rekindle"
PART = "01-acknowledge"
BEFORE = "00-before-you-begin"
"""The page that a reader comes from: its visit warms the next one."""
FEW, MANY, EACH = 12, 200, 4
READY = "document.documentElement.dataset.rkReady === '1'"
MARK = "performance.getEntriesByName('rekindle-ready')[0].startTime"
EXERCISE = """
[[exercises]]
id = "made-up-{n}"
title = "Made up {n}"
core = false
lean = false
minutes = 5
purpose = "To be counted."
why = "It is made up."
sources = ["mason-2012"]
lead = "Some words."
"""
PROMPT = """
[[exercises.fields]]
key = "prompt{k}"
type = "long_text"
ask = "What about {k}?"
"""


def make(folder: Path, count: int) -> None:
    """Copy the program, put made-up exercises into its first step, and write its notebooks."""
    package = folder / "widgets" / "rekindle"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    part = package / "content" / "en" / "parts" / f"{PART}.toml"
    own = part.read_text(encoding="utf-8").partition("[[exercises]]")[0]
    prompts = "".join(PROMPT.format(k=k) for k in range(EACH))
    made = "".join(EXERCISE.format(n=n) + prompts for n in range(count // EACH))
    part.write_text(own + made, encoding="utf-8")
    write = "from pathlib import Path; from rekindle.content.notebook import write; write(Path('notebooks'))"
    subprocess.run([sys.executable, "-c", write], cwd=folder, env=around(folder), check=True)


def around(folder: Path) -> dict[str, str]:
    """Return the variables with which a copy of the program runs."""
    return {**os.environ, "PYTHONPATH": str(folder / "widgets"), "REKINDLE_HOME": str(folder / "home")}


@contextlib.contextmanager
def ours(folder: Path) -> Iterator[tuple[str, str]]:
    """Start the copy as a person does; give the address that lets a browser in, and the page's."""
    with patch.dict(os.environ, PYTHONPATH=str(folder / "widgets")), started(folder / "home") as book:
        yield book.address, f"{book.base}/voila/render/{PART}.ipynb"


@contextlib.contextmanager
def stock(folder: Path) -> Iterator[tuple[str, str]]:
    """Start stock Voilà with the copy's notebook."""
    port, quiet = free_port(), subprocess.DEVNULL
    command = [sys.executable, "-m", "voila", str(folder / "notebooks" / f"{PART}.ipynb"), "--no-browser"]
    process = subprocess.Popen([*command, f"--port={port}"], env=around(folder), stdout=quiet, stderr=quiet)
    try:
        heard(port)
        yield f"http://127.0.0.1:{port}/voila/static/voila.js", f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def visit(browser: Browser, address: str, state: StorageState) -> float:
    """Open the page in a browser without a cache, when its kernel has had time to wait; return ms to ready."""
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    page.goto(address.replace(PART, BEFORE), timeout=WAIT)
    time.sleep(SETTLE)
    context.close()
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    page.goto(address, timeout=WAIT)
    page.wait_for_function(READY, timeout=WAIT)
    took: float = page.evaluate(MARK)
    context.close()
    return took


def measure(browser: Browser, folder: Path, rounds: int, many: int = MANY) -> dict[str, list[float]]:
    """Return the ms to ready of the pages, in turns; the first round is not counted."""
    for count in (FEW, many):
        make(folder / str(count), count)
    names = {f"{FEW} prompts": (ours, FEW), f"{many} prompts": (ours, many), "stock Voilà": (stock, many)}
    found: dict[str, list[float]] = {name: [] for name in names}
    with contextlib.ExitStack() as opened:
        lines = []
        for name, (start, count) in names.items():
            first, address = opened.enter_context(start(folder / str(count)))
            context = browser.new_context()
            context.new_page().goto(first, timeout=WAIT)
            lines.append((name, address, context.storage_state()))
            context.close()
        for number in range(rounds + 1):
            for name, address, state in lines if number % 2 else reversed(lines):
                took = visit(browser, address, state)
                if number:
                    found[name].append(took)
    return found


def main(rounds: int = 7) -> None:
    """Measure and print."""
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        found = measure(browser, Path(folder), rounds)
        browser.close()
    print(pairs.table("Until a page is ready, ms", found, (f"{FEW} prompts", "stock Voilà")))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
