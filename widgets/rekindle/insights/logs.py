"""Findings of the logs, and the series behind their charts. A day is the local date that the person saw."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rekindle.contact import State
from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted
from rekindle.insights.pile import Pile
from rekindle.insights.plans import plan_told, plans_used
from rekindle.insights.reading import Answers, choice, rows, scale, text, ticks
from rekindle.insights.slots import DID, OUTCOMES
from rekindle.insights.spans import by_fortnight
from rekindle.records import Entry

MIN_ENTRIES = 5
"""No line, bar or share is drawn from fewer entries than this."""

MIN_DAYS = 3
"""No line is drawn through fewer days than this."""

_LOW = 2
"""A mood up to this is low."""

OF_THE_WEEK = ("urge-log", "weekly-goals", "promise-log", "mood-check-in", "space-counter")
"""The logs whose last seven days the weekly review tells."""


def _alive(entries: Sequence[Entry]) -> list[Entry]:
    return sorted((e for e in entries if not e.deleted), key=lambda e: e.happened.utc)


def _moods(entries: Sequence[Entry]) -> dict[dt.date, float]:
    """Return the mean mood of each day that has one."""
    days: dict[dt.date, list[int]] = {}
    for entry in entries:
        if (mood := scale(entry.values, "mood")) is not None:
            days.setdefault(entry.happened.local_date, []).append(mood)
    return {day: round(sum(found) / len(found), 1) for day, found in days.items()}


def mood_week(entries: Sequence[Entry], today: dt.date) -> Frame | None:
    """Return `day` (ISO, seven of them, today last) and `mood` (the day's mean 0-10, None for a gap).

    None below five entries with a mood, or three days of this week.
    """
    alive = [e for e in _alive(entries) if scale(e.values, "mood") is not None]
    moods = _moods(alive)
    week = [today - dt.timedelta(days=back) for back in range(6, -1, -1)]
    if len(alive) < MIN_ENTRIES or sum(day in moods for day in week) < MIN_DAYS:
        return None
    return {"day": [day.isoformat() for day in week], "mood": [moods.get(day) for day in week]}


def week_is_told(entries: Sequence[Entry], today: dt.date) -> bool:
    """If the entries of a week are enough for `mood_check_in`: older ones only count where a week's line needs them."""
    days = [e.happened.local_date for e in entries if scale(e.values, "mood") is not None]
    return len(days) >= MIN_ENTRIES or len({day for day in days if day <= today}) < MIN_DAYS


def low_days(entries: Sequence[Entry], today: dt.date) -> bool:
    """If three calendar days in a row, the last of them today or yesterday, were all marked at 2 or lower."""
    return _low_days_running(_moods(_alive(entries)), today)


def hard_day(entries: Sequence[Entry], today: dt.date) -> bool:
    """If the last mood of today was at 2 or lower, or three days running were."""
    alive = _alive(entries)
    moods = [mood for e in alive if e.happened.local_date == today and (mood := scale(e.values, "mood")) is not None]
    return bool(moods and moods[-1] <= _LOW) or _low_days_running(_moods(alive), today)


def _low_days_running(moods: dict[dt.date, float], today: dt.date) -> bool:
    """If three calendar days in a row, the last of them today or yesterday, were all at 2 or lower."""
    for last in (today, today - dt.timedelta(days=1)):
        if all(moods.get(last - dt.timedelta(days=back), 10.0) <= _LOW for back in range(3)):
            return True
    return False


def mood_check_in(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """The last dot, the week with its gaps, a kind line after three low days, and their own line on a hard day."""
    del answers
    moods = _moods(entries)
    week = {d: m for d, m in moods.items() if 0 <= (context.today - d).days < 7}
    found: list[Finding] = []
    if entries and entries[-1].happened.local_date == context.today:
        if (mood := scale(entries[-1].values, "mood")) is not None:
            found.append(Finding("noted", {"mood": mood}))
        if choice(entries[-1].values, "rest", ("yes",)):
            found.append(Finding("rest_day"))
    if week:
        found.append(Finding("week_all") if len(week) == 7 else counted("week", len(week)))
    if frame := mood_week(entries, context.today):
        lowest, highest = (f"{pick(week.values()):g}" for pick in (min, max))
        found.append(Finding("range_week", {"lowest": lowest, "highest": highest}, chart="mood-week", frame=frame))
    if _low_days_running(moods, context.today):
        found.append(Finding("low_three", pages=("support-card", "good-moments"), help="support"))
    kind = {"note": context.answers.get(("kind-letter", "note"))}
    if hard_day(entries, context.today) and (note := text(kind, "note")):
        found.append(Finding("own_note", {"note": note}, own_words=True, tone="card"))
    return found


def promises_by_fortnight(entries: Sequence[Entry] | Pile) -> Frame | None:
    """Return `fortnight` (ISO, its first Monday), `kept`, `partly`, `missed`, `changed`: at most the last six.

    A fortnight without a settled promise holds None in all four. None below five settled promises.
    """
    pile = Pile.of("promise-log", entries)
    if pile.count("outcome").total() < MIN_ENTRIES:
        return None
    frame = dict(by_fortnight(pile.count("fortnight"), OUTCOMES))
    return {"fortnight": frame.pop("day"), **frame}


def promise_log(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """How many were kept and how many mended, from five settled promises on."""
    del answers, context
    tally = pile.count("outcome")
    found = _kept(pile) if tally.total() >= MIN_ENTRIES else []
    if still := len(pile) - tally.total():
        found.append(counted("open", still))
    if pile and choice(pile.newest().values, "honesty", ("yes",)):
        found.append(Finding("honesty_too", pages=("honesty-log",)))
    return [*found, Finding("with_anyone")] if pile else found


def _kept(pile: Pile) -> list[Finding]:
    tally = pile.count("outcome")
    kept, missed, total = tally["kept"], tally["missed"], tally.total()
    values = {"kept": kept, "settled": total, "repaired": pile.count("repaired")["yes"], "missed": missed}
    key = "kept_repaired" if missed else "kept_all_many" if kept == total else "kept_only" if kept else "kept_none"
    found = [Finding(key, values, chart="promises", frame=promises_by_fortnight(pile))]
    found += [counted(each, tally[each]) for each in ("partly", "changed") if tally[each]]
    return [*found, Finding("smaller")] if kept * 10 < total * 7 else found


def urge_log(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Noticing, then shares from five entries on; contact made is said in the same calm way."""
    del answers, context
    if not pile:
        return []
    found = [counted("noted", len(pile))]
    did = pile.count("did")
    if did and "contacted" in ticks(pile.newest().values, "did", DID):
        found.append(Finding("contacted"))
    waited = sum(count for ways, count in did.items() if "contacted" not in ways.split())
    if did.total() >= MIN_ENTRIES and waited:
        key = "waited_all" if waited == did.total() else "waited_one" if waited == 1 else "waited_many"
        found.append(Finding(key, {"waited": waited, "total": did.total()}))
    pulls = pile.count("pull")
    if pulls.total() >= MIN_ENTRIES:
        lower = lowered(pulls)
        made = counted("lower", lower) if lower else counted("noted", len(pile))
        shown = Finding(made.sentence, made.values, chart="urges", frame=last_pairs(pile, "before", "after", pulls))
        found = [*found, shown] if lower else [shown, *found[1:]]
    return found + plans_used(pile) + _habits(pile)


def lowered(pairs: Counter[str]) -> int:
    """Return how many entries ended lower than they began; a key is "before after"."""
    return sum(count for pair, count in pairs.items() if int(pair.split()[1]) < int(pair.split()[0]))


def last_pairs(pile: Pile, before: str, after: str, pairs: Counter[str]) -> Frame:
    """Return `day`, `before` and `after` of the last ten entries that have both numbers."""

    def both(entry: Entry) -> bool:
        return scale(entry.values, before) is not None and scale(entry.values, after) is not None

    shown = pile.last(10, both, pairs.total())
    return {
        "day": [e.happened.local_date.isoformat() for e in shown],
        "before": [scale(e.values, before) for e in shown],
        "after": [scale(e.values, after) for e in shown],
    }


def _habits(pile: Pile) -> list[Finding]:
    """What set it off most often and when most came; only where one clearly leads."""
    if len(pile) < MIN_ENTRIES:
        return []
    found: list[Finding] = []
    triggers = pile.count("trigger").most_common(2)
    if triggers and triggers[0][1] > 1 and (len(triggers) == 1 or triggers[0][1] > triggers[1][1]):
        found.append(Finding("often_trigger", {"trigger": Phrase(f"entry.trigger.{triggers[0][0]}")}))
    places = {(int(day), int(hour)): n for at, n in pile.count("hour").items() for day, hour in [at.split()]}
    at = sorted(places)
    times: Counter[str] = Counter()
    for weekday, hour in at:
        times[part_of_day(hour)] += places[weekday, hour]
    often, most = times.most_common(1)[0]
    if most * 2 > len(pile):
        found.append(Finding("often_time", {"time": Phrase(f"time_{often}")}))
    frame: Frame = {"weekday": [d for d, _ in at], "hour": [h for _, h in at], "count": [places[place] for place in at]}
    return [*found, Finding("hours", chart="hours", frame=frame)]


def part_of_day(hour: int) -> str:
    """Return the part of the day that an hour on the clock belongs to."""
    parts = ((5, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"))
    return next((name for end, name in parts if hour < end), "night")


def right_now(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """One line for the end of ten quiet minutes, chosen by the two numbers; before it, only that a plan has helped."""
    over = "after" in answers or "what_happened" in answers
    plan = text(answers, "plan") if choice(answers, "do", ("plan",)) else ""
    used = plan_told(plan, context.pile("urge-log"), over=over) if plan else []
    if not over:
        return used
    before, after = scale(answers, "before"), scale(answers, "after")
    line = "blank" if before is None or after is None else _compared(before, after)
    found = [Finding(line)]
    if choice(answers, "what_happened", ("contacted",)):
        closed = State.CLOSED in context.standing.also
        found = [Finding("contacted_closed", pages=("my-own-line",)) if closed else Finding("contacted")]
    found += used
    today = sum(e.happened.local_date == context.today for e in entries)
    if after is not None and after >= 9:
        found.append(Finding("still_strong", pages=("support-card",), help="support"))
    elif today >= 3:
        found.append(Finding("often_today", {"count": today}, pages=("support-card",), help="support"))
    return found


def _compared(before: int, after: int) -> str:
    return "lower" if after < before else "higher" if after > before else "same"


def support_card(answers: Answers, context: Context) -> list[Finding]:
    """What the card holds."""
    del context
    people, calm = len(rows(answers, "people", "who")), len(rows(answers, "calm", "what"))
    if not (people or calm or text(answers, "signs") or text(answers, "reason")):
        return []
    found = [counted("people", people) if people else Finding("people_none", help="support")]
    return [*found, *([counted("calm", calm)] if calm else []), Finding("ready")]
