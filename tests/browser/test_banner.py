"""On a computer that forgets, on a phone: the two choices come before the first field, and a word before it closes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rekindle.content import say
from rekindle.content.made_up import made_up_person
from rekindle.journal import MAGIC
from tests.browser.harness import LONG, Book, Watch, logged_in, started
from tests.browser.keeping import stored
from tests.browser.sight import show, write

NAME = made_up_person().name


@pytest.fixture
def options() -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "en-GB"}


@pytest.fixture
def binder(tmp_path: Path) -> Iterator[Book]:
    with started(tmp_path / "b", BINDER_LAUNCH_HOST="https://mybinder.org/", REKINDLE_IDLE_MINUTES="0.1") as book:
        yield book


def above(one: Locator, other: Locator) -> bool:
    first, second = one.bounding_box(), other.bounding_box()
    assert first
    assert second
    return first["y"] < second["y"]


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(f"interface.banner.{key}"), exact=True).click()


def test_two_choices_before_the_first_field_and_a_word_before_it_closes(
    browser: Browser, binder: Book, watch: Watch, options: dict[str, Any], tmp_path: Path
) -> None:
    context = logged_in(browser, binder, watch, options)
    page = context.new_page()
    show(page, "00-before-you-begin", "say-it-to-myself")
    banner = page.locator(".rk-banner")
    first = page.locator(".rk-field textarea").first
    assert above(banner, first)
    press(page, "try_button")
    expect(page.get_by_text(say("interface.banner.made_up_title", name=NAME))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-rk-madeup", say("interface.banner.made_up_label"))
    expect(first).to_have_value("I want to sleep well, and to know what I would do another time.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "made_up_away_button")
    expect(first).to_have_value("")
    write(page, "say-it-to-myself", "sentence", "A sentence of mine.")
    with page.expect_download() as coming:
        press(page, "carry_button")
    coming.value.save_as(tmp_path / "file")
    assert not (tmp_path / "file").read_bytes().startswith(MAGIC)
    expect(page.locator(".rk-sixwords")).to_be_visible()
    note = page.locator(".rk-idle")
    expect(note).to_contain_text(say("interface.banner.idle", minutes="0.1"), timeout=LONG)
    note.get_by_role("button", name=say("interface.banner.idle_here")).click()
    expect(note).to_have_count(0)
    assert stored(binder.home, "say-it-to-myself", "sentence") == "A sentence of mine."
    context.close()
