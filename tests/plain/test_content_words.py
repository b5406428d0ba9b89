"""Sentences that are no exercise: what code asks for is there, and what matters is said."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator

import pytest

from rekindle import contact, errors
from rekindle.content import catalog
from rekindle.content.problems import Problem
from rekindle.content.proof import errors_without_words, in_words, stale_helplines
from rekindle.content.strict import placeholders
from rekindle.settings import PACKAGE

KEYS = set(catalog().words)
STEMS = {key.partition(".")[0] for key in KEYS}


def source_files() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def looks_like_a_key(text: str) -> bool:
    stem, _, rest = text.partition(".")
    return stem in STEMS and bool(rest) and " " not in text and not text.endswith(".toml")


def is_there(key: str) -> bool:
    return key in KEYS or any(known.startswith(f"{key}.") for known in KEYS)


def asked_for() -> Iterator[tuple[str, str, bool]]:
    """Yield file, key, and if the key is only its beginning, for every dotted key in the package's code."""
    for file, tree in source_files():
        beginnings = [node.values[0] for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and looks_like_a_key(node.value):
                yield file, node.value, any(node is beginning for beginning in beginnings)


def test_every_sentence_that_code_asks_for_is_there() -> None:
    asked = list(asked_for())
    assert len(asked) > 40
    missing = [(f, k) for f, k, begins in asked if not (is_there(k) or (begins and any(w.startswith(k) for w in KEYS)))]
    assert missing == []


def raised() -> Iterator[tuple[str, type[errors.RekindleError], set[str]]]:
    """Yield file, error and the names of its facts, wherever the package makes an error."""
    for file, tree in source_files():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                made = getattr(errors, node.func.id, None)
                if isinstance(made, type) and issubclass(made, errors.RekindleError):
                    # `**facts` may hold anything; what stands in it is the caller's promise.
                    names = {word.arg or "*" for word in node.keywords}
                    yield file, made, names


def test_every_error_says_what_happened_what_is_safe_and_what_to_do() -> None:
    assert errors_without_words(catalog()) == []
    for key in catalog().words.under("errors"):
        assert key.rpartition(".")[2] in {"happened", "safe", "todo"}


def test_every_error_is_made_with_the_facts_that_its_words_name() -> None:
    for file, made, names in raised():
        wanted = set().union(
            *(catalog().words.facts_of(f"errors.{made.code}.{p}") for p in ("happened", "safe", "todo"))
        )
        assert wanted <= names or "*" in names, (file, made.__name__)


def test_every_contact_state_has_a_name_and_a_meaning() -> None:
    states = {*(str(state) for state in contact.State), "space-until", "letting-go"}
    assert {key.partition(".")[0] for key in catalog().words.under("states.contact")} == states


def test_every_reason_for_a_folded_page_is_one_sentence_and_says_what_opens_it() -> None:
    folded = catalog().words.under("states.folded")
    assert {key.partition(".")[0] for key in folded} == set(contact.REASONS)
    for reason in contact.REASONS:
        why = folded[f"{reason}.why"]
        assert why.endswith(".")
        assert why.count(".") == 1
        assert folded[f"{reason}.opens"]
        assert placeholders(why) <= ({"until"} if reason == "space-until" else set())


def test_the_line_that_programs_wait_for_is_exact() -> None:
    assert catalog().say("command.ready", address="http://x") == "Rekindle is ready: http://x"


def test_the_limits_say_what_is_true_of_a_plain_file_and_that_it_can_be_locked() -> None:
    limits = catalog().exercise("welcome-and-limits").reading or ""
    assert "It is not encrypted unless you lock it with a passphrase." in limits
    assert "Without one, anyone who can open this device may be able to read it." in limits


def test_every_helpline_names_its_source_and_the_day_it_was_seen() -> None:
    for line in catalog().helplines.lines:
        assert line.source
        assert line.checked_by
        assert line.last_checked <= dt.date(2026, 11, 22) or line.checked_by != "the Rekindle project"


EMERGENCY = {"112", "911", "999 or 112", "112 or 999", "000", "111"}
TALK = {"116 123", "988", "0800 111 0 111", "14416", "13 11 14", "1737"}
ABUSE = {"116 016", "1-800-799-7233", "0808 2000 247", "1800 341 900", "181", "1800 737 732", "0800 733 843"}


def test_only_numbers_that_may_ship_are_shown() -> None:
    """Those that stand in a source that can be named; add one here after it was seen there."""
    shown = {line.number or line.web for line in catalog().helplines.lines}
    assert shown == EMERGENCY | TALK | ABUSE | {"findahelpline.com"}


def test_each_country_but_canada_has_somebody_to_call_about_violence() -> None:
    """Canada has no national line for it: 911 and the directory stand there."""
    kinds = {line.country for line in catalog().helplines.lines if line.kind == "abuse"}
    assert kinds == set(catalog().helplines.countries) - {"world", "ca"}


def test_every_country_has_a_line_and_the_worlds_comes_last() -> None:
    helplines = catalog().helplines
    for country in helplines.countries:
        assert helplines.of(country)[-1].country == "world"
    assert {line.country for line in helplines.of("gb")} == {"gb", "world"}
    assert [line.name for line in helplines.of("nowhere")] == ["Find A Helpline"]


def test_a_helpline_grows_stale_after_half_a_year() -> None:
    assert stale_helplines(catalog(), dt.date(2026, 12, 1)) == []
    assert len(stale_helplines(catalog(), dt.date(2027, 7, 1))) == len(catalog().helplines.lines)


def test_there_are_thirty_prompts_and_none_is_about_them() -> None:
    prompts = catalog().prompts
    assert len(set(prompts)) == 30
    assert not [text for text in prompts if {"ex", "them", "they", "partner"} & set(text.lower().strip("?.").split())]


def test_a_reason_that_rests_on_our_own_view_says_so() -> None:
    sources = catalog().sources
    for exercise in catalog().exercises:
        if all(sources[name].mark == "J" for name in exercise.sources):
            assert "our" in exercise.why.lower().split(), exercise.id


def test_every_source_is_used() -> None:
    used = {name for exercise in catalog().exercises for name in exercise.sources}
    assert set(catalog().sources) == used


@pytest.mark.parametrize("exercise", catalog().exercises, ids=lambda exercise: exercise.id)
def test_every_sentence_given_back_can_be_filled(exercise: object) -> None:
    says = getattr(exercise, "says")  # noqa: B009 - parametrized values have no type
    assert says
    for key, text in says.items():
        filled = text.format_map(dict.fromkeys(placeholders(text), "two"))
        assert filled, key
        assert "{" not in filled, key


def test_a_problem_is_told_in_words() -> None:
    told = in_words(Problem("a.toml", "exercise 1 (x)", "unknown-key", "laed", ("lead", "title")))
    assert told == "a.toml, exercise 1 (x): the key laed is not known.\n  What may stand there: lead, title"
    assert in_words(Problem("a.toml", "", "something-new", "odd")) == "a.toml: odd."
