"""The guards around every test refuse what they are there to refuse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rekindle import settings
from tests.conftest import Trespass, real
from tests.places import ROOT


def test_home_is_the_tests_own(home: Path) -> None:
    assert settings.journal_path().is_relative_to(home)
    assert Path.home() == home


@pytest.mark.parametrize("mode", ["w", "a", "x", "r+b"])
def test_a_write_into_the_tree_is_refused(mode: str) -> None:
    with pytest.raises(Trespass), (ROOT / "README.md").open(mode):
        pass


def test_a_change_of_the_tree_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.touch()
    with pytest.raises(Trespass):
        (ROOT / "docs" / "new").mkdir()
    with pytest.raises(Trespass):
        mine.rename(ROOT / "mine")
    with pytest.raises(Trespass):
        (ROOT / "README.md").unlink()
    with pytest.raises(Trespass):
        os.close(os.open(ROOT / "mine", os.O_CREAT | os.O_WRONLY))


def test_the_real_journal_is_refused(pytestconfig: pytest.Config) -> None:
    journal, _ = pytestconfig.stash[real]
    with pytest.raises(Trespass):
        journal.open("rb")


def test_reading_the_tree_and_writing_elsewhere_are_fine(tmp_path: Path) -> None:
    (tmp_path / "copy.md").write_bytes((ROOT / "README.md").read_bytes())
