"""What a person told their computer is honoured: less motion, more contrast, colours of their own, no scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rekindle.content import catalog
from tests.browser.harness import Book, Watch, open_exercise
from tests.browser.keeping import seed
from tests.browser.sight import path

SAY = catalog().say
PART, RADIO, SCALE = "00-before-you-begin", "consent-gate", "say-it-to-myself"
MOVES = """() => [...document.querySelectorAll('.rk, .rk *')].filter((el) => {
  const style = getComputedStyle(el), spans = (style.transitionDuration + ',' + style.animationDuration).split(',');
  return (style.animationName !== 'none' || style.transitionProperty !== 'none' || style.transitionProperty === 'all')
    && spans.some((one) => parseFloat(one) > 0);
}).length"""
INK = "(el) => { const s = getComputedStyle(el); return [s.color, s.borderTopColor, s.backgroundColor]; }"
MARKED = """(el) => { const s = getComputedStyle(el);
  return [s.backgroundColor, s.backgroundImage, s.borderTopColor, s.boxShadow].join(); }"""


def marked(one: Locator) -> str:
    """Return how a control is drawn."""
    return str(one.evaluate(MARKED))


def test_nothing_moves_where_less_motion_is_wanted(page: Page) -> None:
    page.emulate_media(reduced_motion="no-preference")
    open_exercise(page, PART, SCALE)
    assert page.evaluate(MOVES) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVES) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_makes_second_words_and_edges_as_strong_as_the_first(page: Page, scheme: Any) -> None:
    root = open_exercise(page, PART, SCALE)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce", contrast="no-preference")
    second, area = root.locator(".rk-purpose"), root.locator("textarea").first
    title = root.locator("h2").first
    assert second.evaluate(INK)[0] != title.evaluate(INK)[0]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce", contrast="more")
    assert second.evaluate(INK)[0] == title.evaluate(INK)[0]
    assert area.evaluate(INK)[1] == title.evaluate(INK)[0]


def test_with_colours_of_ones_own_what_is_chosen_can_be_told_and_hidden_words_stay_hidden(
    server: Book, page: Page
) -> None:
    seed(server.home, {(RADIO, "asked"): "quiet", (RADIO, "order"): "no", (SCALE, "wish"): 8, (SCALE, "sentence"): "x"})
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    root = open_exercise(page, PART, RADIO)
    radios = root.locator("input[type=radio]")
    chosen, other = root.locator("input[type=radio]:checked").first, radios.and_(page.locator(":not(:checked)")).first
    assert marked(chosen) != marked(other)
    scale = open_exercise(page, PART, SCALE)
    on, off = scale.locator(".rk-scale .mod-active"), scale.locator(".rk-scale button:not(.mod-active)").first
    assert marked(on) != marked(off)
    page.locator("[data-rk=hide]").first.click()
    assert marked(chosen) == marked(other)
    assert marked(on) == marked(off)
    words = scale.locator("textarea").first
    assert words.evaluate("(el) => getComputedStyle(el).filter") != "none"


def test_without_scripts_the_page_says_so_and_help_stands_on_it(
    server: Book, browser: Browser, login: Any, options: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=server.base, storage_state=login, java_script_enabled=False, **options)
    page = context.new_page()
    page.goto(path("01-acknowledge"))
    told = page.locator(".rk-noscript")  # a text inside `noscript` is no text to Playwright
    expect(told).to_be_visible()
    assert told.inner_text() == SAY("interface.frame.no_script")
    expect(page.locator("#rk-help .rk-lines li").first).to_be_visible()
    expect(page.get_by_text(SAY("interface.frame.loading"))).to_be_hidden()
    expect(page.get_by_role("button", name=SAY("interface.frame.leave_now"))).to_have_count(0)
    context.close()


def test_an_unknown_page_is_told_and_leads_back(page: Page, watch: Watch) -> None:
    watch.forgive("404")
    page.goto(path("no-such-page"))
    expect(page.get_by_role("heading")).to_have_text(SAY("command.pages.missing.title"))
    page.get_by_role("link", name=SAY("command.pages.missing.link")).click()
    expect(page.locator(".rk-top")).to_be_visible()
