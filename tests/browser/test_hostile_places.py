"""The corpus of hostile texts through every place that shows an answer: nothing runs, and no element is made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from rekindle.content import catalog
from rekindle.questions import own_page
from rekindle.records import Json, Moment
from tests.browser.harness import LONG, Book, logged_in, open_exercise
from tests.browser.keeping import ZONE, opened, seed
from tests.browser.lab import opened as opened_in_lab
from tests.browser.lab import run_notebook, started_lab
from tests.browser.sight import show
from tests.hostile import ALL, FOUND, sample

SAY = catalog().say
VALUES = "(all) => all.map((one) => one.value)"
TEXTS = "(all) => all.map((one) => one.textContent)"
ALONE = "(all) => all.filter((one) => one.children.length).length"
OWN = own_page("work-on-yourself")


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.full)], ids=["policy-off", "policy-on"])
def options(options: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    """Switch the page's own policy off: words are only text without its help, too."""
    return {**options, "bypass_csp": request.param}


def fill(home: Path, payloads: Sequence[str]) -> None:
    """Put each payload by itself into tables, logs, free pages, own questions, and versions of one answer."""
    rows: Json = [{"old": payload, "cue": payload} for payload in payloads]
    people: Json = [{"who": payload, "how": ""} for payload in payloads]
    moments: Json = [{"when": payload, "what": payload} for payload in payloads[:12]]
    answers: dict[tuple[str, str], Json] = {
        ("pattern-swap", "rows"): rows,
        ("support-card", "people"): people,
        ("breakup-timeline", "rows"): moments,
        ("say-it-to-myself", "sentence"): "\n".join(payloads),
        ("so-what-changes", "same_wall"): payloads[-1],
        ("my-situation", "nickname"): payloads[1],
        ("habit-tracker", "names"): [{"row": "h1", "habit": payloads[2]}],
    }
    old = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=9), ZONE)
    with opened(home) as journal:
        at, first = ("say-it-to-myself", "sentence"), payloads[0]
        journal.save(*at, first, base=0, wording="", sitting="old", moment=old)
    seed(home, answers)
    with opened(home) as journal:
        for number, payload in enumerate(payloads):
            when = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(minutes=number), ZONE)
            entries: dict[str, dict[str, Json]] = {
                "promise-log": {"promise": payload},
                "my-page": {"text": payload, "keep": "keep"},
                "proof-of-change": {"did": payload},
                OWN: {"ask": payload, "kind": "short-text"},
            }
            for log, values in entries.items():
                id_ = f"{log}-{number}"
                journal.save_entry(id_, log, values, base=0, happened=when, sitting="s", moment=when)


def clean(page: Page) -> None:
    """Assert that nothing has run, and that there is no element which only a payload can have made."""
    assert page.evaluate(FOUND) == [False, 0]


def only_text(shown: Locator, payloads: Sequence[str]) -> None:
    """Assert that these places hold these texts, letter for letter, and no element."""
    for _ in range(300):  # many of them come one after the other
        texts = shown.evaluate_all(TEXTS)
        if set(payloads) <= set(texts):
            break
        shown.page.wait_for_timeout(100)
    assert [payload for payload in payloads if payload not in texts] == []
    assert shown.evaluate_all(ALONE) == 0


def in_cards(page: Page, payloads: Sequence[str]) -> None:
    """Look at a table, at the list made of it, and at own questions."""
    root = open_exercise(page, "02-work-on-yourself", "pattern-swap")
    _table_and_list(root, payloads)
    own = open_exercise(page, "02-work-on-yourself", OWN)
    only_text(own.locator(".rk-mine__q"), payloads)
    clean(page)


def _table_and_list(root: Locator, payloads: Sequence[str]) -> None:
    expect(root.locator(".rk-field--rows textarea").first).to_have_value(payloads[0], timeout=LONG)
    values = root.locator(".rk-field--rows textarea").evaluate_all(VALUES)
    assert [payload for payload in payloads if payload not in values] == []
    only_text(root.locator(".rk-field--top .rk-row button"), payloads)


def in_the_dashboard(page: Page, payloads: Sequence[str]) -> None:
    """Look at the support card and the wall, at then and now, and at what a search finds."""
    show(page, "dashboard")
    only_text(page.locator(".rk-dash .rk-list li.rk-words"), payloads)
    only_text(page.locator("dialog li.rk-words"), payloads)  # the people of the support card, in Help now
    only_text(page.locator(".rk-dash p.rk-words", has_text=payloads[-1].splitlines()[0][:20]), payloads[-1:])
    page.get_by_role("button", name=SAY("story.sections.then.show")).click()
    expect(page.locator(".rk-then__row").first).to_be_visible(timeout=LONG)
    clean(page)


