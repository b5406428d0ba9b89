"""The lean page: few requests, few bytes, kept by the browser; and the plain way when its one script does not come."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.harness import LONG, Book, Watch, open_exercise
from tests.browser.keeping import nine_days

PAGE = "/voila/render/01-acknowledge.ipynb"
READY = "() => document.documentElement.dataset.rkReady"
BYTES = "() => performance.getEntriesByType('resource').reduce((sum, one) => sum + one.encodedBodySize, 0)"
PART = re.compile(r"/\d+\.voila\.js$|/voila\.js$|remoteEntry\.[0-9a-f]+\.js$")


LEFT_OUT = """async () => {
  const whole = async (href) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(href)).text());
    const all = (rules) => [...rules].flatMap((rule) => rule.selectorText || all(rule.cssRules || []));
    return all(sheet.cssRules);
  };
  const state = /::?(before|after|-[\\w-]+|hover|focus[\\w-]*|active|selection|placeholder)/g;
  const bare = (selector) => selector.replace(state, "");
  const own = "/voila/templates/rekindle/static/";
  const single = async (href) => (await whole(href)).flatMap((one) => one.split(/,\\s*/));
  const kept = new Set(await single(document.querySelector("link[data-rk-sheet]").href));
  const theirs = [...(await single(`${own}index.css`)), ...(await single(`${own}theme-light.css`))];
  const left = theirs.filter((one) => !kept.has(one));
  const meets = (one) => { try { return document.querySelector(bare(one) || "*"); } catch { return false; } };
  return { rules: left.length, met: left.filter(meets) };
}"""


def asked_of_the_server(watch: Watch) -> list[str]:
    return [url for url in watch.asked if url.startswith(("http:", "ws:"))]


def test_a_page_asks_for_little(page: Page, watch: Watch) -> None:
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    asked = asked_of_the_server(watch)
    assert len(asked) <= 12, asked
    assert not [url for url in asked if PART.search(url)], "each of these stands in the bundle"
    assert page.evaluate(BYTES) <= 6_200_000


def test_a_page_takes_only_what_it_uses(page: Page, watch: Watch) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    bundle = next(size for url, size in sizes.items() if "/bundle.js" in url)
    assert 500_000 < bundle < 1_600_000, "it was 3.6 million with all of JupyterLab's parts"
    assert not [url for url in watch.asked if "voila-style" in url]


def test_a_part_with_more_pages_has_no_more_scripts(page: Page) -> None:
    text = page.request.get(PAGE).text()
    cells = text[text.index('id="rendered_cells"') : text.rindex("window.voila_finish()")]
    assert cells.count("cell-index=") > 20
    assert cells.count("<script>") == 1, "the one that ends the page: a browser stops reading for each"
    assert not [part for part in ("jp-Collapser", "jp-InputArea", "text/plain") if part in cells], "it is for editing"


def test_a_card_far_out_of_sight_is_laid_out_when_it_comes_near(page: Page) -> None:
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    seen = "(button) => button.checkVisibility({ contentVisibilityAuto: true })"
    buttons = page.locator(".rk-card--shut > .jupyter-button")
    assert buttons.first.evaluate(seen)
    assert not buttons.last.evaluate(seen)
    tall = buttons.nth(1).locator("..").bounding_box()
    guessed = buttons.last.locator("..").evaluate("(card) => card.offsetHeight")
    assert tall
    assert abs(tall["height"] - guessed) < 16, "the page is about as long as it will be"
    page.keyboard.press("End")
    page.wait_for_function(f"(button) => ({seen})(button)", arg=buttons.last.element_handle())
    expect(buttons.last).to_be_in_viewport()


def test_what_is_logged_is_told_to_no_window_around_the_page(page: Page) -> None:
    page.goto(PAGE, timeout=LONG)
    page.evaluate("() => { window.rkTold = []; addEventListener('message', (told) => rkTold.push(told.data)); }")
    page.evaluate("() => { console.info('zaunkönig'); console.debug('zaunkönig'); }")
    page.wait_for_timeout(200)
    assert page.evaluate("() => rkTold") == [], "Voilà passes on whatever its pages log"


def test_a_chart_whose_script_did_not_come_is_drawn_when_its_page_is_opened_again(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], watch: Watch
) -> None:
    nine_days(fresh_server.home)
    watch.forgive("plotly-basic")
    page = visit(fresh_server).new_page()
    page.route("**/plotly-basic.min.js?v=*", lambda route: route.abort(), times=2)
    page.goto("/voila/render/06-always-here.ipynb#mood-check-in", timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    card = page.locator(".rk-exercise--mood-check-in")
    expect(card.locator(".rk-chart").first).to_be_attached()
    expect(card.locator(".rk-chart svg.main-svg")).to_have_count(0)
    page.unroute("**/plotly-basic.min.js?v=*")
    card.locator(".rk-foot > button.rk-puts-away").last.click()
    card.locator(":scope > button.rk-for").click()
    expect(card.locator(".rk-chart svg.main-svg").first).to_be_attached(timeout=LONG)


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


def loads_the_plain_way(page: Page, watch: Watch) -> None:
    page.wait_for_function("() => sessionStorage.getItem('rk-plain') === '1'", timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    expect(page.locator(".rk-exercise").first).to_be_visible(timeout=LONG)
    assert [url for url in watch.asked if url.endswith("/voila.js")]


def test_a_page_whose_start_finds_something_else_than_it_knows_loads_the_plain_way(page: Page, watch: Watch) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace('"@jupyterlab/rendermime", ', '"@jupyterlab/other", ', 1)
        )

    page.route("**/bundle.js?v=*", other)
    page.goto(PAGE, timeout=LONG)
    loads_the_plain_way(page, watch)


def test_a_page_on_which_a_plugin_does_not_begin_loads_the_plain_way(page: Page, watch: Watch) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('if("Voila"!==e.name)', 'if("Voila"===e.name)', 1)
        route.fulfill(response=answer, body=body)

    watch.forgive("failed to activate|must be activated in")
    page.route("**/bundle.js?v=*", other)
    page.goto(PAGE, timeout=LONG)
    loads_the_plain_way(page, watch)


def test_a_page_that_asks_for_more_than_is_there_loads_the_plain_way_and_keeps_what_was_written(
    page: Page, watch: Watch
) -> None:
    root = open_exercise(page, "01-acknowledge", "it-is-over-for-now")
    area = root.locator("textarea").first
    area.fill("It ended in spring.")
    page.evaluate(
        """() => jupyterapp.widgetManagerPromise.promise.then((manager) => {
          try { manager.rendermime.sanitizer.sanitize("<b>"); } catch {}
        })"""
    )
    loads_the_plain_way(page, watch)
    again = open_exercise(page, "01-acknowledge", "it-is-over-for-now")
    expect(again.locator("textarea").first).to_have_value("It ended in spring.")


def test_help_that_is_open_is_read_to_its_end_before_a_page_loads_the_plain_way(page: Page, watch: Watch) -> None:
    page.goto(PAGE, timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    page.locator(".rk-btn--help").first.click()
    page.evaluate("() => rekindleLean.failed()")
    page.wait_for_timeout(1000)
    expect(page.locator("#rk-help")).to_be_visible()
    assert not [url for url in watch.asked if url.endswith("/voila.js")]
    with page.expect_navigation():
        page.locator("#rk-help [data-rk=close]").click()
    loads_the_plain_way(page, watch)


def test_a_page_with_an_output_of_another_kind_loads_the_plain_way(page: Page, watch: Watch) -> None:
    page.add_init_script("""
      new MutationObserver((_, eye) => {
        const cells = document.querySelector("#rendered_cells > div");
        if (!cells) return;
        eye.disconnect();
        const output = '{"data": {"application/json": {"a": 1}}, "metadata": {}}';
        cells.innerHTML += `<div><script type="application/vnd.voila.cell-output+json">${output}</script></div>`;
      }).observe(document, { childList: true, subtree: true });
    """)
    page.goto(PAGE, timeout=LONG)
    loads_the_plain_way(page, watch)


@pytest.mark.parametrize("exercise", ["", "consent-gate", "mood-check-in", "promise-log"])
def test_no_rule_that_was_left_out_of_the_sheet_would_meet_anything(page: Page, exercise: str) -> None:
    notebook = {"": "dashboard", "consent-gate": "00-before-you-begin"}.get(exercise, "06-always-here")
    page.goto(f"/voila/render/{notebook}.ipynb" + f"#{exercise}" * bool(exercise), timeout=LONG)
    page.wait_for_function(READY, timeout=LONG)
    left_out = page.evaluate(LEFT_OUT)
    assert left_out["rules"] > 300
    assert left_out["met"] == []
