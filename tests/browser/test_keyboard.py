"""With a keyboard alone: every control of a part is reached, used and left, and it can always be seen where one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import catalog
from rekindle.records import Json
from tests.browser.fingers import Fingers
from tests.browser.groups import Group, groups
from tests.browser.harness import LONG, Book, open_exercise
from tests.browser.keeping import seed
from tests.browser.presses import folding
from tests.browser.shelves import in_state
from tests.browser.sight import show
from tests.turns import TURN

GROUPS = groups()
SAY = catalog().say
ONLY = """(some) => { for (const card of document.querySelectorAll('.rk-exercise'))
  if (!some.some((one) => card.classList.contains(`rk-exercise--${one}`))) card.closest('[cell-index]').remove(); }"""


def walked(book: Book, page: Page, group: Group) -> Fingers:
    """Walk a page there, using everything that folds no page, once more to look, and back."""
    in_state(book.home, group.stands, days=20)
    show(page, group.notebook)
    fingers = Fingers(page, folds=folding(group))
    fingers.press("Tab")
    expect(page.locator(".rk-skiplink")).to_be_focused()
    expect(page.locator(".rk-skiplink")).to_be_in_viewport()
    assert fingers.here(), "the first stop counts too"
    fingers.through(use=True)
    for exercise in group.exercises:
        expect(page.locator(f".rk-exercise--{exercise.id}.rk-is-open")).to_have_count(1)
        mark = page.locator(f".rk-exercise--{exercise.id} .rk-saved")
        mark.and_(page.locator("[data-state=saved], [data-state=unkept]")).wait_for(timeout=LONG)
    for key in ("Tab", "Shift+Tab"):
        page.locator(".rk-skiplink").focus()
        fingers.through(use=False, key=key)
    return fingers


@pytest.mark.full
@pytest.mark.parametrize("group", GROUPS, ids=str)
def test_a_whole_part_is_walked_by_keyboard(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], group: Group, figure: Callable[[str, object], None]
) -> None:
    fingers = walked(fresh_server, visit(fresh_server).new_page(), group)
    unreached, waited = fingers.unreached(), len(fingers.waiting)
    if waited:
        unreached += fingers.fold_at_last()
    counts = (fingers.stops, fingers.used, waited, len(fingers.faults), len(unreached))
    figure("stops, used, of these at last since they fold a page, faults, unreached", counts)
    assert (list(dict.fromkeys(fingers.faults)), unreached) == ([], [])


def test_one_card_is_opened_filled_and_left_by_keyboard(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    group = GROUPS[TURN % len(GROUPS)].some(TURN, 1)
    in_state(fresh_server.home, group.stands, days=0)
    page = visit(fresh_server).new_page()
    show(page, group.notebook)
    page.evaluate(ONLY, [exercise.id for exercise in group.exercises])
    fingers = Fingers(page)
    fingers.press("Tab")
    expect(page.locator(".rk-skiplink")).to_be_focused()
    fingers.press("Enter")
    expect(page.locator("#rk-title")).to_be_focused()
    fingers.through(use=True)
    expect(page.locator(f".rk-exercise--{group.exercises[0].id}.rk-is-open")).to_have_count(1)
    assert fingers.faults == []
    _escapes(page, fingers)


def _escapes(page: Page, fingers: Fingers) -> None:
    """Esc folds a fold, and closes the help dialog: each time the keyboard is back where it came from."""
    fold = page.locator(".rk-exercise details > summary").first
    fold.focus()
    if not page.evaluate("document.activeElement.parentElement.open"):
        fingers.press("Enter")
    fingers.press("Escape")
    expect(page.locator(".rk-exercise details").first).not_to_have_attribute("open", "")
    expect(fold).to_be_focused()
    ask = page.locator(".rk-top .rk-btn--help")
    ask.focus()
    fingers.press("Enter")
    expect(page.locator("#rk-help")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    fingers.press("Escape")
    expect(page.locator("#rk-help")).to_be_hidden()
    expect(ask).to_be_focused()


def test_the_list_of_parts_on_a_phone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    show(page, "00-before-you-begin")
    summary = page.locator(".rk-contents > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rk-contents nav")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".rk-contents a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".rk-contents nav")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_link_keeps_the_keyboard_when_the_window_comes_back_to_the_front(page: Page) -> None:
    show(page, "03-reconnect")
    told = page.locator(".rk-exercise .rk-told", has=page.locator("a")).first
    before = int(told.get_attribute("data-told") or 0)
    told.locator("a").first.focus()
    page.wait_for_timeout(300)  # the page tells the kernel of it four times a second at most
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(told).to_have_attribute("data-told", str(before + 1))
    expect(told.locator("a").first).to_be_focused()


def test_a_cell_keeps_the_keyboard_when_the_window_comes_back_to_the_front(server: Book, page: Page) -> None:
    first: dict[str, Json]
    second: dict[str, Json]
    first, second = {"reason": "We moved", "change": "no"}, {"reason": "Late shifts", "change": "yes"}
    seed(server.home, {("why-it-ended", "rows"): [first, second]})
    open_exercise(page, "01-acknowledge", "why-it-ended")
    card = page.locator(".rk-exercise--why-it-ended")
    card.locator(".rk-field--rows .rk-add").click()
    expect(card.locator(".rk-trow")).to_have_count(3)
    blank = card.locator(".rk-trow").nth(2).locator("textarea").first
    expect(blank).to_be_focused()
    _back_in_front(page)
    expect(blank).to_be_focused()
    seed(server.home, {("why-it-ended", "rows"): [first | {"reason": "We moved twice"}, second]})
    card.locator(".rk-trow").nth(1).locator("textarea").first.focus()
    _back_in_front(page)
    expect(card.locator(".rk-trow textarea").first).to_have_value("We moved twice")
    expect(card.locator(".rk-trow").nth(1).locator("textarea").first).to_be_focused()
    seed(server.home, {("why-it-ended", "rows"): [first]})
    _back_in_front(page)
    expect(card.locator(".rk-trow")).to_have_count(2)  # what was there, and the blank one
    expect(card.locator(".rk-field--rows .rk-add")).to_be_focused()


def test_what_has_the_keyboard_stays_in_sight_when_the_card_grows_above_it(page: Page) -> None:
    open_exercise(page, "01-acknowledge", "why-it-ended")
    done = page.locator(".rk-exercise--why-it-ended .rk-foot button").first
    done.focus()
    for key in ("Tab", "Shift+Tab"):  # by keyboard, as the browser sees it
        page.keyboard.press(key)
    done.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
    foot = page.locator(".rk-exercise--why-it-ended .rk-foot")
    foot.evaluate("(foot) => { foot.style.marginTop = '20rem'; }")
    expect(done).to_be_in_viewport()
    expect(done).to_be_focused()
    page.evaluate("window.scrollTo(0, 0)")
    expect(done).not_to_be_in_viewport()
    foot.evaluate("(foot) => { foot.style.marginTop = '40rem'; }")
    page.wait_for_timeout(200)
    assert page.evaluate("scrollY") == 0, "who scrolls away is not called back"


def test_a_pressed_button_stays_in_sight_when_a_sheet_comes_above_it(server: Book, page: Page) -> None:
    seed(server.home, {("support-card", "calm"): [{"what": f"A walk by the river, {n}"} for n in range(9)]})
    root = open_exercise(page, "06-always-here", "support-card")
    button = root.get_by_role("button", name=SAY("interface.sheet.support_card"))
    button.focus()
    for key in ("Tab", "Shift+Tab"):
        page.keyboard.press(key)
    button.evaluate("(one) => one.scrollIntoView({ block: 'end' })")
    page.keyboard.press("Enter")
    expect(root.locator(".rk-sheet")).to_have_count(1)
    held = page.locator(":focus")
    expect(held).to_have_role("button")
    expect(held).to_be_in_viewport()


def _back_in_front(page: Page) -> None:
    """Come back from another window, and wait until the page is filled again."""
    last = page.locator(".rk-exercise--why-it-ended .rk-own").last
    page.wait_for_timeout(300)  # the page tells the kernel of it four times a second at most
    last.evaluate("(box) => { delete box.dataset.filled; window.dispatchEvent(new Event('focus')); }")
    expect(last).to_have_attribute("data-filled", "1")
