"""The notebooks' folder as JupyterLab's server has it, closed again: its signatures are in a file of SQLite."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from rekindle.server.notebook_file import NotebookFiles


@contextlib.contextmanager
def notebook_files(folder: Path, *, read_only: bool = False) -> Iterator[NotebookFiles]:
    """Open a folder, and close the file of signatures afterwards, which Jupyter leaves to the end of the program."""
    files = NotebookFiles(root_dir=str(folder), read_only=read_only)
    try:
        yield files
    finally:
        files.notary.store.close()
