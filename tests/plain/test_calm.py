"""Calm pages: each says its words as text, needs no other file, and leads back to the book where that is possible."""

from __future__ import annotations

import re

import pytest

from rekindle.content import catalog
from rekindle.server.calm import NAMES, CalmPages

WORDS = {name: catalog().words.under(f"command.pages.{name}") for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_calm_page_says_its_words_and_asks_for_nothing(name: str) -> None:
    page = CalmPages(WORDS).page(name)
    assert f"<h1>{WORDS[name]['title']}</h1>" in page
    assert not re.search(r"<script|<link|@import|url\(|https?://", page)


def test_only_where_the_book_can_be_opened_is_there_a_link_to_it() -> None:
    pages = CalmPages(WORDS)
    assert {name for name in NAMES if 'href="/"' in pages.page(name)} == {"missing", "broken"}


def test_words_are_text() -> None:
    odd = {"missing": {"title": "<b>no</b>", "text": "a < b\n\nand {braces}", "link": "<i>on</i>"}}
    page = CalmPages(odd).page("missing")
    assert "<b>" not in page
    assert "<p>a &lt; b</p>\n<p>and {braces}</p>" in page
    assert '<a href="/">&lt;i&gt;on&lt;/i&gt;</a>' in page
