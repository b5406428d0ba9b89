"""The short name that a person gave stands in later sentences, as their own word; without it, a plain one does."""

from __future__ import annotations

import datetime as dt

import pytest

from rekindle.content import catalog
from rekindle.insights import Context, Finding, fill, words_of
from rekindle.insights.naming import NAMED, named

TODAY = dt.date(2026, 11, 22)
VALUES = {"count": 3, "theirs": 2, "mine": 4}


@pytest.mark.parametrize(("exercise", "key"), sorted(NAMED))
@pytest.mark.parametrize("nickname", ["Sam", "<b>J</b>", ""])
def test_a_sentence_about_them_uses_the_short_name(exercise: str, key: str, nickname: str) -> None:
    page = catalog().exercise(exercise)
    assert "{them}" in page.says[key]
    told = named(exercise, Finding(key, VALUES), Context(TODAY, nickname=nickname))
    sentence = fill(told, words_of(page))
    assert (nickname or page.says["them"]) in sentence
    assert told.own_words == bool(nickname), "it is hidden with their other words"


def test_other_sentences_stay_as_they_are() -> None:
    told = Finding("wish", {"count": 1})
    assert named("say-it-to-myself", told, Context(TODAY, nickname="Sam")) is told


def test_each_sentence_with_a_place_for_the_name_is_named_here() -> None:
    places = {(e.id, key) for e in catalog().exercises for key, text in e.says.items() if "{them}" in text}
    assert places == NAMED
