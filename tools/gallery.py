"""Make the gallery: every page and state of the book, wide and narrow, light and dark, with a made-up person's days.

`python -m tools.gallery FOLDER [NAME …]` writes PNG files and a page that shows them all; names choose some of the
states. With `--few` only the pictures that the README shows. `make gallery` makes all, in `.work/gallery`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.harness import FLAGS, Watch, logged_in, started
from tests.browser.keeping import journal_of
from tests.browser.looks import WIDE, steady, wear
from tests.browser.states import STATES, State, lose, settle, wait_for_kernel
from tools.chromium import find_chromium
from tools.edges import EDGES
from tools.shots import OPTIONS, shoot

FEW = {"first-screen": "first-screen", "reflection": "why-it-ended", "dashboard": "dashboard"}
"""States that the README shows, and what their pictures are called there."""
STAYING = {"loading": wait_for_kernel, "lost": lose}
"""States that would pass while their pictures are made: how somebody comes to them here, where they stay."""
NAMES = (*(state.name for state in STATES), *(name for names in EDGES.values() for name in names))


def shoot_states(browser: Browser, home: Path, folder: Path, states: list[State]) -> None:
    """Visit each state on a journal of its own, with one server."""
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as entry:
        login = entry.storage_state()
        for state in states:
            shutil.rmtree(journal_of(home).with_name("backups"), ignore_errors=True)  # of the state before this one
            state.begin(home)
            with closing(browser.new_context(base_url=book.base, storage_state=login, **OPTIONS)) as context:
                page = context.new_page()
                STAYING.get(state.name, state.come)(page)
                steady(page)
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
            for make, made in EDGES.items():
                if not names or set(names) & set(made):
                    make(browser, homes / made[0], folder)
            (folder / "index.html").write_text("\n".join(_index(folder)), encoding="utf-8")
        browser.close()
    shutil.rmtree(homes, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [word for word in sys.argv[2:] if word != "--few"], few="--few" in sys.argv)
