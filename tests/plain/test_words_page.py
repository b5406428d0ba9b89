"""The page for counsellors and translators is true: each of its blocks becomes a question, and no Python is touched."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.content.catalog import EN, words
from rekindle.content.proof import in_words, problems
from rekindle.errors import ContentError
from rekindle.forms.fields import BUILDERS
from tests.places import ROOT
from tests.visit import Visit, inside

PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
EXERCISE, FILE = "it-is-over-for-now", "parts/01-acknowledge.toml"
ANSWERS: dict[str, Any] = {
    "short_text": "quiet, and <b>long</b> & $x$",
    "long_text": "It began in May.\nIt is over now.",
    "single_choice": "late",
    "multi_choice": ["walk", "sleep"],
    "scale_0_10": 0,
    "date": "2026-12-24",
    "table": [{"what": "toast", "again": True}],
    "if_then": [{"if": "I wake at three", "then": "I make tea"}],
}
Put = Callable[[str], Path]


def asked_by(block: str) -> dict[str, Any]:
    """Return what a block says, as the file would."""
    [field] = tomllib.loads("[[exercises]]\n" + block)["exercises"][0]["fields"]
    return dict(field)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Give a function that puts a block into a copy of the content, which the book then reads, and returns the copy."""
    folder = tmp_path / "en"

    def copied(block: str) -> Path:
        shutil.copytree(EN, folder)
        path = folder / FILE
        text = path.read_text(encoding="utf-8")
        before, found, after = text.partition(f'id = "{EXERCISE}"')
        questions, says, rest = after.partition("[exercises.says]")
        path.write_text(f"{before}{found}{questions}{block}\n{says}{rest}", encoding="utf-8")
        monkeypatch.setattr(sys.modules["rekindle.content.catalog"], "EN", folder)
        catalog.cache_clear()
        words.cache_clear()
        return folder

    yield copied
    catalog.cache_clear()
    words.cache_clear()


def test_the_page_shows_every_kind_of_question_once() -> None:
    assert sorted(asked_by(block)["type"] for block in BLOCKS) == sorted(BUILDERS)


@pytest.mark.parametrize("block", BLOCKS, ids=[asked_by(block)["type"] for block in BLOCKS])
def test_a_new_question_is_one_block_asked_saved_and_shown_again(put: Put, block: str) -> None:
    field = asked_by(block)
    key, answer = field["key"], ANSWERS[field["type"]]
    assert problems(put(block)) == []
    assert list(catalog().exercise(EXERCISE).fields)[-1].key == key
    visit = Visit()
    card = visit.open(EXERCISE)
    assert any(field["ask"] in told for widget in inside(card.controls[key].widget) for told in words_of(widget))
    visit.answer(card.controls[key], answer)
    visit.close()
    assert visit.stored[f"{EXERCISE}/{key}"] == answer
    again = Visit()
    assert again.open(EXERCISE).controls[key].value() == answer
    again.close()


def words_of(widget: Any) -> Iterator[str]:
    yield from (str(getattr(widget, name, "")) for name in ("ask", "description", "value", "shape"))


def test_a_misspelt_key_is_answered_as_the_page_says(put: Put) -> None:
    folder = put(BLOCKS[0].replace("ask =", "aks ="))
    told = [in_words(problem) for problem in problems(folder)]
    expected = re.search(r"```\n(parts/.*?)\n```", PAGE, flags=re.DOTALL)
    assert expected
    assert expected[1] == "\n".join(told)


def test_the_book_does_not_open_half_when_a_key_is_misspelt(put: Put) -> None:
    put(BLOCKS[0].replace("ask =", "aks ="))
    with pytest.raises(ContentError) as caught:
        Visit()
    assert {FILE, "ask"} <= {*caught.value.facts.values()}
    assert "first_hour" in str(caught.value)
