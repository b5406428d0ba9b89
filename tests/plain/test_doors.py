"""Doors: what a notebook calls, and a person's own words as frames."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as ipw
import pytest

from rekindle import doors
from rekindle.content import catalog
from rekindle.errors import UnknownExercise, UnknownPart
from tests.visit import Visit


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[ipw.Widget]:
    """Give what a notebook would show."""
    found: list[ipw.Widget] = []
    monkeypatch.setattr(doors, "display", found.append)
    return found


@pytest.mark.parametrize("part", [part.id for part in catalog().parts])
def test_a_part_opens_with_its_frame_and_all_its_pages(part: str, shown: list[ipw.Widget]) -> None:
    page = doors.open_part(part)
    assert shown == [page.head]
    for exercise in catalog().part(part).exercises:
        assert isinstance(page.exercise(exercise.id), ipw.VBox)


def test_what_is_not_in_the_book_is_refused_by_name(shown: list[ipw.Widget]) -> None:
    with pytest.raises(UnknownPart):
        doors.open_part("step-six")
    with pytest.raises(UnknownExercise):
        doors.open_exercise("make-them-jealous")
    with pytest.raises(UnknownExercise):
        doors.entries("their-location")
    assert shown == []


def test_the_house_pages_open(shown: list[ipw.Widget]) -> None:
    doors.open_dashboard()
    doors.open_your_data()
    assert len(shown) == 2


def test_a_person_gets_their_own_words_as_frames(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["sentence"], "I want peace")
    mood = one.open("mood-check-in")
    assert mood.log
    one.answer(mood.log.controls["entry/mood"], 3)
    answers, entries = doors.answers(), doors.entries("mood-check-in")
    assert answers["value"].tolist() == ["I want peace"]
    assert entries["mood"].tolist() == [3]
    assert doors.entries("urge-log").empty
