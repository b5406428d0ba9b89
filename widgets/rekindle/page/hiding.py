"""Hiding: whether a page covers its words from the start, because somebody could see them."""

from __future__ import annotations

from rekindle.page.book import Book


def hides(book: Book, chosen: str) -> bool:
    """Return whether words are covered; what was `chosen` with *Hide words* ("yes", "no") is stronger than answers."""
    seen, answered = book.answer("screen-check", "seen")
    wanted, _ = book.answer("screen-check", "want")
    asked = isinstance(wanted, list) and "hide" in wanted
    careful = asked or (answered and seen not in ("nobody", ""))
    return {"yes": True, "no": False}.get(chosen, careful)
