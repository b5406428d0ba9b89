"""The sheet: what no page can need is left out of JupyterLab's rules, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekindle.server import lean
from rekindle.server.environment import share_of
from rekindle.server.sheet import Uneven, names, pruned

NAMES = st.text("abcdef-", min_size=1, max_size=6).map(lambda text: f"x{text}")


def test_a_rule_for_a_class_that_no_page_has_is_left_out() -> None:
    kept, left_out = pruned(".here{a:b}\n.gone{c:d}\np{e:f}", {"here"})
    assert kept == ".here{a:b}\np{e:f}"
    assert left_out == [".gone"]


def test_of_several_selectors_those_stay_that_can_meet_something() -> None:
    kept, left_out = pruned(".here, .gone > p, :is(.here, p) a{a:b}", {"here"})
    assert kept == ".here,:is(.here, p) a{a:b}"
    assert left_out == [".gone > p"]


def test_what_depends_on_the_screen_is_looked_into_and_other_blocks_are_left_alone() -> None:
    kept, _ = pruned("@media print{.gone{a:b} .here{--c:d}} @keyframes turn{from{a:b}}", {"here"})
    assert kept == "@media print{.here{--c:d}}\n@keyframes turn{from{a:b}}"
    assert pruned("@media print{.gone{a:b}}", {"here"})[0] == ""


def test_a_value_that_nobody_uses_is_left_out_and_so_is_what_only_it_used() -> None:
    sheet = ':root{--used:1;--unused:var(--too);--too:url("a;b");--elsewhere:2}p{a:var( --used )}'
    assert pruned(sheet, set(), ["var(--elsewhere)"])[0] == ":root{--used:1;--elsewhere:2}\np{a:var( --used )}"


def test_quotes_and_brackets_part_nothing() -> None:
    sheet = ":root{--a:url(data:x;y,z);--b:';';--c:1}p{a:var(--a) var(--b)}"
    assert pruned(sheet, set())[0] == ":root{--a:url(data:x;y,z);--b:';'}\np{a:var(--a) var(--b)}"


@pytest.mark.parametrize("sheet", ["p{a:b", "p}a{", "p{a:b}}", "p{a:b} q"])
def test_a_sheet_whose_brackets_do_not_close_is_an_error(sheet: str) -> None:
    with pytest.raises(Uneven):
        pruned(sheet, set())


@given(st.lists(st.tuples(NAMES, NAMES)), st.sets(NAMES))
def test_every_rule_for_classes_that_a_page_can_have_stays(rules: list[tuple[str, str]], known: set[str]) -> None:
    kept, left_out = pruned("\n".join(f".{one} .{two}{{a:b}}" for one, two in rules), known)
    able = [f".{one} .{two}" for one, two in rules if {one, two} <= known]
    assert kept == "\n".join(f"{one}{{a:b}}" for one in able)
    assert len(left_out) == len(rules) - len(able)


def test_the_names_in_a_text_are_all_that_could_be_a_class() -> None:
    assert names(["el.className = `lm-Widget ${x}`", ".a-b_c{}"]) >= {"lm-Widget", "a-b_c"}


def test_what_stays_of_jupyterlabs_sheets_is_a_small_part_and_ours_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PATH", str(share_of("voila")))
    made = lean._sheet("lm-Widget jp-RenderedHTMLCommon")
    theirs = sum(len(lean._sheet_of(name)) for name in lean.THEIRS)
    ours = "\n".join(lean._sheet_of(name) for name in lean.OURS)
    assert len(made) - len(ours) < theirs / 4
    assert ".jp-RenderedHTMLCommon" in made
    assert ".lm-CommandPalette" in lean._sheet_of("index.css")
    assert ".lm-CommandPalette" not in made
    assert made.count("{") - made.count("}") == 0
