"""Notebooks are prose and short calls: no logic, no outputs, and the same words as the content files."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from rekindle.content import catalog, notebook
from rekindle.settings import notebooks_folder

STEMS = sorted(Path(name).stem for name in notebook.notebooks(catalog()))
OPENERS = {"open_part", "open_dashboard", "open_your_data"}
PAGE = {"page", "cloth", "eyebrow", "title", "purpose", "meta", "layout", "exercises"}


def read(stem: str) -> Any:
    return nbformat.read(notebooks_folder() / f"{stem}.ipynb", as_version=nbformat.NO_CONVERT)


def is_door(source: str) -> bool:
    """If code only imports from rekindle, opens a page, and asks for exercises."""
    return all(_is_import(line) or _is_call(line) for line in ast.parse(source).body)


def _is_import(line: ast.stmt) -> bool:
    return isinstance(line, ast.ImportFrom) and line.module == "rekindle" and {n.name for n in line.names} <= OPENERS


def _is_call(line: ast.stmt) -> bool:
    if isinstance(line, ast.Assign):
        names = [target.id for target in line.targets if isinstance(target, ast.Name)]
        return names == ["part"] and _opens(line.value)
    return isinstance(line, ast.Expr) and (_opens(line.value) or _asks(line.value) or _sums_up(line.value))


def _opens(call: ast.expr) -> bool:
    plain = isinstance(call, ast.Call) and all(isinstance(a, ast.Constant) for a in call.args) and not call.keywords
    return plain and isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in OPENERS


def _asks(call: ast.expr) -> bool:
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 1):
        return False
    of_part = isinstance(call.func.value, ast.Name) and call.func.value.id == "part"
    return of_part and call.func.attr == "exercise" and isinstance(call.args[0], ast.Constant) and not call.keywords


def _sums_up(call: ast.expr) -> bool:
    return ast.unparse(call) == "part.summary()"


@pytest.mark.parametrize("stem", STEMS)
def test_the_notebook_is_what_the_words_make(stem: str) -> None:
    """If this fails: python -m rekindle.content.notebook."""
    made = notebook.notebooks(catalog())[f"{stem}.ipynb"]
    assert (notebooks_folder() / f"{stem}.ipynb").read_text(encoding="utf-8") == made


@pytest.mark.parametrize("stem", STEMS)
def test_the_notebook_is_valid_and_holds_no_output(stem: str) -> None:
    book = read(stem)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert book.metadata.kernelspec.name == "python3"
    assert set(book.metadata.rekindle) == PAGE
    for cell in book.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem != notebook.EXPLORE])
def test_the_notebook_holds_no_logic(stem: str) -> None:
    code = [cell for cell in read(stem).cells if cell.cell_type == "code"]
    assert code
    for cell in code:
        assert is_door(cell.source), cell.source
        assert cell.metadata.jupyter.source_hidden is True


def test_the_notebook_of_own_questions_shows_its_code_and_writes_nothing() -> None:
    code = [cell for cell in read(notebook.EXPLORE).cells if cell.cell_type == "code"]
    called = {name.id for cell in code for name in ast.walk(ast.parse(cell.source)) if isinstance(name, ast.Name)}
    assert {"entries", "mood", "urges"} <= called
    for cell in code:
        assert "jupyter" not in cell.metadata, "it is there to be read"
        assert not {"open", "to_csv", "display"} & called


@pytest.mark.parametrize(
    "logic",
    [
        "import os",
        "from os import open_part",
        "from rekindle import journal",
        "part = 1",
        "x = open_part('acknowledge')",
        "part.exercise('a' + 'b')",
        "part.other('a')",
        "part.summary('a')",
        "for name in names: part.exercise(name)",
        "print(open_part('acknowledge'))",
        "open_part(eval('1'))",
        "if True:\n    open_dashboard()",
    ],
)
def test_logic_in_a_notebook_would_be_noticed(logic: str) -> None:
    assert not is_door(logic)


@pytest.mark.parametrize("part", catalog().parts, ids=lambda part: part.id)
def test_each_exercise_has_its_title_and_lead_above_its_call(part: Any) -> None:
    cells = read(part.notebook).cells
    calls = [cell.source for cell in cells]
    for exercise in part.exercises:
        at = calls.index(f'part.exercise("{exercise.id}")')
        above = [f"### {exercise.title}\n\n{exercise.lead}", *([exercise.reading] if exercise.reading else [])]
        assert calls[at - len(above) : at] == above
        assert all(cell.cell_type == "markdown" for cell in cells[at - len(above) : at])
    assert sum(cell.cell_type == "markdown" for cell in cells) > len(part.exercises)
    assert part.opener in calls
    assert cells[-1].source.endswith(part.ending)


def test_the_first_screen_leads_to_the_first_page() -> None:
    first = read("00-before-you-begin").cells[1].source
    assert "[Begin](#screen-check)" in first
    assert "Help now" in first


def test_the_first_pages_of_the_opening_stand_before_more_pages() -> None:
    ids = [cell.id for cell in read("00-before-you-begin").cells]
    assert ids.index("baseline") < ids.index("more-pages") < ids.index("welcome-and-limits")
