"""The built wheel carries all that the workbook needs, so that it works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.places import ROOT

PACKAGE = ROOT / "widgets" / "rekindle"
TEMPLATE = PACKAGE / "voila_template"
CHARTS = PACKAGE / "frontend" / "charts_extension"
LAUNCHER = PACKAGE / "frontend" / "lab_extension"
WHERE = """
from rekindle import settings
from rekindle.content import catalog
catalog()
print(settings.PACKAGE, *sorted(path.name for path in settings.notebooks_folder().glob("*.ipynb")), sep="\\n")
"""


def files(folder: Path) -> set[str]:
    """Return the files below a folder that are not made by running them."""
    found = (path for path in folder.rglob("*") if path.is_file())
    made = {"__pycache__", ".ipynb_checkpoints"}
    return {path.relative_to(folder).as_posix() for path in found if made.isdisjoint(path.parts)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    asked = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    return zipfile.ZipFile(next(out.glob("*.whl")))


def below(wheel: zipfile.ZipFile, prefix: str) -> set[str]:
    """Return what a wheel holds below a folder, wherever its data folder is called."""
    return {name.split(prefix, 1)[1] for name in wheel.namelist() if prefix in name}


def test_the_package_and_the_notebooks_are_in_it(wheel: zipfile.ZipFile) -> None:
    notebooks = {f"notebooks/{name}" for name in files(ROOT / "notebooks")}
    packed = {name.removeprefix("rekindle/") for name in wheel.namelist() if name.startswith("rekindle/")}
    assert packed == files(PACKAGE) | notebooks
    assert {Path(name).suffix for name in packed} >= {".py", ".toml", ".ipynb", ".j2", ".css", ".js", ".woff2"}


def test_jupyter_finds_the_template_the_charts_and_the_launcher(wheel: zipfile.ZipFile) -> None:
    assert below(wheel, "/data/share/jupyter/voila/templates/rekindle/") == files(TEMPLATE)
    assert below(wheel, "/data/share/jupyter/labextensions/rekindle-charts/") == files(CHARTS)
    assert below(wheel, "/data/share/jupyter/labextensions/rekindle-lab/") == files(LAUNCHER)
    assert "package.json" in files(CHARTS) & files(LAUNCHER)


def test_nothing_else_is_in_it(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert len(tops) == 3
    assert all(top == "rekindle" or top.endswith((".dist-info", ".data")) for top in tops)


def test_installed_it_finds_its_own_notebooks_and_words_from_any_folder(
    wheel: zipfile.ZipFile, tmp_path: Path, home: Path
) -> None:
    wheel.extractall(tmp_path / "site")
    around = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", WHERE], cwd=home, env=around, capture_output=True, text=True, check=True
    )
    package, *notebooks = done.stdout.split()
    assert Path(package) == tmp_path / "site" / "rekindle"
    assert set(notebooks) == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")} != set()
