"""Modules that wait: a start that names them does not run them, and nobody else can tell the difference."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rekindle.server import later
from rekindle.server.worker import FOR_PAGES, GATHERING

INIT = "from shop.shelf import Shelf\nOPEN = True\n"
SHELF = """
import shop.told
shop.told.RAN.append("shelf")
LONG = 3
__version__ = "1"
class Shelf:
    width = 7
    def __init__(self, *books): self.books = books
def add(a, b=0): return a + b
"""
USER = """
import shop.shelf
from shop.shelf import LONG, Shelf, add
"""


SHOP = {
    "__init__": INIT,
    "told": "RAN = []",
    "shelf": SHELF,
    "user": USER,
    "broken": "1 / 0",
    "sad": "1 / 0",
    "ring": "from shop import first\nNAME = 'ring'",
    "first": "import shop.ring as whole\nNAME = 'first'",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Give a module that has taken things from a module which waits, as does the package around it."""
    (tmp_path / "shop").mkdir()
    for name, text in SHOP.items():
        (tmp_path / "shop" / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    later.wait_for_use(("shop.shelf", "shop.broken", "shop.ring"), ("shop", "shop.sad"))
    yield importlib.import_module("shop.user")
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def wide(shop: Any) -> Any:
    class Wide(shop.Shelf):
        pass

    return Wide


def ran() -> list[str]:
    return list(importlib.import_module("shop.told").RAN)


def test_naming_things_runs_nothing(shop: ModuleType) -> None:
    assert ran() == []
    assert isinstance(sys.modules["shop"], later.Waiting)
    assert isinstance(sys.modules["shop.shelf"], later.Waiting)


@pytest.mark.parametrize(
    "use",
    [
        lambda shop: shop.add(1, b=2) == 3,
        lambda shop: shop.Shelf("a").books == ("a",),
        lambda shop: shop.Shelf.width == 7,
        lambda shop: wide(shop)("a").books == ("a",),
        lambda shop: not isinstance("book", shop.Shelf),
        lambda shop: not issubclass(str, shop.Shelf),
        lambda shop: shop.shop.shelf.__version__ == "1",
        lambda shop: shop.LONG.real == 3,
    ],
)
def test_using_one_runs_its_module_once(shop: ModuleType, use: Any) -> None:
    assert use(shop)
    assert use(shop)
    assert ran() == ["shelf"]
    assert type(sys.modules["shop.shelf"]) is ModuleType
    later.promise_no_more()
    assert isinstance(shop.Shelf, type)
    assert importlib.import_module("shop.shelf").LONG == 3
    assert isinstance(shop.Shelf(), shop.Shelf)
    assert shop.Shelf.__name__ == "Shelf"
    assert isinstance(sys.modules["shop"], later.Waiting), "what is inside runs without the package around it"


def test_after_the_start_whatever_is_taken_is_the_thing_itself(shop: ModuleType) -> None:
    later.promise_no_more()
    assert shop.LONG == 3
    assert type(shop.Shelf) is type
    assert shop.shop.shelf is sys.modules["shop.shelf"]
    assert importlib.import_module("shop").OPEN is True
    assert ran() == ["shelf"]


@pytest.mark.parametrize("name", ["shop.broken", "shop.sad"])
def test_a_module_that_fails_says_so_each_time(shop: ModuleType, name: str) -> None:
    broken = importlib.import_module(name)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            broken.anything()
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("shop.missing")


def test_modules_that_name_each_other_come_in_their_own_order(shop: ModuleType) -> None:
    ring = importlib.import_module("shop.ring")
    assert isinstance(ring, later.Waiting)
    assert ring.first.NAME == "first"
    later.promise_no_more()
    assert importlib.import_module("shop.ring").first.whole.NAME == "ring"


def test_what_python_asks_of_anything_is_no_use(shop: ModuleType) -> None:
    assert not hasattr(shop.Shelf, "__wrapped__")
    assert callable(shop.Shelf)
    assert ran() == []


def test_a_start_runs_nothing_that_renders_pages_and_makes_up_for_it() -> None:
    program = f"""
import sys
from rekindle.server.environment import hide_formats, hide_grammars
from rekindle.server.later import Promise, Waiting, promise_no_more, wait_for_use
hide_grammars(); hide_formats(); wait_for_use({FOR_PAGES!r}, {GATHERING!r})
import rekindle.server.worker, rekindle.server.kernels, rekindle.server.pages
waits = {{name for name, one in sys.modules.items() if isinstance(one, Waiting)}}
print(*sorted({{*{FOR_PAGES!r}, *{GATHERING!r}}} - waits))
heavy = "bs4 bleach requests unittest.mock sqlcipher3 nbconvert.filters jsonschema yaml jupyter_server.serverapp"
print(*[name for name in heavy.split() if sys.modules.get(name)])
every = [one for module in [*sys.modules.values()] if module for one in vars(module).values()]
promised = [one for one in every if type(one) is Promise]
promise_no_more()
from rekindle.server.exporter import PageExporter, keep_templates
keep_templates()
from voila import notebook_renderer
print(notebook_renderer.VoilaExporter is PageExporter, PageExporter().environment.is_async)
print(len(promised) > 5, *sorted({{type(one._rk_kept()).__name__ for one in promised}}))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    waited_not, heavy, rendered, promised = ran.stdout.splitlines()
    assert waited_not in ("", "nbconvert.preprocessors"), "it is asked for when pages are rendered"
    assert heavy == ""
    assert rendered == "True True"
    asked = {"True", "Gauge", "MetaHasTraits", "function", "method", "type"}
    assert set(promised.split()) <= asked, "a promise of a number or of a text would not be equal to it"
