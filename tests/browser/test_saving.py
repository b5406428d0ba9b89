"""Saved means stored: typing, killing, slow disks, quick clicks, a closed tab and a page full of buttons."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.harness import LONG, Book, export, logged_in, open_exercise, saved, started
from tests.browser.keeping import Held, stored
from tests.browser.sight import area, record, recorded, show, write

NOTEBOOK, PAGE, FIELD = "01-acknowledge", "why-it-ended", "deal"
runs = pytest.mark.parametrize


def samples(few: int, many: int) -> Any:
    """Return a parameter for a seeded sample, and behind the mark `full` the whole figure."""
    return runs("rounds", [few, pytest.param(many, marks=pytest.mark.full)])


def kill_all(book: Book) -> None:
    """End supervisor, worker and kernels in one instant, as a power cut would."""
    family = [psutil.Process(book.process.pid), *psutil.Process(book.process.pid).children(recursive=True)]
    for process in family:
        process.kill()
    psutil.wait_procs(family, 10)


@samples(1, 20)
def test_what_was_called_saved_survives_the_death_of_every_process(
    browser: Any, tmp_path: Path, rounds: int, watch: Any, options: dict[str, Any], figure: Callable[..., None]
) -> None:
    watch.forgive(".")
    kept = 0
    for number in range(rounds):
        text = f"Round {number}: we talked past each other.\nBoth of us, I think. ü € 😀"
        with started(tmp_path / f"home{number}") as book:
            context = logged_in(browser, book, watch, options)
            page = context.new_page()
            open_exercise(page, NOTEBOOK, PAGE)
            area(page, PAGE, FIELD).press_sequentially(text[:20])
            area(page, PAGE, FIELD).fill(text)
            saved(page, PAGE)
            kill_all(book)
            context.close()
        kept += export(tmp_path / f"home{number}")["answers"][PAGE][FIELD] == text
    figure("texts called saved that were stored after kill -9 of everything", f"{kept} of {rounds}")
    assert kept == rounds


@samples(4, 50)
def test_a_tab_closed_half_a_second_after_the_last_key_loses_no_character(
    server: Book, page: Page, rounds: int, figure: Callable[..., None]
) -> None:
    context, lost = page.context, 0
    for number in range(rounds):
        tab = context.new_page()
        open_exercise(tab, NOTEBOOK, PAGE)
        text = f"Run {number}. " + "The end came slowly, and then at once. "[: 10 + number % 25]
        area(tab, PAGE, FIELD).fill("")
        area(tab, PAGE, FIELD).press_sequentially(text, delay=15)
        tab.wait_for_timeout(500)
        tab.close()
        end = time.monotonic() + 3
        while (found := stored(server.home, PAGE, FIELD)) != text and time.monotonic() < end:
            time.sleep(0.05)
        lost += len(text) - len(str(found)) if found != text else 0
    figure("characters lost in a tab closed 500 ms after the last key", f"{lost} in {rounds} runs")
    assert lost == 0


def test_going_to_another_page_right_after_the_last_key_loses_nothing(server: Book, page: Page) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    area(page, PAGE, FIELD).fill("")
    area(page, PAGE, FIELD).press_sequentially("I never asked why.", delay=10)
    show(page, "dashboard")
    assert stored(server.home, PAGE, FIELD) == "I never asked why."


def test_quick_clicks_while_a_save_is_slow_never_show_saved_for_what_is_not_stored(server: Book, page: Page) -> None:
    root = open_exercise(page, "00-before-you-begin", "say-it-to-myself")
    scale = root.locator(".rk-field--wish button")
    scale.nth(1).click()
    saved(page, "say-it-to-myself")
    record(page, "say-it-to-myself", "wish")
    held = Held(server.home, "say-it-to-myself", "wish")
    with held.hold(1.2, 0.8):
        for number in (3, 5, 7, 9):
            scale.nth(number).click()
            page.wait_for_timeout(60)
        page.wait_for_timeout(1500)
    saved(page, "say-it-to-myself")
    seen = recorded(page)
    for begun, ended, value in held.windows:
        false = [
            shown for when, state, shown in seen if begun < when < ended and state == "saved" and shown != str(value)
        ]
        assert not false, f"said saved for {false} while {value} was stored; all: {seen}"
    assert seen[-1][1:] == ("saved", "9")
    assert stored(server.home, "say-it-to-myself", "wish") == 9
    assert len(held.windows) == 2  # the quick clicks may come to one write, on a slow computer


def test_typing_without_a_pause_is_never_called_unsaved(server: Book, page: Page) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    area(page, PAGE, FIELD).fill("")
    saved(page, PAGE)
    record(page, PAGE, FIELD)
    end, text = time.monotonic() + 6, ""
    while time.monotonic() < end:
        word = "on and on "
        area(page, PAGE, FIELD).press_sequentially(word, delay=40)
        text += word
    saved(page, PAGE)
    states = {state for _, state, _ in recorded(page)}
    assert states <= {"saved", "saving"}, states
    assert stored(server.home, PAGE, FIELD) == text


def test_a_text_that_is_too_long_is_said_so_and_none_of_it_is_dropped(server: Book, page: Page) -> None:
    root = open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "before")
    long = "word " * 60_000
    box = area(page, PAGE, FIELD)
    box.evaluate("(el, text) => { el.focus(); el.select(); document.execCommand('insertText', false, text) }", long)
    expect(root.locator(".rk-field--deal .rk-limit")).to_be_visible(timeout=20_000)
    expect(root.locator('.rk-saved[data-state="unsaved"]')).to_be_visible()
    assert box.input_value() == long
    assert stored(server.home, PAGE, FIELD) == "before"
    write(page, PAGE, FIELD, long[:1900])
    assert stored(server.home, PAGE, FIELD) == long[:1900]
    expect(root.locator(".rk-field--deal .rk-limit")).to_be_hidden()


@pytest.mark.parametrize("each", [pytest.param(1, marks=pytest.mark.full), 3])
def test_typing_is_saved_after_every_button_and_link_of_the_page(server: Book, page: Page, each: int) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    context, number = page.context, 0
    context.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    targets = page.locator("a[href], summary, button").evaluate_all(
        """all => all.map((el, i) => (el.dataset.rkTest = i, { i, text: el.textContent.trim(),
        href: el.getAttribute('href') || '',
        target: el.target || '', cls: el.className, leave: el.classList.contains('rk-btn--leave') }))"""
    )
    for target in targets[::each]:
        away = ".ipynb" in target["href"]
        if target["leave"] or away:
            continue
        assert target["href"].startswith("#") or not target["href"] or target["target"] == "_blank", target
        one = page.locator(f'[data-rk-test="{target["i"]}"]')
        if not one.count() or not one.is_visible():
            continue
        one.focus()
        page.keyboard.press("Enter")
        if page.locator("dialog[open]").count():
            page.keyboard.press("Escape")
        if "puts-away" in target["cls"]:
            page.locator(f".rk-exercise--{PAGE}.rk-card--shut").wait_for()
        number += 1
        open_exercise(page, NOTEBOOK, PAGE)
        write(page, PAGE, FIELD, f"after {number}")
        assert stored(server.home, PAGE, FIELD) == f"after {number}", target
    assert number > 8 / each


@pytest.mark.parametrize("most", [pytest.param(99, marks=pytest.mark.full), 2])
def test_typing_is_saved_after_going_to_each_linked_page_and_back(server: Book, page: Page, most: int) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    links = page.locator("a[href*='.ipynb']").evaluate_all("all => [...new Set(all.map((a) => a.pathname))]")
    assert len(links) >= 8
    for number, link in enumerate(links[:: max(1, len(links) // most + 1)]):
        response = page.goto(link, timeout=LONG)
        assert response
        assert response.ok, link
        page.go_back(timeout=LONG)
        open_exercise(page, NOTEBOOK, PAGE)
        write(page, PAGE, FIELD, f"back {number}")
        assert stored(server.home, PAGE, FIELD) == f"back {number}"


def test_skip_is_kept_as_a_choice_and_can_be_taken_back(server: Book, page: Page) -> None:
    root = open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "something")
    root.locator(".rk-field--deal button").click()
    expect(area(page, PAGE, FIELD)).to_have_value("")
    saved(page, PAGE)
    assert stored(server.home, PAGE, FIELD) is None
    write(page, PAGE, FIELD, "after all")
    assert stored(server.home, PAGE, FIELD) == "after all"


def test_a_removed_row_can_be_put_back(server: Book, page: Page) -> None:
    root = open_exercise(page, NOTEBOOK, PAGE)
    rows = root.locator(".rk-field--rows")
    rows.locator("textarea").first.fill("We never spoke about money")
    saved(page, PAGE)
    before = stored(server.home, PAGE, "rows")
    rows.locator(".rk-remove").first.click()
    saved(page, PAGE)
    assert stored(server.home, PAGE, "rows") != before
    rows.locator(".rk-back").click()
    saved(page, PAGE)
    assert stored(server.home, PAGE, "rows") == before
