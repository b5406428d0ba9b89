"""JupyterLab as `rekindle lab` serves it, on a copy of the notebooks: what is saved there never reaches the tree."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.harness import LONG, Book, started


@contextlib.contextmanager
def started_lab(home: Path, **more: Any) -> Iterator[Book]:
    """Start `rekindle lab` on a copy of the notebooks, `home / "notebooks"`."""
    with started(home, "lab", "--copy", str(home / "notebooks"), **more) as book:
        yield book


def run_notebook(page: Page, notebook: str, exercise: str, base: str = "") -> Locator:
    """Open a notebook in JupyterLab, run all its cells, and return one exercise, open."""
    with page.expect_response(lambda answer: "/api/sessions" in answer.url and answer.request.method == "POST"):
        page.goto(f"{base}/lab/tree/{notebook}.ipynb?reset", timeout=LONG)
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-Cell").first.wait_for(timeout=LONG)
    panel.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(state="attached", timeout=LONG)
    menu(page, "Run", "Run All Cells")
    page.locator(f".rk-exercise--{exercise} button").first.wait_for(state="attached", timeout=LONG)
    page.locator(f".rk-exercise--{exercise}").scroll_into_view_if_needed()
    return opened(page, exercise)


def opened(page: Page, exercise: str) -> Locator:
    """Return an exercise of the notebook that is shown, open."""
    root = page.locator(f".rk-exercise--{exercise}")
    if "rk-is-open" not in (root.get_attribute("class") or "").split():
        root.locator("button").first.click()
    page.locator(f".rk-exercise--{exercise}.rk-is-open").wait_for(timeout=LONG)
    return root


def menu(page: Page, name: str, item: str) -> None:
    """Choose something from JupyterLab's menus."""
    page.get_by_role("menuitem", name=name, exact=True).first.click()
    page.locator(".lm-Menu-item", has=page.locator(".lm-Menu-itemLabel", has_text=item)).first.click()


def end_kernel(page: Page) -> None:
    """End the kernel of the notebook that stands open in JupyterLab, if one does."""
    if page.locator(".jp-NotebookPanel").count():
        with page.expect_response(lambda answer: "/api/sessions" in answer.url and answer.request.method == "DELETE"):
            menu(page, "Kernel", "Shut Down Kernel")
