"""Two pages on the same answer: the second shows the first one's text, and two edits at once are both kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.harness import Book, export, open_exercise, saved, started
from tests.browser.keeping import opened, seed, stored
from tests.browser.sight import area, ready, show, to_front, write

NOTEBOOK, PAGE, FIELD = "01-acknowledge", "why-it-ended", "deal"


@pytest.fixture(autouse=True)
def nothing_unsettled(server: Book) -> None:
    """The journal is shared: what earlier tests left in two versions is settled before each of these."""
    with opened(server.home) as journal:
        journal.settle(PAGE, FIELD)


def test_the_second_page_shows_the_firsts_text_when_it_comes_to_the_front(server: Book, page: Page) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        open_exercise(tab, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "We wanted different cities.")
    to_front(page.context, other)
    expect(area(other, PAGE, FIELD)).to_have_value("We wanted different cities.")
    write(other, PAGE, FIELD, "We wanted different cities. And we never said so.")
    to_front(page.context, page)
    expect(area(page, PAGE, FIELD)).to_have_value("We wanted different cities. And we never said so.")
    with opened(server.home) as journal:
        assert not journal.conflicts([PAGE])


def test_a_choice_made_on_one_page_shows_on_the_other(server: Book, page: Page) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        open_exercise(tab, "00-before-you-begin", "say-it-to-myself")
    page.locator(".rk-exercise--say-it-to-myself .rk-field--wish button").nth(6).click()
    saved(page, "say-it-to-myself")
    to_front(page.context, other)
    expect(other.locator(".rk-exercise--say-it-to-myself .rk-field--wish .mod-active")).to_have_text("6")
    assert stored(server.home, "say-it-to-myself", "wish") == 6


def test_edits_in_both_at_once_are_both_kept_and_the_person_is_told(server: Book, page: Page) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        open_exercise(tab, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "the first page's words")
    write(other, PAGE, FIELD, "the second page's words")
    told = other.locator(f".rk-exercise--{PAGE} .rk-other")
    expect(told).to_be_visible(timeout=5000)
    expect(told.locator("blockquote")).to_have_text("the first page's words")
    expect(area(other, PAGE, FIELD)).to_have_value("the second page's words")
    whole = export(server.home)
    assert whole["answers"][PAGE][FIELD] == "the second page's words"
    assert "the first page's words" in str(whole["history"])
    to_front(page.context, page)
    expect(page.locator(f".rk-exercise--{PAGE} .rk-other")).to_be_visible(timeout=5000)
    told.get_by_role("button", name="Use the other version").click()
    expect(area(other, PAGE, FIELD)).to_have_value("the first page's words")
    expect(told).to_have_count(0)
    assert stored(server.home, PAGE, FIELD) == "the first page's words"
    assert "the second page's words" in str(export(server.home)["history"])


def test_unsaved_words_on_a_page_are_not_replaced_when_it_comes_to_the_front(server: Book, page: Page) -> None:
    open_exercise(page, NOTEBOOK, PAGE)
    write(page, PAGE, FIELD, "")
    seed(server.home, {(PAGE, FIELD): "from elsewhere"})
    area(page, PAGE, FIELD).fill("typed here just now")
    to_front(page.context, page)
    saved(page, PAGE)
    expect(area(page, PAGE, FIELD)).to_have_value("typed here just now")
    assert stored(server.home, PAGE, FIELD) == "typed here just now"
    assert "from elsewhere" in str(export(server.home)["history"])


def test_a_page_warmed_before_an_answer_was_given_shows_that_answer(
    tmp_path: Path, visit: Callable[[Book], BrowserContext]
) -> None:
    with started(tmp_path / "warm", REKINDLE_WARM="1") as book:
        page = visit(book).new_page()
        _answer_after_warming(book, page)
        page.close()  # before its server is gone


def _answer_after_warming(book: Book, page: Page) -> None:
    show(page, "dashboard")
    show(page, NOTEBOOK)  # from now on the dashboard and the next part are warmed again
    page.wait_for_timeout(3000)
    assert len(book.kernels()) >= 3  # one is shown, two wait
    seed(book.home, {("so-what-changes", "same_wall"): "Leave the last word unsaid"})
    seed(book.home, {("woop-goal", "wish"): "Three calm evenings a week"})
    page.goto("/voila/render/dashboard.ipynb")
    ready(page)
    expect(page.get_by_text("Leave the last word unsaid")).to_be_visible()
    open_exercise(page, "02-work-on-yourself", "woop-goal")
    expect(area(page, "woop-goal", "wish")).to_have_value("Three calm evenings a week")
