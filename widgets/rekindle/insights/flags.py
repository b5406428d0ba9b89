"""Flags: words that may turn an apology, a start or a question into something else. On a click, and never kept."""

from __future__ import annotations

from rekindle.content import MessageCheck, catalog
from rekindle.insights.finding import Finding
from rekindle.insights.message_check import seen
from rekindle.insights.reading import Answers, rows, text

PAGES = ("apology-builder", "hot-topic-plan", "curious-questions")
"""Pages with words to look over; drafts to the other person have a check of their own."""


def flags(exercise: str, answers: Answers, lists: MessageCheck | None = None) -> list[Finding]:
    """Return what the short lists noticed in a page's words; without anything, that this is no approval.

    Findings hold words of the person: treat them as their own. A page without words has none.
    """
    lists = lists or catalog().message_check
    named = {"excuse": lists.excuse, "blame": (*lists.blame, *lists.blame_words), "seen_test": lists.hidden_test}
    keys, looked = {
        "apology-builder": (("excuse",), [text(answers, key) for key in ("own", "effect", "regret", "why", "repair")]),
        "hot-topic-plan": (("blame",), [text(answers, "start")]),
        "curious-questions": (("seen_test",), [text(row, "question") for row in rows(answers, "list")]),
    }[exercise]
    plain = " \n ".join(looked).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()
    if not plain.strip():
        return []
    found = [Finding(key, {"word": word}, own_words=True) for key in keys for word in seen(plain, named[key])]
    return found or [Finding("no_flags")]
