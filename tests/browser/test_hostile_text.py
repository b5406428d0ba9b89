"""Hostile text: whatever a person writes is shown letter for letter, wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.harness import Book, open_exercise, saved
from tests.browser.keeping import seed, stored
from tests.browser.sight import area, show

BAD = [
    '<img src=x onerror="window.rkOwned=1;alert(1)">',
    "</script><script>window.rkOwned=1</script><svg onload=alert(1)>",
    "$x^2$ \\(y\\) $$z$$ {{7*7}} ${7*7} &lt;b&gt; <b>bold</b>",
    "javascript:alert(1) [a](javascript:alert(1)) <a href='javascript:alert(1)'>x</a>",
    "😀👩‍👩‍👧 é ﷽ \u202eright to left\u202c مرحبا 中文",
    "x" * 10_000,
]
TEXT = " ".join(BAD[:5])


@pytest.fixture(autouse=True)
def no_dialog(page: Page) -> Iterator[None]:
    seen: list[str] = []

    def note(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    yield
    assert not seen
    assert page.evaluate("window.rkOwned") is None
    assert page.locator("img[src=x], .rk b:has-text('bold'), a[href^='javascript:']").count() == 0


def same(place: Locator, text: str) -> None:
    """Assert that a place shows exactly these letters, and holds no element made from them."""
    expect(place.first).to_be_visible()
    assert text in (place.first.text_content() or "")
    assert place.first.locator("*").count() == 0


def test_each_text_comes_back_letter_for_letter(server: Book, page: Page) -> None:
    fields = [("it-is-over-for-now", "line"), ("why-it-ended", "deal"), ("why-it-ended", "earlier_returns")]
    for texts in (BAD[:3], BAD[2:5]):
        for (exercise, key), text in zip(fields, texts, strict=True):
            open_exercise(page, "01-acknowledge", exercise)
            area(page, exercise, key).fill(text)
            saved(page, exercise)
            assert stored(server.home, exercise, key) == text
        page.reload()
        for (exercise, key), text in zip(fields, texts, strict=True):
            open_exercise(page, "01-acknowledge", exercise)
            expect(area(page, exercise, key)).to_have_value(text)


def test_ten_thousand_letters_come_back_from_an_old_page(page: Page) -> None:
    open_exercise(page, "06-always-here", "my-page")
    area(page, "my-page", "text").fill(BAD[5])
    saved(page, "my-page")
    page.reload()
    root = open_exercise(page, "06-always-here", "my-page")
    root.locator(".rk-hist button", has_text="Open").first.click()
    same(root.locator(".rk-hist .rk-entry__what"), BAD[5])


def test_the_card_the_table_the_list_made_of_it_and_the_plan(server: Book, page: Page) -> None:
    root = open_exercise(page, "00-before-you-begin", "say-it-to-myself")
    area(page, "say-it-to-myself", "sentence").fill(TEXT)
    saved(page, "say-it-to-myself")
    same(root.locator(".rk-keep .rk-words"), TEXT)
    seed(
        server.home,
        {
            ("pattern-swap", "rows"): [{"old": TEXT, "cue": TEXT}],
            ("woop-goal", "plan"): [{"if": TEXT, "then": TEXT}],
            ("so-what-changes", "same_wall"): TEXT,
            ("support-card", "people"): [{"who": TEXT, "how": TEXT}],
            ("my-situation", "nickname"): TEXT,
        },
    )
    swap = open_exercise(page, "02-work-on-yourself", "pattern-swap")
    expect(swap.locator(".rk-field--rows textarea").first).to_have_value(TEXT)
    assert swap.locator(".rk-field--top").filter(has_text=TEXT).count() == 1
    plan = open_exercise(page, "02-work-on-yourself", "woop-goal")
    expect(plan.locator(".rk-field--plan textarea").first).to_have_value(TEXT)
    show(page, "dashboard")
    same(page.locator(".rk-dash .rk-words").filter(has_text="rkOwned"), TEXT)
    assert page.locator(".rk-dash .rk-words").filter(has_text="rkOwned").count() >= 2


def test_the_history_of_a_log(page: Page) -> None:
    root = open_exercise(page, "06-always-here", "promise-log")
    box = root.locator("textarea").first
    box.fill(TEXT)
    saved(page, "promise-log")
    root.get_by_role("button", name="Save entry").click()
    same(root.locator(".rk-hist .rk-words").filter(has_text="rkOwned"), TEXT)
    page.reload()
    root = open_exercise(page, "06-always-here", "promise-log")
    same(root.locator(".rk-hist .rk-words").filter(has_text="rkOwned"), TEXT)


def test_the_version_from_another_page(server: Book, page: Page) -> None:
    root = open_exercise(page, "01-acknowledge", "why-it-ended")
    seed(server.home, {("why-it-ended", "deal"): TEXT})
    area(page, "why-it-ended", "deal").fill("mine")
    saved(page, "why-it-ended")
    same(root.locator(".rk-other blockquote"), TEXT)
