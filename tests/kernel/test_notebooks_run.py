"""Notebooks: each runs from its first cell to its last in a real kernel, and what it leaves behind tells nothing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from rekindle.settings import notebooks_folder

NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))


def test_every_part_has_its_notebook() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS if path.stem[:2].isdigit()] == [f"{n:02}" for n in range(7)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs, "every page shows something"
    for output in outputs:
        assert output.output_type in ("display_data", "execute_result"), output.output_type
        assert output.data["text/plain"] in ("<VBox>", "<Page>"), "a fallback text tells its kind and nothing else"
