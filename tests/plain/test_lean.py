"""The lean page: all of Voilà's parts in one script; and the plain way where Voilà is not built as we know it."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.server import lean
from rekindle.server.bundle import Unfit, bundle, edited, needed
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


def test_the_parts_are_those_that_the_start_script_asks_for() -> None:
    parts = needed((static() / "voila.js").read_text("utf-8"), static())
    assert len(parts) == len(set(parts)) > 40


def test_each_part_stands_in_the_bundle_once_and_the_start_script_comes_last() -> None:
    made = bundle(static(), "voila.js", {})
    parts = needed((static() / "voila.js").read_text("utf-8"), static())
    for part in parts:
        assert len(re.findall(rf"\.push\(\[\[(?:\d+,)*{part}[,\]]", made)) == 1, part
    assert made.rindex("rekindleLean.start = ") > made.rindex(".push([[")
    assert not re.search(r"^//# sourceMappingURL", made, re.MULTILINE), "half the bytes of some files"


BREAKS: list[tuple[str, Callable[[Path], object]]] = [
    ("the start script has another form", lambda here: (here / "voila.js").write_text("(()=>{})()", "utf-8")),
    ("the start script is missing", lambda here: (here / "voila.js").unlink()),
    ("a part is missing", lambda here: (here / "9212.voila.js").unlink()),
    (
        "the first part begins in another way",
        lambda here: (here / "9212.voila.js").write_text("(self.webpackChunk=[]).push([[9212],{}])", "utf-8"),
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


def test_an_edit_needs_its_place_and_needs_it_once() -> None:
    parts = [
        (static() / f"{part}.voila.js").read_text("utf-8")
        for part in needed((static() / "voila.js").read_text("utf-8"), static())
    ]
    whole = "".join(edited(list(parts)))
    assert "rekindleLean.has(" in whole
    assert "rekindleLean.known(" in whole
    for text, other in (
        ("document.head.appendChild", "document.body.appendChild"),
        (".started.then(", ".ready.then("),
        ('addEventListener("load",(async', 'addEventListener("load",(function'),
        ('getOption("federated_extensions")', 'getOption("extensions")'),
    ):
        with pytest.raises(Unfit):
            edited([part.replace(text, other) for part in parts])
    with pytest.raises(Unfit):
        edited(parts + parts)


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
