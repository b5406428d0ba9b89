"""Files to and from the page in a browser: a locked one is saved, and one that is chosen is told before it is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rekindle.content import say
from rekindle.journal import MAGIC, Whole, new_key
from rekindle.portable.packing import pack, unpack
from rekindle.records import Answer, Moment
from tests.browser.harness import Book
from tests.browser.keeping import seed, stored
from tests.browser.sight import show

HERE, THERE = ("parcel-here", "text"), ("parcel-there", "text")
"""Pages that the book does not have, so that no other test meets them."""

WORDS = "zebrafinch in the garden"


def button(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(f"your-data.{key}"), exact=True).click()


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """Give a locked file of another computer: long enough for several pieces."""
    answer = Answer(*THERE, WORDS, 1, Moment.now(), "", "s")
    long = Answer(THERE[0], "long", "x" * 190_000, 1, Moment.now(), "", "s")
    more = Answer(THERE[0], "more", "y" * 190_000, 1, Moment.now(), "", "s")
    file = tmp_path / "a private name.rekindle"
    file.write_bytes(pack(Whole([answer, long, more], [], [], [], {}), new_key("three plain words"), ()))
    return file


def test_a_locked_file_is_saved_and_one_that_is_chosen_is_told_and_then_taken_over(
    page: Page, server: Book, brought: Path, tmp_path: Path
) -> None:
    seed(server.home, {HERE: WORDS})
    show(page, "your-data")
    button(page, "take.suggest")
    field = page.get_by_label(say("your-data.take.passphrase"))
    expect(field).to_have_value(re.compile(r"^\S+( \S+){5}$"))
    with page.expect_download() as coming:
        button(page, "take.locked")
    assert coming.value.suggested_filename == say("your-data.take.name", ending="rekindle")
    file = tmp_path / "saved"
    coming.value.save_as(file)
    assert not file.read_bytes().startswith(MAGIC)
    saved = unpack(file.read_bytes(), field.input_value(), ())
    assert any((answer.exercise, answer.field) == HERE and answer.value == WORDS for answer in saved.answers)
    page.get_by_label(say("your-data.bring.file")).set_input_files(brought)
    page.get_by_label(say("your-data.bring.passphrase")).fill("three plain words")
    button(page, "bring.open")
    expect(page.get_by_text(say("command.import.new", answers=3, entries=0))).to_be_visible()
    assert stored(server.home, *THERE) is None
    button(page, "bring.take")
    expect(page.get_by_text(say("command.import.done"))).to_be_visible()
    assert stored(server.home, *THERE) == WORDS
    assert WORDS not in page.content()


def test_a_file_of_reminders_is_saved_with_one_press(page: Page, tmp_path: Path) -> None:
    show(page, "your-data")
    page.get_by_label(say("your-data.calendar.weekly")).check()
    with page.expect_download() as coming:
        button(page, "calendar.save")
    coming.value.save_as(tmp_path / "saved")
    assert coming.value.suggested_filename == "calendar.ics"
    assert (tmp_path / "saved").read_text().startswith("BEGIN:VCALENDAR")
    expect(page.get_by_text(say("your-data.calendar.given", name="calendar.ics"))).to_be_visible()
