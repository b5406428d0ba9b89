"""A question of one's own in the browser: added, answered, there again after a reload, and only ever text."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.harness import open_exercise, saved
from tests.browser.test_hostile_text import BAD, TEXT

NOTEBOOK, PAGE = "03-reconnect", "own-reconnect"


def add(page: Page, root: Locator, ask: str, kind: str = "", choices: str = "") -> None:
    """Add a question as a person does."""
    form = root.locator(".rk-mineform")
    form.locator("textarea").first.fill(ask)
    if kind:
        form.get_by_role("button", name=kind).click()
        form.locator(".rk-field--choices textarea").fill(choices)
    saved(page, PAGE)
    form.get_by_role("button", name="Keep this question").click()


def assert_text_only(page: Page, root: Locator) -> None:
    question = root.locator(".rk-mine__q").first
    assert question.text_content() == TEXT
    assert question.locator("*").count() == 0
    assert page.evaluate("window.rkOwned") is None
    assert page.locator("img[src=x]").count() == 0


def test_a_hostile_question_is_added_answered_and_only_ever_text(page: Page) -> None:
    root = open_exercise(page, NOTEBOOK, PAGE)
    add(page, root, TEXT, "One of my choices", f"{BAD[0]}\n{BAD[1]}")
    expect(root.locator(".rk-mine [data-act='choose 0']")).to_be_focused()
    root.get_by_role("group", name=BAD[0]).get_by_role("button", name=BAD[1], exact=True).click()
    saved(page, PAGE)
    root.get_by_role("button", name="Add a question").click()
    expect(root.locator(".rk-mineform textarea").first).to_be_focused()
    add(page, root, "And what else?")
    expect(root.locator(".rk-mine textarea")).to_be_focused()
    page.keyboard.type("Tea")
    saved(page, PAGE)

    page.reload()
    root = open_exercise(page, NOTEBOOK, PAGE)
    assert_text_only(page, root)
    expect(root.locator(".rk-mine [aria-pressed=true]")).to_have_text(BAD[1])
    expect(root.get_by_role("textbox", name="And what else?")).to_have_value("Tea")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in found] == []

    root.locator("[data-act=change]").last.click()
    root.locator(".rk-mine-remove").click()
    expect(root.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(root.get_by_role("textbox", name="And what else?")).to_have_value("Tea")
