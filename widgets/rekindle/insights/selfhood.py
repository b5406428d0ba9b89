"""Findings about the person themselves: who they are, what they value, how kind they were, and what help they want."""

from __future__ import annotations

import datetime as dt

from rekindle.insights.finding import Context, Finding, Frame, Phrase, counted, phrases
from rekindle.insights.opening import MIN_ROWS
from rekindle.insights.reading import Answers, choice, day, rows, scale, text, ticks
from rekindle.insights.spans import own_line

AREAS = ("love", "friends", "family", "body", "work", "play", "spirit")
LOW_HAPPY = 4
_WANTS = ("low-mood", "worry", "anger", "drink", "old-hurts", "sleep", "parenting", "money-law", "love")
_WHO = ("doctor", "therapist", "group", "faith", "helpline", "legal", "other")
_WEEKS = (0, 4, 8)


def who_am_i_now(answers: Answers, context: Context) -> list[Finding]:
    """The lines by where they come from, the lists side by side after four and eight weeks, and the clear line."""
    named = rows(answers, "lines", "am")
    found = [counted("lines", len(named))] if named else []
    for column, id_ in (("want", "keep"), ("want", "grow"), ("from", "new")):
        if count := sum(choice(r, column, (id_,)) != "" for r in named):
            found.append(counted(id_, count))
    if text(answers, "lost"):
        found.append(Finding("lost"))
    found += _lists(context)
    if (clear := scale(answers, "clear")) is not None:
        found += own_line(context, "who-am-i-now", "clear", clear, "clear")
    return found


def _lists(context: Context) -> list[Finding]:
    """Return the first list beside the first ones that are four and eight weeks younger."""
    versions = [v for v in reversed(context.past.get(("who-am-i-now", "lines"), ())) if v.moment]
    lists: dict[str, list[str]] = {}
    for version in versions:
        written = [text(r, "am") for r in rows({"lines": version.value}, "lines", "am")]
        first = versions[0].moment
        if not written or version.moment is None or first is None:
            continue
        age = version.moment.local_date - first.local_date
        for week in _WEEKS:
            if age >= dt.timedelta(weeks=week) and (week == 0 or "week-0" in lists):
                lists.setdefault(f"week-{week}", written)
    if len(lists) < 2:
        return []
    longest = max(map(len, lists.values()))
    frame: Frame = {week: [*lines, *[""] * (longest - len(lines))] for week, lines in lists.items()}
    return [Finding("side_by_side", own_words=True, chart="columns", frame=frame)]


def values_compass(answers: Answers, context: Context) -> list[Finding]:
    """How close each part of life is in their own view, and the two furthest off as goals, from three on."""
    del context
    by_area = {area: r for r in rows(answers, "areas") if (area := choice(r, "row", AREAS))}
    named = [a for a, r in by_area.items() if text(r, "words") or scale(r, "close") is not None]
    found = [counted("named", len(named))] if named else []
    rated = {a: n for a in AREAS if (n := scale(by_area.get(a, {}), "close")) is not None}
    if len(rated) >= MIN_ROWS:
        frame: Frame = {"area": [*AREAS], "close": [rated.get(a) for a in AREAS]}
        lowest = sorted(rated, key=lambda a: rated[a])[:2]
        areas = tuple(Phrase(f"areas.{a}") for a in lowest)
        found.append(Finding("lowest", {"areas": areas}, chart="compass", frame=frame, pages=("weekly-goals",)))
        found.append(Finding("own_view"))
    if steps := sum(bool(text(r, "step")) for r in by_area.values()):
        found.append(counted("steps", steps))
    return found


def kind_letter(answers: Answers, context: Context) -> list[Finding]:
    """The line they chose for a hard day, and how kind they were over time. The letter itself is never read."""
    found: list[Finding] = []
    if note := text(answers, "note"):
        found.append(Finding("note", {"note": note}, own_words=True, tone="card"))
        found.append(Finding("note_kept"))
    if (kind := scale(answers, "kind")) is not None:
        found += own_line(context, "kind-letter", "kind", kind, "kind")
        if kind <= 2:
            found.append(Finding("harsh"))
    return found


def get_help(answers: Answers, context: Context) -> list[Finding]:
    """The steps by date; and, where two check-ins running were low, one caring line first."""
    found = [Finding("low_weeks")] if low_weeks(context) else []
    if things := phrases("what", ticks(answers, "what", _WANTS)):
        found.append(Finding("wants", {"things": things}))
    elif ticks(answers, "what", ("not-now",)):
        found.append(Finding("not_now"))
    listed = [r for r in rows(answers, "who") if choice(r, "who", _WHO) or text(r, "how") or text(r, "step")]
    dated = sorted(
        ((d, text(r, "step")) for r in listed if text(r, "step") and (d := day(r, "by"))), key=lambda p: p[0]
    )
    found += [Finding("step_by", {"date": d, "step": step}, own_words=True) for d, step in dated]
    undated = [text(r, "step") for r in listed if text(r, "step") and not day(r, "by")]
    found += [Finding("step_open", {"step": step}, own_words=True) for step in undated]
    if listed and not dated and not undated:
        found.append(Finding("step_missing"))
    if any(choice(r, "who", ("helpline",)) for r in listed):
        found.append(Finding("helpline", help="talk"))
    return found


def low_weeks(context: Context) -> bool:
    """If the last two weekly check-ins that rate it, from different days, both put happy at 4 or lower."""
    rated = {
        e.happened.local_date: h for e in context.log("weekly-check-in") if (h := scale(e.values, "happy")) is not None
    }
    last = [rated[each] for each in sorted(rated)][-2:]
    return len(last) == 2 and max(last) <= LOW_HAPPY


def for_me_or_for_them(answers: Answers, context: Context) -> list[Finding]:
    """How many changes they would keep unseen, from three on; and a question, where they are few."""
    del context
    named = rows(answers, "rows", "change")
    found = [counted("changes", len(named))] if named else []
    said = [s for r in named if (s := choice(r, "still", ("yes", "partly", "no")))]
    if len(said) >= MIN_ROWS:
        yes = said.count("yes")
        key = "still_all" if yes == len(said) else "still_none" if not yes else f"still_{'one' if yes == 1 else 'many'}"
        found.append(Finding(key, {"count": yes, "total": len(said)}))
        if yes * 2 < len(said):
            found.append(Finding("audience"))
    if show := choice(answers, "show", ("no", "little", "yes")):
        found.append(Finding("show_no" if show == "no" else "show_yes"))
    return found
