"""What a person sees of a page: is it ready, what does it say of saving, what stands in its fields."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.harness import LONG, Book, Watch, saved

# One line for each frame in which the saved mark or the field changed: what a person could have read.
RECORD = """([root, field]) => {
  const card = document.querySelector(root), box = card.querySelector(field), log = (window.rkLog = []);
  const look = () => {
    const mark = card.querySelector('.rk-saved'), area = box.querySelector('textarea');
    const on = [...box.querySelectorAll('.mod-active')].map((one) => one.textContent.trim());
    const now = [mark ? mark.dataset.state : '', area ? area.value : on.join(',')];
    const last = log[log.length - 1];
    if (!last || last[1] !== now[0] || last[2] !== now[1]) log.push([Date.now(), ...now]);
    requestAnimationFrame(look);
  };
  look();
}"""
KERNEL_ID = re.compile(r"/api/kernels/([0-9a-f-]{36})/channels")


def path(notebook: str) -> str:
    """Return the address of a notebook's page."""
    return f"/voila/render/{notebook}.ipynb"


def show(page: Page, notebook: str, anchor: str = "") -> None:
    """Open a notebook's page and wait until it is ready: every control filled from the journal."""
    page.goto(path(notebook) + (f"#{anchor}" if anchor else ""), timeout=LONG)
    ready(page)


def ready(page: Page) -> None:
    """Wait until the page says that it is ready."""
    page.locator("html[data-rk-ready]").wait_for(state="attached", timeout=LONG)


def area(page: Page, exercise: str, key: str) -> Locator:
    """Return the first text box of a field."""
    return page.locator(f".rk-exercise--{exercise} .rk-field--{key} textarea").first


def write(page: Page, exercise: str, key: str, text: str) -> None:
    """Put a text into a field and wait until the page says that it is saved."""
    area(page, exercise, key).fill(text)
    saved(page, exercise)


def mark(page: Page, exercise: str) -> Locator:
    """Return the place where an exercise says whether it is saved."""
    return page.locator(f".rk-exercise--{exercise} .rk-saved")


def record(page: Page, exercise: str, key: str) -> None:
    """Begin to note what stands on the page, frame by frame."""
    page.evaluate(RECORD, [f".rk-exercise--{exercise}", f".rk-field--{key}"])


def recorded(page: Page) -> list[tuple[float, str, str]]:
    """Return (milliseconds since 1970, state, what the field shows), a line for each change."""
    lines: list[Any] = page.evaluate("window.rkLog")
    return [(when, state, shown) for when, state, shown in lines]


def to_front(context: BrowserContext, page: Page) -> None:
    """Bring a tab to the front, as far as a headless browser knows a front: it gets the focus."""
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def kernel_of(book: Book, watch: Watch, page: Page) -> psutil.Process:
    """Return the kernel behind the page that opened its socket last."""
    assert urlsplit(page.url).path.startswith("/voila/")
    last = next(found[1] for url in reversed(watch.asked) if (found := KERNEL_ID.search(url)))
    return next(one for one in book.kernels() if any(last in word for word in one.cmdline()))
