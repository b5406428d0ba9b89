"""Edges: pictures that need a server, a disk or a browser of their own: the lock, a full disk, JupyterLab."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect

from rekindle.content import catalog
from tests.browser.harness import Watch, logged_in, run, started
from tests.browser.keeping import journal_of
from tests.browser.lab import opened, run_notebook, started_lab
from tests.browser.shelves import empty, in_state
from tests.browser.sight import area, mark, path
from tests.browser.states import fresh
from tests.browser.troubles import closed_folder, fill_up, make_newer, small_disk
from tools.shots import OPTIONS, shoot, there, turn

PART, CARD, FIELD = "01-acknowledge", "why-it-ended", "deal"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SAY = catalog().say


def shoot_lock(browser: Browser, home: Path, folder: Path) -> None:
    """Show the page that asks for the passphrase, and what it says of a wrong one."""
    empty(home)
    journal_of(home).write_bytes(bytes(range(256)) * 64)  # nobody can tell that from a locked journal
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        page = there(context, "/")
        shoot(page, "unlock", folder)
        page.get_by_label(SAY("lock.passphrase")).fill("not the one")
        page.get_by_role("button", name=SAY("lock.open")).click()
        page.get_by_text(SAY("errors.journal-locked.happened")).wait_for(timeout=30_000)
        shoot(page, "unlock-wrong", folder)


def shoot_keepsake(browser: Browser, home: Path, folder: Path) -> None:
    """Show the private book, as the file that it is."""
    in_state(home, "quiet")
    file = home / "book.html"
    done = run(home, "book", str(file), "--charts", "--then-and-now", "--entries")
    assert done.returncode == 0, done.stderr  # noqa: S101 - nothing to show then
    with closing(browser.new_context(**OPTIONS)) as context:
        shoot(there(context, file.as_uri()), "keepsake", folder)


def shoot_without_script(browser: Browser, home: Path, folder: Path) -> None:
    """Show a part to a browser that runs no script."""
    in_state(home, "quiet")
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as entry:
        more = {**OPTIONS, "base_url": book.base, "storage_state": entry.storage_state()}
        with closing(browser.new_context(**more, java_script_enabled=False)) as context:
            page = context.new_page()
            page.goto(path(PART))
            page.locator(".rk-noscript").wait_for()
            shoot(page, "no-script", folder, dress=turn)


def shoot_binder(browser: Browser, home: Path, folder: Path) -> None:
    """Show the first page on a shared computer that forgets, before and after somebody made up moves in."""
    empty(home)
    with (
        started(home, BINDER_LAUNCH_HOST="https://mybinder.org/") as book,
        closing(logged_in(browser, book, Watch(), OPTIONS)) as context,
    ):
        page = context.new_page()
        fresh(page, "00-before-you-begin")
        shoot(page, "binder", folder)
        page.get_by_role("button", name=SAY("interface.banner.try_button"), exact=True).click()
        page.locator("html[data-rk-madeup]").wait_for(state="attached", timeout=30_000)
        shoot(page, "binder-made-up", folder)


def shoot_closed_folder(browser: Browser, home: Path, folder: Path) -> None:
    """Show what a card says where nothing can be written any more."""
    in_state(home, "quiet")
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        page = context.new_page()
        fresh(page, PART, CARD)
        with closed_folder(journal_of(home).parent) as closed:
            if closed:
                _refuse(page)
                shoot(page, "read-only", folder)
            else:
                print("read-only: this machine has no such folders for whoever runs this")


def shoot_full_disk(browser: Browser, home: Path, folder: Path) -> None:
    """Show what a card says where the disk is full."""
    with small_disk() as disk:
        if disk is None:
            print("disk-full: this machine lets nobody mount a small disk")
            return
        with (
            started(home, REKINDLE_HOME=str(disk / "rekindle")) as book,
            closing(logged_in(browser, book, Watch(), OPTIONS)) as context,
        ):
            page = context.new_page()
            fresh(page, PART, CARD)
            fill_up(disk / "filler")
            _refuse(page)
            shoot(page, "disk-full", folder)


def _refuse(page: Page) -> None:
    area(page, CARD, FIELD).fill("I wish that we had talked in January. " * 20)
    expect(mark(page, CARD)).to_have_attribute("data-state", "unsaved", timeout=20_000)


def shoot_newer(browser: Browser, home: Path, folder: Path) -> None:
    """Show a part whose journal cannot be read: a later program has written it."""
    in_state(home, "quiet")
    make_newer(journal_of(home))
    with started(home) as book, closing(logged_in(browser, book, Watch(), OPTIONS)) as context:
        page = context.new_page()
        fresh(page, PART)
        page.locator(".rk-note[role=alert]").first.wait_for(timeout=30_000)
        shoot(page, "journal-newer", folder)


def shoot_lab(browser: Browser, home: Path, folder: Path) -> None:
    """Show a part in JupyterLab, at its head and with a card open, by day and by night."""
    in_state(home, "quiet")
    for scheme in SCHEMES:
        options = {**OPTIONS, "color_scheme": scheme}
        with started_lab(home) as book, closing(logged_in(browser, book, Watch(), options)) as context:
            page = context.new_page()
            run_notebook(page, PART, CARD)
            for name, place in (("jupyterlab", opened(page, CARD)), ("jupyterlab-head", page.locator(".rk-head"))):
                place.first.scroll_into_view_if_needed()
                page.wait_for_timeout(1000)
                page.screenshot(path=folder / f"{name}-1280-{scheme}.png")
                print(name, scheme, flush=True)


EDGES: dict[Callable[[Browser, Path, Path], None], tuple[str, ...]] = {
    shoot_lock: ("unlock", "unlock-wrong"),
    shoot_without_script: ("no-script",),
    shoot_binder: ("binder", "binder-made-up"),
    shoot_closed_folder: ("read-only",),
    shoot_full_disk: ("disk-full",),
    shoot_newer: ("journal-newer",),
    shoot_keepsake: ("keepsake",),
    shoot_lab: ("jupyterlab", "jupyterlab-head"),
}
"""Who makes which pictures."""
