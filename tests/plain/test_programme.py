"""The whole catalogue, page by page: opened, every field filled and kept, read anew by another page, shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.contact import READY_CHECKS
from rekindle.content import Exercise, catalog
from rekindle.content import fields as asked
from rekindle.forms.card import Card
from rekindle.forms.fields import BUILDERS, PART_BUILDERS
from rekindle.insights import fill, words_of
from rekindle.page.part import Page
from rekindle.records import Json
from tests.desk import Desk, put, say_so
from tests.leaves import leaves

EXERCISES = catalog().exercises
HOSTILE = "<img src=x onerror=alert(1)> $x$ {0} {name} 🙂 שלום\n" + "long " * 40
DAY = "2026-05-12"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "journal.db")
    yield made
    made.close()


def in_touch(page: Page) -> None:
    say_so(page, "consent-gate", "asked", "in-touch")
    say_so(page, "consent-gate", "order", "no")
    say_so(page, "ready-check", "checks", [*sorted(READY_CHECKS)])
    say_so(page, "ready-check", "steady", 8)


def gone_quiet(page: Page) -> None:
    in_touch(page)
    say_so(page, "consent-gate", "asked", "quiet")


def trying(page: Page) -> None:
    in_touch(page)
    page.book.note("they-proposed")


STANDS: tuple[Callable[[Page], None], ...] = (lambda _page: None, in_touch, gone_quiet, trying)


def stand_where_it_opens(desk: Desk, exercise: str) -> None:
    """Answer the gates so that the page is open; a page that opens in none of these states is a finding of its own."""
    for stand in STANDS:
        page = desk.page()
        page.presence.on_shown("UTC", frozenset())
        stand(page)
        page.book.read()
        if page.host.may_open(exercise):
            return
    pytest.fail(f"{exercise} opens in no state")


def telling(options: Any) -> list[str]:
    """Return the ids of the options that say something; an empty list where all of them wait for the person's own."""
    return [str(option.id) for option in options if option.id not in ("skip", "none", "nothing", "delete")]


def pick(options: Any, at: int) -> str:
    ids = telling(options)
    return ids[at % len(ids)]


def cell(column: asked.Column) -> Json:
    made: dict[str, Json] = {"text": HOSTILE, "tick": True, "scale": 7, "date": DAY}
    return pick(column.options, 0) if column.kind == "choice" else made[column.kind]


def value_for(field: Any) -> Json:
    """Return a value that a person could give to a field."""
    if isinstance(field, asked.Table):
        row = {column.id: cell(column) for column in field.columns}
        return [{"row": field.rows[0].id, **row}] if field.rows else [row, row]
    if isinstance(field, asked.IfThen):
        return [{"if": HOSTILE, "then": "tea"}] * field.most
    made: dict[str, Callable[[], Json]] = {
        "short_text": lambda: HOSTILE,
        "long_text": lambda: HOSTILE * 40,
        "scale_0_10": lambda: 7,
        "date": lambda: DAY,
        "day": lambda: DAY,
        "when": lambda: f"{DAY}T21:30",
        "minutes": lambda: 10,
        "single_choice": lambda: pick(field.options, 0),
        "multi_choice": lambda: [pick(field.options, 0)],
    }
    return made[field.type]()


def fillable(exercise: Exercise) -> Iterator[tuple[str, Any]]:
    """Yield the path and the field of every control of a page, but for lists that are empty until the book is used."""
    for path, field in leaves(exercise):
        if not getattr(field, "options_from", "") or telling(getattr(field, "options", ())):
            yield path, field


def filled(exercise: Exercise, card: Card) -> dict[str, Json]:
    """Fill every field of an open card and return what was given, by path."""
    given: dict[str, Json] = {}
    controls = card._all()
    for path, field in fillable(exercise):
        if path in controls:
            given[path] = value_for(field)
            put(controls[path], given[path])
    return given


def kept(exercise: Exercise, desk: Desk) -> dict[str, Json]:
    """Return what the journal holds for a page, by path."""
    page = desk.page()
    page.presence.on_shown("UTC", frozenset())
    found: dict[str, Json] = {}
    logs = [field for field in exercise.fields if isinstance(field, asked.Log)]
    for entry in page.book.entries(exercise.id):
        prefix = f"{logs[0].key}/" if logs and not exercise.fresh else ""
        found |= {f"{prefix}{key}": value for key, value in entry.values.items()}
    return found | page.book.answers_of(exercise.id)


@pytest.mark.parametrize("exercise", EXERCISES, ids=[e.id for e in EXERCISES])
def test_a_page_is_filled_kept_and_shown_again(exercise: Exercise, desk: Desk) -> None:
    stand_where_it_opens(desk, exercise.id)
    page, card = desk.open(exercise.id)
    given = filled(exercise, card)
    assert given
    never = {key for page_id, key in catalog().never_kept if page_id == exercise.id}
    keeps: dict[str, Json] = {path: value for path, value in given.items() if path not in never}
    if exercise.id != "right-now":  # its one row goes to the urge log
        found = kept(exercise, desk)
        assert {path: found.get(path) for path in keeps} == keeps
        assert not never & found.keys()
    if not exercise.fresh:
        shown_again(exercise, desk, keeps, never)
    page.book.journal.close()


def shown_again(exercise: Exercise, desk: Desk, keeps: dict[str, Json], never: set[str]) -> None:
    page = desk.page()
    page.exercise(exercise.id)
    page.presence.on_shown("UTC", frozenset())
    card = page.cards[exercise.id]
    card.open()
    if not card.is_open:  # what was answered folds the page, and says why
        assert card._folded
        return
    again = {path: control.value() for path, control in card.controls.items()}
    assert {path: again[path] for path in keeps if path in again} == {p: v for p, v in keeps.items() if p in again}
    assert all(again.get(key) in (None, [], "") for key in never)  # a list of one's own may not be there at all
    if card.log and card.log._keeps_history:
        [entry] = page.book.entries(exercise.id)
        card.log._edit(entry)
        inner = {path: control.value() for path, control in card.log.controls.items()}
        assert inner == {path: keeps.get(path, inner[path]) for path in inner}


@pytest.mark.parametrize("exercise", EXERCISES, ids=[e.id for e in EXERCISES])
def test_a_filled_page_gives_something_back_in_whole_sentences(exercise: Exercise, desk: Desk) -> None:
    stand_where_it_opens(desk, exercise.id)
    page, card = desk.open(exercise.id)
    filled(exercise, card)
    words = words_of(exercise)
    for finding in page.host.findings(exercise.id):
        sentence = fill(finding, words)
        assert sentence.strip()
        if HOSTILE[:20] in sentence:
            assert finding.own_words
        if finding.chart:
            assert page.host.chart(finding, exercise) is not None


def test_all_eighty_four_are_here() -> None:
    assert len(EXERCISES) == 84


def test_every_kind_of_field_has_a_value_here() -> None:
    kinds = {field.type for exercise in EXERCISES for _, field in fillable(exercise)}
    assert kinds <= {*BUILDERS, *PART_BUILDERS}
    assert all(value_for(field) is not None for exercise in EXERCISES for _, field in fillable(exercise))
