"""Notebooks: each runs from its first cell to its last in a real kernel, and what it leaves behind tells nothing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from rekindle.content import catalog
from rekindle.content.notebook import EXPLORE
from rekindle.journal import Journal
from rekindle.settings import journal_path, notebooks_folder
from tests.made_up import PEOPLE, write, year_of

NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))


def test_every_part_has_its_notebook() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS if path.stem[:2].isdigit()] == [f"{n:02}" for n in range(7)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs, "every page shows something"
    if path.stem == EXPLORE:
        assert [output.output_type for output in outputs] == ["execute_result"] * 4, "an empty book is no error"
        return
    for output in outputs:
        assert output.output_type in ("display_data", "execute_result"), output.output_type
        assert output.data["text/plain"] in ("<VBox>", "<Page>"), "a fallback text tells its kind and nothing else"


def test_own_questions_are_answered_from_a_made_up_year(tmp_path: Path) -> None:
    year = year_of(PEOPLE[4])
    with Journal.open(journal_path(), never_kept=catalog().never_kept) as journal:
        write(journal, year)
    notebook = nbformat.read(notebooks_folder() / f"{EXPLORE}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    told = [cell.outputs[0].data["text/plain"] for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    assert "7 Sunday" in told[1]
    assert len(told[2].splitlines()) == len({f"{n.day:%Y-%m}" for n in year.log("urge-log") if "after" in n.values}) + 3
    assert "day after moving" in told[3]
    assert not (tmp_path / "explore.ipynb").exists()