def in_logs_and_letters(page: Page, payloads: Sequence[str]) -> None:
    """Look at a log, page by page, at letters, and at a chart of the person's own words."""
    log = open_exercise(page, "06-always-here", "promise-log")
    seen: list[str] = []
    while True:
        entries = log.locator(".rk-entry__what .rk-words")
        expect(entries.first).to_be_visible(timeout=LONG)
        seen += entries.evaluate_all(TEXTS)
        assert entries.evaluate_all(ALONE) == 0
        older = log.locator("[data-act=older]").first
        if not older.count():
            break
        before = log.locator(".rk-hist").get_attribute("data-told")
        older.click()
        expect(log.locator(".rk-hist")).not_to_have_attribute("data-told", str(before))
    assert [payload for payload in payloads if payload not in seen] == []
    clean(page)
    letters = open_exercise(page, "06-always-here", "my-page")
    for number in range(min(6, len(payloads))):
        letters.locator(f"[data-act='open my-page-{number}']").click()
        only_text(letters.locator(".rk-entry__what"), payloads[number : number + 1])
    timeline = open_exercise(page, "01-acknowledge", "breakup-timeline")
    expect(timeline.locator(".rk-chart svg").first).to_be_attached(timeout=LONG)
    assert timeline.locator(".rk-chart svg :is(script, image, foreignObject, a[href])").count() == 0
    clean(page)


def on_paper(page: Page, payloads: Sequence[str]) -> None:
    """Look at the support card as it is printed."""
    page.add_init_script("window.print = () => { window.rkPrinted = 1; }")
    page.reload()
    root = open_exercise(page, "06-always-here", "support-card")
    root.get_by_role("button", name=SAY("interface.sheet.support_card")).click()
    root.get_by_role("button", name=SAY("interface.sheet.print")).click()
    page.emulate_media(media="print")
    only_text(page.locator("body > .rk-paper li.rk-words"), payloads)
    clean(page)


def test_some_of_the_corpus_is_only_ever_text(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], dialogs: Callable[[Page], None]
) -> None:
    payloads = sample()
    fill(fresh_server.home, payloads)
    page = visit(fresh_server).new_page()
    dialogs(page)
    in_cards(page, payloads)
    in_the_dashboard(page, payloads)


@pytest.mark.full
def test_the_whole_corpus_is_only_ever_text_in_every_place(
    fresh_server: Book,
    visit: Callable[[Book], BrowserContext],
    dialogs: Callable[[Page], None],
    figure: Callable[..., None],
) -> None:
    assert len(ALL) >= 60
    fill(fresh_server.home, ALL)
    page = visit(fresh_server).new_page()
    dialogs(page)
    places = (in_cards, in_the_dashboard, in_logs_and_letters, on_paper)
    for look in places:
        look(page, ALL)
    figure(f"of {len(ALL)} hostile texts in Voilà, scripts, dialogs and new elements", 0)


@pytest.mark.full
def test_the_whole_corpus_is_only_ever_text_in_jupyterlab(
    browser: Browser,
    watch: object,
    options: dict[str, Any],
    dialogs: Callable[[Page], None],
    figure: Callable[..., None],
    tmp_path: Path,
) -> None:
    with started_lab(tmp_path) as book:
        fill(book.home, ALL)
        context = logged_in(browser, book, watch, options)  # type: ignore[arg-type]  # the record of conftest
        page = context.new_page()
        dialogs(page)
        page.set_default_timeout(LONG)
        _table_and_list(run_notebook(page, "02-work-on-yourself", "pattern-swap"), ALL)
        only_text(opened_in_lab(page, OWN).locator(".rk-mine__q"), ALL)
        clean(page)
        page = context.new_page()  # the first one would ask if its notebook is to be left unsaved
        dialogs(page)
        page.set_default_timeout(LONG)
        log = run_notebook(page, "06-always-here", "promise-log")
        only_text(log.locator(".rk-entry__what .rk-words"), ALL[:10])
        clean(page)
        context.close()
    figure(f"of {len(ALL)} hostile texts in JupyterLab, scripts, dialogs and new elements", 0)
