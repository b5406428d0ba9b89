"""Findings about doing: goals, habits, moving, new things, and moments where an old pattern could have run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rekindle.insights.finding import Context, Fact, Finding, Frame, Phrase, counted
from rekindle.insights.logs import last_pairs
from rekindle.insights.pile import Pile
from rekindle.insights.reading import Answers, choice, rows, scale, text
from rekindle.insights.slots import AREAS, DONE, HOW
from rekindle.insights.spans import MIN_ENTRIES, MIN_POINTS, by_fortnight
from rekindle.insights.story import plans_of
from rekindle.records import Entry

HABITS = ("h1", "h2", "h3", "h4")
_STATES = ("yes", "bit", "rest")
_WEEK, _SHOWN = dt.timedelta(days=7), dt.timedelta(days=28)
_PLENTY = 3
_LIKE_YOU = 7


def weekly_goals(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """This week's goals, bars by part of life from five on, and a look at who they are for. A gap stays a gap."""
    del answers
    recent = pile.since(context.today - _WEEK + dt.timedelta(days=1))
    week = [e for e in recent if text(e.values, "goal") and e.happened.local_date <= context.today]
    found: list[Finding] = []
    if week:
        found.append(
            Finding("week_plenty", {"count": len(week)}) if len(week) > _PLENTY else counted("week", len(week))
        )
        tally = Counter(choice(e.values, "done", DONE) for e in week)
        found += [counted(id_, tally[id_]) for id_ in ("done", "partly") if tally[id_]]
    settled = pile.count("settled")
    if settled.total() >= MIN_ENTRIES:
        shown = [area for area in AREAS if any(settled[f"{area} {id_}"] for id_ in DONE)]
        frame: dict[str, list[str | int | float | None]] = {"group": [f"goals.area.{area}" for area in shown]}
        frame |= {id_: [settled[f"{area} {id_}"] for area in shown] for id_ in DONE}
        found.append(Finding("by_area", {"count": settled.total()}, chart="stack-groups", frame=frame))
    whose = pile.count("whose")
    if whose.total() >= MIN_POINTS and whose["them"] * 2 > whose.total():
        found.append(Finding("for_them", pages=("for-me-or-for-them",)))
    return found


