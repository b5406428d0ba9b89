"""The short lists: the words that a check looks for, shown after it, so that nobody takes it for more than it is."""

from __future__ import annotations

from rekindle.content import Catalog
from rekindle.frontend.words import Block, element

LOOKED_FOR = {
    "first-hello": ("heavy", "past", "push", "leverage", "blame", "easy_out"),
    "say-it-once": ("push", "leverage", "blame", "easy_out"),
    "apology-builder": ("excuse",),
    "hot-topic-plan": ("blame", "blame_words"),
    "curious-questions": ("hidden_test",),
}
"""Pages with a check, and the lists of `message-check.toml` that it looks through."""


def short_lists(exercise: str, words: Catalog) -> Block:
    """Return the lists of a page's check, folded, each with its name."""
    say = words.say
    items = [
        element("li", "", element("strong", say(f"interface.lists.{name}")), " ", ", ".join(lines))
        for name in LOOKED_FOR[exercise]
        if (lines := getattr(words.message_check, name))
    ]
    note = element("p", say("interface.lists.note"), cls="rk-small")
    inside = element("div", "", element("ul", "", *items), note, cls="rk-fold__in")
    return element("details", "", element("summary", say("interface.lists.title")), inside, cls="rk-fold")
