"""Repairs: what stock ipywidgets leave out for keyboards and screen readers is there once a page is shown."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from rekindle.content import catalog, say
from tests.browser.harness import Book, open_exercise, saved
from tests.browser.keeping import nine_days

OPENING = "00-before-you-begin"
TOLD_TOO_LATE = """async () => {
  const manager = await jupyterapp.widgetManagerPromise.promise;
  const models = await Promise.all(Object.values(manager._models));
  const find = (name) => models.find((one) => one.name === name && !one.get("children")?.length);
  const views = ["VBoxModel", "ButtonModel"].map((name) => manager.create_view(find(name)));
  const gone = (view) => { const widget = view.luminoWidget; view.remove(); return widget; };
  const widgets = (await Promise.all(views)).map(gone);
  for (const widget of widgets) widget.processMessage({ type: "update-request" });
  return widgets.map((widget) => widget.isDisposed);
}"""

LAST_WORDS = """(area, text) => {
  area.value = text;
  for (const kind of ["input", "blur"]) area.dispatchEvent(new Event(kind));
}"""

COME_BETWEEN = """(button) => {
  document.head.insertAdjacentHTML("beforeend", "<style>* { overflow-anchor: none }</style>");
  button.closest(".rk-foot").insertAdjacentHTML("beforebegin", "<p style='height: 9rem'></p>");
}"""
"""A browser may scroll along with what grows above the button, and then nothing moves; so it is told not to."""


def ask(exercise: str, key: str) -> str:
    return next(field.ask for field in catalog().exercise(exercise).fields if field.key == key)


def test_radio_buttons_are_one_named_group(page: Page) -> None:
    root = open_exercise(page, OPENING, "consent-gate")
    group = root.get_by_role("radiogroup", name=ask("consent-gate", "asked"))
    expect(group).to_be_visible()
    expect(root.locator(".widget-radio")).to_have_count(root.get_by_role("radiogroup").count())
    names = group.locator("input").evaluate_all("all => [...new Set(all.map((one) => one.name))]")
    assert len(names) == 1
    assert names[0]
    group.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    expect(group.get_by_role("radio").first).to_be_checked()
    page.keyboard.press("ArrowDown")  # only radio buttons of one name move with the arrow keys
    expect(group.get_by_role("radio").nth(1)).to_be_checked()
    saved(page, "consent-gate")


def test_a_scale_is_one_tab_stop_says_what_is_pressed_and_moves_with_the_arrows(page: Page) -> None:
    root = open_exercise(page, OPENING, "say-it-to-myself")
    scale = root.locator(".rk-field--wish")
    group = scale.get_by_role("group", name=ask("say-it-to-myself", "wish"))
    expect(group).to_be_visible()
    buttons = group.get_by_role("button")
    expect(buttons).to_have_count(12)
    buttons.nth(4).click()
    expect(group.get_by_role("button", pressed=True)).to_have_count(1)
    expect(group.get_by_role("button", name="4", pressed=True)).to_be_visible()
    root.locator("textarea").first.focus()
    expect(buttons.nth(4)).to_have_attribute("tabindex", "0")
    expect(group.locator("[tabindex='0']")).to_have_count(1)
    buttons.nth(4).focus()
    page.keyboard.press("ArrowRight")
    expect(buttons.nth(5)).to_be_focused()
    page.keyboard.press("Enter")
    expect(group.get_by_role("button", name="5", pressed=True)).to_be_visible()
    assert buttons.evaluate_all("all => all.filter((one) => one.hasAttribute('tabbable')).length") == 0


def test_ticks_are_a_group_with_their_question_as_name(page: Page) -> None:
    root = open_exercise(page, OPENING, "say-it-to-myself")
    group = root.get_by_role("group", name=ask("say-it-to-myself", "masks"))
    expect(group).to_be_visible()
    expect(group.get_by_role("checkbox", name="With friends")).to_be_visible()


def test_small_buttons_say_what_they_are_for(page: Page) -> None:
    root = open_exercise(page, OPENING, "say-it-to-myself")
    expect(root.get_by_role("button", name=f"Skip: {ask('say-it-to-myself', 'sentence')}")).to_be_visible()
    closed = page.locator(".rk-exercise--consent-gate")
    title = catalog().exercise("consent-gate").title
    expect(closed.get_by_role("button", name=f"Open: {title}")).to_be_visible()
    assert page.locator(".rk button.rk-for[title]").count() == 0
    assert page.locator('.rk [title="null"]').count() == 0


def test_no_field_is_filled_in_by_the_browser(page: Page) -> None:
    root = open_exercise(page, OPENING, "my-situation")
    expect(root.locator("input[type=date]")).to_have_attribute("autocomplete", "off")
    rest = page.locator(".rk :is(input:not([type=radio], [type=checkbox]), textarea):not([autocomplete=off])")
    assert rest.count() == 0


def test_stock_widgets_still_have_the_parts_that_the_repairs_look_for(page: Page) -> None:
    open_exercise(page, OPENING, "consent-gate")
    open_exercise(page, OPENING, "say-it-to-myself")
    for part in (
        ".widget-radio > .widget-label",
        ".widget-radio .widget-radio-box input[type=radio]",
        ".widget-toggle-buttons > .widget-label",
        ".widget-toggle-buttons > div > button.widget-toggle-button",
        ".widget-checkbox .widget-label-basic input[type=checkbox]",
    ):
        assert page.locator(part).count(), part


def test_a_chart_is_silent_and_its_table_tells_the_same(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    nine_days(fresh_server.home)
    page = visit(fresh_server).new_page()
    root = open_exercise(page, "06-always-here", "mood-check-in")
    drawn = root.locator(".rk-chart svg.main-svg")
    expect(drawn.first).to_be_attached(timeout=20_000)
    assert drawn.count() == root.locator('.rk-chart svg.main-svg[aria-hidden="true"]').count()
    twin = root.locator(".rk-twin")
    twin.locator("summary").click()
    assert twin.get_by_role("row").count() >= 7  # a header and, for each day that is drawn, a row


def test_a_view_that_was_taken_away_hears_no_more(page: Page) -> None:
    open_exercise(page, "01-acknowledge", "it-is-over-for-now")
    assert page.evaluate(TOLD_TOO_LATE) == [True, True]


def test_a_press_counts_though_the_page_moves_under_the_hand_and_not_where_the_hand_moves_away(page: Page) -> None:
    root = open_exercise(page, OPENING, "say-it-to-myself")
    done = root.get_by_role("button", name=say("interface.buttons.done"))
    hold(page, done)
    root.locator("textarea").first.evaluate(LAST_WORDS, "It was good, and it was not enough. " * 9)
    root.locator(".rk-keep .rk-words").wait_for()  # what they bring has come, and may have moved the button or not
    before = done.bounding_box()
    done.evaluate(COME_BETWEEN)
    assert done.bounding_box() != before
    page.mouse.up()
    expect(root).to_contain_class("rk-card--shut")
    hold(page, root.get_by_role("button").first)
    page.mouse.move(5, 5)
    page.mouse.up()
    page.wait_for_timeout(300)
    expect(root).to_contain_class("rk-card--shut")


def hold(page: Page, button: Locator) -> None:
    """Press the middle of a button, and do not let go."""
    button.hover()
    page.mouse.down()
