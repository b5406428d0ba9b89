"""Accessibility: axe finds nothing on any page, wide or narrow, light or dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from rekindle.content import catalog
from tests.browser.harness import Book, open_exercise
from tests.browser.keeping import seed
from tests.browser.sight import show

Look = tuple[int, Literal["light", "dark"]]
SOME: tuple[Look, ...] = ((390, "light"), (1280, "dark"))
ALL: tuple[Look, ...] = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))
OPEN = {
    "before-you-begin": "say-it-to-myself",
    "acknowledge": "why-it-ended",
    "work-on-yourself": "woop-goal",
    "reconnect": "their-wishes",
    "rebuild-trust": "trust-map",
    "take-it-slow": "pace-plan",
    "always-here": "promise-log",
}
TRYING: dict[tuple[str, str], Any] = {
    ("consent-gate", "asked"): "in-touch",
    ("consent-gate", "order"): "no",
    ("say-it-once", "answer"): "yes",
}
looks = pytest.mark.parametrize("looks", [SOME, pytest.param(ALL, marks=pytest.mark.full)], ids=["some", "all"])


def assert_nothing_found(page: Page, looks: tuple[Look, ...], figure: Callable[..., None]) -> None:
    """Assert that axe finds nothing in each look; what it rates lower than serious is in the figures too."""
    faults, count = [], 0
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function("document.getAnimations().every((one) => one.playState !== 'running')")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        count += len(found)
        for fault in cast("list[dict[str, Any]]", found):
            where = [node["html"][:160] for node in fault["nodes"][:3]]
            faults.append(f"{width} {scheme} {fault['impact']} {fault['id']} x{len(fault['nodes'])}: {where}")
    figure("axe violations", f"{count} in {len(looks)} looks")
    assert not faults, "\n".join(faults)


@looks
@pytest.mark.parametrize("part", OPEN)
def test_a_part_with_a_page_open(
    server: Book, page: Page, part: str, looks: tuple[Look, ...], figure: Callable[..., None]
) -> None:
    if part in ("rebuild-trust", "take-it-slow"):
        seed(server.home, TRYING)
    open_exercise(page, catalog().part(part).notebook, OPEN[part])
    assert_nothing_found(page, looks, figure)


@looks
@pytest.mark.parametrize("notebook", ["00-before-you-begin", "dashboard", "your-data"])
def test_a_page_as_it_opens(page: Page, notebook: str, looks: tuple[Look, ...], figure: Callable[..., None]) -> None:
    show(page, notebook)
    assert_nothing_found(page, looks, figure)


@looks
def test_the_help_dialog(page: Page, looks: tuple[Look, ...], figure: Callable[..., None]) -> None:
    show(page, "dashboard")
    page.locator(".rk-btn--help").first.click()
    expect(page.locator("#rk-help")).to_be_visible()
    assert_nothing_found(page, looks, figure)


@looks
def test_a_folded_page_and_a_page_with_many_exercises_open(
    server: Book, page: Page, looks: tuple[Look, ...], figure: Callable[..., None]
) -> None:
    seed(server.home, {("consent-gate", "asked"): "stop", ("consent-gate", "order"): "no"})
    show(page, "03-reconnect", "first-hello")
    expect(page.locator(".rk-exercise--first-hello .rk-gate")).to_be_visible()
    assert_nothing_found(page, looks, figure)
    exercises = catalog().part("always-here").exercises
    for exercise in exercises if looks is ALL else exercises[::6]:
        open_exercise(page, "06-always-here", exercise.id)
    assert_nothing_found(page, looks[:1], figure)
