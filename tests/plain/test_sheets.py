"""The plan deck, and sheets for paper: made when asked, only of what is open, and only the sheet is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.frontend.front import stylesheet
from rekindle.page.part import Page
from rekindle.page.sheets import SHEET_PAGES
from rekindle.page_script import STATIC
from rekindle.settings import PACKAGE
from tests.desk import Desk, say_so
from tests.visit import blocks, text_of

SAY = catalog().say
HOSTILE = "<img onerror=alert(1)> $x$"
FILLED: dict[str, tuple[tuple[str, Any], ...]] = {
    "urge-if-then": (("plans", [{"if": "it is late", "then": HOSTILE}]), ("person", "Ana")),
    "open-book-limits": (("share", ["plans"]), ("keep", ["journals"])),
    "closing-report": (("outcome", "apart"), ("tell", HOSTILE)),
    "support-card": (("signs", HOSTILE), ("people", [{"who": "Ana", "how": "ring"}]), ("reason", "my dog")),
    "the-do-over": (("plan", [{"if": "he sighs", "then": HOSTILE}]),),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "journal.db")
    yield made
    made.close()


def in_touch(desk: Desk) -> Page:
    page = desk.page()
    page.presence.on_shown("UTC", frozenset())
    say_so(page, "consent-gate", "asked", "in-touch")
    say_so(page, "consent-gate", "order", "no")
    return page


def page_with(desk: Desk, exercise: str) -> Page:
    page = in_touch(desk)
    page.book.note("they-proposed")
    for field, value in FILLED[exercise]:
        say_so(page, exercise, field, value)
    return page


def acts_of(page: Page, exercise: str) -> list[str]:
    return [str(block["act"]) for block in blocks(page.host.acts(exercise)) if "act" in block]


def test_each_sheet_has_a_case_here() -> None:
    assert set(FILLED) == set(SHEET_PAGES)


@pytest.mark.parametrize("exercise", SHEET_PAGES)
def test_a_sheet_is_made_when_asked_and_put_away_again(exercise: str, desk: Desk) -> None:
    page = page_with(desk, exercise)
    assert "print" not in acts_of(page, exercise)
    page.host.act(exercise, "sheet")
    assert "print" in acts_of(page, exercise)
    box = next(b for b in blocks(page.host.acts(exercise)) if b.get("cls") == "rk-sheetbox")
    sheet = next(b for b in blocks([box]) if str(b.get("cls", "")).startswith("rk-sheet "))
    assert sheet["tag"] == "section"
    if exercise != "open-book-limits":
        assert HOSTILE in text_of([sheet])  # as a text: Words never makes markup of it
    assert not [b for b in blocks([sheet]) if b.get("tag") in ("button", "details", "a")]
    page.host.act(exercise, "sheet")
    assert "print" not in acts_of(page, exercise)


@pytest.mark.parametrize("exercise", SHEET_PAGES)
def test_an_empty_page_has_no_sheet(exercise: str, desk: Desk) -> None:
    page = in_touch(desk)
    assert "sheet" not in acts_of(page, exercise)


def test_the_report_on_paper_has_its_tables_and_not_the_note_to_us(desk: Desk) -> None:
    page = page_with(desk, "closing-report")
    say_so(page, "say-it-to-myself", "wish", 9)
    say_so(page, "honest-odds", "good_either_way", "I can say what I need")
    page.host.act("closing-report", "sheet")
    shown = page.host.acts("closing-report")
    tags = [b["tag"] for b in blocks(shown)]
    assert "table" in tags
    assert "I can say what I need" in text_of(shown)
    assert catalog().exercise("closing-report").says["note_head"] not in text_of(shown)


def test_the_support_card_on_paper_holds_people_and_lines(desk: Desk) -> None:
    page = page_with(desk, "support-card")
    page.host.act("support-card", "sheet")
    told = text_of(page.host.acts("support-card"))
    for words in ("Ana, ring", "my dog", SAY("support.lines"), "findahelpline.com"):
        assert words in told


def test_the_deck_gathers_the_plans_of_open_pages_and_the_day_of_use(desk: Desk) -> None:
    page = in_touch(desk)
    say_so(page, "the-do-over", "plan", [{"if": "he sighs", "then": "I ask"}])
    assert "rk-deck" not in str(page.host.acts("the-do-over"))  # one plan is there already
    say_so(page, "urge-if-then", "plans", [{"if": "it is late", "then": "I ring Ana"}, {"if": "half", "then": ""}])
    say_so(page, "hot-topic-plan", "stop", [{"if": "we shout", "then": "we stop"}])
    told = text_of(page.host.acts("the-do-over"))
    assert "If he sighs, then I will I ask" in told
    assert "If it is late, then I will I ring Ana" in told
    assert "we stop" not in told  # Step 4 is folded
    assert "half" not in told
    page.host.act("the-do-over", "used urge-if-then")
    assert [e.detail for e in page.book.events if e.kind == "plan-used"] == [{"exercise": "urge-if-then"}]
    assert "last used on" in text_of(page.host.acts("urge-if-then"))


def test_the_ten_quiet_minutes_show_the_deck_to_who_chose_their_own_plan(desk: Desk) -> None:
    page = in_touch(desk)
    say_so(page, "urge-if-then", "plans", [{"if": "it is late", "then": "I ring Ana"}])
    say_so(page, "the-do-over", "plan", [{"if": "he sighs", "then": "I ask"}])
    page.host.keep_fresh("right-now", {"do": "tea"})
    assert "rk-deck" not in str(page.host.acts("right-now"))
    page.host.keep_fresh("right-now", {"do": "plan"})
    told = text_of(page.host.acts("right-now"))
    assert "If he sighs" in told
    assert "I ring Ana" not in told  # it is a choice on the page, so that the urge log knows which plan it was


def test_only_the_sheet_is_printed_and_nothing_calls_out() -> None:
    css = stylesheet()
    assert "body.rk-printing > :not(.rk-paper) { display: none !important; }" in css
    assert "@page rk-sheet { size: auto; margin: 0; }" in css  # no margin boxes: no address on the paper
    script = (STATIC / "words.js").read_text(encoding="utf-8")
    printing = script[script.index("function rkPrint") : script.index("const rkBlocks")]
    assert "cloneNode(true)" in printing
    assert not any(word in printing for word in ("innerHTML", "fetch", "http", "open("))
    sheet_rules = (PACKAGE / "voila_template" / "static" / "page.css").read_text(encoding="utf-8")
    assert "url(http" not in sheet_rules


def test_the_slopes_of_the_closing_report_have_their_place_on_paper_and_their_table(desk: Desk) -> None:
    page = page_with(desk, "closing-report")
    for log, id_, happy in (("baseline", "b", 3), ("weekly-check-in", "w", 6)):
        page.book.keep_entry(log, id_, {"happy": happy, "anxious": 5}, "")
    say_so(page, "so-what-changes", "same_wall", "silence")
    page.host.act("closing-report", "sheet")
    told = list(blocks(page.host.acts("closing-report")))
    charts = [finding for finding in page.host.findings("closing-report") if finding.chart]
    assert [finding.chart for finding in charts] == ["then-now", "slopes"]
    places = [block["set"]["data-chart"] for block in told if block.get("cls") == "rk-paperchart"]
    assert places == ["1"]  # the first of the two is a table, and has no figure
    assert sum(block.get("tag") == "table" for block in told) == 2
    assert "data-chart" in (STATIC / "words.js").read_text(encoding="utf-8")


def test_clearer_ways_to_act_stand_in_the_deck_in_their_own_words(desk: Desk) -> None:
    page = page_with(desk, "the-do-over")
    say_so(page, "doubt-triggers", "rows", [{"act": "I say five minutes", "instead": "I say the real time"}])
    told = text_of(page.host.acts("the-do-over"))
    assert "If this comes up: I say five minutes. Then: I say the real time" in told
