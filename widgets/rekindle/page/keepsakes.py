"""Keepsakes: the person's own words that stand on the first page, such as their wall and their support card."""

from __future__ import annotations

from rekindle.contact import is_open
from rekindle.forms.control import Say
from rekindle.frontend.words import Block, element
from rekindle.page.book import Book
from rekindle.page.frame import Frame
from rekindle.records import Json


def wall(book: Book, say: Say) -> list[Block]:
    """Return the wall that they named, and the early signs of it; nothing before it is named."""
    words, _ = book.answer("so-what-changes", "same_wall")
    if not isinstance(words, str) or not words.strip():
        return []
    return [
        element("h2", say("dashboard.wall.title"), cls="rk-sec"),
        element("p", words, cls="rk-say rk-words"),
        element("p", say("dashboard.wall.note"), cls="rk-small"),
        *_early_signs(book, say),
    ]


def _early_signs(book: Book, say: Say) -> list[Block]:
    """Return their early signs and what they do first, while the page with them is open."""
    if not is_open("same-problem-drill", book.standing()):
        return []
    early, _ = book.answer("same-problem-drill", "early")
    signs = [element("li", line, cls="rk-words") for line in column(early, "sign", "first")]
    if not signs:
        return []
    return [element("p", say("dashboard.wall.early"), cls="rk-small"), element("ul", "", *signs, cls="rk-list")]


def support(book: Book, frame: Frame, say: Say) -> list[Block]:
    """Return their support card: people, what helps, and the way to the whole of it."""
    href = frame.address("support-card")[1]
    title, lists = element("h2", say("dashboard.support.title"), cls="rk-sec"), _lists(book, say)
    if not lists:
        link = element("a", say("dashboard.support.make"), href=href)
        return [title, element("p", say("dashboard.support.empty")), element("p", "", link)]
    return [title, *lists, element("p", "", element("a", say("dashboard.support.open"), href=href))]


def at_hand(book: Book, say: Say) -> list[Block]:
    """Return their support card for the help dialog, one tap from every page; nothing before there is one."""
    lists = _lists(book, say)
    return [element("h3", say("dashboard.support.title"), cls="rk-help__where"), *lists] if lists else []


def _lists(book: Book, say: Say) -> list[Block]:
    card = book.answers_of("support-card")
    people, helps = column(card.get("people"), "who", "how"), column(card.get("calm"), "what", "how_long")
    blocks: list[Block] = []
    for name, lines in (("people", people), ("helps", helps)):
        if lines:
            items = [element("li", line, cls="rk-words") for line in lines]
            label = element("p", say(f"dashboard.support.{name}"), cls="rk-small")
            blocks += [label, element("ul", "", *items, cls="rk-list")]
    return blocks


def column(rows: Json, *names: str) -> list[str]:
    """Return each row of a table as one line of these cells; a row without them gives none."""
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    lines = [", ".join(str(row[name]) for name in names if row.get(name)) for row in found]
    return [line for line in lines if line]
