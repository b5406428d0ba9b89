"""The notebook file in JupyterLab: saved without outputs, without copies, and never over a read-only one."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path
from typing import Any

from jupyter_server.services.contents.checkpoints import AsyncCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets import Bool


def strip(model: dict[str, Any], **_more: object) -> None:
    """Take out of a notebook what running it put in: outputs, counts and widgets can hold a person's words."""
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    content = model["content"]
    content.get("metadata", {}).pop("widgets", None)
    for cell in content.get("cells", []):
        if cell.get("cell_type") == "code":
            cell["outputs"] = []
            cell["execution_count"] = None
            cell.get("metadata", {}).pop("execution", None)


class NoCheckpoints(AsyncCheckpoints):
    """Keeps no second copy of a notebook, and says that it did: JupyterLab asks for one at each save."""

    async def create_checkpoint(self, contents_mgr: Any, path: str) -> dict[str, Any]:
        """Keep nothing."""
        return {"id": "none", "last_modified": dt.datetime.now(dt.UTC)}

    async def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        """There are none."""
        return []

    async def restore_checkpoint(self, contents_mgr: Any, checkpoint_id: str, path: str) -> None:
        """There is nothing to go back to."""
        raise HTTPError(404)

    async def rename_checkpoint(self, checkpoint_id: str, old_path: str, new_path: str) -> None:
        """There is nothing to rename."""

    async def delete_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """There is nothing to delete."""


class NotebookFiles(AsyncLargeFileManager):
    """The notebooks' folder, as JupyterLab sees it."""

    read_only = Bool(default_value=False, help="The notebooks belong to the installed package.").tag(config=True)

    def _checkpoints_class_default(self) -> type[AsyncCheckpoints]:
        return NoCheckpoints

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Save a file, unless it is there and read-only: Jupyter would put a new one in its place."""
        if self.read_only or _is_read_only(Path(self._get_os_path(path.strip("/")))):
            raise HTTPError(403)
        strip(model)
        return await super().save(model, path)

    def _base_model(self, path: str) -> Any:
        """Say that nothing can be saved where nothing can, so that JupyterLab does not offer it."""
        model = super()._base_model(path)
        return {**model, "writable": model["writable"] and not self.read_only}


def _is_read_only(file: Path) -> bool:
    """Tell whether a file is there and not to be written; the administrator may write anything, so the mode counts."""
    try:
        return not file.stat().st_mode & stat.S_IWUSR
    except OSError:
        return False
