"""Bare: widgets without a Layout and a Style."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import ipywidgets as ipw
import pytest

from rekindle.forms import stock
from rekindle.forms.stock import Button, VBox
from rekindle.frontend.words import Words
from tests.places import ROOT, home_environment

OURS = [kind for _, kind in inspect.getmembers(stock, inspect.isclass) if kind.__module__ == stock.__name__]


@pytest.mark.parametrize("kind", [kind for kind in OURS if not kind.__name__.startswith("_")] + [Words])
def test_a_widget_of_ours_has_no_layout_and_no_style(kind: type[ipw.DOMWidget]) -> None:
    one = kind()
    assert one.layout is None
    assert getattr(one, "style", None) is None
    assert {key: value for key, value in one.get_state().items() if key in ("layout", "style") and value} == {}


def test_a_widget_keeps_what_it_is_given() -> None:
    own, look = ipw.Layout(width="50%"), ipw.ButtonStyle(button_color="green")
    assert VBox(layout=own).layout is own
    assert Button(style=look).style is look
    assert VBox().layout is None


BUILD = """
import json, pathlib, sys
from ipywidgets.widgets import widget
cells = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))["cells"]
names = {}
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
kinds = [type(one).__name__ for one in widget._instances.values()]
assert not [kind for kind in kinds if kind.endswith(("Layout", "Style"))], kinds
assert 10 < len(kinds) <= 100, len(kinds)
assert not {"pandas", "plotly", "numpy"} & set(sys.modules)
"""


@pytest.mark.parametrize("name", ["01-acknowledge", "dashboard"])
def test_a_page_is_built_of_few_models_and_few_libraries(name: str, tmp_path: Path) -> None:
    environment = {**os.environ, **home_environment(tmp_path)}
    command = [sys.executable, "-c", BUILD, str(ROOT / "notebooks" / f"{name}.ipynb")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
