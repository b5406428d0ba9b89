"""The lean page: few requests, few bytes, kept by the browser; and the plain way when its one script does not come."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.harness import LONG, Watch

PAGE = "/voila/render/01-acknowledge.ipynb"
READY = "() => document.documentElement.dataset.rkReady"
BYTES = "() => performance.getEntriesByType('resource').reduce((sum, one) => sum + one.encodedBodySize, 0)"
PART = re.compile(r"/\d+\.voila\.js$|/voila\.js$|remoteEntry\.[0-9a-f]+\.js$")


def asked_of_the_server(watch: Watch) -> list[str]:
    return [url for url in watch.asked if url.startswith(("http:", "ws:"))]


def test_a_page_asks_for_little(page: Page, watch: Watch) -> None:
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    asked = asked_of_the_server(watch)
    assert len(asked) <= 12, asked
    assert not [url for url in asked if PART.search(url)], "each of these stands in the bundle"
    assert page.evaluate(BYTES) <= 6_200_000


def test_a_page_that_comes_again_asks_for_less(page: Page) -> None:
    for _ in range(2):
        page.goto(PAGE, timeout=LONG)
        page.wait_for_function(READY, timeout=LONG)
    sent = page.evaluate("() => performance.getEntriesByType('resource').filter((one) => one.transferSize).length")
    assert sent <= 1, "scripts, sheets and typefaces are kept; only the kernel is asked for"


def test_a_page_whose_one_script_does_not_come_loads_the_plain_way(page: Page, watch: Watch) -> None:
    watch.forgive(r"bundle\.js")
    page.route("**/bundle.js?v=*", lambda route: route.abort())
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    assert [url for url in watch.asked if url.endswith("/voila.js")]


def test_a_page_whose_one_script_is_spoiled_loads_the_plain_way(page: Page, watch: Watch) -> None:
    watch.forgive("SyntaxError|Unexpected")
    page.route("**/bundle.js?v=*", lambda route: route.fulfill(body="({", content_type="text/javascript"))
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
