"""The tone: from "us" to "me" after letting go was chosen, and care while paused; the same ids, the same answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rekindle.contact import Standing, State, is_open
from rekindle.content import Exercise, catalog
from rekindle.content.parts import Exercise as Model
from rekindle.content.wording import reworded
from rekindle.dashboard import Dashboard
from rekindle.frontend.writing import Writing
from rekindle.page.tone import cloth, tone
from rekindle.records import Moment
from tests.visit import HomeVisit, Visit, inside, open_journal, stand, words_in

SAY = catalog().say
OTHERS = [(e, when) for e in catalog().exercises for when in e.instead]


def let_go(visit: Visit) -> None:
    card = visit.open("decision-check")
    visit.answer(card.controls["choose"], "let-go")
    visit.done(card)


def test_letting_go_speaks_of_me_keeps_that_wording_and_folds_steps_3_to_5(visit: Callable[..., Visit]) -> None:
    stand("open")
    one = visit()
    card = one.open("so-what-changes")
    assert one.last("frame")["cloth"] == ""
    ours = catalog().exercise("so-what-changes").field("same_wall").ask
    one.answer(card.controls["same_wall"], "we never spoke")
    one.done(card)
    let_go(one)
    assert one.last("frame")["cloth"] == "letgo"
    card = one.open("so-what-changes")
    mine = card.exercise.field("same_wall").ask
    assert mine != ours
    assert mine in str([w.get_state() for w in inside(card.root) if isinstance(w, Writing)])
    assert one.page.book.answer("so-what-changes", "same_wall") == ("we never spoke", True)
    one.answer(card.controls["same_wall"], "I never spoke")
    with open_journal() as journal:
        asked = [answer.wording for answer in journal.history("so-what-changes", "same_wall")]
    assert asked[0] == mine
    now = one.page.book.standing()
    assert not any(is_open(page, now) for page in ("ready-check", "good-news-bank", "trust-map", "pace-plan"))
    assert is_open("my-own-life", now)


def test_the_shelf_wears_one_cloth_after_letting_go_and_its_own_after_choosing_hope(
    visit: Callable[..., Visit],
) -> None:
    stand("open")
    let_go(visit())
    cloths = str(visit_home(visit)._shelf.told)
    assert cloths.count("'data-cloth': 'letgo'") == 7
    with open_journal() as journal:
        base = journal.answers()["decision-check", "choose"].revision
        at = ("decision-check", "choose")
        journal.save(*at, "hopeful", base=base, wording="", sitting="t", moment=Moment.now("UTC"))
    assert "letgo" not in str(visit_home(visit)._shelf.told)


def visit_home(visit: Callable[..., Visit]) -> Dashboard:
    one = visit(HomeVisit)
    one.show()
    assert isinstance(one.page, Dashboard)
    return one.page


def test_a_pause_speaks_with_care_and_wears_no_other_cloth() -> None:
    both = Standing(State.PAUSED, "paused", also=frozenset({State.PAUSED}), letting_go=True)
    assert (tone(both), cloth(both)) == ("paused", "")
    alone = Standing(State.CLOSED, "closed", also=frozenset({State.CLOSED}), letting_go=True)
    assert (tone(alone), cloth(alone)) == ("letting_go", "letgo")
    assert (tone(Standing(State.OPEN)), cloth(Standing(State.OPEN))) == (None, "")


def test_care_wording_stands_on_steps_1_and_2_while_paused(visit: Callable[..., Visit]) -> None:
    stand("paused")
    card = visit().open("my-part")
    assert "does not belong here" in card.exercise.field("rows").ask


@pytest.mark.parametrize(("exercise", "when"), OTHERS, ids=[f"{e.id}-{when}" for e, when in OTHERS])
def test_other_words_change_words_and_nothing_else(exercise: Exercise, when: str) -> None:
    other = reworded(exercise, when)  # type: ignore[arg-type]  # a key of its own table
    assert other != exercise
    assert [f.key for f in other.fields] == [f.key for f in exercise.fields]
    assert other.says.keys() == exercise.says.keys()
    assert (other.title, other.why, other.sources) == (exercise.title, exercise.why, exercise.sources)
    assert Model.model_validate(other.model_dump(exclude={"instead"})) is not None


def test_a_place_that_is_not_there_is_an_error() -> None:
    plain = catalog().exercise("woop-goal").model_dump() | {"instead": {"letting_go": {"wishes": "What now?"}}}
    with pytest.raises(ValueError, match="instead has other words for wishes"):
        Model.model_validate(plain)


def test_words_of_us_are_gone_from_questions_that_stay_open_after_letting_go() -> None:
    letting_go = Standing(State.OPEN, also=frozenset({State.OPEN}), wish=State.OPEN, letting_go=True)
    pages = [reworded(e, "letting_go") for e in catalog().exercises if is_open(e.id, letting_go)]
    told = [(e.id, f.ask) for e in pages for f in e.fields if e.part != "before-you-begin" or e.id == "so-what-changes"]
    ours = [(id_, ask) for id_, ask in told if any(word in f" {ask.lower()} " for word in (" us ", " us?", " us, "))]
    assert ours == []


def test_another_lead_stands_while_they_let_go_and_steps_back_when_they_hope_again(visit: Callable[..., Visit]) -> None:
    stand("open")
    one = visit()
    slot = one.page.exercise("it-is-over-for-now")
    one.show()
    other = catalog().exercise("it-is-over-for-now").instead["letting_go"]["lead"]
    assert other not in words_in(slot)
    let_go(one)
    assert other in words_in(slot)
    card = one.open("decision-check")
    one.answer(card.controls["choose"], "hopeful")
    one.done(card)
    assert other not in words_in(slot)


def test_a_page_without_another_lead_has_no_place_for_one(visit: Callable[..., Visit]) -> None:
    one = visit()
    assert len(one.page.exercise("my-people").children) == 1
    assert len(one.page.exercise("it-is-over-for-now").children) == 2
