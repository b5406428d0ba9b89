"""The notebooks: a copy of one's own to change, and the package's own, which nobody changes by accident."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tornado.web import HTTPError

from rekindle.errors import CopyRefused
from rekindle.own_copy import copy_notebooks
from rekindle.server.notebook_file import NotebookFiles
from rekindle.settings import notebooks_folder
from tests.notebook_files import notebook_files


def test_each_notebook_is_there_once_and_what_was_changed_stays(tmp_path: Path) -> None:
    source, folder = notebooks_folder(), tmp_path / "mine" / "notebooks"
    there = sorted(path.name for path in source.glob("*.ipynb"))
    assert copy_notebooks(source, folder) == (len(there), 0)
    assert sorted(path.name for path in folder.iterdir()) == there
    mine = folder / there[0]
    mine.write_text("mine", encoding="utf-8")
    (folder / there[1]).unlink()
    assert copy_notebooks(source, folder) == (1, len(there) - 1)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert (folder / there[1]).read_bytes() == (source / there[1]).read_bytes()


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x", encoding="utf-8")
    with pytest.raises(CopyRefused):
        copy_notebooks(notebooks_folder(), in_the_way)
    assert in_the_way.read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("read_only", [True, False])
def test_the_packages_notebooks_say_that_they_cannot_be_saved_and_are_not(tmp_path: Path, *, read_only: bool) -> None:
    copy_notebooks(notebooks_folder(), tmp_path)
    name = "explore.ipynb"
    before = (tmp_path / name).read_bytes()

    async def change(files: NotebookFiles) -> bool:
        model: dict[str, Any] = await files.get(name)
        model["content"]["cells"].pop()
        await files.save(model, name)
        return bool(model["writable"])

    with notebook_files(tmp_path, read_only=read_only) as files:
        if read_only:
            assert asyncio.run(files.get(name))["writable"] is False
            with pytest.raises(HTTPError) as refused:
                asyncio.run(change(files))
            assert refused.value.status_code == 403
        else:
            assert asyncio.run(change(files))
    assert ((tmp_path / name).read_bytes() == before) is read_only
