"""The environment of a worker: where the parts of other packages were installed."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from rekindle.server.environment import share_of


def by_every_file(name: str) -> Path | None:
    """Return the folder as Python's own list of a distribution's files tells it."""
    for file in importlib.metadata.files(name) or []:
        before, found, _ = str(file).partition("share/jupyter/")
        if found and (not before or before.endswith("/")):
            return Path(str(importlib.metadata.distribution(name).locate_file(f"{before}share/jupyter"))).resolve()
    return None


def test_the_folder_of_each_distribution_is_the_one_that_holds_its_files() -> None:
    names = {one.metadata["Name"] for one in importlib.metadata.distributions()}
    found = {name: share_of(name) for name in names}
    assert found == {name: by_every_file(name) for name in names}
    assert found["voila"] is not None
    assert found["tornado"] is None
    assert share_of("no-such-thing") is None


@pytest.mark.parametrize("listed", ["RECORD", "SOURCES.txt"])
def test_a_folder_is_found_by_either_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str) -> None:
    sites = tmp_path / "lib" / "site"
    kind = "made_up-1.dist-info" if listed == "RECORD" else "made_up-1.egg-info"
    (sites / kind).mkdir(parents=True)
    (sites / kind / ("METADATA" if listed == "RECORD" else "PKG-INFO")).write_text("Name: made-up\nVersion: 1\n")
    line = '"../../share/jupyter/a, b.js",,' if listed == "RECORD" else "../../share/jupyter/a.js"
    (sites / kind / listed).write_text(f"made_up.py\n{line}\n")
    (tmp_path / "share" / "jupyter").mkdir(parents=True)
    for name in ("a.js", "a, b.js"):
        (tmp_path / "share" / "jupyter" / name).touch()
    monkeypatch.syspath_prepend(sites)
    assert share_of("made-up") == tmp_path / "share" / "jupyter"
