"""The lean page: all of Voilà's parts in one script; and the plain way where Voilà is not built as we know it."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.server import lean
from rekindle.server.bundle import NEEDS, STAND_INS, Unfit, _shared, bundle, needed
from rekindle.server.environment import share_of


def static() -> Path:
    share = share_of("voila")
    assert share
    return share / "voila" / "templates" / "base" / "static"


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Give a copy of what Voilà brings, to be broken."""
    return Path(
        shutil.copytree(static(), tmp_path / "static", ignore=shutil.ignore_patterns("*.svg", "*.woff*", "*.eot"))
    )


def start() -> str:
    return (static() / "voila.js").read_text("utf-8")


def parts_of(package: str) -> list[str]:
    return _shared(start())[package]


def test_the_parts_are_those_of_the_packages_that_are_named_and_of_what_they_need() -> None:
    parts = needed(start(), NEEDS)
    assert len(parts) == len(set(parts)) > 10
    shown = "".join((static() / f"{part}.voila.js").read_text("utf-8") for part in parts)
    for name in ("RenderMimeRegistry", "PluginRegistry", "MessageLoop"):
        assert name in shown


def test_no_part_of_a_package_that_has_a_stand_in_is_taken() -> None:
    own = {
        "@jupyterlab/apputils": "showDialog",
        "@jupyterlab/notebook": "NotebookPanel",
        "@jupyterlab/console": "CodeConsole",
    }
    assert set(own) <= set(STAND_INS)
    made = bundle(static(), "voila.js", {})
    for name, word in own.items():
        whole = "".join(
            (static() / f"{p}.voila.js").read_text("utf-8")
            for p in parts_of(name)
            if (static() / f"{p}.voila.js").is_file()
        )
        assert f"{word}:()=>" in whole, "the word is one that the package offers"
        assert f"{word}:()=>" not in made


def test_our_start_comes_first_each_part_once_and_voilas_start_script_last() -> None:
    made = bundle(static(), "voila.js", {})
    for part in needed(start(), NEEDS):
        assert len(re.findall(rf"\.push\(\[\[(?:\d+,)*{part}[,\]]", made)) == 1, part
    assert (
        made.index("lean.begin = ")
        < made.index(".push([[")
        < made.rindex(".push([[")
        < made.rindex("rekindleLean.start = ")
    )
    assert made.count("rekindleLean.begin(") == 1, "Voilà's start script calls ours in place of its own"
    assert not re.search(r"^//# sourceMappingURL", made, re.MULTILINE), "half the bytes of some files"


def test_anywidget_makes_one_script_of_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PATH", str(share_of("voila")))
    made = bundle(static(), "voila.js", lean._folders(lean.EXTENSIONS))
    assert made.count("rekindleLean.once(esm, ") == 1


BREAKS: list[tuple[str, Callable[[Path], object]]] = [
    ("the start script has another form", lambda here: (here / "voila.js").write_text("(()=>{})()", "utf-8")),
    ("the start script is missing", lambda here: (here / "voila.js").unlink()),
    ("a part is missing", lambda here: (here / f"{needed(start(), NEEDS)[0]}.voila.js").unlink()),
    (
        "the start script begins in another way",
        lambda here: (here / "voila.js").write_text(start().replace(".then(r.bind(r,", ".then(r.call(r,"), "utf-8"),
    ),
    (
        "a package is not shared any more",
        lambda here: (here / "voila.js").write_text(start().replace("@lumino/widgets", "@lumino/views"), "utf-8"),
    ),
    (
        "a package with a stand-in is not shared any more",
        lambda here: (here / "voila.js").write_text(
            start().replace("@jupyterlab/console", "@jupyterlab/repl"), "utf-8"
        ),
    ),
    (
        "a module is offered by nobody",
        lambda here: (here / "voila.js").write_text(start().replace("68211:()=>", "68212:()=>"), "utf-8"),
    ),
]


@pytest.mark.parametrize(("what", "break_it"), BREAKS, ids=[what for what, _ in BREAKS])
def test_scripts_that_are_not_as_we_know_them_make_no_bundle(
    what: str, break_it: Callable[[Path], object], installed: Path
) -> None:
    assert bundle(installed, "voila.js", {})
    break_it(installed)
    with pytest.raises(Unfit):
        bundle(installed, "voila.js", {})


def test_an_extension_with_a_sheet_of_its_own_makes_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"jupyterlab": {"_build": {"load": "x.js", "style": "./style"}}}', "utf-8")
    with pytest.raises(Unfit, match="sheet"):
        bundle(static(), "voila.js", {"an-extension": tmp_path})


def test_pages_load_the_plain_way_and_the_log_says_so_where_something_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "static").mkdir()
    share = share_of("voila")
    monkeypatch.setenv("JUPYTER_PATH", str(share))
    with caplog.at_level(logging.ERROR):
        assert lean.make_lean(tmp_path, [*lean.EXTENSIONS, "an-extension-that-nobody-has"]) is False
    assert "pages load the plain way" in caplog.text
    assert not list(tmp_path.rglob("*.*"))
