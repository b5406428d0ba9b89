"""Initials in place of names: which names are found, and where they are replaced."""

from __future__ import annotations

import unicodedata

import pytest

from rekindle.content import catalog
from rekindle.keepsake.initials import CALLED, PLACES, initial, names_in, renamer
from rekindle.records import FieldId, Json

NO_NAMES = frozenset(" ".join(catalog().words.under("keepsake.no_names").values()).split())
PEOPLE: FieldId = ("support-card", "people")


def found(who: str) -> list[str]:
    rows: Json = [{"who": who, "how": "ring"}]
    return names_in({PEOPLE: rows}, NO_NAMES)


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("Ana", ["Ana"]),
        ("ana", ["ana"]),
        ("my sister", []),
        ("my sister Ana", ["Ana"]),
        ("Ana (my sister)", ["Ana"]),
        ("Ana Maria", ["Ana Maria", "Ana", "Maria"]),
        ("Dr. Weber", ["Weber"]),
        ("Zoë O’Neil", ["Zoë O’Neil", "Zoë", "O’Neil"]),
        ("小明", ["小明"]),
        ("أحمد", ["أحمد"]),
        ("", []),
        ("call 112", []),
    ],
)
def test_names_are_found_where_somebody_was_asked_for(who: str, names: list[str]) -> None:
    assert found(who) == names


def test_the_nickname_is_a_name_whatever_it_is_and_each_name_comes_once() -> None:
    rows: Json = [{"name": "Ana"}, {"name": "ANA"}, {"name": 3}, "no row"]
    values: dict[FieldId, Json] = {CALLED: "my bear", ("my-people", "rows"): rows}
    assert names_in(values, NO_NAMES) == ["my bear", "Ana"]


def test_each_place_that_is_looked_at_is_a_field_of_the_book() -> None:
    for exercise, key, column in (*PLACES, (*CALLED, "")):
        field = catalog().exercise(exercise).field(key)
        assert not column or column in {each.id for each in getattr(field, "columns", ())}, (exercise, key)


def test_an_initial_is_made_of_first_letters() -> None:
    assert initial("Ana Maria", "?") == "A. M."
    assert initial("élodie", "?") == "É."
    assert initial("小明", "?") == "小."
    assert initial("😀", "somebody") == "somebody"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ana and ANA and ana.", "A. and A. and A."),
        ("Ana's tea, Ana-like, (Ana)!", "A.'s tea, A.-like, (A.)!"),
        ("Anabel and banana stay; Ana_1 too", "Anabel and banana stay; Ana_1 too"),
        ("Ana  Maria\nLopez", "A. M. L."),
        ("I met Ana. Then I left...", "I met A. Then I left..."),
        ("Ana... and then", "A.... and then"),
        (unicodedata.normalize("NFD", "Zoë was there"), "Z. was there"),
        ("小明说你好", "小.说你好"),
        ("nobody here", "nobody here"),
    ],
)
def test_names_are_replaced_as_whole_words_whatever_their_case(text: str, shown: str) -> None:
    assert renamer(["Ana", "Ana Maria Lopez", "Zoë", "小明"], "somebody")(text) == shown


def test_letters_of_a_pattern_are_letters() -> None:
    rename = renamer(["a.c (x)", "$1", "\\b"], "somebody")
    assert rename("abc stays, a.c (x) goes, $1 too") == "abc stays, A. X. goes, somebody too"
    assert renamer([], "somebody")("Ana") == "Ana"
