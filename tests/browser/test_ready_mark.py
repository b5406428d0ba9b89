"""The ready mark: what stands on the page when it is called ready is what stands there when all is quiet.

Only charts that nobody can see yet come later, by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.harness import LONG, Book
from tests.browser.keeping import nine_days

AT_THE_MARK = """
(() => {
  const mark = performance.mark.bind(performance);
  const box = (el) => { const r = el.getBoundingClientRect(); return r.width > 0 && r.height > 0; };
  const inSight = (el) => { const r = el.getBoundingClientRect(); return r.bottom > 0 && r.top < innerHeight; };
  // A shut card out of sight is laid out when it comes near: what stands on it has no size of its own before.
  const there = (el) => {
    const shut = el.closest(".rk-card--shut");
    return shut && !inSight(shut) ? el.checkVisibility() : box(el);
  };
  const charts = () => [...document.querySelectorAll(".rk-chart")].filter(box);
  const words = () => {
    const all = document.getElementById("rendered_cells").cloneNode(true);
    for (const lines of all.querySelectorAll(".rk-chart svg")) lines.remove();
    return all.textContent;
  };
  window.rkSeen = () => ({
    words: words(),
    controls: [...document.querySelectorAll("#rendered_cells :is(button, input, select, textarea)")].filter(there)
      .map((el) => [el.tagName, el.disabled, el.type === "radio" || el.type === "checkbox" ? el.checked : el.value]),
    lines: charts().filter(inSight).map((el) => el.querySelectorAll("svg path").length),
    loading: !!document.getElementById("loading"),
  });
  performance.mark = (name, ...more) => {
    if (name === "rekindle-ready") window.rkAtTheMark = window.rkSeen();
    return mark(name, ...more);
  };
})();
"""
MOVED = """
(() => {
  const tops = new Map(), moved = (window.rkMoved = []);
  const look = () => {
    for (const button of document.querySelectorAll("#rendered_cells button")) {
      if (!button.checkVisibility({ visibilityProperty: true })) continue;
      const box = button.getBoundingClientRect(), top = Math.round(box.top + scrollY);
      if (!box.width) continue; // on a card out of sight, which is not laid out yet
      if (tops.has(button) && tops.get(button) !== top) moved.push([button.textContent, tops.get(button), top]);
      tops.set(button, top);
    }
    window.rkStood = tops.size;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
QUIET = 1500


def at_the_mark_and_later(page: Page, address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    page.add_init_script(AT_THE_MARK + MOVED)
    page.goto(address, timeout=LONG)
    page.wait_for_function("() => window.rkAtTheMark", timeout=LONG)
    page.wait_for_timeout(QUIET)
    both = page.evaluate("() => [window.rkAtTheMark, window.rkSeen()]")
    return both[0], both[1]


@pytest.mark.parametrize("name", ["01-acknowledge", "dashboard"])
def test_a_page_that_is_called_ready_is_whole(page: Page, name: str) -> None:
    then, later = at_the_mark_and_later(page, f"/voila/render/{name}.ipynb")
    assert then == later
    assert len(then["controls"]) > 4
    assert not then["loading"]
    assert not any(disabled for _, disabled, _ in then["controls"])


def test_a_button_that_can_be_seen_stays_where_it_is(page: Page) -> None:
    at_the_mark_and_later(page, "/voila/render/01-acknowledge.ipynb")
    assert page.evaluate("window.rkMoved") == []
    assert page.evaluate("window.rkStood") > 10


def test_a_page_that_is_there_before_its_clock_has_counted_far_is_called_ready_too(page: Page) -> None:
    page.add_init_script("{ const now = performance.now.bind(performance); performance.now = () => now() / 1000; }")
    page.goto("/voila/render/01-acknowledge.ipynb", timeout=LONG)
    page.wait_for_function("() => document.documentElement.dataset.rkReady", timeout=LONG / 3)


def test_a_page_that_opens_at_an_exercise_is_ready_when_its_answers_and_its_chart_stand_there(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    nine_days(fresh_server.home)
    page = visit(fresh_server).new_page()
    page.set_viewport_size({"width": 1280, "height": 3600})  # the chart is in sight
    then, later = at_the_mark_and_later(page, "/voila/render/06-always-here.ipynb#mood-check-in")
    assert then == later
    assert any(then["lines"]), "the chart's line is drawn"
