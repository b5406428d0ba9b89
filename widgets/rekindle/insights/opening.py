"""Findings of the Opening: the person's own words and numbers, given back as they are."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.insights.finding import Context, Fact, Finding, Frame, Phrase, counted, phrases
from rekindle.insights.gates import phrase_of
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks
from rekindle.insights.spans import own_line
from rekindle.records import Entry

MIN_ROWS = 3
"""A share of fewer rows than this is no share; it is said in words or not at all."""

SLIDERS = (
    "satisfied",
    "worthwhile",
    "happy",
    "anxious",
    "missed",
    "pull",
    "over_and_over",
    "clear_self",
    "kind_self",
)
"""The nine sliders of a check-in that are lines of their own."""

_ROUTES = ("just-broke-up", "giving-space", "working-on-me", "in-touch", "trying-again", "letting-go", "not-sure")
_KINDS = ("dating", "living-together", "engaged", "married", "long-distance", "on-and-off", "other")
_SHARED = ("children", "home", "money", "pet", "friends", "work", "family")
_FEELINGS = ("sad", "hurt", "relieved", "angry", "free", "guilty", "scared", "moving-on")
_RULES = ("once", "again", "no-is-okay", "no-is-hard", "friend-first", "hinting")


def welcome(answers: Answers, context: Context) -> list[Finding]:
    """Where to start, from where they say they are."""
    del context
    aims = ticks(answers, "understand", ("steadier", "try-again"))
    found = []
    if aims:
        found.append(Finding("both_aims" if len(aims) == 2 else aims[0].replace("-", "_")))
    if route := choice(answers, "route", _ROUTES):
        found.append(Finding(f"route_{route.replace('-', '_')}"))
    return found


def say_it_to_myself(answers: Answers, context: Context) -> list[Finding]:
    """Their sentence on a card, the first dot, and where they act fine."""
    found: list[Finding] = []
    if sentence := text(answers, "sentence"):
        found.append(Finding("card", {"sentence": sentence}, own_words=True, tone="card"))
        found.append(Finding("step_one"))
    if (wish := scale(answers, "wish")) is not None:
        first, *later = own_line(context, "say-it-to-myself", "wish", wish, "wish", weekly="together")
        found += later or [first]
    masks = ticks(answers, "masks", ("friends", "work", "online", "family", "ex", "myself"))
    if masks:
        found.append(counted("masks", len(masks), places=phrases("masks", masks)))
    elif ticks(answers, "masks", ("nowhere",)):
        found.append(Finding("masks_nowhere"))
    if cost := text(answers, "mask_cost"):
        found.append(Finding("mask_cost", {"cost": cost}, own_words=True))
    return found


def my_situation(answers: Answers, context: Context) -> list[Finding]:
    """What they told, said back in one line."""
    del context
    facts: list[Phrase] = []
    if nickname := text(answers, "nickname"):
        facts.append(Phrase("fact_nickname", {"nickname": nickname}))
    if kind := choice(answers, "kind", _KINDS):
        facts.append(phrase_of(f"fact_kind_{kind}"))
    if ended := choice(answers, "ended_by", ("they", "me", "both", "unclear")):
        facts.append(Phrase(f"fact_ended_{ended}"))
    if date := day(answers, "ended_on"):
        facts.append(Phrase("fact_ended_on", {"date": date}))
    if shared := ticks(answers, "shared", _SHARED):
        facts.append(Phrase("fact_shared", {"things": phrases("shared", shared)}))
    elif ticks(answers, "shared", ("nothing",)):
        facts.append(Phrase("fact_shared_nothing"))
    times = choice(answers, "times", ("no", "once", "two-or-three", "more"))
    if times:
        facts.append(phrase_of(f"fact_times_{times}"))
    found = [Finding("repeat_back", {"facts": tuple(facts)}, own_words=bool(nickname))] if facts else []
    return [*found, Finding("returns_many")] if times in ("two-or-three", "more") else found


def what_do_i_miss(answers: Answers, context: Context) -> list[Finding]:
    """How much of what they miss could also come from elsewhere; a bar from three rows on."""
    del context
    named = rows(answers, "rows", "what")
    columns = ("only_they", "friend", "build", "never_there")
    tallies = {c: sum(r.get(c) is True for r in named) for c in columns}
    found: list[Finding] = []
    if any(tallies.values()):
        found.append(_elsewhere(sum(r.get("friend") is True or r.get("build") is True for r in named), len(named)))
        if len(named) >= MIN_ROWS:
            frame: Frame = {"place": list(columns), "rows": [tallies[c] for c in columns]}
            found[0] = Finding(found[0].sentence, found[0].values, chart="miss-places", frame=frame)
    if tallies["never_there"]:
        found.append(counted("never_there", tallies["never_there"]))
    if pull := choice(answers, "pull", ("them", "hurting", "alone", "who-i-am", "mix")):
        offered = {"hurting": ("support-card",), "who-i-am": ("pattern-swap", "woop-goal")}.get(pull, ())
        found.append(Finding(f"pull_{pull.replace('-', '_')}", pages=offered))
    return found


def _elsewhere(count: int, total: int) -> Finding:
    if count == 0:
        return Finding("elsewhere_none")
    return Finding("elsewhere_single") if total == 1 else counted("elsewhere", count, total=total)


def fear_of_looking_needy(answers: Answers, context: Context) -> list[Finding]:
    """The person's own rule for what is honest."""
    del context
    found: list[Finding] = []
    if rule := ticks(answers, "sort", _RULES):
        found.append(Finding("rule", {"rule": tuple(phrase_of(f"rule_{r}") for r in rule)}, tone="card"))
        if {"again", "no-is-hard", "hinting"}.intersection(rule):
            found.append(Finding("rule_note"))
    if (before := scale(answers, "before")) is not None:
        found.append(Finding("exposed", {"before": before}))
    if kind := text(answers, "kind_line"):
        found.append(Finding("kind_line", {"kind_line": kind}, own_words=True))
    return found


