"""Imports point down, cost little and do nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

LINTER = str(Path(sys.executable).with_name("lint-imports"))
HEAVY = {"pandas", "plotly", "numpy", "matplotlib", "typer"}
EVERY_MODULE = """
import importlib, json, pkgutil, sys
import rekindle
names = [found.name for found in pkgutil.walk_packages(rekindle.__path__, "rekindle.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
json.dump(names, sys.stderr)
"""
ONE_MODULE = (
    "import importlib, json, sys; importlib.import_module(sys.argv[1]); json.dump(sorted(sys.modules), sys.stderr)"
)


def lint(folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"}
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, env=around, capture_output=True, text=True, check=False)


def test_imports_point_down() -> None:
    done = lint(ROOT, ROOT / "widgets")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("settings", "import rekindle.content", "Imports point down"),
        ("stranger", "", "Imports point down"),
        ("forms/stranger", "import rekindle.journal", "Forms, charts and insights are handed answers"),
        ("insights/stranger", "import rekindle.journal", "Forms, charts and insights are handed answers"),
        ("server/stranger", "import rekindle.content", "The server knows only journal, settings and errors"),
        ("contact/stranger", "import pydantic", "pydantic only in content"),
        ("forms/stranger", "import sqlcipher3", "SQL only in the journal"),
        ("forms/stranger", "import voila", "The web server's libraries only in server"),
        ("portable/stranger", "import requests", "Nothing leaves this computer"),
    ],
)
def test_an_import_that_points_up_or_out_is_refused(tmp_path: Path, module: str, line: str, broken: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "widgets" / "rekindle", tmp_path / "rekindle", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "rekindle" / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint(tmp_path, tmp_path)
    assert done.returncode == 1
    assert any(found.startswith(broken) and " BROKEN" in found for found in done.stdout.splitlines()), done.stdout


def test_importing_does_nothing(home: Path) -> None:
    asked = [sys.executable, "-c", EVERY_MODULE]
    done = subprocess.run(asked, cwd=home, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert "rekindle.records" in json.loads(done.stderr)
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize(
    "module", ["rekindle", "rekindle.page", "rekindle.forms", "rekindle.journal", "rekindle.charts"]
)
def test_a_page_pays_for_no_heavy_library(module: str) -> None:
    asked = [sys.executable, "-c", ONE_MODULE, module]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(json.loads(done.stderr))