def habit_tracker(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """Days this month by habit, rest days as days of their own, and dots from five entries on. No runs of days."""
    names = {choice(r, "row", HABITS): text(r, "habit") for r in rows(answers, "names")}
    marked = {h: _marks(entries, h) for h in HABITS}
    found: list[Finding] = []
    for habit, marks in marked.items():
        month = [s for d, s in marks.items() if (d.year, d.month) == (context.today.year, context.today.month)]
        if not month:
            continue
        days, rests = sum(s != "rest" for s in month), month.count("rest")
        called: Fact = names.get(habit) or Phrase(f"day.{habit}")
        values: dict[str, Fact] = {"habit": called, "days": _count("days", days), "rests": _count("rests", rests)}
        key = "month_rest" if rests else "month"
        found.append(Finding(key, values, own_words=isinstance(called, str)))
    if found and len(entries) >= MIN_ENTRIES:
        own = {habit: names.get(habit) or "" for habit in HABITS}
        found.append(
            Finding("blanks", own_words=any(own.values()), chart="dot-days", frame=_dots(marked, own, context))
        )
    elif found:
        found.append(Finding("blanks"))
    return found


def habits_since(today: dt.date) -> dt.date:
    """Return the first day that `habit_tracker` tells of: of this month, or of the days with dots."""
    return min(today.replace(day=1), today - _SHOWN + dt.timedelta(days=1))


def habits_are_told(entries: Sequence[Entry], today: dt.date) -> bool:
    """If these entries are enough for `habit_tracker`: older ones only count towards the fewest that make dots."""
    months = {(e.happened.local_date.year, e.happened.local_date.month) for e in entries}
    return len(entries) >= MIN_ENTRIES or (today.year, today.month) not in months


def _marks(entries: Sequence[Entry], habit: str) -> dict[dt.date, str]:
    """Return the last mark of each day."""
    return {e.happened.local_date: s for e in entries if (s := choice(e.values, habit, _STATES))}


def _count(name: str, count: int) -> Phrase:
    kind = "none" if count == 0 and name == "days" else "one" if count == 1 else "many"
    return Phrase(f"{name}_{kind}", {"count": count})


def _dots(marked: dict[str, dict[dt.date, str]], names: dict[str, str], context: Context) -> Frame:
    dots = [
        (d, names[habit] or habit, state)
        for habit, marks in marked.items()
        for d, state in sorted(marks.items())
        if context.today - d < _SHOWN
    ]
    return {
        "day": [d.isoformat() for d, _, _ in dots],
        "row": [n for _, n, _ in dots],
        "state": [s for _, _, s in dots],
    }


def move_my_body(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Dots before and after each time, and the average change from five on."""
    del context
    found = plans_of(answers, "plan")
    if not pile:
        return found
    rated = pile.count("mood")
    made = counted("sessions", len(pile))
    if rated:
        frame = last_pairs(pile, "before", "after", rated)
        made = Finding(made.sentence, made.values, chart="urges", frame=frame)
    found.append(made)
    if rated.total() >= MIN_ENTRIES:
        changes = (
            count * (int(after) - int(before)) for pair, count in rated.items() for before, after in [pair.split()]
        )
        change = round(sum(changes) / rated.total(), 1)
        key = "higher" if change >= 0.5 else "lower" if change <= -0.5 else "same"
        found.append(Finding(key, {"count": rated.total(), "change": f"{abs(change):g}"}))
    return [*found, Finding("rest")]


def try_something_new(answers: Answers, entries: Sequence[Entry], context: Context) -> list[Finding]:
    """What they are curious about, what looked like them, and a field of dots from three on."""
    del context
    found: list[Finding] = []
    if listed := rows(answers, "menu", "thing"):
        found.append(counted("listed", len(listed)))
    if not entries:
        return found
    rated = [(text(e.values, "what"), scale(e.values, "fun"), scale(e.values, "me")) for e in entries]
    both = [(what, fun, me) for what, fun, me in rated if what and fun is not None and me is not None]
    made = counted("tried", len(entries))
    if len(both) >= MIN_POINTS:
        shown = both[-12:]
        frame: Frame = {"what": [w for w, _, _ in shown], "x": [f for _, f, _ in shown], "y": [m for _, _, m in shown]}
        made = Finding(made.sentence, made.values, own_words=True, chart="field", frame=frame)
    found.append(made)
    like = [(fun + me, what) for what, fun, me in both if min(fun, me) >= _LIKE_YOU]
    if like:
        found.append(Finding("looks_like_you", {"what": max(like)[1]}, own_words=True))
    if again := sum(choice(e.values, "again", ("yes",)) != "" for e in entries):
        found.append(counted("again", again))
    return found


def proof_of_change(answers: Answers, pile: Pile, context: Context) -> list[Finding]:
    """Moments in all, the new way with people other than the ex, and bars by two weeks from five on."""
    del answers, context
    if not pile:
        return []
    how = pile.count("how")
    found = [counted("moments", len(pile))]
    if how["new"]:
        found.append(counted("new", how["new"]))
    if others := new_elsewhere(pile):
        found.append(counted("others", others))
    if choice(pile.newest().values, "how", ("old",)):
        found.append(Finding("old_last"))
    if how.total() >= MIN_ENTRIES:
        found.append(Finding("shape", chart="stack-days", frame=by_fortnight(pile.count("fortnight"), HOW)))
    return found


def new_elsewhere(pile: Pile) -> int:
    """Return how many new-pattern moments of `proof-of-change` were, as noted, with people other than the ex."""
    return pile.count("elsewhere")["yes"]
