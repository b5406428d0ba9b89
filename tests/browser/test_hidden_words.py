"""Hide words: what a person wrote or chose cannot be read while it is hidden; a log's words come back covered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.records import FieldId, Json, Moment
from tests.browser.groups import Group, groups
from tests.browser.harness import Book, open_exercise
from tests.browser.keeping import opened, seed
from tests.browser.sight import show, write
from tests.browser.walker import begin
from tests.visit import STANDINGS

CANARY = "Quittenkompott"
SAY = catalog().say
HIDE = "try { localStorage.setItem('rk-hide', '1'); } catch { /* about:blank has no storage */ }"
COVERING = Path(__file__).with_name("covering.js").read_text(encoding="utf-8")
SEEN, MARKED = (f"(at) => {{ const look =\n{COVERING}; return look.{name}(at); }}" for name in ("seen", "marked"))


def _value(field: Any) -> Json:
    """Return an answer for any kind of field, with the canary wherever words may stand."""
    first = field.options[0].id if getattr(field, "options", ()) else None
    kinds: dict[str, Json] = {
        "short_text": CANARY,
        "long_text": CANARY,
        "single_choice": first,
        "multi_choice": [first] if first else None,
        "scale_0_10": 7,
        "minutes": 20,
        "date": "2026-03-02",
        "if_then": [{"if": CANARY, "then": CANARY}],
    }
    if isinstance(field, asked.Table):
        cells = {column.id: _cell(column) for column in field.columns}
        return [{"row": field.rows[0].id, **cells} if field.rows else cells]
    return kinds.get(field.type)


def _cell(column: asked.Column) -> Json:
    kinds: dict[str, Json] = {"text": CANARY, "tick": True, "scale": 7, "date": "2026-03-02"}
    return kinds[column.kind] if column.kind in kinds else column.options[0].id


def _written(book: Book, group: Group) -> None:
    """Answer every question of these pages, and put an entry of yesterday into their logs."""
    begin(book.home, group)
    never, kept = catalog().never_kept, STANDINGS[group.stands][0]
    given: dict[FieldId, Json] = {}
    for exercise in (one for one in group.exercises if not one.fresh):
        for field in exercise.fields:
            if isinstance(field, asked.Log):
                _entry(book, exercise.id, field)
            elif (exercise.id, field.key) not in never and exercise.id not in {id_ for id_, _ in kept}:
                given[exercise.id, field.key] = _value(field)
    seed(book.home, {at: value for at, value in given.items() if value is not None})


def _entry(book: Book, exercise: str, log: asked.Log) -> None:
    values = {part.id: _value(part) for part in log.fields}
    then = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=1))
    held = {key: value for key, value in values.items() if value is not None}
    with opened(book.home) as journal:
        journal.save_entry(f"entry-{exercise}", exercise, held, base=0, happened=then, sitting="s", moment=then)


def _hidden(context: BrowserContext) -> Page:
    context.add_init_script(HIDE)
    return context.new_page()


def _told(page: Page, notebook: str, exercises: Iterable[Exercise]) -> dict[str, Any]:
    """Open pages with words hidden, and return what can still be read on each."""
    found: dict[str, Any] = {}
    for exercise in exercises:
        if page.locator(f".rk-exercise--{exercise.id} .rk-gate").count():
            continue
        root = open_exercise(page, notebook, exercise.id)
        root.locator(".rk-fold > summary").evaluate_all(
            "(all) => all.forEach((one) => { one.parentElement.open = true; })"
        )
        page.evaluate("document.activeElement?.blur()")
        found[exercise.id] = page.evaluate(SEEN, CANARY) + root.evaluate(MARKED)
    return {id_: told for id_, told in found.items() if told}


FEW = Group(
    "00-before-you-begin", "open", tuple(catalog().exercise(id_) for id_ in ("my-situation", "say-it-to-myself"))
)
LOGS = Group("06-always-here", "open", (catalog().exercise("urge-log"),))


def test_nothing_written_or_chosen_can_be_read_while_words_are_hidden(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    _written(fresh_server, Group("", "open", (*FEW.exercises, *LOGS.exercises, catalog().exercise("support-card"))))
    page = _hidden(visit(fresh_server))
    for group in (FEW, LOGS):
        show(page, group.notebook)
        assert not _told(page, group.notebook, group.exercises)
    show(page, "dashboard")
    assert not page.evaluate(SEEN, CANARY)
    page.locator("[data-rk=hide]").click()
    assert page.evaluate(SEEN, CANARY), "shown again, the words are there: this test can see them"
    assert page.title() == SAY("interface.frame.window")


@pytest.mark.full
@pytest.mark.parametrize("group", groups(), ids=str)
def test_no_page_shows_a_word_while_words_are_hidden(
    fresh_server: Book, visit: Callable[[Book], BrowserContext], group: Group
) -> None:
    _written(fresh_server, group)
    page = _hidden(visit(fresh_server))
    show(page, group.notebook)
    assert not _told(page, group.notebook, group.exercises)
    show(page, "dashboard")
    assert not page.evaluate(SEEN, CANARY)


def test_what_stood_in_a_log_comes_back_covered_until_it_is_asked_for(
    fresh_server: Book, visit: Callable[[Book], BrowserContext]
) -> None:
    begin(fresh_server.home, LOGS)
    log = catalog().exercise("promise-log").fields[0]
    assert isinstance(log, asked.Log)
    _entry(fresh_server, "promise-log", log)
    page = visit(fresh_server).new_page()
    root = open_exercise(page, LOGS.notebook, "promise-log")
    words = root.locator(".rk-entry .rk-words", has_text=CANARY)
    expect(words.first).to_have_css("filter", "blur(9.6px)")
    write(page, "promise-log", "promise", "Sun on the stairs")
    root.get_by_role("button", name=SAY("interface.buttons.save_entry")).click()
    expect(root.locator(".rk-entry .rk-words", has_text="Sun on").first).to_have_css("filter", "none")
    root.get_by_role("button", name=SAY("interface.log.uncover")).click()
    expect(words.first).to_have_css("filter", "none")
    root.get_by_role("button", name=SAY("interface.log.cover")).click()
    expect(words.first).to_have_css("filter", "blur(9.6px)")
