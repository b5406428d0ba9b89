"""Each claim of the two articles behind the programme is answered by pages that exist."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.content.catalog import EN

CLAIMS: dict[str, Any] = tomllib.loads((EN.parent / "claims.toml").read_text(encoding="utf-8"))
PAGES = {exercise.id for exercise in catalog().exercises}


def test_there_are_65_claims() -> None:
    assert list(CLAIMS) == [*(f"S0.{n}" for n in range(1, 24)), *(f"S1.{n}" for n in range(1, 43))]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_is_answered_by_pages_that_exist(claim: str) -> None:
    assert set(CLAIMS[claim]) == {"claim", "exercises"}
    assert CLAIMS[claim]["exercises"]
    assert set(CLAIMS[claim]["exercises"]) <= PAGES


def test_most_pages_answer_a_claim() -> None:
    """The others are there for safety, for the reader or for the book itself."""
    answering = {page for claim in CLAIMS.values() for page in claim["exercises"]}
    assert PAGES - answering == {"screen-check"}
