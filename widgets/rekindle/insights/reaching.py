"""Findings of Step 3: to reach out or not, a draft that sleeps, a reply, a meeting, and words for saying once."""

from __future__ import annotations

import datetime as dt
import functools

from rekindle.contact import is_open
from rekindle.contact.seals import asleep_until, has_slept
from rekindle.insights.finding import Context, Finding, Phrase, counted
from rekindle.insights.logs import MIN_ENTRIES
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks
from rekindle.records import Entry

SIGNS = ("over-for-good", "someone-new", "unsafe", "different-lives", "asked-before")
FREE_RULES = ("once", "no-is-okay", "friend-first")
"""The rules of `fear-of-looking-needy` that leave the other as free to say no as yes."""

ONCE_GATE = ("mutual", "no-space", "live-with-no", "real-change", "once", "person-after")
_PATHS = ("write", "wait", "let-be")


def should_i(answers: Answers, context: Context) -> list[Finding]:
    """The grid as four short lists, what speaks for letting it be, and the next page of each choice."""
    grid = {k: r for r in rows(answers, "grid") if (k := choice(r, "row", _PATHS))}
    found: list[Finding] = []
    for column in ("good_me", "hard_me", "good_them", "hard_them"):
        said = [(path, words) for path in _PATHS if (words := text(grid.get(path, {}), column))]
        if said:
            items = tuple(Phrase("item", {"row": Phrase(f"grid.{path}"), "words": words}) for path, words in said)
            found.append(Finding(f"list_{column}", {"items": items}, own_words=True))
    if found and not any(text(row, "good_them") for row in grid.values()):
        found.append(Finding("them_blank"))
    signs = ticks(answers, "signs_no", SIGNS)
    if signs:
        found.append(Finding("strong_sign", tone="card"))
    if "unsafe" in signs:
        found.append(Finding("strong_unsafe", pages=("safety-gate",), help="support"))
    return found + _chosen(choice(answers, "choice", ("hello", "wait", "let-be")), context)


def _chosen(chosen: str, context: Context) -> list[Finding]:
    if chosen == "hello":
        ready = is_open("ready-check", context.standing)
        return [Finding("choice_hello", pages=("ready-check",)) if ready else Finding("choice_hello_folded")]
    if chosen == "wait":
        return [Finding("choice_wait", pages=("space-agreement",))]
    return [Finding("choice_let_be", pages=("let-go-path",))] if chosen else []


def good_news_bank(answers: Answers, context: Context) -> list[Finding]:
    """One light thing to share, and a friend first."""
    del context
    named = rows(answers, "rows", "what")
    if not named:
        return []
    shared = [s for r in named if (s := choice(r, "shared", ("friend", "family", "work", "ex")))]
    light = [r for r in named if r.get("light") is True]
    fresh = [r for r in light if not choice(r, "shared", ("friend", "family", "work", "ex"))] or light
    found = [counted("kept", len(named))]
    if fresh:
        found.append(Finding("light_item", {"what": text(fresh[0], "what")}, own_words=True))
    return [*found, Finding("friend_first")] if len(shared) > 1 and set(shared) == {"ex"} else found


def curious_questions(answers: Answers, context: Context) -> list[Finding]:
    """Which questions are free, by the person's own ticks, and a softer one where a test is in it."""
    del context
    asked = rows(answers, "list", "question")
    free = sum(r.get("easy") is True and choice(r, "test", ("no",)) != "" for r in asked)
    tests = [text(r, "question") for r in asked if choice(r, "test", ("yes",))]
    found = [counted("free", free)] if free else []
    found += [Finding("has_test", {"question": question}, own_words=True) for question in tests]
    return [*found, Finding("softer")] if tests else found


def first_hello(answers: Answers, context: Context) -> list[Finding]:
    """If the draft sleeps; else nothing: a draft is looked over on a click only."""
    del answers
    return _sleep("first-hello", context)


def _sleep(page: str, context: Context) -> list[Finding]:
    if context.now is None:
        return []
    until = asleep_until(context.events, page, context.now)
    if until:
        clock = Phrase("clock", {"day": until.local_date, "time": f"{until.local:%H:%M}"})
        return [Finding("asleep_until", {"until": clock})]
    if not has_slept(context.events, page, context.now):
        return []
    note = _last_note(context)
    return [Finding("awake"), *([Finding("last_note", {"note": note}, own_words=True)] if note else [])]


def _last_note(context: Context) -> str:
    """Return the newest line that was learned, from the urge log or the contact log."""
    notes: list[tuple[dt.datetime, str]] = []
    for log, key in (("urge-log", "kind_note"), ("contact-log", "learned")):
        pile = context.pile(log)
        last = pile.last(1, functools.partial(_holds, key), pile.count("note")["yes"])
        notes += [(entry.happened.utc, text(entry.values, key)) for entry in last]
    return max(notes)[1] if notes else ""


