"""One's own story on the dashboard: every fold open, renewed in place, also from another page; and the search."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from rekindle.records import Json
from tests.browser.harness import Book
from tests.browser.keeping import ZONE, opened
from tests.browser.looks import DRAWN
from tests.browser.sight import show
from tests.browser.states import FOLDS
from tests.days import ago
from tests.made_up import PEOPLE, write, year_of

COVERED = "(el) => getComputedStyle(el).filter !== 'none' || getComputedStyle(el).color === 'rgba(0, 0, 0, 0)'"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, document.cookie])"
RARE = "Quittenkompott"
DAYS = 45
Look = tuple[int, Literal["light", "dark"]]
SOME: tuple[Look, ...] = ((1280, "light"),)
REST: tuple[Look, ...] = ((1280, "dark"), (390, "light"), (390, "dark"))


def entered(book: Book, exercise: str, values: dict[str, Json], days: int = 0) -> None:
    at = ago(days, ZONE)
    with opened(book.home) as journal:
        id_ = f"{exercise}-{days}-{at.utc:%f}"
        journal.save_entry(id_, exercise, values, base=0, happened=at, sitting="s", moment=at)


def fold(page: Page, name: str) -> Locator:
    return page.locator(f".rk-story--{name}")


def open_all(page: Page) -> None:
    for name in FOLDS[1:]:
        fold(page, name).get_by_role("button").first.click()
        expect(fold(page, name).locator(".rk-charts").first).not_to_be_empty()
    page.wait_for_function(DRAWN)


def accessible(page: Page, looks: tuple[Look, ...]) -> None:
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(DRAWN)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert not found, f"{width} {scheme}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("looks", [SOME, pytest.param(REST, marks=pytest.mark.full)], ids=["some", "rest"])
def test_with_every_fold_open_axe_finds_nothing_and_what_is_noted_changes_the_charts_in_their_places(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], looks: tuple[Look, ...]
) -> None:
    person = dataclasses.replace(PEOPLE[5], days=DAYS, gaps=())
    with opened(fresh_server.home) as journal:
        write(journal, year_of(person, dt.datetime.now(dt.UTC).date()))
    context = visit(fresh_server)
    page = context.new_page()
    show(page, "dashboard")
    page.wait_for_function(DRAWN)  # those below the screen come by themselves
    open_all(page)
    accessible(page, looks)
    twin = "document.querySelector('.rk-story--lines .rk-twin').textContent"
    before = page.evaluate(f"window.rkChart = document.querySelector('.rk-story--lines .rk-chart'); {twin}")
    other = context.new_page()
    show(other, "dashboard")
    other.wait_for_function(DRAWN)
    own = other.evaluate_handle("document.querySelector('.rk-story--lines .rk-chart')")
    for tab in (other, page):  # noted here, and on the other page
        if tab is other:
            tab.locator(".rk-exercise--mood-check-in .rk-scale button").nth(0).click()
        tab.wait_for_function(f"(before) => {twin} !== before", arg=before)
    assert other.evaluate("(chart) => chart.isConnected", own), "drawn anew in its place"
    assert page.evaluate("window.rkChart.isConnected")
    assert page.evaluate(twin) == other.evaluate(twin)


class Finding:
    """The search on the dashboard, opened by keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.fold = page, fold(page, "find")
        self.words, self.told = self.fold.get_by_label("Words in it"), self.fold.locator(".rk-seek [role=status]")
        self.fold.get_by_role("button", name="Look in my words").press("Enter")
        expect(self.words).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.fold.get_by_role("button", name=re.compile(f"^{name}: The letter"))


def look_and_unfold(at: Finding) -> None:
    at.page.keyboard.press("Tab")
    expect(at.words).to_be_focused()
    at.page.keyboard.type("quittenKOMP")
    expect(at.told).to_have_text("2 found.")
    expect(at.fold.locator(".rk-new")).to_have_text([RARE[:11]])
    at.button("Show these words").press("Enter")
    expect(at.fold).to_contain_text("and nobody")
    expect(at.button("Fold these words")).to_be_focused()
    link = at.fold.get_by_role("link", name="The letter I will not send")
    expect(link).to_have_attribute("href", "01-acknowledge.ipynb#letter-never-sent")
    assert not Axe().run(at.page, context=".rk-story--find").response["violations"]


def hide_and_leave(at: Finding) -> None:
    at.page.get_by_role("button", name="Hide words").first.click()
    for shown in (at.words, at.fold.locator(".rk-entry .rk-words").first):
        assert shown.evaluate(COVERED)
    at.fold.get_by_label("From when").select_option("day")
    expect(at.fold.get_by_label("Which day?")).to_be_visible()
    assert RARE[:7].lower() not in at.page.evaluate(KEPT).lower()
    at.page.locator(".rk-btn--leave").first.click()
    at.page.wait_for_url("about:blank")
    show(at.page, "dashboard")
    assert Finding(at.page).words.input_value() == ""
    assert RARE[:7].lower() not in at.page.content().lower()


def test_words_are_found_by_keyboard_covered_by_hiding_and_gone_with_leaving(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    entered(fresh_server, "mood-check-in", {"mood": 5, "word": f"Made {RARE}"}, 3)
    entered(fresh_server, "letter-never-sent", {"letter": f"You and the {RARE} and nobody"}, 5)
    page = visit(fresh_server).new_page()
    show(page, "dashboard")
    at = Finding(page)
    look_and_unfold(at)
    hide_and_leave(at)
