"""The first visit: two clicks to the first question, a true sentence back, and pages that fit a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.contact import is_open, standing
from rekindle.content import Exercise, Part, catalog
from rekindle.records import Moment
from tests.browser.harness import LONG, Book, Watch, logged_in, open_exercise, saved, started
from tests.browser.keeping import seed, stored
from tests.browser.sight import area, ready, show, write

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}
QUIET: dict[tuple[str, str], Any] = {
    ("consent-gate", "asked"): "quiet",
    ("consent-gate", "order"): "no",
    ("ready-check", "checks"): [option.id for option in catalog().exercise("ready-check").fields[0].options],  # type: ignore[union-attr]  # the field is a choice
    ("ready-check", "steady"): 8,
}
TRYING: dict[tuple[str, str], Any] = {
    ("consent-gate", "asked"): "in-touch",
    ("consent-gate", "order"): "no",
    ("say-it-once", "answer"): "yes",
}
STATE_FOR = {"reconnect": QUIET, "rebuild-trust": TRYING, "take-it-slow": TRYING}


def open_pages(part: Part, answers: dict[tuple[str, str], Any]) -> list[Exercise]:
    """Return the pages of a part that these answers leave open."""
    past = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    now = standing(answers, [], [], Moment.now().local_date, dict.fromkeys(answers, past))
    return [exercise for exercise in part.exercises if is_open(exercise.id, now)]


@pytest.fixture(scope="module")
def options() -> dict[str, Any]:
    return {"viewport": PHONE, "locale": "en-GB", "timezone_id": "Europe/Vienna", "has_touch": True}


def test_the_first_question_is_two_clicks_away_and_answers_with_the_persons_own_sentence(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    page = visit(fresh_server).new_page()
    page.goto("/", timeout=LONG)
    ready(page)
    page.get_by_role("link", name="Begin").click()
    say_it = page.locator(".rk-exercise--say-it-to-myself")
    if not say_it.locator("textarea").count():
        say_it.get_by_role("button").first.click()
    page.locator(".rk-exercise--say-it-to-myself.rk-is-open").wait_for(timeout=LONG)
    write(page, "say-it-to-myself", "sentence", "I want the Sunday mornings back.")
    expect(say_it.locator(".rk-keep")).to_have_text("I want the Sunday mornings back.")
    assert stored(fresh_server.home, "say-it-to-myself", "sentence") == "I want the Sunday mornings back."
    show(page, "dashboard")
    expect(page.locator(".rk-greeting")).to_contain_text("Say it to myself")


@pytest.fixture(scope="module")
def phone_server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with started(tmp_path_factory.mktemp("phone")) as book:
        yield book


@pytest.fixture(scope="module")
def phone(browser: Any, phone_server: Book, options: dict[str, Any]) -> Any:
    record = Watch()
    context = logged_in(browser, phone_server, record, options)
    yield context.new_page()
    context.close()
    assert not record.faults(), "\n".join(record.faults())


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.full)], ids=["some", "all"])
@pytest.mark.parametrize("part", [part.id for part in catalog().parts])
def test_the_first_field_of_every_open_page_is_on_a_phones_screen_and_nothing_scrolls_sideways(
    phone: Page, phone_server: Book, part: str, *, whole: bool
) -> None:
    there = catalog().part(part)
    seed(phone_server.home, STATE_FOR.get(part))
    show(phone, there.notebook)
    assert phone.evaluate("performance.getEntriesByName('rekindle-ready').length") == 1
    low, wide = {}, {}
    for exercise in open_pages(there, STATE_FOR.get(part, {}))[:: 1 if whole else 3]:
        phone.set_viewport_size(PHONE)  # type: ignore[arg-type]  # two numbers
        root = open_exercise(phone, there.notebook, exercise.id)
        expect(root.locator("h2").first).to_be_in_viewport()
        box = root.locator(".rk-field :is(textarea, input, select, button)").first.bounding_box()
        assert box, f"{exercise.id} has no field"
        if box["y"] < 0 or box["y"] + box["height"] > PHONE["height"]:
            low[exercise.id] = round(box["y"] + box["height"])
        phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # two numbers
        if (width := phone.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            wide[exercise.id] = width
    assert (low, wide) == ({}, {})


@pytest.mark.parametrize("notebook", ["dashboard", "your-data"])
def test_the_pages_without_a_part_fit_a_narrow_phone(phone: Page, notebook: str) -> None:
    phone.set_viewport_size(NARROW)  # type: ignore[arg-type]  # two numbers
    show(phone, notebook)
    assert phone.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert phone.evaluate("performance.getEntriesByName('rekindle-ready').length") == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_help_and_leave_work_without_a_kernel(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], watch: Watch, width: int
) -> None:
    watch.forgive("api/kernels|failed to activate")
    context = visit(fresh_server)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    page.route("**/api/kernels/**", lambda route: route.abort())
    page.goto("/voila/render/01-acknowledge.ipynb", wait_until="commit", timeout=LONG)
    page.locator(".rk-btn--help").first.click()
    expect(page.locator("#rk-help")).to_be_visible()
    expect(page.locator("#rk-help .rk-lines li").first).to_be_visible()
    page.wait_for_timeout(3000)  # by now the page has found that no kernel answers
    expect(page.locator("#rk-help")).to_be_visible()
    page.locator("#rk-help [data-rk=close]").click()
    page.locator(".rk-btn--leave").first.click()
    page.wait_for_url("about:blank")
    page.go_back()
    assert "voila" not in page.url or page.locator("html.rk-gone, html[data-rk-hide]").count()


def test_words_can_be_typed_while_the_page_saves_itself_in_every_kind_of_control(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    page = visit(fresh_server).new_page()
    root = open_exercise(page, "00-before-you-begin", "my-situation")
    area(page, "my-situation", "nickname").fill("Kit")
    root.locator(".rk-field--kind .widget-radio-box label, .rk-field--kind button").nth(1).click()
    root.locator(".rk-field--ended_on input").fill("2026-03-02")
    root.locator(".rk-field--shared .widget-label-basic").first.click()
    saved(page, "my-situation")
    kinds = [option.id for option in catalog().exercise("my-situation").fields[1].options]  # type: ignore[union-attr]  # a choice
    assert stored(fresh_server.home, "my-situation", "nickname") == "Kit"
    assert stored(fresh_server.home, "my-situation", "kind") == kinds[1]
    assert stored(fresh_server.home, "my-situation", "ended_on") == "2026-03-02"
    assert isinstance(stored(fresh_server.home, "my-situation", "shared"), list)
