"""The shared shapes: one Layout and one Style of a kind for a whole page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import ipywidgets as ipw
import pytest

from rekindle.forms.stock import Button, RadioButtons, VBox
from rekindle.frontend.shapes import shape
from rekindle.frontend.words import Words
from tests.places import ROOT, home_environment


def test_widgets_of_ours_share_one_layout_and_one_style_of_a_kind() -> None:
    assert VBox().layout is VBox([Button()]).layout is Words().layout is Button().layout
    assert Button().style is Button().style
    assert RadioButtons().style is not Button().style


def test_a_widget_keeps_what_it_is_given() -> None:
    own = ipw.Layout(width="50%")
    assert VBox(layout=own).layout is own
    assert VBox().layout is not own


def test_a_shape_that_was_closed_is_made_anew() -> None:
    old = shape(ipw.Layout)
    old.close()
    assert VBox().layout is not old
    assert VBox().layout is shape(ipw.Layout)


BUILD = """
import json, pathlib, sys
from ipywidgets.widgets import widget
cells = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))["cells"]
names = {}
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), names)
kinds = [type(one).__name__ for one in widget._instances.values()]
assert kinds.count("Layout") == 1, kinds
assert len(kinds) <= 100, len(kinds)
assert not {"pandas", "plotly", "numpy"} & set(sys.modules)
"""


@pytest.mark.parametrize("name", ["01-acknowledge", "dashboard"])
def test_a_page_is_built_of_few_models_and_few_libraries(name: str, tmp_path: Path) -> None:
    environment = {**os.environ, **home_environment(tmp_path)}
    command = [sys.executable, "-c", BUILD, str(ROOT / "notebooks" / f"{name}.ipynb")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
