"""Steps 3 to 5: which findings belong to which page, and what they look at beside its answers."""

from __future__ import annotations

from collections.abc import Callable

from rekindle.insights import closing, mending, pacing, reaching, stepping, talks
from rekindle.insights.finding import Context, Finding
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers
from rekindle.records import FieldId

FROM_ANSWERS: dict[str, Callable[[Answers, Context], list[Finding]]] = {
    "should-i": reaching.should_i,
    "first-hello": reaching.first_hello,
    "send-or-sleep": reaching.send_or_sleep,
    "good-news-bank": reaching.good_news_bank,
    "curious-questions": reaching.curious_questions,
    "reply-reader": reaching.reply_reader,
    "coffee-plan": reaching.coffee_plan,
    "say-it-once": reaching.say_it_once,
    "apology-builder": mending.apology_builder,
    "open-book-limits": mending.open_book_limits,
    "hot-topic-plan": mending.hot_topic_plan,
    "safe-to-tell-me": mending.safe_to_tell_me,
    "forgive-both-ways": mending.forgive_both_ways,
    "trust-review": mending.trust_review,
    "pressure-check": pacing.pressure_check,
    "what-are-we": pacing.what_are_we,
    "new-agreements": pacing.new_agreements,
    "slide-or-decide": stepping.slide_or_decide,
    "same-problem-drill": pacing.same_problem_drill,
    "my-own-life": pacing.my_own_life,
    "kids-and-others": pacing.kids_and_others,
    "state-of-us": pacing.state_of_us,
    "pause-signs": pacing.pause_signs,
    "closing-report": closing.closing_report,
}
FROM_PILES: dict[str, Callable[[Answers, Pile, Context], list[Finding]]] = {
    "doubt-triggers": mending.doubt_triggers,
    "contact-log": talks.contact_log,
    "listen-well": talks.listen_well,
    "responsive-moments": talks.responsive_moments,
    "good-moments": talks.good_moments,
}
_NOTES = ("urge-log", "contact-log")
READS_LOGS: dict[str, tuple[str, ...]] = {
    "first-hello": _NOTES,
    "send-or-sleep": _NOTES,
    "say-it-once": _NOTES,
    "coffee-plan": ("contact-log", "listen-well"),
    "trust-review": ("promise-log", "repair-log", "honesty-log", "contact-log"),
    "same-problem-drill": ("repair-log",),
    "closing-report": (
        "baseline",
        "weekly-check-in",
        "promise-log",
        "space-counter",
        "urge-log",
        "proof-of-change",
    ),
}
READS_PAST: dict[str, tuple[FieldId, ...]] = {
    "forgive-both-ways": (("forgive-both-ways", "stance"),),
    "trust-review": (("trust-review", "enough"), ("trust-review", "mutual")),
    "pressure-check": (("pressure-check", "signs"),),
    "slide-or-decide": (("slide-or-decide", "why_now"),),
    "my-own-life": (("my-own-life", "clear"), ("who-am-i-now", "clear")),
    "state-of-us": (("state-of-us", "sat"), ("state-of-us", "free")),
    "closing-report": (
        ("say-it-to-myself", "sentence"),
        ("say-it-to-myself", "wish"),
        ("decision-check", "cost"),
        ("slide-or-decide", "why_now"),
    ),
}
