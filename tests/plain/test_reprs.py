"""What JupyterLab would write into a notebook file, a log or a checkpoint holds no word of theirs."""

from __future__ import annotations

import json
import pprint
from collections.abc import Callable

import pytest

from rekindle.content import catalog
from rekindle.dashboard import Dashboard
from rekindle.frontend.front import FrontWidget
from tests.visit import HomeVisit, Visit, inside, open_journal, stand

RARE = "quittenkompott"


def full(visit: Callable[..., Visit]) -> Visit:
    """Fill every text, table and log on a page with a word that stands nowhere else."""
    stand("trying")
    one = visit()
    for exercise in catalog().exercises:
        card = one.open(exercise.id)
        if not card.is_open:
            continue
        log = card.log.controls if card.log else {}
        fresh = card.fresh.controls if card.fresh else {}
        for control in [*card.controls.values(), *log.values(), *fresh.values()]:
            kind = type(control).__name__
            if kind == "Text":
                one.write(control, f"{RARE} {exercise.id}")
            elif kind == "Table":
                one.write(control, [{"old": RARE, "what": RARE, "words": RARE}])
    one.show()
    return one


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Visit:
    """Give a page full of words."""
    return full(visit)


def test_the_page_is_really_full(page: Visit) -> None:
    assert sum(RARE in json.dumps(value) for value in page.stored.values()) >= 30


def test_no_repr_tells_an_answer(page: Visit) -> None:
    widgets = [w for card in page.page.cards.values() for w in inside(card.root)]
    objects = [page.page, page.page.book, page.page.host, page.page.frame, *page.page.cards.values(), *widgets]
    objects += [control for card in page.page.cards.values() for control in card.controls.values()]
    objects += list(page.page.book.answered)
    objects += [entry for exercise in ("mood-check-in", "urge-log", "my-page") for entry in page.entries(exercise)]
    objects += [page.page.book.context("say-it-to-myself"), page.page.book._unwritten]
    for thing in objects:
        for told in (repr(thing), str(thing), pprint.pformat(thing)):
            assert RARE not in told, type(thing).__name__
    with open_journal() as journal:
        assert RARE not in repr(journal)
        assert RARE not in repr(journal.whole())


def test_a_choice_or_a_number_does_not_show_in_a_repr(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("say-it-to-myself")
    one.answer(card.controls["wish"], 3)
    one.answer(card.controls["masks"], ["family"])
    for widget in inside(card.root):
        assert repr(widget) == f"<{type(widget).__name__}>"


def test_no_state_of_a_widget_holds_a_persons_words(page: Visit) -> None:
    checked = 0
    for card in page.page.cards.values():
        for widget in inside(card.root):
            state = json.dumps(widget.get_state(), default=str)
            assert RARE not in state, f"{type(widget).__name__} in {card.exercise.id}"
            checked += isinstance(widget, FrontWidget)
    assert checked > 60


def test_what_a_notebook_shows_of_a_page_holds_no_word(page: Visit) -> None:
    for card in page.page.cards.values():
        bundle = card.root._repr_mimebundle_()
        assert RARE not in json.dumps(bundle, default=str)


def test_the_dashboard_is_as_silent(visit: Callable[..., Visit]) -> None:
    full(visit)
    home = visit(HomeVisit)
    home.show()
    assert isinstance(home.page, Dashboard)
    for widget in inside(home.page.root):
        assert repr(widget) == f"<{type(widget).__name__}>"
        assert RARE not in json.dumps(widget.get_state(), default=str)
