"""Honest marks: what is never kept is never called saved, refused words stay, and words hide where eyes may be."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import catalog
from tests.browser.harness import Book, open_exercise, saved

SAY = catalog().say
OPENING = "00-before-you-begin"
HIDDEN = "() => document.documentElement.hasAttribute('data-rk-hide')"


def test_a_tick_that_is_never_kept_is_never_called_saved(page: Page) -> None:
    root = open_exercise(page, OPENING, "my-own-line")
    mark = root.locator(".rk-saved")
    root.locator(".rk-field--by_me input[type=checkbox]").last.check()
    expect(mark).to_have_attribute("data-state", "unkept")
    expect(mark).to_have_text(SAY("interface.status.not_kept"))
    root.locator(".rk-field--next input[type=radio]").last.check()
    saved(page, "my-own-line")
    expect(mark).to_contain_text(SAY("interface.status.not_kept_too"))


def test_words_beyond_the_limit_keep_their_card_open(page: Page) -> None:
    root = open_exercise(page, OPENING, "say-it-to-myself")
    area = root.locator(".rk-field--sentence textarea")
    area.fill("x" * 2001)
    expect(root.locator(".rk-saved")).to_have_attribute("data-state", "unsaved")
    done = root.get_by_role("button", name=SAY("interface.buttons.done"), exact=True)
    done.click()
    page.wait_for_timeout(600)
    expect(area).to_have_value("x" * 2001)
    area.fill("short enough")
    saved(page, "say-it-to-myself")
    done.click()
    expect(area).to_have_count(0)


def test_words_start_hidden_where_somebody_could_see_them_until_they_are_shown(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    context = visit(fresh_server)
    page = context.new_page()
    root = open_exercise(page, OPENING, "screen-check")
    assert not page.evaluate(HIDDEN)
    root.locator(".rk-field--seen input[type=radio]").nth(1).check()
    saved(page, "screen-check")
    root.get_by_role("button", name=SAY("interface.buttons.done"), exact=True).click()
    page.wait_for_function(HIDDEN)
    button = page.locator("[data-rk=hide]")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    page.wait_for_function(HIDDEN)
    button.click()
    assert not page.evaluate(HIDDEN)
    page.goto("/voila/render/01-acknowledge.ipynb")
    page.wait_for_function("() => document.documentElement.dataset.rkReady")
    assert not page.evaluate(HIDDEN), "shown words stay shown in this tab"
    other = context.new_page()
    other.goto("/voila/render/01-acknowledge.ipynb")
    other.wait_for_function("() => document.documentElement.dataset.rkReady")
    assert other.evaluate(HIDDEN), "another tab starts hidden again"


def test_a_line_of_ones_own_is_chosen_by_a_press(page: Page) -> None:
    root = open_exercise(page, "02-work-on-yourself", "pattern-swap")
    root.locator(".rk-field--rows textarea").first.fill("I go quiet")
    saved(page, "pattern-swap")
    line = root.locator(".rk-field--top").get_by_role("button", name="I go quiet")
    line.click()
    expect(line).to_have_attribute("aria-pressed", "true")
    page.reload()
    root = open_exercise(page, "02-work-on-yourself", "pattern-swap")
    line = root.locator(".rk-field--top").get_by_role("button", name="I go quiet")
    expect(line).to_have_attribute("aria-pressed", "true")
