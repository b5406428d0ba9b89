"""Drafts: they sleep for a chosen time, they are looked over on a click, and what was said once is closed for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.contact import READY_CHECKS, State, events_due
from rekindle.contact.seals import LENGTHS, SEAL, asleep_until, has_slept, seal, wakes
from rekindle.content import catalog
from rekindle.insights.flags import PAGES as FLAGGED
from rekindle.insights.message_check import MESSAGE_PAGES
from rekindle.journal import Journal
from rekindle.page.book import Book
from rekindle.page.part import Page
from rekindle.page.short_lists import LOOKED_FOR
from rekindle.records import Event, Json, Moment

PARIS = "Europe/Paris"


def clock(day: int, hour: int, minute: int = 0, zone: str = "UTC", month: int = 5) -> Moment:
    return Moment.on(f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}", zone)


def sealed(now: Moment, length: str, page: str = "first-hello") -> Event:
    return Event(SEAL, seal(page, wakes(now, length)), now)


# --- seals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "length", "wakes_at"),
    [
        (clock(12, 15), "day", clock(13, 15)),
        (clock(12, 23), "day", clock(14, 8)),  # what would wake at night wakes in the morning after
        (clock(12, 6, 59), "day", clock(13, 8)),
        (clock(12, 22, 30), "morning", clock(13, 8)),
        (clock(12, 3), "morning", clock(12, 8)),
        (clock(12, 6, 59), "morning", clock(12, 8)),
        (clock(12, 15), "three-days", clock(15, 15)),
        (clock(12, 23, 30, PARIS), "morning", clock(13, 8, 0, PARIS)),
        (clock(28, 22, 30, PARIS, 3), "morning", clock(29, 8, 0, PARIS, 3)),  # the night when the clocks go forward
    ],
)
def test_a_draft_wakes_after_its_time_and_never_at_night(now: Moment, length: str, wakes_at: Moment) -> None:
    assert wakes(now, length).utc == wakes_at.utc


def test_a_sealed_draft_is_asleep_until_its_time_to_the_minute() -> None:
    events = [sealed(clock(12, 15), "day")]
    assert asleep_until(events, "first-hello", clock(13, 14, 59)) == clock(13, 15)
    assert asleep_until(events, "first-hello", clock(13, 15)) is None
    assert has_slept(events, "first-hello", clock(13, 15))
    assert asleep_until(events, "say-it-once", clock(12, 16)) is None
    assert not has_slept([], "first-hello", clock(13, 15))


def test_a_second_seal_never_makes_the_sleep_shorter() -> None:
    events = [sealed(clock(12, 15), "three-days"), sealed(clock(12, 16), "day")]
    assert asleep_until(events, "first-hello", clock(14, 12)) == clock(15, 15)


@pytest.mark.parametrize("until", [None, "", "soon", 5, ["2026"], "2026-05-13T15:00"])
def test_an_odd_seal_never_raises(until: Json) -> None:
    odd = Event(SEAL, {"page": "first-hello", "until": until}, clock(12, 15))
    assert asleep_until([odd], "first-hello", clock(14, 12)) is None


# --- on a page -------------------------------------------------------------------------------------------------------


class Desk:
    """One journal and pages over it."""

    def __init__(self, path: Path) -> None:
        self.path, self.pages = path, list[Page]()

    def page(self, *exercises: str) -> Page:
        book = Book(catalog(), lambda: Journal.open(self.path, never_kept=catalog().never_kept))
        page = Page(catalog(), book)
        self.pages.append(page)
        for exercise in exercises:
            page.exercise(exercise)
        page.presence.on_shown("UTC", frozenset())
        return page

    def say(self, page: Page, **answers: Any) -> None:
        for name, value in answers.items():
            exercise, field = name.replace("_", "-").split("--")
            page.book.take(exercise, field.replace("-", "_"))
            page.host.keep(exercise, field.replace("-", "_"), value, "")

    def stand(self, asked: str) -> Page:
        page = self.page()
        self.say(page, consent_gate__asked=asked, consent_gate__order="no", ready_check__steady=8)
        self.say(page, ready_check__checks=sorted(READY_CHECKS))
        return page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "journal.db")
    yield made
    for page in made.pages:
        page.book.journal.close()


def acts(page: Page, exercise: str) -> list[str]:
    """Return the acts of the buttons on a page, in order."""
    found: list[str] = []

    def walk(block: Any) -> None:
        if isinstance(block, dict):
            found.extend([block["act"]] if "act" in block else [])
            for kid in block.get("kids", ()):
                walk(kid)

    for block in page.host.acts(exercise):
        walk(block)
    return found


def test_a_sleeping_draft_is_not_shown_and_nothing_can_send_it(desk: Desk) -> None:
    desk.stand("quiet")
    page = desk.page("first-hello", "send-or-sleep")
    desk.say(page, first_hello__draft="Hi R. The library is open again.")
    page.cards["first-hello"].open()
    assert "draft" in page.cards["first-hello"].controls
    assert "seal day" in acts(page, "send-or-sleep")
    page.host.act("send-or-sleep", "seal day")
    card = page.cards["first-hello"]
    assert card.is_open
    assert not {"draft", "self_check", "two_more"} & set(card.controls)
    assert [f.sentence for f in page.host.findings("first-hello")] == ["asleep_until"]
    assert acts(page, "send-or-sleep") == []
    assert "check" not in acts(page, "first-hello")
    assert not [act for e in catalog().exercises for act in acts(page, e.id) if act.startswith("send")]
    assert page.book.answer("first-hello", "draft")[0] == "Hi R. The library is open again."


def test_an_empty_draft_has_no_bed(desk: Desk) -> None:
    desk.stand("quiet")
    assert acts(desk.page("send-or-sleep"), "send-or-sleep") == []


def test_a_draft_of_an_evening_with_a_drink_is_kept_for_the_morning_and_the_drink_is_not(desk: Desk) -> None:
    desk.stand("quiet")
    page = desk.page("first-hello", "send-or-sleep")
    desk.say(page, first_hello__draft="Hi R.", send_or_sleep__drink="drank")
    assert [f.sentence for f in page.host.findings("send-or-sleep")] == ["drank"]
    assert acts(page, "send-or-sleep")[0] == "seal morning"
    page.host.act("first-hello", "check")
    assert catalog().exercise("first-hello").says["timing"] in str(page.host.acts("first-hello"))
    page.cards["send-or-sleep"].open()
    page.host.on_done("send-or-sleep", False)
    now = page.book.now()
    until = asleep_until(page.book.events, "first-hello", now)
    assert until is not None
    assert until.local.hour == 8
    assert until.utc - now.utc <= dt.timedelta(hours=25)
    assert b"drank" not in desk.path.read_bytes()
    assert page.book.answer("first-hello", "draft")[0] == "Hi R."


@pytest.mark.parametrize("drink", ["sober", None])
def test_without_a_drink_no_draft_is_put_to_sleep(desk: Desk, drink: str | None) -> None:
    desk.stand("quiet")
    page = desk.page("first-hello", "send-or-sleep")
    desk.say(page, first_hello__draft="Hi R.", send_or_sleep__drink=drink)
    page.book.put_away("send-or-sleep")
    assert asleep_until(page.book.events, "first-hello", page.book.now()) is None


def test_after_a_drink_without_a_draft_nothing_is_sealed(desk: Desk) -> None:
    desk.stand("quiet")
    page = desk.page("send-or-sleep")
    desk.say(page, send_or_sleep__drink="drank")
    assert [f.sentence for f in page.host.findings("send-or-sleep")] == ["drank_no_draft"]
    page.book.put_away("send-or-sleep")
    assert "draft-sealed" not in [event.kind for event in page.book.events]


def test_after_a_check_its_short_lists_can_be_seen(desk: Desk) -> None:
    desk.stand("quiet")
    page = desk.page("first-hello")
    desk.say(page, first_hello__draft="Hello")
    assert "last chance" not in str(page.host.acts("first-hello"))
    page.host.act("first-hello", "check")
    assert "last chance" in str(page.host.acts("first-hello"))
    assert set(LOOKED_FOR) == {*MESSAGE_PAGES, *FLAGGED}


def test_the_last_thing_learned_is_shown_when_a_draft_wakes(desk: Desk) -> None:
    page = desk.stand("quiet")
    page.book.keep_entry("urge-log", "u", {"kind_note": "tea helped"}, "2026-01-02T20:00")
    past = Moment.at(dt.datetime(2026, 1, 3, 15, tzinfo=dt.UTC))
    page.book.journal.note(SEAL, seal("first-hello", wakes(past, "day")), moment=past)
    page.book.read()
    found = page.host.findings("send-or-sleep")
    assert [f.sentence for f in found] == ["awake", "last_note"]
    assert found[1].values == {"note": "tea helped"}
    assert found[1].own_words


def test_a_draft_is_looked_over_and_what_was_noticed_is_stored_nowhere(desk: Desk) -> None:
    desk.stand("in-touch")
    page = desk.page("say-it-once", "apology-builder")
    desk.say(page, say_it_once__draft="You owe me an answer, SPECIALWORD")
    before = (page.book.journal.whole(), len(page.book.events))
    page.host.act("say-it-once", "check")
    assert "This may feel like a push: you owe" in str(page.host.acts("say-it-once"))
    assert (page.book.journal.whole(), len(page.book.events)) == before
    page.host.forget("say-it-once")
    assert "you owe" not in str(page.host.acts("say-it-once"))


def test_what_was_said_closes_the_draft_for_good(desk: Desk) -> None:
    desk.stand("in-touch")
    page = desk.page("say-it-once")
    desk.say(page, say_it_once__draft="I would like to try again. No is okay.")
    page.cards["say-it-once"].open()
    assert "draft" in page.cards["say-it-once"].controls
    (fields,) = [box for box in page.cards["say-it-once"].root.children if "rk-fields" in box._dom_classes]
    before = fields.children
    desk.say(page, say_it_once__said_on="2026-05-01")
    assert fields.children == before  # a box draws what follows a removed child anew, and the keyboard would be lost
    assert [bool(box.children) for box in before] == [False, False, False, True, True]  # nothing of the draft is left
    assert set(page.cards["say-it-once"].controls) == {"said_on", "answer"}
    assert acts(page, "say-it-once") == []
    for answer in ("yes", "not-now", "no"):  # the arrow keys pass by the others: none folds the page under a hand
        desk.say(page, say_it_once__answer=answer)
        assert set(page.cards["say-it-once"].controls) == {"said_on", "answer"}
        assert [finding.sentence for finding in page.host.findings("say-it-once")] == ["said"]
        page.presence.on_shown("Europe/Berlin", frozenset())  # a look at another window, and back
        assert set(page.cards["say-it-once"].controls) == {"said_on", "answer"}
    page.host.done("say-it-once", blank=False)
    assert page.cards["say-it-once"].controls == {}
    assert not page.host.may_open("say-it-once")


def test_a_page_that_its_own_answer_left_open_folds_when_they_ask_for_a_stop(desk: Desk) -> None:
    desk.stand("in-touch")
    page, other = desk.page("say-it-once"), desk.page()
    page.cards["say-it-once"].open()
    desk.say(page, say_it_once__said_on="2026-05-01", say_it_once__answer="yes")
    assert set(page.cards["say-it-once"].controls) == {"said_on", "answer"}
    desk.say(other, consent_gate__asked="stop")
    page.presence.on_shown("UTC", frozenset())
    assert not page.cards["say-it-once"].is_open
    assert page.cards["say-it-once"].controls == {}


def test_the_day_a_hello_went_is_all_that_is_asked_and_folds_the_drafts_for_good(desk: Desk) -> None:
    desk.stand("quiet")
    page = desk.page("send-or-sleep", "first-hello")
    desk.say(page, send_or_sleep__sent_on="2026-05-01")
    assert [f.sentence for f in page.host.findings("send-or-sleep")] == ["sent", "one_hello"]
    assert page.host.may_open("first-hello")  # a slip of the finger is no hello: it counts when the page is put away
    page.cards["send-or-sleep"].open()
    page.host.on_done("send-or-sleep", False)
    assert [e.kind for e in page.book.events].count("hello-sent") == 1
    assert not page.host.may_open("first-hello")
    desk.say(page, send_or_sleep__sent_on=None)
    assert not page.host.may_open("first-hello")


def test_a_sent_day_is_noted_once() -> None:
    at = ("send-or-sleep", "sent_on")
    answers: Any = {at: "2026-05-01"}
    given = {at: clock(2, 12)}
    assert events_due(answers, (), (), given) == ("hello-sent",)
    assert events_due(answers, (), [Event("hello-sent", {}, clock(2, 13))], given) == ()
    assert events_due(answers, (), [Event("hello-sent", {}, clock(1, 13))], given) == ("hello-sent",)
    assert events_due({at: "soon"}, (), (), given) == ()
    assert events_due(answers, (), [Event("hello-sent", {}, clock(1, 13))]) == ()


# --- what a page does after an answer --------------------------------------------------------------------------------


def test_an_unsafe_contact_shows_help_first_and_folds_when_it_is_put_away(desk: Desk) -> None:
    desk.stand("in-touch")
    page = desk.page("contact-log", "say-it-once", "coffee-plan")
    page.cards["contact-log"].open()
    page.cards["say-it-once"].open()
    page.host.keep_entry("contact-log", "c", {"who": "them", "safe": 2}, "")
    assert page.cards["contact-log"].is_open
    assert page.host.findings("contact-log")[0].help == "abuse"
    assert not page.cards["say-it-once"].is_open  # the others fold at once
    assert not page.cards["coffee-plan"].is_open
    page.host.on_done("contact-log", False)
    assert not page.host.may_open("contact-log")
    assert page.book.standing().state is State.PAUSED


def test_a_said_stop_in_the_log_is_noted_for_good(desk: Desk) -> None:
    desk.stand("in-touch")
    page = desk.page("contact-log")
    page.cards["contact-log"].open()
    page.host.keep_entry("contact-log", "c", {"who": "me", "wanted": "said-stop"}, "")
    page.host.on_done("contact-log", False)
    page.host.remove("c")
    page.book.read()
    assert page.book.standing().state is State.CLOSED


@pytest.mark.parametrize(
    ("exercise", "field", "value"),
    [("state-of-us", "free", 3), ("pause-signs", "mine", ["afraid"]), ("pause-signs", "mine", ["controlled"])],
)
def test_fear_shows_help_first_and_then_rests_the_pages(desk: Desk, exercise: str, field: str, value: Json) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page(exercise, "pace-plan")
    page.cards[exercise].open()
    page.book.take(exercise, field)
    page.host.keep(exercise, field, value, "")
    assert page.cards[exercise].is_open
    assert page.host.findings(exercise)[0].help == "abuse"
    assert page.cards["pace-plan"]._folded
    page.host.on_done(exercise, False)
    assert not page.host.may_open(exercise)


def test_a_sign_for_a_day_to_come_rests_nothing_once_they_say_how_today_is(desk: Desk) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page("pause-signs", "pace-plan")
    page.cards["pause-signs"].open()
    page.book.take("pause-signs", "mine")
    page.host.keep("pause-signs", "mine", ["afraid", "space"], "")
    page.host.keep("pause-signs", "today", ["none"], "")
    assert page.cards["pace-plan"]._folded  # until the page is put away, the strict way holds
    page.host.on_done("pause-signs", False)
    assert page.host.may_open("pace-plan")
    page.book.take("pause-signs", "mine")
    page.host.keep("pause-signs", "mine", ["afraid", "space", "own"], "")  # a new answer asks anew
    assert page.book.standing().state is State.PAUSED


@pytest.mark.parametrize(("exercise", "field"), [("pause-signs", "today"), ("trust-review", "signs")])
def test_fear_that_is_true_today_rests_the_pages_and_leaves_no_tick(desk: Desk, exercise: str, field: str) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page(exercise)
    page.cards[exercise].open()
    page.host.keep(exercise, field, ["controlled", "none"], "")
    page.host.on_done(exercise, False)
    assert page.book.standing().state is State.PAUSED
    assert (exercise, field) not in page.book.journal.answers()
    assert page.book.events[-2].kind == "paused"
    assert "controlled" not in str([event.detail for event in page.book.events])


def test_the_signs_that_were_chosen_stand_as_boxes_in_the_monthly_reviews(desk: Desk) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page("trust-review")
    assert page.host.offers("pause-signs.mine") == []
    page.host.keep("pause-signs", "mine", ["own-promises", "space"], "")
    assert [id_ for id_, _ in page.host.offers("pause-signs.mine")] == ["space", "own-promises"]


def test_their_own_words_open_steps_4_and_5(desk: Desk) -> None:
    page = desk.stand("in-touch")
    assert "they-proposed" in acts(page, "consent-gate")
    page.host.act("consent-gate", "they-proposed")
    assert page.book.standing().state is State.TRYING
    assert "they-proposed" not in acts(page, "consent-gate")


def test_the_jar_opens_on_a_click_and_goes_round(desk: Desk) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page("good-moments")
    assert acts(page, "good-moments") == []
    page.book.keep_entry("good-moments", "a", {"moment": "sun"}, "2026-01-02")
    page.book.keep_entry("good-moments", "b", {"moment": "tea"}, "2026-02-02")
    assert "sun" not in str(page.host.acts("good-moments"))
    for moment in ("sun", "tea", "sun"):
        page.host.act("good-moments", "jar")
        assert f": {moment}" in str(page.host.acts("good-moments"))


def moments(page: Page, mood: int) -> None:
    """Note three good moments, one of them with the ex and one unmarked, and today's mood."""
    for at, (told, whom) in enumerate((("sun", "ex"), ("tea", "friend"), ("rain", None))):
        page.book.keep_entry("good-moments", f"m{at}", {"moment": told, "with_whom": whom}, f"2026-0{at + 1}-02")
    page.book.keep_entry("mood-check-in", "low", {"mood": mood}, "")


