"""Today: one next thing, the week in one line, what was promised for it, and the room that was kept."""

from __future__ import annotations

import datetime as dt

from rekindle.content import Exercise
from rekindle.content import fields as asked
from rekindle.content.wording import reworded
from rekindle.dashboard.facts import Facts
from rekindle.forms.telling import told_day, told_short
from rekindle.frontend.words import Block, element
from rekindle.insights import words_of
from rekindle.insights.review import day_states, facts_by_path, promised_in, stop_signs, week_in_one_line
from rekindle.page.part import Page
from rekindle.page.time_off import is_off
from rekindle.page.tone import tone
from rekindle.page.way import suggests, way
from rekindle.records import Entry

PROMISES, REVIEW, DECISION, SPACE = "promise-log", "weekly-review", "decision-check", "space-counter"
_MARKS = {"kept": "", "contact": "o", "ahead": "n"}
_PROMISES_SHOWN, _PROMISES_READ = 5, 60


def next_thing(page: Page, besides: str = "") -> list[Block]:
    """Return the one page that the book suggests now, `besides` one that is offered above it."""
    title = element("h2", page.say("dashboard.next.title"), cls="rk-sec")
    found = None if is_off(page.book) else next_exercise(page, besides)
    if found is None:
        return [title, element("p", page.say("dashboard.next.none"))]
    name, href = page.frame.address(found.id)
    link = element("a", "", name, element("span", page.meta(found)), href=href)
    item = element("ul", "", element("li", "", link), cls="rk-next")
    return [title, item, element("p", reworded(found, tone(page.book.standing())).purpose, cls="rk-small")]


def next_exercise(page: Page, besides: str = "") -> Exercise | None:
    """Return the first page on the way that is open and not begun, and not the one that is named."""
    now = page.book.standing()
    pages = way(e for e in page.words.exercises if e.lean and not e.fresh and not _is_log(e))
    return next((e for e in pages if e.id != besides and suggests(e.id, now) and not _begun(page, e)), None)


def _is_log(exercise: Exercise) -> bool:
    return any(isinstance(field, asked.Log) and field.several for field in exercise.fields)


def _begun(page: Page, exercise: Exercise) -> bool:
    if page.book.answers_of(exercise.id):
        return True
    return bool(page.book.event("done", exercise.id) or page.book.event("left-blank", exercise.id))


def week(page: Page, facts: Facts) -> list[Block]:
    """Return the stop signs that stand, and the week in one line; both from counts and answers, never a verdict."""
    found = page.host.findings(DECISION)
    signs, points = stop_signs(found), facts_by_path(found)
    line = week_in_one_line(facts.week_context(REVIEW))
    if not signs and not points and line is None:
        return []
    blocks: list[Block] = [element("h2", page.say("dashboard.week.title"), cls="rk-sec")]
    for sign in signs:
        blocks.append(element("p", facts.told(sign, words_of(page.words.exercise(DECISION))), cls="rk-say"))
        links = [page.frame.address(each) for each in sign.pages]
        blocks += [element("p", "", element("a", name, href=href)) for name, href in links if href]
    if line is not None:
        blocks.append(element("p", facts.told(line, words_of(page.words.exercise(REVIEW))), cls="rk-say"))
    for point in points:
        blocks.append(element("p", facts.told(point, words_of(page.words.exercise(DECISION))), cls="rk-fact"))
    if points:
        blocks.append(_link(page, DECISION, "dashboard.week.decide"))
    blocks.append(_link(page, REVIEW, "dashboard.week.open"))
    return blocks


def promised(page: Page) -> list[Block]:
    """Return what the person said that they would do this week, in their own words, with how it stands."""
    today = page.host.today()
    found = promised_in(page.book.journal.entries(PROMISES, limit=_PROMISES_READ), today)
    title = element("h2", page.say("dashboard.promises.title"), cls="rk-sec")
    items = [_promise(page, entry, due, today) for entry, due in found[:_PROMISES_SHOWN]]
    shown: Block = (
        element("ul", "", *items, cls="rk-list") if items else element("p", page.say("dashboard.promises.empty"))
    )
    return [title, shown, _link(page, PROMISES, "dashboard.promises.open")]


def _promise(page: Page, entry: Entry, due: dt.date | None, today: dt.date) -> Block:
    outcome = entry.values.get("outcome")
    labels = words_of(page.words.exercise(PROMISES))
    state = labels.get(f"entry.outcome.{outcome}", "") if isinstance(outcome, str) else ""
    when = page.say("dashboard.promises.due", date=told_short(due, today, page.say)) if due else ""
    words = element("b", str(entry.values.get("promise", "")), cls="rk-words")
    return element("li", "", words, element("span", state or when or page.say("dashboard.promises.undated")))


def space(page: Page, facts: Facts) -> list[Block]:
    """Return the days of room as a calm row of dots and one line; nothing where no room was promised."""
    say, today = page.say, page.host.today()
    if facts.waits():
        wait = element("p", say("interface.folds.counting"), cls="rk-small")
        return [element("h2", say("dashboard.space.title"), cls="rk-sec"), wait]
    days = facts.kept_days()
    if not days:
        return []
    labels = words_of(page.words.exercise(SPACE))
    kept, total = sum(days.values()), len(days)
    line = labels["kept"].format(kept=kept, total=total) if total > 1 else labels["first_day"]
    states = day_states(days, facts.space_end(), today)
    dots = [element("li", "", cls=_MARKS[state]) for _, state in states]
    told = say("dashboard.space.dots", first=told_day(states[0][0], say), line=line)
    legend = "dots_ahead" if any(state == "ahead" for _, state in states) else "dots_so_far"
    return [
        element("h2", say("dashboard.space.title"), cls="rk-sec"),
        element("p", line, cls="rk-say"),
        element("div", "", element("ul", "", *dots, cls="rk-dots"), set={"role": "img", "aria-label": told}),
        element("p", say(f"dashboard.space.{legend}"), cls="rk-small"),
        _link(page, SPACE, "dashboard.space.open"),
    ]


def _link(page: Page, exercise: str, key: str) -> Block:
    return element("p", "", element("a", page.say(key), href=page.frame.address(exercise)[1]))
