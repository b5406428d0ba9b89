"""Eager functions: put in brackets where a script is the one that was watched, and not touched where it is another."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.server import bundle, lean
from rekindle.server.eager import bracketed, eager, mark, noted
from tools.eager import is_value


@st.composite
def nested(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """Draw a text, and places in it that stand in one another or apart, as functions do."""
    text = draw(st.text("fx", min_size=1, max_size=60))
    spans = set[tuple[int, int]]()

    def within(begin: int, end: int, depth: int) -> None:
        if end - begin < 1 or depth > 4 or not draw(st.booleans()):
            return
        first = draw(st.integers(begin, end - 1))
        last = draw(st.integers(first + 1, end))
        spans.add((first, last))
        within(first, last, depth + 1)
        within(last, end, depth + 1)

    within(0, len(text), 0)
    return text, sorted(spans)


@given(nested())
def test_each_place_is_in_brackets_of_its_own_and_nothing_else_changes(
    drawn: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = drawn
    made = bracketed(text, spans)
    assert made.replace("(", "").replace(")", "") == text
    inside, opened = [], []
    for sign in made:
        if sign == "(":
            opened.append("")
        elif sign == ")":
            inside.append(opened.pop())
            if opened:
                opened[-1] += inside[-1]
        elif opened:
            opened[-1] += sign
    assert not opened
    assert sorted(inside) == sorted(text[begin:end] for begin, end in spans)


def test_a_script_of_another_version_stays_as_it_is_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    text = "var a = function () { return 'a secret'; };"
    assert mark(text) not in noted()
    with caplog.at_level(logging.INFO):
        assert eager(text) == text
    assert "of another version" in caplog.text
    assert "secret" not in caplog.text


def test_each_script_that_is_installed_is_one_that_was_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[str]()

    def see(text: str) -> str:
        seen.append(text)
        return text

    monkeypatch.setattr(bundle, "eager", see)
    static = lean._static(lean.MAIN).parent
    bundle.bundle(static, lean.MAIN, lean._folders(lean.EXTENSIONS))
    assert {mark(text) for text in seen} == set(noted()), "say `python -m tools.eager`"
    for text in seen:
        for begin, end in noted()[mark(text)]:
            assert is_value(text, begin, end)


@pytest.mark.parametrize(
    ("before", "function", "value"),
    [
        ("a=", "function(b){}", True),
        ("a=", "function b(c){}", True),
        ("f(", "function(){}", True),
        ("return ", "async function(){}", True),
        ("{1:", "(e,t)=>{}", True),
        ("f(", "async (e, {t = g()})=>t", True),
        ("a,", "e=>e", True),
        ("case 1:", "function b(){}", False),
        (";", "function b(){}", False),
        ("{", "function(){}", False),
        ("{", "name(a){}", False),
        ("{async ", "name(a){}", False),
        ("{get ", "name(){}", False),
        ("{", "function(a){}", False),
    ],
)
def test_only_a_function_that_is_a_value_may_stand_in_brackets(before: str, function: str, value: bool) -> None:
    assert is_value(f"{before}{function}", len(before), len(before) + len(function)) is value
