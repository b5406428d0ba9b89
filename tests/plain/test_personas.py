"""Twelve people walk through the book: what is open to each of them, and, more important, what never is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.contact import ALL_PAGES, READY_CHECKS, State, is_open, openness, standing
from rekindle.content import catalog
from rekindle.insights import Context, fill, findings, words_of
from rekindle.journal import Journal
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.records import Entry, Event, Json, Moment

TODAY = dt.date(2026, 5, 12)
MESSAGE_TOOLS = ("first-hello", "send-or-sleep", "coffee-plan", "say-it-once")
COUPLE = ("trust-map", "apology-builder", "forgive-both-ways", "pace-plan", "what-are-we", "new-agreements")
ALWAYS_THERE = ("right-now", "support-card", "my-page", "promise-log", "let-go-path", "my-own-life", "closing-report")
Answers = dict[tuple[str, str], Any]


def at(day: int, hour: int = 12) -> Moment:
    return Moment.at(dt.datetime(2026, 5, day, hour, tzinfo=dt.UTC))


def told(asked: Json = None, order: Json = "no", **more: Json) -> Answers:
    return {("consent-gate", "asked"): asked, ("consent-gate", "order"): order} | {
        (page.replace("_", "-"), key): value for name, value in more.items() for page, key in [name.split("__")]
    }


READY: Answers = {("ready-check", "checks"): sorted(READY_CHECKS), ("ready-check", "steady"): 8}
HOPES: Answers = READY | {("say-it-once", "draft"): "one last message", ("should-i", "choice"): "hello"}


def stand(answers: Answers, events: Any = (), entries: Any = ()) -> Any:
    return standing(answers, entries, events, TODAY, dict.fromkeys(answers, at(1)))


def opens(now: Any) -> set[str]:
    return {page for page in ALL_PAGES if is_open(page, now)}


def says(exercise: str, values: dict[str, Json], now: Any, **known: Any) -> list[str]:
    words = words_of(catalog().exercise(exercise))
    return [fill(each, words) for each in findings(exercise, values, (), Context(TODAY, now, **known))]


def test_1_left_two_weeks_ago_and_in_shock() -> None:
    now = stand({})
    assert now.state is State.UNKNOWN
    assert set(ALWAYS_THERE) <= opens(now)
    assert {"mood-check-in", "it-is-over-for-now", "consent-gate"} <= opens(now)
    assert not opens(now) & set(MESSAGE_TOOLS)


def test_2_the_one_who_left_and_regrets_it() -> None:
    waits = stand(told("quiet", my_situation__ended_by="me"))
    assert not opens(waits) & set(MESSAGE_TOOLS)
    ready = stand(told("quiet", my_situation__ended_by="me") | READY)
    assert opens(ready) & set(MESSAGE_TOOLS) == {"first-hello", "send-or-sleep"}


def test_3_asked_for_no_contact_and_wants_one_last_message() -> None:
    now = stand(told("stop") | HOPES)
    assert (now.state, opens(now) & set(MESSAGE_TOOLS)) == (State.CLOSED, set())
    line = says("should-i", {"choice": "hello", "signs_no": ["asked-before"]}, now)
    assert line[0] == "This is a strong sign to let it be. That can be hard to read, so take your time with it."
    assert "keeps that page folded" in line[1]
    assert set(ALWAYS_THERE) <= opens(now)


def test_4_a_court_order_and_shared_children() -> None:
    now = stand(told("quiet", "yes", consent_gate__must_talk=["children"]) | HOPES)
    assert (now.state, now.needed, opens(now) & set(MESSAGE_TOOLS)) == (State.CLOSED, ("children",), set())
    assert not opens(now) & {"contact-log", "reply-reader", *COUPLE}


def test_5_far_apart_with_warm_texts_most_days() -> None:
    now = stand(told("in-touch", my_situation__kind="long-distance"))
    assert now.state is State.OPEN
    assert {"contact-log", "coffee-plan", "listen-well", "curious-questions"} <= opens(now)
    assert openness("first-hello", now).reason == "no-hello-needed"
    assert openness("say-it-once", now).reason == "ready-before-saying"
    assert not opens(now) & set(COUPLE)


def test_6_married_long_with_three_children_and_a_faith() -> None:
    trying = stand(told("in-touch") | READY | {("say-it-once", "answer"): "maybe"})
    assert trying.state is State.TRYING
    assert {"kids-and-others", "new-agreements", "hot-topic-plan", *COUPLE} <= opens(trying)
    lines = says("kids-and-others", {"kids": "at breakfast, from both"}, trying)
    assert lines == ["The children hear it late, when it is steady. Hope is heavy for small hands."]


def test_7_two_women_one_of_them_not_out() -> None:
    """Nothing tells them to tell anyone, and no word presumes who they are."""
    texts = [e.lead + (e.reading or "") + " ".join(f.ask for f in e.fields) for e in catalog().exercises]
    assert not [t for t in texts if any(w in t.lower().split() for w in ("husband", "wife", "boyfriend", "girlfriend"))]
    gate = says("consent-gate", {"asked": "in-touch", "order": "no"}, stand(told("in-touch")))
    assert "family" not in " ".join(gate)


def test_8_shouted_blocked_the_door_once_and_is_ashamed() -> None:
    now = stand(told("in-touch") | HOPES, [Event("paused", {}, at(2))])
    assert now.state is State.PAUSED
    assert not opens(now) & {*MESSAGE_TOOLS, *COUPLE}
    assert openness("forgive-both-ways", now).hidden
    assert {"my-own-line", "get-help", "pattern-swap"} <= opens(now)


def test_9_choked_by_an_ex_whom_she_still_loves() -> None:
    now = stand(told("in-touch") | HOPES | {("say-it-once", "answer"): "yes"}, [Event("paused", {}, at(2))])
    assert not opens(now) & {*MESSAGE_TOOLS, *COUPLE}
    assert openness("trust-map", now).instead == ("support-card", "safety-gate", "mood-check-in")


def test_10_the_fourth_return_in_two_years() -> None:
    now = stand(told("in-touch") | READY | {("say-it-once", "answer"): "yes"})
    wall = {("so-what-changes", "same_wall"): "we stop talking"}
    lines = says("new-agreements", {"rows": [{"topic": "time", "now": "Sundays"}]}, now, answers=wall)
    assert lines[0] == "Your wall, from the Opening: we stop talking"
    assert lines[-1] == "None of these is about your wall yet. One could be, some day."


def test_11_the_ex_is_with_someone_new() -> None:
    now = stand(told("quiet"))
    lines = says("should-i", {"signs_no": ["someone-new"], "choice": "let-be"}, now)
    assert lines[0] == "This is a strong sign to let it be. That can be hard to read, so take your time with it."
    assert lines[1] == "You chose to let it be. That is a real choice, and it has pages of its own."
    fields = {f.key for e in catalog().exercises for f in e.fields}
    assert not fields & {"new_partner", "whereabouts", "their_posts"}


def test_12_low_for_weeks_and_writes_that_they_cannot_go_on() -> None:
    """No page scans what is written; three low days bring the support card."""
    low = [Entry(f"{d}", "mood-check-in", {"mood": 1}, at(d)) for d in (10, 11, 12)]
    found = findings("mood-check-in", {}, low, Context(TODAY, stand({})))
    assert any(each.help == "support" for each in found)
    for page in ("my-page", "kids-and-others", "closing-report", "reply-reader"):
        exercise = catalog().exercise(page)
        texts = {f.key: "I cannot go on" for f in exercise.fields if f.type in ("short_text", "long_text")}
        assert not any(each.help == "crisis" for each in findings(page, texts, (), Context(TODAY, stand({}))))


# --- persons 3 and 4, by every route ---------------------------------------------------------------------------------
# By page, by what is answered and by what is logged; by address, in a browser: tests/browser/test_contact_gates.py.
# Still open: by import. There is none yet; whoever adds it shows here that no brought-in file opens a message tool.

MakePage = Callable[..., Page]


@pytest.fixture
def page_of(tmp_path: Path) -> Iterator[MakePage]:
    """Return a function that shows a page over a journal which already holds what somebody wrote or brought in."""
    pages: list[Page] = []

    def make(answers: Answers, events: tuple[str, ...] = (), entries: tuple[dict[str, Json], ...] = ()) -> Page:
        path = tmp_path / "journal.db"
        with Journal.open(path, never_kept=catalog().never_kept) as journal:
            for (name, field), value in answers.items():
                journal.save(name, field, value, base=0, wording="", sitting="", moment=at(1))
            for number, values in enumerate(entries):
                journal.save_entry(
                    f"e{number}", "contact-log", values, base=0, happened=at(2), sitting="", moment=at(2)
                )
            for kind in events:
                journal.note(kind, {}, moment=at(3))
        book = Book(catalog(), lambda: Journal.open(path, never_kept=catalog().never_kept))
        page = Page(catalog(), book)
        pages.append(page)
        for each in catalog().exercises:
            page.exercise(each.id)
        page.presence.on_shown("UTC", frozenset())
        return page

    yield make
    for page in pages:
        page.book.journal.close()


ASKED_TO_STOP = told("stop") | HOPES
AN_ORDER = told("in-touch", "yes") | HOPES | {("say-it-once", "answer"): "yes"}
ROUTES: list[tuple[Answers, tuple[str, ...], tuple[dict[str, Json], ...]]] = [
    (ASKED_TO_STOP, (), ()),
    (AN_ORDER, (), ()),
    (AN_ORDER, ("reached-out", "they-proposed"), ()),
    (told("in-touch") | HOPES | {("reply-reader", "what_came"): "stop"}, (), ()),
    (told("in-touch") | HOPES, (), ({"wanted": "said-stop", "safe": 9},)),
    (told("in-touch") | HOPES, ("closed",), ()),
    (told("in-touch", None) | HOPES, (), ()),
]


@pytest.mark.parametrize("route", range(len(ROUTES)))
def test_no_route_leads_to_a_message_tool(page_of: MakePage, route: int) -> None:
    page = page_of(*ROUTES[route])
    for tool in MESSAGE_TOOLS:
        card = page.cards[tool]
        card.open()
        assert not card.is_open
        assert card.controls == {}
        assert not page.host.may_open(tool)
    for tool in ("first-hello", "say-it-once"):
        page.host.act(tool, "check")
        assert "Not open right now. Their wish comes first, and the rest of the book is still yours." in str(
            page.host.acts(tool)
        )
    for exercise in ("contact-log", "reply-reader"):
        page.cards[exercise].open()
        assert not page.cards[exercise].is_open


def test_a_changed_answer_is_no_way_around_a_stop(page_of: MakePage) -> None:
    page = page_of(ASKED_TO_STOP)
    page.cards["consent-gate"].open()
    page.host.on_done("consent-gate", False)
    page.book.take("consent-gate", "asked")
    page.book.keep("consent-gate", "asked", "in-touch", "")
    page.book.read()
    assert page.book.standing().state is State.CLOSED
    assert not any(page.host.may_open(tool) for tool in MESSAGE_TOOLS)
