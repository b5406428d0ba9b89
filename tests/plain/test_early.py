"""Early: a page is filled while its script is on its way, and told of it once the script is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as ipw
import pytest

from rekindle import doors
from rekindle.frontend import presence as line
from rekindle.server.pool import PLACE, named
from tests.visit import Visit

ZONE = "Europe/Berlin"
CARD = "it-is-over-for-now"


@pytest.fixture
def early(visit: Callable[..., Visit]) -> Visit:
    """Give a page with one card, whose browser has said early which card it wants."""
    one: Visit = visit()
    one.page.exercise(CARD)
    one.hear(one.page.presence, t="early", zone=ZONE, hiding="unsaid", asked=CARD)
    return one


def kinds(one: Visit) -> list[str]:
    return [said["t"] for said in one.said]


def test_a_page_that_was_filled_early_says_so_when_its_script_is_there_and_is_not_filled_twice(early: Visit) -> None:
    card = early.page.cards[CARD]
    assert card.is_open
    assert early.said == [], "nobody would hear it"
    before = dict(card.controls)
    early.show()
    assert kinds(early).count("shown") == 1
    assert kinds(early).count("frame") == 1, "it was filled once"
    assert early.last("opened")["exercise"] == CARD
    assert card.controls == before


def test_what_views_ask_for_first_lets_it_go_too_and_in_its_order(early: Visit) -> None:
    early.hear(early.page.presence, t="views", lines=[])
    assert kinds(early)[-1] == "views"
    assert kinds(early).index("shown") < kinds(early).index("opened") < kinds(early).index("views")
    early.show()
    assert kinds(early).count("shown") == 1


def test_a_page_without_the_script_asks_for_it_and_lets_nothing_go(early: Visit) -> None:
    early.hear(early.page.presence, t="script")
    (only,) = early.said
    assert only["t"] == "script"
    assert "export default" in only["text"]
    early.show()
    assert kinds(early).count("shown") == 1


@pytest.mark.parametrize("said", [{"dirty": [f"{CARD}/words"]}, {"dirty": [], "hiding": "yes"}])
def test_a_page_that_knows_better_is_filled_anew(early: Visit, said: Mapping[str, Any]) -> None:
    early.hear(early.page.presence, t="shown", zone=ZONE, **said)
    assert kinds(early).count("shown") == 2


def test_a_page_that_waited_long_for_its_script_is_filled_anew(early: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "FRESH", 0.0)
    early.show()
    assert kinds(early).count("shown") == 2


def test_a_page_that_comes_to_the_front_again_is_filled_again(early: Visit) -> None:
    early.show()
    early.show()
    assert kinds(early).count("shown") == 2


def test_nothing_comes_early_to_a_page_that_is_shown(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.page.exercise(CARD)
    one.show()
    one.said.clear()
    one.hear(one.page.presence, t="early", zone=ZONE, hiding="unsaid", asked=CARD)
    assert one.said == []
    assert not one.page.cards[CARD].is_open


@pytest.mark.parametrize("asked", ["", "no-such-card", "rekindle", "<b>"])
def test_an_address_that_names_no_card_opens_none(visit: Callable[..., Visit], asked: str) -> None:
    one = visit()
    one.page.exercise(CARD)
    one.hear(one.page.presence, t="early", zone=ZONE, hiding="unsaid", asked=asked)
    one.show()
    assert not one.page.cards[CARD].is_open
    assert kinds(one).count("shown") == 1


# --- how a browser learns of the line ---------------------------------------------------------------------------------


def page(display: Mapping[str, Any]) -> list[str]:
    """Return the pieces of a page as Voilà sends them."""
    return [f"<head>{PLACE}</head>", f'<script type="application/vnd.voila.cell-output+json">{json.dumps(display)}']


def test_the_head_of_a_page_that_waited_names_kernel_and_line() -> None:
    head, body = named(page({"metadata": {"rekindle": {"line": "0af3"}}}), "k-1")
    assert head == '<head><script>rekindleLean.call("k-1", "0af3");</script></head>'
    assert body == page({"metadata": {"rekindle": {"line": "0af3"}}})[1]


def test_the_head_of_a_page_that_has_no_line_yet_is_left_as_it_is() -> None:
    for pieces in (page({"metadata": {}}), page({"data": 'x "line": "0af3"'}), [PLACE], []):
        assert named(pieces, "k-1") == pieces


def test_the_dashboard_learns_of_the_line_and_a_notebook_that_is_edited_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[tuple[ipw.Widget, Any]] = []
    monkeypatch.setattr(doors, "display", lambda first, metadata=None: shown.append((first, metadata)))
    page = doors.open_part("acknowledge")
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    there = doors.open_part("acknowledge")
    assert shown == [(page.head, None), (there.head, {"rekindle": {"line": there.presence.model_id}})]
    assert "export default { render: rkPresence }" in page.presence._esm, "there the script comes with the page"
    assert len(there.presence._esm) < 1_000