def their_side_too(answers: Answers, context: Context) -> list[Finding]:
    """What they said beside what is guessed."""
    del context
    said = [text(r, "words") for r in rows(answers, "said")]
    guesses = [[text(r, "guess"), text(r, "other_guess")] for r in rows(answers, "said")]
    facts, guessed = sum(map(bool, said)), sum(bool(g) for pair in guesses for g in pair)
    found: list[Finding] = []
    if facts or guessed:
        frame: Frame = {
            "words": [*said],
            "guess": [g for g, _ in guesses],
            "other_guess": [o for _, o in guesses],
        }
        counts: dict[str, Fact] = {"facts": _count_phrase("facts", facts), "guesses": _count_phrase("guesses", guessed)}
        found.append(Finding("counts", counts, own_words=True, chart="facts-guesses", frame=frame))
        if not facts or not guessed:
            found.append(Finding("no_guesses" if facts else "mostly_guesswork"))
    if feelings := ticks(answers, "could_feel", _FEELINGS):
        found.append(counted("feel", len(feelings), feelings=phrases("could_feel", feelings)))
    elif ticks(answers, "could_feel", ("unknown",)):
        found.append(Finding("feel_unknown"))
    return found


def _count_phrase(name: str, count: int) -> Phrase:
    return Phrase(f"{name}_{'none' if count == 0 else 'one' if count == 1 else 'many'}", {"count": count})


def so_what_changes(answers: Answers, context: Context) -> list[Finding]:
    """The wall, pinned, and what lies in their power."""
    del context
    found: list[Finding] = []
    if wall := text(answers, "same_wall"):
        found.append(Finding("wall", {"same_wall": wall}, own_words=True, tone="card"))
        found.append(Finding("wall_pinned"))
    if when := choice(answers, "when", ("days", "weeks", "months", "year", "unknown")):
        found.append(Finding(f"when_{when}"))
    named = rows(answers, "mine", "problem")
    powers = [p for r in named if (p := choice(r, "power", ("yes", "partly", "no")))]
    count = sum(p != "no" for p in powers)
    if powers and count:
        single = len(named) == 1
        found.append(Finding("power_single") if single else counted("power", count, total=len(named)))
    elif powers and len(powers) == len(named):
        found.append(Finding("power_none"))
    return [*found, Finding("half_named")] if any(text(r, "my_half") for r in named) else found


def honest_odds(answers: Answers, context: Context) -> list[Finding]:
    """What studies found and what each number does not mean; never a chance of their own."""
    del context
    worth = text(answers, "good_either_way")
    hope, basis = scale(answers, "hope"), text(answers, "basis")
    if hope is None and not basis and not worth:
        return []
    found = [Finding("no_odds")]
    for rate in ("rate_returned", "rate_renewed", "rate_both", "rate_better"):
        found += [Finding(rate, tone="card"), Finding(f"{rate}_not")]
    if basis:
        found.append(Finding("basis"))
    if worth:
        found.append(Finding("worth_it", {"good_either_way": worth}, own_words=True, tone="card"))
        found.append(Finding("worth_it_kept"))
    return found


def baseline(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """The first dot on each line, from the first check-in, and one gentle line when it is a lot to carry."""
    del context
    found: list[Finding] = []
    if entries:
        first, last = entries[0].values, entries[-1].values
        dots = [scale(first, s) for s in SLIDERS]
        if count := sum(d is not None for d in dots):
            frame: Frame = {"slider": [*SLIDERS], "first": [*dots]}
            made = counted("dots", count)
            found.append(Finding(made.sentence, made.values, chart="first-dots", frame=frame))
        happy, anxious = scale(last, "happy"), scale(last, "anxious")
        if happy is not None and anxious is not None and happy <= 4 and anxious >= 6:
            found.append(Finding("talk", pages=("support-card",), help="support"))
    if text(answers, "hardest"):
        found.append(Finding("hardest"))
    if smallest := text(answers, "smallest"):
        found.append(Finding("smallest", {"smallest": smallest}, own_words=True))
    return found
