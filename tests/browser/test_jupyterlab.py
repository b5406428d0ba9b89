"""JupyterLab: the same pages, the same answers, the same three controls; and a repr that tells nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rekindle.content import catalog
from tests.browser.harness import LONG, Book, Watch, logged_in, open_exercise, saved, started
from tests.browser.keeping import seed, stored
from tests.browser.lab import menu, run_notebook, started_lab
from tests.browser.sight import area, to_front, write

NOTEBOOK, PAGE, FIELD = "01-acknowledge", "why-it-ended", "deal"


@pytest.fixture(scope="module")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with started_lab(tmp_path_factory.mktemp("lab")) as book:
        yield book


@pytest.fixture(scope="module")
def lab(browser: Browser, lab_server: Book) -> Iterator[BrowserContext]:
    record = Watch()
    context = logged_in(browser, lab_server, record, {"viewport": {"width": 1280, "height": 900}})
    yield context
    context.close()
    assert not record.faults(), "\n".join(record.faults())


@pytest.fixture(scope="module")
def page(lab: BrowserContext) -> Iterator[Page]:
    page = lab.new_page()
    run_notebook(page, NOTEBOOK, PAGE)
    yield page
    page.close()


def test_what_is_typed_there_is_saved_and_stands_in_the_pages_too(
    page: Page, lab_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    write(page, PAGE, FIELD, "from JupyterLab")
    assert stored(lab_server.home, PAGE, FIELD) == "from JupyterLab"
    with started(lab_server.home) as pages:
        other = visit(pages).new_page()
        open_exercise(other, NOTEBOOK, PAGE)
        expect(area(other, PAGE, FIELD)).to_have_value("from JupyterLab")
        write(other, PAGE, FIELD, "and from Voilà")
        to_front(page.context, page)
        expect(area(page, PAGE, FIELD)).to_have_value("and from Voilà")
        other.close()


def test_words_go_on_being_saved_while_a_chart_and_a_table_are_there(page: Page, lab_server: Book) -> None:
    rows = page.locator(f".rk-exercise--{PAGE} .rk-field--rows textarea")
    rows.first.fill("We stopped asking")
    saved(page, PAGE)
    assert "We stopped asking" in str(stored(lab_server.home, PAGE, "rows"))


def test_help_hide_and_leave_are_there_without_our_template(lab: BrowserContext, page: Page) -> None:
    page.locator(".rk-tools--lab").scroll_into_view_if_needed()
    page.locator(".rk-tools--lab .rk-btn--help").click()
    expect(page.locator("dialog.rk-help[open]")).to_be_visible()
    assert page.locator("dialog.rk-help[open] li").count() > 3
    expect(page.locator("dialog.rk-help[open]")).to_contain_text(catalog().say("interface.frame.leave_limits"))
    page.locator("dialog.rk-help[open] button").click()
    hide = page.locator(".rk-tools--lab button").first
    hide.click()
    expect(page.locator("html[data-rk-hide]")).to_be_attached()
    hide.click()
    expect(page.locator("html[data-rk-hide]")).to_have_count(0)


def test_the_windows_title_is_neutral_and_the_launcher_has_a_tile_for_each_page(page: Page) -> None:
    assert page.title() == catalog().say("interface.frame.window")
    menu(page, "File", "New Launcher")
    tiles = page.locator(".jp-LauncherCard")
    expect(tiles.filter(has_text="Acknowledge")).to_have_count(1)
    tiles.filter(has_text=catalog().say("dashboard.title")).first.click()
    expect(page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1")).to_have_text(
        catalog().say("dashboard.title") + "¶"
    )
    page.get_by_role("tab", name=NOTEBOOK).click()


def test_a_link_opens_its_notebook_in_this_jupyterlab(lab: BrowserContext, page: Page) -> None:
    pages = len(lab.pages)
    page.locator(".rk-state a").first.click()
    shown = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1").first
    expect(shown).to_have_text(catalog().part("before-you-begin").title + "¶")
    assert len(lab.pages) == pages
    page.get_by_role("tab", name=NOTEBOOK).click()


@pytest.mark.full
def test_the_programs_own_pages_run_when_they_are_opened_also_after_a_reload(
    browser: Browser, tmp_path: Path, watch: Watch
) -> None:
    with started(tmp_path, "lab") as book:
        dark = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
        page = logged_in(browser, book, watch, dark).new_page()
        for _ in range(2):
            page.goto(f"/lab/tree/{NOTEBOOK}.ipynb?reset", timeout=LONG)
            page.locator(f".rk-exercise--{PAGE} button").first.wait_for(state="attached", timeout=LONG)
        expect(page.locator("body[data-jp-theme-light=false]")).to_be_attached()
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("about:blank")
        page.context.close()


def test_no_output_of_a_notebook_holds_a_word(page: Page, lab_server: Book) -> None:
    write(page, PAGE, FIELD, "UhuWortQx7")
    seed(lab_server.home, {("say-it-to-myself", "sentence"): "UhuWortQx7"})
    outputs = _outputs(lab_server)
    assert len(outputs) >= 3
    assert not [output for output in outputs if "UhuWort" in str(output)]
    assert all(set(o["data"]) >= {"text/plain"} for o in outputs if "data" in o)


def _outputs(book: Book) -> list[dict[str, Any]]:
    """Run a notebook as JupyterLab's kernel would, fill its pages, and return all outputs anew."""
    folder = book.home / "notebooks"
    notebook = nbformat.read(folder / f"{NOTEBOOK}.ipynb", as_version=4)
    fill = "part._on_shown('UTC', frozenset())\nfor card in part.cards.values(): card.open()\n"
    show = "from IPython.display import display\nfor card in part.cards.values(): display(card.root)\npart"
    inside = (
        "def walk(w):\n    display(w)\n    for k in getattr(w, 'children', ()): walk(k)\n"
        "for card in part.cards.values(): walk(card.root)"
    )
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in (fill, show, inside)]
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", store_widget_state=False)
    client.execute(env={**_environment(book)}, cwd=str(folder))
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _environment(book: Book) -> dict[str, str]:
    return {**os.environ, "REKINDLE_HOME": str(book.home / "rekindle")}


def test_leave_now_leaves(page: Page) -> None:
    page.locator(".rk-tools--lab").scroll_into_view_if_needed()
    page.locator(".rk-tools--lab .rk-btn--leave").click()
    page.wait_for_url("about:blank")
