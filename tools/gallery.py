"""Make the gallery: every page and state of the book, wide and narrow, light and dark, with a made-up person's days.

`python -m tools.gallery FOLDER [NAME …]` writes PNG files and a page that shows them all; names choose some of the
states. With `--few` only the pictures that the README shows. `make gallery` makes all, in `.work/gallery`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rekindle.content import catalog
from tests.browser.harness import FLAGS, Watch, logged_in, run, started
from tests.browser.keeping import journal_of
from tests.browser.lab import opened, run_notebook, started_lab
from tests.browser.looks import DARK, PHONE, WIDE, Look, wear
from tests.browser.shelves import empty, in_state
from tests.browser.states import STATES, State, settle
from tools.chromium import find_chromium

LOOKS = (WIDE, DARK, PHONE, Look(390, "dark"))
FEW = {"first-screen": "first-screen", "reflection": "why-it-ended", "dashboard": "dashboard"}
"""States that the README shows, and what their pictures are called there."""
ABOVE = {"help", "contents"}
"""States of which the window is shown, not the whole page: something lies over it."""
OPTIONS: dict[str, Any] = {"viewport": {"width": 1280, "height": 844}, "locale": "en-GB"}


def shoot(page: Page, name: str, folder: Path, looks: tuple[Look, ...] = LOOKS) -> None:
    """Keep a picture of a page in each look."""
    for look in looks:
        wear(page, look)
        page.wait_for_timeout(400)  # a chart that was given another width is drawn anew
        page.screenshot(path=folder / f"{name}-{look.width}-{look.scheme}.png", full_page=name not in ABOVE)
    print(name, flush=True)


def shoot_states(browser: Browser, home: Path, folder: Path, states: list[State]) -> None:
    """Visit each state on a journal of its own, with one server."""
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as entry:
        login = entry.storage_state()
        for state in states:
            state.begin(home)
            with closing(browser.new_context(base_url=book.base, storage_state=login, **OPTIONS)) as context:
                page = context.new_page()
                state.come(page)
                shoot(page, state.name, folder)


def shoot_few(browser: Browser, home: Path, folder: Path) -> None:
    """Make the pictures of the README: what a window shows, at a desk, in the light."""
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        for state in (one for one in STATES if one.name in FEW):
            state.begin(home)
            page = context.new_page()
            state.come(page)
            wear(page, WIDE)
            settle(page)
            page.screenshot(path=folder / f"{FEW[state.name]}.png")


def shoot_lock(browser: Browser, home: Path, folder: Path) -> None:
    """Show the page that asks for the passphrase, and what it says of a wrong one."""
    empty(home)
    journal_of(home).write_bytes(bytes(range(256)) * 64)  # nobody can tell that from a locked journal
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        page = _there(context, "/")
        shoot(page, "unlock", folder)
        page.get_by_label(catalog().say("lock.passphrase")).fill("not the one")
        page.get_by_role("button", name=catalog().say("lock.open")).click()
        page.get_by_text(catalog().say("errors.journal-locked.happened")).wait_for(timeout=30_000)
        shoot(page, "unlock-wrong", folder)


def shoot_keepsake(browser: Browser, home: Path, folder: Path) -> None:
    """Show the private book, as the file that it is."""
    in_state(home, "quiet")
    file = home / "book.html"
    done = run(home, "book", str(file), "--charts", "--then-and-now", "--entries")
    assert done.returncode == 0, done.stderr  # noqa: S101 - nothing to show then
    with closing(browser.new_context(**OPTIONS)) as context:
        shoot(_there(context, file.as_uri()), "keepsake", folder)


def shoot_lab(browser: Browser, home: Path, folder: Path) -> None:
    """Show a part in JupyterLab, with a card open."""
    in_state(home, "quiet")
    with started_lab(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        page = context.new_page()
        run_notebook(page, "01-acknowledge", "why-it-ended")
        opened(page, "why-it-ended").scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        page.screenshot(path=folder / "jupyterlab-1280-light.png")
    print("jupyterlab", flush=True)


OTHERS: dict[str, Callable[[Browser, Path, Path], None]] = {
    "unlock": shoot_lock,
    "keepsake": shoot_keepsake,
    "jupyterlab": shoot_lab,
}


def _there(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page


def _index(folder: Path) -> Iterator[str]:
    """Give the lines of a page that shows every picture."""
    yield '<!DOCTYPE html><meta charset="utf-8"><title>Gallery</title><style>'
    yield "body { font: 1rem/1.5 system-ui; background: #888; } img { height: 30rem; margin: .5rem; }</style>"
    for name in dict.fromkeys(file.stem.rsplit("-", 2)[0] for file in sorted(folder.glob("*.png"))):
        yield f"<h2>{name}</h2>"
        yield from (
            f'<a href="{f.name}"><img src="{f.name}" alt="{f.stem}"></a>' for f in folder.glob(f"{name}-*-*.png")
        )


def main(folder: Path, names: list[str], *, few: bool) -> None:
    """Make the gallery in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    homes = Path(tempfile.mkdtemp(prefix="rk-gallery-"))
    os.environ["REKINDLE_HOME"] = str(homes)  # nothing here may reach a real book
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        if few:
            shoot_few(browser, homes / "few", folder)
        else:
            states = [state for state in STATES if not names or state.name in names]
            if states:
                shoot_states(browser, homes / "states", folder, states)
            for name in (name for name in OTHERS if not names or name in names):
                OTHERS[name](browser, homes / name, folder)
            (folder / "index.html").write_text("\n".join(_index(folder)), encoding="utf-8")
        browser.close()
    shutil.rmtree(homes, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [word for word in sys.argv[2:] if word != "--few"], few="--few" in sys.argv)
