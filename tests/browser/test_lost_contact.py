"""Contact lost: the page says so within seconds, keeps what was typed, and never calls it saved."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.harness import Book, Watch, open_exercise, saved
from tests.browser.keeping import stored
from tests.browser.sight import area, kernel_of, mark, record, recorded, write

NOTEBOOK, PAGE, FIELD = "01-acknowledge", "why-it-ended", "deal"
OTHER = ".rk-exercise--it-is-over-for-now"


def copied(page: Page) -> str:
    """Press the button that copies the words, and return what it copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(f".rk-exercise--{PAGE} .rk-copy").click()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.full)])
def test_a_dead_kernel_is_told_within_three_seconds_and_no_saved_word_is_missing(
    server: Book, page: Page, watch: Watch, rounds: int, figure: Callable[..., None]
) -> None:
    watch.forgive(".")
    slowest = 0.0
    for number in range(rounds):
        tab = page.context.new_page()
        open_exercise(tab, NOTEBOOK, PAGE)
        first = f"{number} was saved. "
        write(tab, PAGE, FIELD, first)
        record(tab, PAGE, FIELD)
        area(tab, PAGE, FIELD).press("End")
        kernel_of(server, watch, tab).kill()
        died = time.time() * 1000
        area(tab, PAGE, FIELD).press_sequentially("and this was not", delay=50 + 40 * (number % 4))
        tab.locator(f".rk-exercise--{PAGE} .rk-saved:is([data-state=unsaved], [data-state=lost])").wait_for(
            timeout=9000
        )
        seen = recorded(tab)
        told = next(when for when, state, _ in seen if state in ("unsaved", "lost"))
        slowest = max(slowest, told - died)
        text = area(tab, PAGE, FIELD).input_value()
        assert text.startswith(first)
        assert len(text) > len(first)
        assert not [shown for when, state, shown in seen if when > died + 50 and state == "saved" and shown != first]
        assert text in copied(tab)
        tab.reload()
        open_exercise(tab, NOTEBOOK, PAGE)
        assert area(tab, PAGE, FIELD).input_value().startswith(first)
        assert stored(server.home, PAGE, FIELD) == area(tab, PAGE, FIELD).input_value()
        tab.close()
    figure("slowest notice of a dead kernel", f"{slowest / 1000:.1f} s in {rounds} runs")
    assert slowest <= 3000


def test_a_frozen_kernel_is_told_and_catches_up_by_itself(server: Book, page: Page, watch: Watch) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "before")
    record(page, PAGE, FIELD)
    kernel = kernel_of(server, watch, page)
    kernel.send_signal(signal.SIGSTOP)
    try:
        begun = time.time() * 1000
        area(page, PAGE, FIELD).fill("written while it was frozen")
        mark(page, PAGE).and_(page.locator(":is([data-state=unsaved], [data-state=lost])")).wait_for(timeout=9000)
        told = next(when for when, state, _ in recorded(page) if state in ("unsaved", "lost"))
    finally:
        kernel.send_signal(signal.SIGCONT)
    saved(page, PAGE, 15)
    assert stored(server.home, PAGE, FIELD) == "written while it was frozen"
    seen = recorded(page)
    assert not [1 for when, state, shown in seen if begun < when < told and state == "saved" and shown != "before"]
    assert told - begun <= 3200


def test_a_dead_kernel_behind_a_page_with_nothing_unsaved_opens_the_page_anew_and_what_was_pressed_meanwhile(
    server: Book, page: Page, watch: Watch
) -> None:
    watch.forgive(".")
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "all of it was saved")
    page.evaluate("window.rkOld = true")
    kernel_of(server, watch, page).kill()
    page.locator(f"{OTHER} button").click()
    page.wait_for_function("!window.rkOld && document.documentElement.dataset.rkReady", timeout=30_000)
    page.locator(f"{OTHER}.rk-is-open").wait_for()
    open_exercise(page, NOTEBOOK, PAGE)
    expect(area(page, PAGE, FIELD)).to_have_value("all of it was saved")


def test_a_server_that_is_gone_leaves_the_words_on_the_page(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], watch: Watch
) -> None:
    watch.forgive(".")
    page = visit(fresh_server).new_page()
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "kept")
    fresh_server.end()
    area(page, PAGE, FIELD).press_sequentially(" and not kept")
    mark(page, PAGE).and_(page.locator(":is([data-state=unsaved], [data-state=lost])")).wait_for(timeout=9000)
    page.wait_for_timeout(4000)  # time enough for a page that wrongly reloads itself, or calls it saved after all
    assert area(page, PAGE, FIELD).input_value() == "kept and not kept"
    expect(mark(page, PAGE)).not_to_have_attribute("data-state", "saved")
    assert stored(fresh_server.home, PAGE, FIELD) == "kept"


STILL = """() => { window.rkSeen = [];
  new MutationObserver((all) => all.forEach((one) => window.rkSeen.push(one.target.dataset.state)))
    .observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  const end = performance.now() + 3500; while (performance.now() < end); }"""


def test_a_page_that_was_at_work_itself_does_not_call_its_kernel_gone(server: Book, page: Page) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    page.evaluate(STILL)
    page.wait_for_timeout(600)
    assert "lost" not in page.evaluate("window.rkSeen")