@pytest.mark.parametrize("where", ["in-touch", "stop", "quiet"])
def test_on_a_hard_day_the_jar_opens_without_the_other_person_while_its_page_is_folded(desk: Desk, where: str) -> None:
    page = desk.stand(where)
    page = desk.page("mood-check-in")
    moments(page, 2)
    assert not page.host.may_open("good-moments")
    says = catalog().exercise("good-moments").says
    assert says["jar_without"] in str(page.host.acts("mood-check-in"))
    for _ in range(3):
        page.host.act("mood-check-in", "jar")
        told = str(page.host.acts("mood-check-in"))
        assert (": tea" in told, "sun" in told, "rain" in told) == (True, False, False)


def test_while_trying_the_whole_jar_opens_on_a_hard_day_and_not_on_a_fair_one(desk: Desk) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page("mood-check-in")
    moments(page, 3)
    assert acts(page, "mood-check-in") == []
    page.book.keep_entry("mood-check-in", "low", {"mood": 1}, "")
    assert acts(page, "mood-check-in") == ["jar"]
    for told in ("sun", "tea", "rain"):
        page.host.act("mood-check-in", "jar")
        assert f": {told}" in str(page.host.acts("mood-check-in"))


def test_an_empty_jar_is_not_offered(desk: Desk) -> None:
    page = desk.stand("stop")
    page.book.keep_entry("mood-check-in", "low", {"mood": 0}, "")
    page.book.keep_entry("good-moments", "a", {"moment": "sun", "with_whom": "ex"}, "2026-01-02")
    assert acts(page, "mood-check-in") == []


def test_what_was_heard_goes_to_the_honesty_log_on_a_click_and_once(desk: Desk) -> None:
    desk.stand("in-touch").book.note("they-proposed")
    page = desk.page("safe-to-tell-me")
    assert acts(page, "safe-to-tell-me") == []
    desk.say(page, safe_to_tell_me__heard="I sigh before I answer")
    for _ in range(2):
        page.host.act("safe-to-tell-me", "honest-line")
    [line] = page.book.entries("honesty-log")
    assert line.values["stake"] == "I sigh before I answer"


def test_the_closing_report_offers_the_pages_that_were_used(desk: Desk) -> None:
    page = desk.stand("in-touch")
    page.book.keep_entry("urge-log", "u", {"before": 5}, "")
    assert [id_ for id_, _ in page.host.offers("pages-used")] == ["consent-gate", "ready-check", "urge-log"]


def test_each_length_has_its_words() -> None:
    assert all(catalog().say(f"interface.sleep.{length.replace('-', '_')}") for length in LENGTHS)
