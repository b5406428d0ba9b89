"""What the catalog holds and how it is asked."""

from __future__ import annotations

import time

import pytest
from pydantic import ValidationError

from rekindle.content import catalog, say
from rekindle.content.catalog import EN, load
from rekindle.errors import ContentError, UnknownExercise, UnknownPart


def test_parts_and_exercises_are_found_by_id() -> None:
    book = catalog()
    assert book is catalog()
    assert [part.id for part in book.parts] == [
        "before-you-begin",
        "acknowledge",
        "work-on-yourself",
        "reconnect",
        "rebuild-trust",
        "take-it-slow",
        "always-here",
    ]
    assert book.part("reconnect").notebook == "03-reconnect"
    assert book.exercise("why-it-ended").part == "acknowledge"
    assert book.exercise("why-it-ended").field("rows").type == "table"
    with pytest.raises(UnknownPart):
        book.part("nowhere")
    with pytest.raises(UnknownExercise):
        book.exercise("nothing")
    with pytest.raises(KeyError):
        book.exercise("why-it-ended").field("nothing")


def test_ticks_about_harm_and_unsent_words_are_never_kept() -> None:
    assert catalog().never_kept == {
        ("safety-gate", "to_me"),
        ("my-own-line", "by_me"),
        ("right-now", "unsent"),
        ("if-they-say-no", "safe"),
        ("pause-signs", "today"),
        ("trust-review", "signs"),
        ("state-of-us", "signs"),
        ("send-or-sleep", "drink"),
    }


def test_nobody_can_change_the_words_while_the_book_runs() -> None:
    with pytest.raises(ValidationError):
        catalog().exercise("baseline").title = "Other"


def test_every_field_type_is_in_the_book() -> None:
    types = {field.type for exercise in catalog().exercises for field in exercise.fields}
    assert types == {
        "short_text",
        "long_text",
        "single_choice",
        "multi_choice",
        "scale_0_10",
        "date",
        "table",
        "if_then",
        "log",
    }


def test_the_lean_pages_of_the_opening_come_first() -> None:
    opening = catalog().part("before-you-begin")
    assert [e.id for e in opening.exercises if e.lean] == [
        "screen-check",
        "say-it-to-myself",
        "consent-gate",
        "safety-gate",
        "my-own-line",
        "so-what-changes",
        "baseline",
    ]
    assert [e.lean for e in opening.exercises] == [True] * 7 + [False] * 6


def test_core_pages_have_an_example_and_a_last_line() -> None:
    for exercise in catalog().exercises:
        assert exercise.lead
        if exercise.core:
            assert exercise.example, exercise.id
            assert exercise.after, exercise.id


def test_the_words_are_read_quickly() -> None:
    best = min(_seconds_to_load() for _ in range(5))
    assert best < 0.15  # of the processor's own time: about 0.03 on an idle machine; a busy one counts no waiting


def _seconds_to_load() -> float:
    begin = time.process_time()
    load(EN)
    return time.process_time() - begin


def test_words_that_are_not_there_are_a_content_error() -> None:
    with pytest.raises(ContentError):
        say("interface.buttons.nothing")
    with pytest.raises(ContentError, match="time"):
        say("interface.status.saved")
    assert say("interface.status.saved", time="14:02") == "Saved on this device, 14:02"
