"""Shots: one page, kept as a picture in each look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser.looks import DARK, PHONE, WIDE, Look, wear
from tests.browser.states import settle

LOOKS = (WIDE, DARK, PHONE, Look(390, "dark"))
ABOVE = {"help", "contents"}
"""States of which the window is shown, not the whole page: something lies over it."""
ALL = ".rk * { content-visibility: visible !important; }"
"""Draws what is far out of sight, too, where the whole page is shown."""
OPTIONS: dict[str, Any] = {"viewport": {"width": 1280, "height": 844}, "locale": "en-GB"}


def shoot(page: Page, name: str, folder: Path, *, dress: Callable[[Page, Look], None] = wear) -> None:
    """Keep a picture of a page in each look."""
    for look in LOOKS:
        dress(page, look)
        page.wait_for_timeout(400)  # a chart that was given another width is drawn anew
        path = folder / f"{name}-{look.width}-{look.scheme}.png"
        page.screenshot(path=path, full_page=name not in ABOVE, style=ALL)
    print(name, flush=True)


def turn(page: Page, look: Look) -> None:
    """Give a page another look where no script of it runs."""
    page.set_viewport_size({"width": look.width, "height": 844})
    page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")


def there(context: BrowserContext, address: str) -> Page:
    """Return a new page at an address, when it has settled."""
    page = context.new_page()
    page.goto(address)
    settle(page)
    return page