def _holds(key: str, entry: Entry) -> bool:
    return bool(text(entry.values, key))


def send_or_sleep(answers: Answers, context: Context) -> list[Finding]:
    """Asleep or awake, the last thing learned, a drink, the plan for a quiet evening, and the rule of one hello."""
    found = _sleep("first-hello", context)
    if state := choice(answers, "asleep", ("slept-right", "slept-change", "not-yet", "no-longer")):
        found.append(Finding(state.replace("-", "_")))
    if "drank" in context.ticked:
        awake = text({"draft": context.answers.get(("first-hello", "draft"))}, "draft") and not _asleep(context)
        found.append(Finding("drank" if awake else "drank_no_draft"))
    if plan := text(answers, "if_quiet"):
        found.append(Finding("plan", {"plan": plan}, own_words=True))
    if day(answers, "sent_on"):
        return [*found, Finding("sent"), Finding("one_hello", tone="card", pages=("mood-check-in",))]
    return [*found, Finding("one_hello")] if state and state != "no-longer" else found


def _asleep(context: Context) -> bool:
    return context.now is not None and asleep_until(context.events, "first-hello", context.now) is not None


def reply_reader(answers: Answers, context: Context) -> list[Finding]:
    """What came, as it is; their words beside the story; and never a second message."""
    del context
    kinds = ("nothing-yet", "nothing-two-weeks", "short-polite", "warm", "no", "stop", "mixed")
    came = choice(answers, "what_came", kinds)
    over = came in ("no", "stop", "nothing-two-weeks")
    found: list[Finding] = []
    if came:
        offered = ("if-they-say-no",) if over else ("contact-log",) if came == "warm" else ()
        found.append(Finding(came.replace("-", "_"), pages=offered, tone="card" if over else "plain"))
    words, story = text(answers, "words"), text(answers, "story")
    if words:
        found.append(Finding("side_by_side", {"words": words}, own_words=True))
    if story:
        found.append(Finding("your_story", {"story": story}, own_words=True))
    if words and story:
        found.append(Finding("facts_first"))
    step = choice(answers, "next", ("leave", "answer-once", "thank-stop", "wait"))
    if step == "answer-once" and (over or came == "nothing-yet"):
        return [*found, Finding("next_against")]
    return [*found, Finding(f"next_{step.replace('-', '_')}")] if step else found


def coffee_plan(answers: Answers, context: Context) -> list[Finding]:
    """A plan waits for their yes; afterwards, calm and listening as the person's own logs have them."""
    invited = choice(answers, "invited", ("said-so", "suggested", "not-yet", "guessing"))
    if invited in ("not-yet", "guessing"):
        return [Finding(f"held_{invited.replace('-', '_')}")]
    found: list[Finding] = []
    if plans := [r for r in rows(answers, "plan") if text(r, "place") or text(r, "when")]:
        missing = [key for key, column in (("end", "end"), ("who", "who_knows")) if not text(plans[0], column)]
        found = [Finding(f"plan_missing_{key}") for key in missing]
        if all(text(plans[0], c) for c in ("place", "end", "easy_no", "who_knows")):
            found.append(Finding("plan_whole"))
    return found + (_afterwards(context) if text(answers, "after") else [])


def _afterwards(context: Context) -> list[Finding]:
    contacts = context.pile("contact-log")
    met = contacts.last(1, lambda e: choice(e.values, "how", ("in-person",)), contacts.count("in-person")["yes"])
    calm = [(scale(e.values, "calm_before"), scale(e.values, "calm_after")) for e in met]
    found: list[Finding] = []
    if calm and None not in calm[-1]:
        found.append(Finding("after_calm", {"before": calm[-1][0] or 0, "after": calm[-1][1] or 0}))
    talks = context.pile("listen-well").count("follow_up")
    if talks.total() >= MIN_ENTRIES:
        found.append(Finding("after_listen", {"asked": talks["yes"], "total": talks.total()}))
    return found


def say_it_once(answers: Answers, context: Context) -> list[Finding]:
    """The person's own rule on top; what is still open before writing; and that it is said once."""
    rules = ticks({"sort": context.answers.get(("fear-of-looking-needy", "sort"))}, "sort", FREE_RULES)
    found: list[Finding] = []
    if rules:
        parts = tuple(Phrase(f"rule_{rule.replace('-', '_')}") for rule in rules)
        found.append(Finding("honest_means", {"rule": parts}, tone="card", on_top=True))
    if context.standing.said:
        over = choice(answers, "answer", ("no", "no-answer"))
        return [*found, Finding("said", pages=("if-they-say-no",) if over else ())]
    gate = ticks(answers, "gate", ONCE_GATE)
    if gate and (missing := len(ONCE_GATE) - len(gate)):
        found.append(counted("gate_open", missing))
    return found + _sleep("say-it-once", context)
