"""What pages do besides keeping answers: carry rows on, fold what hurts, list letters, and bring help at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.forms.card import Card
from rekindle.forms.kept_pages import KeptPages
from rekindle.page.part import Page
from tests.desk import Desk, put, say_so


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "journal.db")
    yield made
    made.close()


def told(words: Any) -> str:
    """All that a box of words tells, as one text."""
    return json.dumps(list(words.told), ensure_ascii=False)


def pages_of(card: Card) -> KeptPages:
    assert isinstance(card.fresh, KeptPages)
    return card.fresh


def choices(card: Card, key: str) -> list[str]:
    control: Any = card.controls[key]
    return list(control._ids)


def close(page: Page, exercise: str) -> None:
    page.host.on_done(exercise, False)


# --- a no ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tick", ["no", "not-sure"])
def test_not_safe_tonight_brings_help_at_once_and_leaves_no_trace(desk: Desk, tmp_path: Path, tick: str) -> None:
    page, card = desk.open("if-they-say-no")
    put(card.controls["respect"], "I leave it there")
    put(card.controls["safe"], tick)
    [found] = page.host.findings("if-they-say-no")
    assert found.help == "crisis"
    assert "116 123" in json.dumps(page.host.help_blocks(found.help))
    close(page, "if-they-say-no")
    assert page._tails.of("if-they-say-no") == ()
    again, card = desk.open("if-they-say-no")
    assert card.controls["safe"].value() is None
    assert [f.help for f in again.host.findings("if-they-say-no")] == [""] * len(again.host.findings("if-they-say-no"))
    kept = [a for a in again.book.journal.answers().values() if a.field == "safe"]
    assert kept == []
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"not-sure" not in raw
    assert all(set(dict(event.detail)) <= {"exercise"} for event in again.book.journal.events())


def test_their_no_closes_the_pages_about_reaching_them_and_outlives_a_changed_answer(desk: Desk) -> None:
    page, card = desk.open("if-they-say-no")
    say_so(page, "consent-gate", "asked", "in-touch")
    say_so(page, "consent-gate", "order", "no")
    assert page.host.may_open("coffee-plan")
    put(card.controls["tonight"], ["eat"])
    close(page, "if-they-say-no")
    assert not page.host.may_open("coffee-plan")
    again, card = desk.open("if-they-say-no")
    put(card.controls["tonight"], [])
    assert not again.host.may_open("coffee-plan")
    assert not again.host.may_open("first-hello")


# --- how to go on ----------------------------------------------------------------------------------------------------


def test_a_stop_sign_folds_the_hopeful_choice_and_lets_letting_go_stand_first(desk: Desk) -> None:
    _, card = desk.open("decision-check")
    assert choices(card, "choose") == ["hopeful", "let-go", "pause", "not-yet"]
    put(card.controls["two_way"], "said-no")
    _, again = desk.open("decision-check")
    assert choices(again, "choose") == ["let-go", "pause", "not-yet"]


def test_letting_go_folds_steps_three_to_five_and_nothing_else(desk: Desk) -> None:
    page, card = desk.open("let-go-path")
    say_so(page, "consent-gate", "asked", "in-touch")
    say_so(page, "consent-gate", "order", "no")
    put(card.controls["ritual"], "a candle")
    assert not page.host.may_open("coffee-plan")
    assert not page.host.may_open("trust-map")
    assert "From here this book is about you" in json.dumps(page.frame.state(page.book.standing()))
    assert all(page.host.may_open(open_) for open_ in ("woop-goal", "my-part", "mood-check-in", "closing-report"))


# --- carrying --------------------------------------------------------------------------------------------------------


def test_acts_are_carried_to_the_pattern_table_once(desk: Desk) -> None:
    page, card = desk.open("my-part")
    assert page.host.acts("my-part") == []
    put(card.controls["rows"], [{"did": "went silent"}, {"did": "shouted", "when": "late"}, {"when": "x"}])
    say_so(page, "pattern-swap", "rows", [{"old": "shouted", "new": "an hour"}])
    assert "carry" in json.dumps(page.host.acts("my-part"))
    page.host.act("my-part", "carry")
    assert page.host.answer("pattern-swap", "rows")[0] == [
        {"old": "shouted", "new": "an hour"},
        {"old": "went silent"},
    ]
    assert "carried" not in json.dumps(page.host.acts("my-part"))
    assert catalog().exercise("my-part").says["carried"] in json.dumps(page.host.acts("my-part"))
    assert page.book.journal.conflicts() == {}
    _, proof = desk.open("proof-of-change")
    assert proof.log is not None
    pattern: Any = proof.log.controls["entry/pattern"]
    assert pattern._lines == ["shouted", "went silent", "other"]


def test_people_are_carried_to_the_support_card(desk: Desk) -> None:
    page, card = desk.open("my-people")
    put(card.controls["rows"], [{"name": "Anita", "how": "at work", "good_for": "talk"}, {"name": "Mo"}])
    page.host.act("my-people", "carry")
    assert page.host.answer("support-card", "people")[0] == [{"who": "Anita", "how": "at work"}, {"who": "Mo"}]


def test_a_used_plan_is_noted_with_its_day_and_without_a_word(desk: Desk) -> None:
    page, card = desk.open("the-do-over")
    assert page.host.acts("the-do-over") == []
    put(card.controls["plan"], [{"if": "SECRET", "then": "tea"}])
    page.host.act("the-do-over", "used")
    page.host.act("the-do-over", "used")
    assert "2 times" in json.dumps(page.host.acts("the-do-over"))
    assert not any("SECRET" in json.dumps(dict(event.detail)) for event in page.book.journal.events())


# --- letters and views from above ------------------------------------------------------------------------------------


def test_a_letter_is_listed_by_its_date_only_and_opens_when_asked(desk: Desk) -> None:
    _, card = desk.open("letter-never-sent")
    put(card._all()["letter"], "SECRET words")
    put(card._all()["keep"], "keep")
    page, card = desk.open("letter-never-sent")
    letter = pages_of(card)
    assert letter.values == {}
    assert "SECRET" not in told(letter._old)
    [entry] = page.book.entries("letter-never-sent")
    letter._on_old(f"open {entry.id}")
    assert "SECRET" in told(letter._old)
    letter._on_old(f"change {entry.id}")
    put(card._all()["letter"], "SECRET words, and more")
    [entry] = page.book.entries("letter-never-sent")
    assert entry.values == {"letter": "SECRET words, and more", "keep": "keep"}


def test_what_the_ten_minutes_kept_stands_with_the_letters(desk: Desk) -> None:
    page, card = desk.open("right-now")
    put(card._all()["unsent"], "why why why")
    put(card._all()["keep"], "keep")
    assert [e.exercise for e in page.book.entries("letter-never-sent")] == ["letter-never-sent"]
    _, letters = desk.open("letter-never-sent")
    letter = pages_of(letters)
    letter._on_old(f"open {page.book.entries('letter-never-sent')[0].id}")
    assert "why why why" in told(letter._old)


def test_a_deleted_letter_is_gone_from_the_file(desk: Desk, tmp_path: Path) -> None:
    page, card = desk.open("letter-never-sent")
    put(card._all()["letter"], "zanzibar zanzibar")
    put(card._all()["keep"], "delete")
    assert page.book.entries("letter-never-sent") == []
    assert pages_of(card).values == {}
    page.book.journal.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"zanzibar" not in raw


def test_one_line_of_a_letter_is_kept_and_the_rest_is_gone(desk: Desk) -> None:
    page, card = desk.open("letter-never-sent")
    put(card._all()["letter"], "first\nsecond\nthird")
    put(card._all()["keep"], "one-line")
    pages_of(card)._on_act("line 1")
    [entry] = page.book.entries("letter-never-sent")
    assert entry.values["letter"] == "second"


def test_writing_that_hurt_twice_folds_away_and_opens_when_asked(desk: Desk) -> None:
    for _ in range(2):
        _, card = desk.open("view-from-the-balcony")
        fresh: Any = pages_of(card)
        assert not fresh._way.told
        put(card._all()["text"], "down there")
        put(card._all()["after"], 2)
    _, card = desk.open("view-from-the-balcony")
    balcony: Any = pages_of(card)
    assert balcony.controls["text"].widget not in balcony.widget.children
    assert catalog().exercise("view-from-the-balcony").says["folded"] in told(balcony._way)
    balcony._on_way("open")
    assert balcony.controls["text"].widget in balcony.widget.children


def test_where_it_churns_the_short_way_stands_in_place_of_the_box(desk: Desk) -> None:
    page, card = desk.open("view-from-the-balcony")
    balcony: Any = pages_of(card)
    text, short = balcony.controls["text"].widget, balcony.controls["list"].widget
    put(card._all()["churn"], 6)
    assert text in balcony.widget.children
    assert short not in balcony.widget.children
    put(card._all()["churn"], 7)
    assert text not in balcony.widget.children
    assert short in balcony.widget.children
    assert "walk" in told(balcony._way)
    put(card._all()["list"], "he left; I am sad; I need sleep")
    [entry] = page.book.entries("view-from-the-balcony")
    assert entry.values == {"churn": 7, "list": "he left; I am sad; I need sleep"}
    balcony._on_way("open")
    assert text in balcony.widget.children
    _, again = desk.open("view-from-the-balcony")
    later = pages_of(again)
    later._on_old(f"open {entry.id}")
    assert "he left" in told(later._old)


def test_what_was_written_before_it_churned_is_never_folded_away(desk: Desk) -> None:
    _, card = desk.open("view-from-the-balcony")
    balcony: Any = pages_of(card)
    put(card._all()["text"], "down there she cries")
    put(card._all()["churn"], 10)
    assert balcony.controls["text"].widget in balcony.widget.children


@pytest.mark.parametrize(
    ("exercise", "key"), [("weekly-check-in", "over_and_over"), ("view-from-the-balcony", "churn")]
)
def test_the_letter_offers_its_short_way_in_a_week_that_churns(desk: Desk, exercise: str, key: str) -> None:
    page = desk.page()
    page.book.keep_entry(exercise, "a", {key: 6}, "")
    _, card = desk.open("letter-never-sent")
    assert pages_of(card).controls["letter"].widget in pages_of(card).widget.children
    page.book.keep_entry(exercise, "b", {key: 7}, "")
    _, card = desk.open("letter-never-sent")
    letter: Any = pages_of(card)
    assert letter.controls["letter"].widget not in letter.widget.children
    put(card._all()["need"], "to be held")
    letter._on_way("open")
    assert letter.controls["letter"].widget in letter.widget.children


def test_an_old_week_that_churned_folds_no_letter(desk: Desk) -> None:
    page = desk.page()
    page.book.keep_entry("weekly-check-in", "a", {"over_and_over": 10}, "2020-01-01")
    _, card = desk.open("letter-never-sent")
    assert pages_of(card).controls["letter"].widget in pages_of(card).widget.children


def test_the_ten_quiet_minutes_survive_a_reload_and_the_box_starts_empty(desk: Desk) -> None:
    page, card = desk.open("right-now")
    put(card._all()["before"], 9)
    put(card._all()["do"], "person")
    put(card._all()["unsent"], "why")
    _, again = desk.open("right-now")
    fresh: Any = again.fresh
    assert fresh.values == {"before": 9, "do": "person"}
    assert catalog().exercise("right-now").says["ten_minutes"] in told(fresh._told)
    put(again._all()["after"], 4)
    [entry] = page.book.entries("urge-log")  # one visit is one row, also over a reload
    assert (entry.values["before"], entry.values["after"]) == (9, 4)
    _, later = desk.open("right-now")
    assert later.fresh is not None
    assert later.fresh.values == {}  # the visit was over: a new one starts empty


def _ten(card: Card) -> Any:
    return card.fresh


def test_the_dot_is_there_for_who_chose_to_breathe_with_it(desk: Desk) -> None:
    _, card = desk.open("right-now")
    put(card._all()["do"], "tea")
    assert "rk-breathe" not in told(_ten(card)._told)
    put(card._all()["do"], "breathe")
    assert "rk-breathe" in told(_ten(card)._told)


def test_the_trust_review_shows_the_promises_with_the_words_of_their_own_log(desk: Desk) -> None:
    page, _ = desk.open("promise-log")
    for field, value in (("asked", "in-touch"), ("order", "no")):
        say_so(page, "consent-gate", field, value)
    for number in range(5):
        page.book.keep_entry("promise-log", f"p{number}", {"outcome": "kept"}, "2026-05-01")
    page.book.note("they-proposed")
    _, card = desk.open("trust-review")
    assert card._insight
    charts: Any = card._insight._charts.children
    assert "Kept" in json.dumps(charts[0].children[0].outputs)
