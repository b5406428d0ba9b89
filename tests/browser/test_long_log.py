"""A long log that was never counted: its page stands at once, saves what is written meanwhile, and tells in the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from rekindle.content import say
from rekindle.insights import Tallies
from rekindle.journal import entries
from rekindle.records import Entry, Moment
from tests.browser.harness import Book, open_exercise, started
from tests.browser.keeping import opened, seed, stored
from tests.browser.sight import write

NOTEBOOK, LOG, OTHER, FIELD = "06-always-here", "urge-log", "support-card", "reason"
LONG = 100_000
"""So many take some seconds to count."""


def fill(home: Path) -> None:
    seed(home, {(OTHER, FIELD): "written before"})
    now = dt.datetime.now(dt.UTC)
    values = '{"after":3,"before":7,"did":["waited"],"trigger":["song"]}'
    with opened(home) as journal, journal._store.transaction():
        for number in range(LONG):
            when = Moment.at(now - dt.timedelta(minutes=number), "Europe/Berlin")
            entries.add(journal._store, Entry(f"e{number}", LOG, {}, when, 1, when), values)


def test_an_edit_is_saved_while_a_long_log_is_counted(tmp_path: Path, visit: Callable[[Book], BrowserContext]) -> None:
    fill(tmp_path)
    with started(tmp_path) as book:
        page = visit(book).new_page()
        open_exercise(page, NOTEBOOK, OTHER)
        card = open_exercise(page, NOTEBOOK, LOG)
        waits = card.get_by_text(say("interface.folds.counting"))
        expect(waits).to_be_visible()
        write(page, OTHER, FIELD, "written meanwhile")
        assert waits.is_visible(), "it was saved before all was counted"
        expect(card.locator(".rk-chart").first).to_be_visible(timeout=60_000)
        expect(waits).to_have_count(0)
        page.close()
    assert stored(tmp_path, OTHER, FIELD) == "written meanwhile"
    with opened(tmp_path) as journal:
        found = journal.counts.digests.of(LOG, Tallies.mark(LOG))
        assert found
        assert found.upto == LONG
