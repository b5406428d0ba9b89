"""A copy of the notebooks that is a person's own to change, in a folder of theirs."""

from __future__ import annotations

import os
from pathlib import Path

from rekindle.errors import CopyRefused
from rekindle.portable.whole_file import write_whole


def copy_notebooks(source: Path, folder: Path) -> tuple[int, int]:
    """Put notebooks into a folder where none of their name is; return how many were put there and how many left alone.

    What is there already is somebody's work, so it stays as it is. Raises CopyRefused if the folder takes no file.
    """
    notebooks = sorted(source.glob("*.ipynb"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put = sum(_put(notebook, folder / notebook.name) for notebook in notebooks)
    except OSError as error:
        raise CopyRefused(path=str(folder)) from error
    return put, len(notebooks) - put


def _put(notebook: Path, place: Path) -> bool:
    """Write one copy that its owner may change; tell whether it was written."""
    if os.path.lexists(place):
        return False
    write_whole(place, notebook.read_bytes())
    return True
