"""Take the pictures of the documentation, with a made-up year and never by hand. `make screenshots`.

`python -m tools.screenshots FOLDER` writes one WebP for each line of `SHOTS`; Chromium itself packs them.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rekindle.content import catalog
from rekindle.journal import Journal, new_key
from rekindle.records import Json, Moment
from tests.made_up import PEOPLE, write, year_of
from tools.chromium import find_chromium

PERSON = PEOPLE[1]
REASONS: Json = [
    {"reason": "I said yes to every late shift.", "whose": "mine", "change": "partly"},
    {"reason": "We stopped talking about the move.", "whose": "between", "change": "yes"},
    {"reason": "The flat was too small for three.", "whose": "outside", "change": "no"},
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY = "document.documentElement.dataset.rkReady === '1'"
DRAWN = """[...document.querySelectorAll('.rk-plotly')].filter((el) => el.clientWidth)
  .every((el) => el.querySelector('svg.main-svg'))"""
LONG = 90_000
QUALITY = 0.84
# Draws a picture again as WebP: smaller by half than the same as PNG, and no library is needed for it.
PACK = """async ([data, quality]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + data;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


@dataclass(frozen=True)
class Shot:
    """One picture: what is opened, how wide, how tall, and how it looks. `book` says whose journal it is."""

    notebook: str
    exercise: str = ""
    book: str = "year"
    size: tuple[int, int] = (1280, 860)
    theme: str = "light"
    hidden: bool = False
    press: str = ""
    at: str = ""
    """What the window is scrolled to."""
    part: str = ""
    """What alone is shown; "" for the window."""


PHONE = (390, 780)
SHOTS = {
    "first-screen": Shot("00-before-you-begin", book="empty"),
    "dashboard": Shot("dashboard", size=(1280, 1100)),
    "why-it-ended": Shot("01-acknowledge", "why-it-ended"),
    "what-your-page-shows": Shot("01-acknowledge", "why-it-ended", part=".rk-exercise--why-it-ended .rk-insight"),
    "story": Shot("dashboard", at=".rk-storyhead"),
    "urge-log": Shot("06-always-here", "urge-log", at=".rk-past"),
    "folded": Shot("03-reconnect", at=".rk-gate--card"),
    "words-hidden": Shot("01-acknowledge", "why-it-ended", hidden=True),
    "help-now": Shot("01-acknowledge", size=PHONE, press=".rk-btn--help"),
    "phone": Shot("dashboard", size=PHONE),
    "dark": Shot("01-acknowledge", theme="dark"),
    "your-words": Shot("your-data"),
    "unlock": Shot("dashboard", book="locked", size=(900, 620)),
    "jupyterlab": Shot("01-acknowledge", "why-it-ended", book="lab"),
}
LEADS = {"lab": ("lab",)}
WITH_KEY = "six made up words for this"


def make_up(journal_file: Path, *, key: str | None = None) -> None:
    """Write a made-up person's year into a journal."""
    with Journal.open(journal_file, never_kept=catalog().never_kept, key=new_key(key) if key else None) as journal:
        write(journal, year_of(PERSON, dt.datetime.now(dt.UTC).date()))
        journal.save("why-it-ended", "rows", REASONS, base=0, wording="", sitting="pictures", moment=Moment.now())


@contextlib.contextmanager
def serving(home: Path, book: str) -> Iterator[str]:
    """Start a book and give the address that logs one browser in."""
    folder = home / book
    folder.mkdir()
    if book != "empty":
        make_up(folder / "journal.rekindle", key=WITH_KEY if book == "locked" else None)
    command = [str(Path(sys.executable).with_name("rekindle")), *LEADS.get(book, ()), "--no-browser"]
    around = os.environ | {"HOME": str(home), "REKINDLE_HOME": str(folder)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=around) as server:
        try:
            said = next((line for line in server.stdout or () if "ready" in line), "")
            yield said.rpartition(" ")[2].strip()
        finally:
            server.terminate()


def shoot(browser: Browser, address: str, shots: dict[str, Shot], folder: Path) -> None:
    """Take these pictures of one book."""
    base = address.split("/enter/", maxsplit=1)[0]
    entry = browser.new_context()
    entry.new_page().goto(address, timeout=LONG)
    state = entry.storage_state()
    for name, shot in shots.items():
        width, height = shot.size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if shot.theme == "dark" else "light",
            storage_state=state,
            base_url=base,
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        (folder / f"{name}.webp").write_bytes(_picture(context, shot))
        context.close()
        print(name)


def _picture(context: BrowserContext, shot: Shot) -> bytes:
    if shot.hidden:
        context.add_init_script(
            "try { localStorage.setItem('rk-hide', '1'); } catch { /* about:blank has no storage */ }"
        )
    page = context.new_page()
    open_ = {"lab": _open_lab, "locked": _open_locked}.get(shot.book, _open)
    open_(page, shot)
    if shot.press:
        page.locator(shot.press).first.click()
    page.wait_for_timeout(800)
    seen = page.locator(shot.part).locator("visible=true").first.screenshot() if shot.part else page.screenshot()
    data = page.evaluate(PACK, [base64.b64encode(seen).decode(), QUALITY])
    return base64.b64decode(data)


def _open(page: Page, shot: Shot) -> None:
    page.goto(f"/voila/render/{shot.notebook}.ipynb{f'#{shot.exercise}' if shot.exercise else ''}", timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    page.wait_for_load_state("networkidle")
    if shot.at or shot.part:
        page.locator(shot.at or shot.part).locator("visible=true").first.evaluate("(el) => el.scrollIntoView()")
    page.wait_for_function(DRAWN, timeout=LONG)
    page.evaluate("document.fonts.ready")


def _open_locked(page: Page, shot: Shot) -> None:
    page.goto(f"/voila/render/{shot.notebook}.ipynb", timeout=LONG)
    page.locator("input[type=password]").first.wait_for(timeout=LONG)


def _open_lab(page: Page, shot: Shot) -> None:
    page.goto(f"/lab/tree/{shot.notebook}.ipynb?reset", timeout=LONG)
    card = page.locator(f".rk-exercise--{shot.exercise}")
    card.locator("button").first.wait_for(state="attached", timeout=LONG)
    card.locator("button").first.click()
    page.locator(f".rk-exercise--{shot.exercise}.rk-is-open").wait_for(timeout=LONG)
    card.evaluate("(card) => card.scrollIntoView()")


def main(folder: Path, only: list[str]) -> None:
    """Take all pictures, or only some, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for book in dict.fromkeys(shot.book for shot in SHOTS.values()):
            shots = {name: shot for name, shot in SHOTS.items() if shot.book == book and (not only or name in only)}
            if shots:
                with serving(Path(home), book) as address:
                    shoot(browser, address, shots, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
