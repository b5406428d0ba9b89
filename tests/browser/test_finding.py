"""Finding an entry by keyboard: what is told, where the keyboard goes, what hiding covers, what leaving leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from rekindle.records import Json, Moment
from tests.browser.harness import Book, open_exercise
from tests.browser.keeping import ZONE, opened

LOG, RARE = "mood-check-in", "Quittenkompott"
HELD = "() => [document.activeElement.tagName, document.activeElement.textContent.trim()]"
BLURRED = "(el) => getComputedStyle(el).filter !== 'none' || getComputedStyle(el).color === 'rgba(0, 0, 0, 0)'"


def fill(book: Book) -> None:
    """Write 25 entries, a day apart, three of them about the café."""
    with opened(book.home) as journal:
        for back in range(25):
            when = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=back), ZONE)
            values: dict[str, Json] = {
                "mood": 5,
                "word": f"Am Café, day {back}" if back in (2, 9, 20) else f"at home, day {back}",
            }
            journal.save_entry(f"e{back}", LOG, values, base=0, happened=when, sitting="", moment=when)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


class Finding:
    """The list of one log on a page, and the controls above it."""

    def __init__(self, page: Page) -> None:
        self.page, root = page, open_exercise(page, "06-always-here", LOG)
        self.past, self.told = root.locator(".rk-past"), root.locator(".rk-seek [role=status]")
        self.words, self.span = self.past.get_by_label("Words in it"), self.past.get_by_label("From when")
        self.entries = self.past.locator(".rk-entry")

    def button(self, name: str) -> Locator:
        return self.past.get_by_role("button", name=name)


def look_with_keys(at: Finding) -> None:
    at.past.locator("summary").focus()
    press(at.page, "Enter", "Tab")
    expect(at.words).to_be_focused()
    at.page.keyboard.type("cafe")
    expect(at.told).to_have_text("3 of 25 entries")
    expect(at.entries).to_have_count(3)
    expect(at.words).to_be_focused()
    press(at.page, "Tab", "ArrowDown")
    expect(at.span).to_have_value("last-7")
    expect(at.told).to_have_text("1 of 25 entries")
    found = Axe().run(at.page, context=".rk-past").response["violations"]
    assert not found, found


def hide(at: Finding) -> None:
    at.page.get_by_role("button", name="Hide words").first.click()
    for shown in (at.words, at.entries.locator(".rk-words").first):
        assert shown.evaluate(BLURRED)
    at.page.get_by_role("button", name="Show words").first.click()


def find_nothing_and_show_all(at: Finding) -> None:
    at.words.fill("no such thing")
    expect(at.past.locator(".rk-empty")).to_contain_text("All 25 are still here.")
    at.button("Show all entries").press("Enter")
    expect(at.words).to_be_focused()
    expect(at.words).to_have_value("")
    expect(at.entries).to_have_count(10)


def turn_pages(at: Finding) -> None:
    at.button("Older").first.press("Enter")
    expect(at.past).to_contain_text("11 to 20 of 25")
    assert at.page.evaluate(HELD) == ["H3", "Your entries, newest first"]
    at.button("Delete").nth(4).press("Enter")
    expect(at.button("Put it back")).to_be_focused()
    press(at.page, "Enter")
    expect(at.past).to_contain_text("11 to 20 of 25")
    at.button("Change").nth(4).press("Enter")
    expect(at.page.get_by_role("heading", name="How are you right now?")).to_be_focused()


def leave(at: Finding) -> None:
    at.words.fill(RARE)
    expect(at.told).to_have_text("0 of 25 entries")
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, document.cookie])"
    assert RARE not in at.page.evaluate(kept)
    at.page.locator(".rk-btn--leave").first.click()
    at.page.wait_for_url("about:blank")
    at.page.go_back()
    again = Finding(at.page)
    expect(again.entries).to_have_count(10)
    assert again.past.locator("input[type=search]").input_value() == ""
    assert RARE not in at.page.content()


def test_an_entry_is_found_by_keyboard_covered_by_hiding_and_gone_with_leaving(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    fill(fresh_server)
    at = Finding(visit(fresh_server).new_page())
    expect(at.entries).to_have_count(10)
    for step in (look_with_keys, hide, find_nothing_and_show_all, turn_pages, leave):
        step(at)
