"""Make the gallery: every page of a made-up person's book, wide and narrow, light and dark. `make gallery`.

`python -m tools.gallery FOLDER [--few]` writes PNG files; with `--few` only those that the README shows.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from rekindle.content import catalog
from rekindle.journal import Journal
from rekindle.records import Json, Moment
from tools.chromium import find_chromium

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
READY = "document.documentElement.dataset.rkReady === '1'"
DRAWN = """[...document.querySelectorAll('.rk-plotly')].filter((el) => el.clientWidth)
  .every((el) => el.querySelector('svg.main-svg'))"""
ANSWERS: dict[tuple[str, str], Json] = {
    ("screen-check", "seen"): "nobody",
    ("say-it-to-myself", "sentence"): "The honest truth is that I want her back, and I want to sleep.",
    ("say-it-to-myself", "wish"): 8,
    ("consent-gate", "asked"): "quiet",
    ("consent-gate", "order"): "no",
    ("so-what-changes", "same_wall"): "I work late, he goes quiet, I explode.",
    ("support-card", "people"): [{"who": "Aunty Lin", "how": "call"}, {"who": "Dev", "how": "text"}],
    ("support-card", "calm"): [{"what": "A shower", "how_long": "ten minutes"}],
    ("why-it-ended", "rows"): [
        {"reason": "I said yes to every late shift.", "whose": "mine", "change": "partly"},
        {"reason": "We stopped talking about the move.", "whose": "between", "change": "yes"},
        {"reason": "The flat was too small for three.", "whose": "outside", "change": "no"},
    ],
}
MOODS = (3, 4, None, 4, 5, None, 5)
OUTCOMES = ("kept", "kept", "partly", "kept", "missed", "kept", "changed", "kept")
URGES = ((8, 5), (7, 4), (9, 8), (6, 2), (7, 3), (5, 2))
SHOTS = {
    "first-screen": ("00-before-you-begin", ""),
    "say-it-to-myself": ("00-before-you-begin", "say-it-to-myself"),
    "consent-gate": ("00-before-you-begin", "consent-gate"),
    "safety-gate": ("00-before-you-begin", "safety-gate"),
    "baseline": ("00-before-you-begin", "baseline"),
    "why-it-ended": ("01-acknowledge", "why-it-ended"),
    "pattern-swap": ("02-work-on-yourself", "pattern-swap"),
    "reconnect": ("03-reconnect", ""),
    "rebuild-trust": ("04-rebuild-trust", ""),
    "urge-log": ("06-always-here", "urge-log"),
    "promise-log": ("06-always-here", "promise-log"),
    "right-now": ("06-always-here", "right-now"),
    "dashboard": ("dashboard", ""),
    "your-data": ("your-data", ""),
}
FEW = ("first-screen", "why-it-ended", "dashboard")


def make_up(home: Path) -> None:
    """Write a made-up person's book into a journal folder."""
    book = catalog()
    with Journal.open(home / "journal.rekindle", never_kept=book.never_kept) as journal:
        for (exercise, field), value in ANSWERS.items():
            journal.save(exercise, field, value, base=0, wording="", sitting="gallery", moment=Moment.now())
        for back, mood in enumerate(reversed(MOODS)):
            if mood is not None:
                _log(journal, "mood-check-in", {"mood": mood}, back)
        for number, outcome in enumerate(OUTCOMES):
            _log(journal, "promise-log", {"promise": "Ring Mum", "outcome": outcome}, number * 5)
        for number, (before, after) in enumerate(URGES):
            _log(journal, "urge-log", {"urge_to": "text", "before": before, "after": after, "did": ["waited"]}, number)


def _log(journal: Journal, exercise: str, values: dict[str, Json], days_back: int) -> None:
    when = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=days_back))
    journal.save_entry(
        uuid.uuid4().hex, exercise, values, base=0, happened=when, sitting="gallery", moment=Moment.now()
    )


def shoot(browser: Browser, address: str, folder: Path, *, few: bool) -> None:
    """Visit every page at each size and theme, and keep a picture of it."""
    entry = browser.new_context()
    entry.new_page().goto(address)
    state, base = entry.storage_state(), address.split("/enter/", maxsplit=1)[0]
    looks = [(1280, "light")] if few else [(w, t) for w in (1280, 390) for t in ("light", "dark")]
    for width, theme in looks:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if theme == "dark" else "light",
            storage_state=state,
        )
        for name in FEW if few else SHOTS:
            notebook, exercise = SHOTS[name]
            page = context.new_page()
            page.goto(f"{base}/voila/render/{notebook}.ipynb{f'#{exercise}' if exercise else ''}")
            page.wait_for_function(READY)
            _settle(page)
            target = page.locator(f".rk-exercise--{exercise}") if exercise and not few else page
            target.screenshot(path=folder / (f"{name}.png" if few else f"{name}-{width}-{theme}.png"))
            page.close()


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_function(DRAWN)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(600)


def main(folder: Path, *, few: bool) -> None:
    """Make the gallery in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as play:
        make_up(Path(home) / "book")
        command = [str(Path(sys.executable).with_name("rekindle")), "--no-browser", "--home", f"{home}/book"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"HOME": home}) as server:
            try:
                said = server.stdout.readline() if server.stdout else ""
                browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS.split())
                shoot(browser, said.rpartition(" ")[2].strip(), folder, few=few)
                browser.close()
            finally:
                server.terminate()


if __name__ == "__main__":
    main(Path(sys.argv[1]), few="--few" in sys.argv)
