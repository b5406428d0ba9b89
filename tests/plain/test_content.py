"""What a content file may say, and what is said when it says something else."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle.content import catalog, say
from rekindle.content.catalog import EN, words
from rekindle.content.problems import Problem
from rekindle.content.proof import in_words, problems
from rekindle.errors import ContentError

Break = Callable[[str, str, str], list[Problem]]
WHY = "parts/01-acknowledge.toml"
OPENING = "parts/00-before-you-begin.toml"
ALWAYS = "parts/06-always-here.toml"


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Return a function that changes one place in a copy of the content and returns what is then wrong."""
    folder = tmp_path / "en"
    shutil.copytree(EN, folder)

    def change(file: str, old: str, new: str) -> list[Problem]:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, "the test no longer changes anything"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return problems(folder)

    return change


def test_nothing_is_wrong_with_the_books_own_words() -> None:
    assert problems() == []


def test_a_misspelt_key_is_named_with_its_file_its_place_and_the_allowed_keys(broken: Break) -> None:
    missing, problem = broken(WHY, 'ask = "List the reasons', 'aks = "List the reasons')
    assert (missing.kind, missing.detail) == ("missing", "ask")
    assert (problem.file, problem.kind, problem.detail) == (WHY, "unknown-key", "aks")
    assert problem.place == "exercise 5 (why-it-ended) → fields → rows"
    assert {"ask", "columns", "rows", "start_rows"} <= set(problem.allowed)
    error = problem.as_error()
    assert isinstance(error, ContentError)
    for part in (WHY, "why-it-ended", "fields → rows", "aks", "start_rows"):
        assert part in str(error)


PART_KEYS = {"opener", "ending", "exercises"}
EXERCISE_KEYS = {"lead", "example", "after", "fields", "says"}


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "place", "allowed"),
    [
        (WHY, 'purpose = "Face', 'pupose = "Face', "unknown-key", "top of the file", PART_KEYS),
        (WHY, "heavy = true", "heavie = true", "unknown-key", "exercise 5 (why-it-ended)", EXERCISE_KEYS),
        (WHY, 'lead = "You may', 'laed = "You may', "missing", "exercise 1 (it-is-over-for-now)", EXERCISE_KEYS),
        (WHY, 'opener = """', 'opnr = """', "missing", "top of the file", PART_KEYS),
        (WHY, 'ending = """', 'endng = """', "missing", "top of the file", PART_KEYS),
        (WHY, "minutes = 10", 'minutes = "10"', "wrong-type", "exercise 5 (why-it-ended) → minutes", set()),
        (
            WHY,
            'kind = "choice"',
            'kind = "chocie"',
            "unknown-value",
            "exercise 5 (why-it-ended) → fields → rows → columns → whose → kind",
            set(),
        ),
        (WHY, 'type = "table"', 'type = "tabel"', "unknown-value", "exercise 5 (why-it-ended) → fields → rows", set()),
        (WHY, 'type = "table"\n', "", "missing", "exercise 5 (why-it-ended) → fields → rows", set()),
        (
            WHY,
            'text = "Mine"',
            'txet = "Mine"',
            "missing",
            "exercise 5 (why-it-ended) → fields → rows → columns → whose → options → mine",
            {"id", "text"},
        ),
        (
            WHY,
            '{ id = "theirs"',
            '{ id = "mine"',
            "duplicate",
            "exercise 5 (why-it-ended) → fields → rows → columns → whose",
            set(),
        ),
        (WHY, 'key = "deal"', 'key = "rows"', "duplicate", "exercise 5 (why-it-ended)", set()),
        (WHY, 'id = "why-it-ended"', 'id = "it-is-over-for-now"', "duplicate", "top of the file", set()),
        (WHY, 'id = "why-it-ended"', 'id = "baseline"', "duplicate", "exercise 5 (baseline)", set()),
        (WHY, 'id = "why-it-ended"', 'id = "Why it ended"', "bad-id", "exercise 5 (Why it ended) → id", set()),
        (
            WHY,
            'sources = ["kansky-2018"]',
            'sources = ["kansky"]',
            "unknown-source",
            "exercise 5 (why-it-ended) → sources",
            {"kansky-2018"},
        ),
        (WHY, 'after = "That is a sore', '# after = "That is a sore', "core", "exercise 5 (why-it-ended)", set()),
        (
            WHY,
            "You named {count} reasons.",
            "You named {} reasons.",
            "placeholder",
            "exercise 5 (why-it-ended) → says → reasons_many",
            set(),
        ),
        (WHY, 'title = "Why did it end?"', 'title = ""', "empty", "exercise 5 (why-it-ended) → title", set()),
        (WHY, 'id = "acknowledge"', 'id = "acknowledged"', "file-name", "top of the file", set()),
        (ALWAYS, 'ask = "When", more = true', 'ask = "When"', "fine", "", set()),
        (
            ALWAYS,
            'learned", type',
            'learned", tpye',
            "missing",
            "exercise 11 (promise-log) → fields → entry → fields → learned",
            {"more", "type"},
        ),
        ("errors.toml", "todo = ", "to_do = ", "missing", "unexpected", {"happened", "safe", "todo"}),
        ("states.toml", "opens = ", "open = ", "missing", "folded → paused", {"why", "opens"}),
        ("interface.toml", 'open = "Open"', "open = 1", "wrong-type", "buttons → open", set()),
        ("interface.toml", "{limit}", "{0}", "placeholder", "fields → too_long", set()),
        ("helplines.toml", 'country = "us"', 'country = "usa"', "country", "top of the file", set()),
        (
            "helplines.toml",
            'source = "findahelpline.com/AU; lifeline-international.com, April 2024"\n',
            "",
            "missing",
            "lines → Find A Helpline",
            {"last_checked"},
        ),
        ("prompts.toml", '  "What are you curious about?",\n', "", "too-few", "prompts", set()),
        ("sources.toml", 'mark = "J"', 'mark = "K"', "unknown-value", "our-view → mark", set()),
        ("greetings.toml", "after_a_day = ", "after a day = ", "not-toml", "", set()),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    broken: Break, file: str, old: str, new: str, kind: str, place: str, allowed: set[str]
) -> None:
    found = broken(file, old, new)
    if kind == "fine":
        assert found == []
        return
    assert [p for p in found if (p.file, p.kind, p.place) == (file, kind, place) and allowed <= set(p.allowed)], found
    for problem in found:
        assert problem.kind in {key.rpartition(".")[2] for key in catalog().words}
        assert file in in_words(problem)


