"""Early: the line to the kernel is there before the script that uses it, and the page is filled over it meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, WebSocket, expect

from tests.browser.harness import LONG, Book, Watch, open_exercise, saved
from tests.browser.test_few_messages import read

READY = "() => document.documentElement.dataset.rkReady"
PART, CARD = "01-acknowledge", "it-is-over-for-now"
PAGE = f"/voila/render/{PART}.ipynb#{CARD}"
BROKEN = """
  const Plain = WebSocket;
  let first = true;
  window.WebSocket = class extends Plain {
    constructor(address, ...more) {
      super(first ? address.replace("/channels", "/nowhere") : address, ...more);
      first = false;
    }
  };
"""

CHANGED = """
  const Plain = WebSocket, text = new TextDecoder();
  window.WebSocket = class extends Plain {
    constructor(...all) {
      super(...all);
      let isFirst = true;
      this.addEventListener("message", ({ data }) => {
        if (!isFirst || !(data instanceof ArrayBuffer) || !text.decode(data).includes("update_states")) return;
        isFirst = false;
        this.dispatchEvent(new MessageEvent("message", { data }));
      });
    }
  };
"""
"""Something more is told of widgets after all of them were told, and before the script asks."""


def listen(page: Page) -> list[tuple[str, str, dict[str, Any]]]:
    """Write down what goes over a page's lines: "sent" or "heard", the kind, and the content."""
    said: list[tuple[str, str, dict[str, Any]]] = []

    def follow(line: WebSocket) -> None:
        line.on("framesent", lambda frame: said.append(("sent", *read(frame))))
        line.on("framereceived", lambda frame: said.append(("heard", *read(frame))))

    page.on("websocket", follow)
    return said


def custom(content: dict[str, Any]) -> str:
    """Return the name of a message of ours, or nothing."""
    words = content.get("data", {}).get("content", {})
    return str(words.get("t", "")) if isinstance(words, dict) else ""


@pytest.mark.parametrize("notebook", ["waiting", "not waiting"])
def test_a_card_is_filled_before_the_script_is_there_and_comes_whole(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], notebook: str
) -> None:
    context = visit(fresh_server)
    page = context.new_page()
    area = open_exercise(page, PART, CARD).locator("textarea").first
    area.fill("It ended in spring.")
    saved(page, CARD)
    if notebook == "waiting":
        page.goto("/voila/render/00-before-you-begin.ipynb", timeout=LONG)
        page.wait_for_function(READY, timeout=LONG)
        time.sleep(4)  # from two seconds on the next page is made ready
    page.close()

    page = context.new_page()
    said = listen(page)

    def later(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/bundle.js?v=*", later)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    expect(page.locator(f".rk-exercise--{CARD}.rk-is-open textarea").first).to_have_value("It ended in spring.")
    told = [way for way, kind, content in said if kind == "comm_msg" and custom(content) == "early"]
    assert told == ["sent"]
    whole = next(
        at for at, (_, _, content) in enumerate(said) if content.get("data", {}).get("method") == "update_states"
    )
    opened = [content for way, kind, content in said[whole:] if (way, kind) == ("heard", "comm_open")]
    assert not opened, "the card came with the page"
    assert sum(custom(content) == "shown" for way, _, content in said if way == "heard") == 1


def asked_for_all(said: list[tuple[str, str, dict[str, Any]]]) -> int:
    """Return how often a page has asked for all of its widgets."""
    methods = [content.get("data", {}).get("method") for way, _, content in said if way == "sent"]
    return methods.count("request_states")


def test_all_widgets_are_told_once_and_none_by_itself(page: Page, watch: Watch) -> None:
    said = listen(page)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    assert asked_for_all(said) == 1
    told = [content.get("data", {}).get("method", kind) for way, kind, content in said if way == "heard"]
    before = told[: told.index("update_states")]
    assert not {"update", "comm_open"} & set(before)
    page.locator(f".rk-exercise--{CARD} textarea").first.fill("It ended in autumn.")
    saved(page, CARD)


def test_a_page_asks_again_when_a_widget_has_changed_before_its_script_was_there(page: Page, watch: Watch) -> None:
    page.add_init_script(CHANGED)
    said = listen(page)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    assert asked_for_all(said) == 2
    page.locator(f".rk-exercise--{CARD} textarea").first.fill("It ended in autumn.")
    saved(page, CARD)


def asked_who_the_kernel_is(watch: Watch) -> int:
    """Return how often a page has asked the server for its kernel."""
    return sum("/api/kernels/" in url and "/channels" not in url for url in watch.asked)


def test_a_page_asks_once_who_its_kernel_is(page: Page, watch: Watch) -> None:
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    assert asked_who_the_kernel_is(watch) == 1


def test_a_page_that_was_not_told_who_its_kernel_is_asks_again(page: Page, watch: Watch) -> None:
    watch.forgive("/api/kernels/")
    page.route("**/api/kernels/*", lambda route: route.abort(), times=1)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    assert asked_who_the_kernel_is(watch) == 2


def test_a_page_whose_early_line_breaks_opens_one_of_its_own(page: Page, watch: Watch) -> None:
    watch.forgive("WebSocket connection to")
    page.add_init_script(BROKEN)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    expect(page.locator(f".rk-exercise--{CARD}.rk-is-open textarea").first).to_be_enabled()
    assert [url for url in watch.asked if "/nowhere" in url]


def test_a_page_whose_script_does_not_come_after_it_was_filled_early_is_shown_all_the_same(
    page: Page, watch: Watch
) -> None:
    watch.forgive(r"bundle\.js")

    def never(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.abort()

    page.route("**/bundle.js?v=*", never)
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    expect(page.locator(f".rk-exercise--{CARD}.rk-is-open textarea").first).to_be_enabled()
    assert [url for url in watch.asked if url.endswith("/voila.js")]


def test_a_page_that_nobody_sees_yet_is_not_filled(page: Page) -> None:
    page.add_init_script("Object.defineProperty(Document.prototype, 'hidden', { get: () => true })")
    said = listen(page)
    page.goto(PAGE, timeout=LONG)
    expect(page.locator(f".rk-exercise--{CARD}")).to_be_attached(timeout=LONG)
    page.wait_for_timeout(500)
    ours = {custom(content) for way, _, content in said if way == "sent"}
    assert "early" not in ours
    assert "shown" not in ours


def test_an_address_that_was_spoiled_on_its_way_opens_its_page_and_no_card(page: Page) -> None:
    page.goto(f"/voila/render/{PART}.ipynb#%", timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    expect(page.locator(".rk-exercise.rk-is-open")).to_have_count(0)
