"""The message check: what a draft may do to its reader, by short lists. It describes; it never rewrites or predicts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from typing import Literal

from rekindle.content import MessageCheck, catalog
from rekindle.insights.finding import Finding, Phrase
from rekindle.records import Moment

Page = Literal["first-hello", "say-it-once"]
MESSAGE_PAGES: dict[str, Page] = {"first-hello": "first-hello", "say-it-once": "say-it-once"}
"""The two pages that hold a draft to the other person: the only ones whose text is ever looked over for its effect."""

_LIMIT = {"first-hello": 50, "say-it-once": 120}
_LATE, _EARLY = 22, 7


def check(
    draft: str,
    page: Page,
    now: Moment,
    *,
    ticked: Collection[str] = (),
    is_open: bool = True,
    drank: bool = False,
    lists: MessageCheck | None = None,
) -> list[Finding]:
    """Return what the lists noticed in `draft`, as findings whose sentences are in the page's `says`.

    Run it when the person asks, and keep nothing of it. `ticked` are the person's own ticks under the draft; `now`
    is their clock, and after a drink any hour is late. The first finding is the tally. Without anything noticed the
    last one says that this is no "good to send". Findings hold words of the draft: treat them as the person's own.
    """
    if not is_open:
        return [Finding("gate")]
    lists = lists or catalog().message_check
    plain = draft.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()
    words, questions, push = len(draft.split()), draft.count("?"), seen(plain, lists.push)
    counts = {"words": words, "questions": questions, "pressure": len(push)}
    tally = Finding("tally", {name: _count(name, count) for name, count in counts.items()})
    if not words:
        return [tally]
    flags = _danger(plain, lists) + _length(words, page)
    if page == "first-hello":
        flags += _named("heavy", seen(plain, lists.heavy)) + _named("past", seen(plain, lists.past))
    flags += _named("push", push) + _questions(questions) + _volume(draft)
    flags += _named("blame", seen(plain, lists.blame)) + _timing(now, drank=drank)
    easy_out = [] if seen(plain, lists.easy_out) else [Finding("easy_out")]
    if page == "say-it-once":  # here an easy way to say no, and one lived change, are more than a nicety
        flags += easy_out + ([] if "one-change" in ticked else [Finding("real_change")])
        easy_out = []
    good_size = [] if words > _LIMIT[page] else [Finding("short_good", {"count": words})]
    asks = [Finding(key) for tick, key in (("true", "true_test"), ("friend-test", "friend_test")) if tick not in ticked]
    return [tally, *good_size, *flags, *easy_out, *asks, *([] if flags else [Finding("no_flags")])]


def seen(plain: str, phrases: Sequence[str]) -> list[str]:
    """Return the phrases that stand in a lower-case text as whole words, each once, in the order of the list."""
    return [each for each in phrases if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", plain)]


def _named(key: str, seen: list[str]) -> list[Finding]:
    return [Finding(key, {"word": each}, own_words=True) for each in seen]


def _count(name: str, count: int) -> Phrase:
    return Phrase(f"{name}_{'none' if count == 0 else 'one' if count == 1 else 'many'}", {"count": count})


def _danger(plain: str, lists: MessageCheck) -> list[Finding]:
    said = bool(seen(plain, lists.leverage))
    return [Finding("leverage", help="crisis", tone="card", pages=("support-card",))] if said else []


def _length(words: int, page: Page) -> list[Finding]:
    return [Finding("short_long", {"count": words})] if words > _LIMIT[page] else []


def _questions(count: int) -> list[Finding]:
    if count < 2:
        return []
    return [Finding("questions_two") if count == 2 else Finding("questions_more", {"count": count})]


def _volume(draft: str) -> list[Finding]:
    loud = [word.isupper() and sum(map(str.isalpha, word)) > 1 for word in draft.split()]
    run = any(one and two for one, two in itertools.pairwise(loud))
    shout = any(is_loud and sum(map(str.isalpha, word)) > 4 for is_loud, word in zip(loud, draft.split(), strict=True))
    return [Finding("volume")] if run or shout or draft.count("!") > 1 else []


def _timing(now: Moment, *, drank: bool) -> list[Finding]:
    hour = now.local.hour
    return [Finding("timing")] if drank or hour >= _LATE or hour < _EARLY else []