def test_a_source_that_nobody_has_checked_carries_no_reason(broken: Break) -> None:
    found = broken("sources.toml", '160 people aged 20 to 25."\nmark = "V"', '160 people aged 20 to 25."\nmark = "M"')
    assert {(problem.kind, problem.detail) for problem in found} == {("unchecked-source", "kansky-2018")}


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    shutil.copytree(EN, folder)
    for file, old in ((WHY, "lead = "), (OPENING, "lead = "), ("errors.toml", "safe = ")):
        path = folder / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, "x = "), encoding="utf-8")
    (folder / "prompts.toml").unlink()
    found = problems(folder)
    assert {p.file for p in found} == {WHY, OPENING, "errors.toml", "prompts.toml"}
    assert len([p for p in found if p.file == OPENING and p.kind == "missing"]) == 13


def test_an_error_without_words_is_a_problem(broken: Break) -> None:
    [problem] = broken("errors.toml", "[disk-full]", "[disk-fool]")
    assert (problem.kind, problem.detail) == ("missing", "disk-full")


@pytest.fixture
def own_copy(broken: Break, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Break]:
    """Let the book read the copy that a test breaks, and read itself again afterwards."""
    monkeypatch.setattr(sys.modules["rekindle.content.catalog"], "EN", tmp_path / "en")
    catalog.cache_clear()
    words.cache_clear()
    yield broken
    catalog.cache_clear()
    words.cache_clear()


def test_a_book_with_a_broken_part_does_not_open_but_can_say_so(own_copy: Break) -> None:
    own_copy(WHY, "lead = ", "laed = ")
    with pytest.raises(ContentError) as caught:
        catalog()
    assert caught.value.facts["file"] == WHY
    assert "lead" in str(caught.value)
    assert say("errors.content.happened")
    assert in_words(Problem(WHY, "", "missing", "lead")) == f"{WHY}: lead is missing."


def test_a_problem_is_told_even_when_the_words_for_it_are_broken(own_copy: Break) -> None:
    own_copy("command.toml", "[doctor.problem]", "[doctor.problem")
    told = in_words(Problem(WHY, "exercise 1 (x)", "missing", "lead", ("title", "lead")))
    assert told == f"{WHY}: exercise 1 (x): missing: lead: title, lead"
