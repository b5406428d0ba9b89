"""The environment of a worker: Jupyter and IPython look only where we point them."""

from __future__ import annotations

import csv
import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from rekindle.server.keydesk import DESK
from rekindle.server.order import CHARTS_EXTENSION, LAB_EXTENSION, TEMPLATE, Order
from rekindle.settings import LOCK_AFTER, NEVER_LOCK, SOUND_NOTES

PROVIDERS = ("voila", "jupyterlab-widgets", "anywidget", "jupyterlab", "nbconvert")


def prepare(order: Order) -> None:
    """Point Jupyter and IPython at the runtime folder. Call it before anything of theirs is imported."""
    runtime = Path(order.runtime)
    startup = "ipython/profile_default/startup"  # made by IPython, it would hold a file that everybody may read
    for name in ("config", "data", "ipython", "ipython/profile_default", startup, "k", "sound"):
        (runtime / name).mkdir(mode=0o700, exist_ok=True)
    for left in order.connections.iterdir():
        left.unlink(missing_ok=True)  # of kernels that ended with an earlier worker
    _bring_our_own(order)
    os.environ.update(
        {
            "JUPYTER_NO_CONFIG": "1",
            "JUPYTER_CONFIG_DIR": str(runtime / "config"),
            "JUPYTER_DATA_DIR": str(runtime / "data"),
            "JUPYTER_RUNTIME_DIR": str(order.connections),
            "JUPYTER_PATH": os.pathsep.join([str(order.share), *map(str, share_folders())]),
            "IPYTHONDIR": str(runtime / "ipython"),
            "REKINDLE_HOME": order.home,
            DESK: order.desk,
            LOCK_AFTER: str(order.lock_after),
            SOUND_NOTES: str(runtime / "sound"),
            NEVER_LOCK: "1" if order.never_lock else "",
        }
    )
    hide_grammars()


def hide_grammars() -> None:
    """Make an optional part of jsonschema look absent: it compiles 39 grammars at import (0.7 s) to check addresses."""
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # None is how Python marks "not there"


def hide_formats() -> None:
    """Make more such parts look absent, in a server only: what they check comes from our own packages."""
    for name in ("fqdn", "isoduration", "rfc3986_validator", "uri_template", "webcolors"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # as above


def hide_debugger() -> None:
    """Make the debugger look absent: nine megabytes for each page, and a port of its own if anybody began to debug."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # as above


def _bring_our_own(order: Order) -> None:
    """Copy our template and chart renderer to where Jupyter looks, so that nothing is installed by hand.

    Copies, not links: the file handlers refuse links that lead out of their folder.
    """
    wanted = {
        order.template: order.share / "voila" / "templates" / TEMPLATE,
        order.extension: order.share / "labextensions" / CHARTS_EXTENSION,
    }
    if order.kind == "lab":
        wanted[str(Path(order.extension).with_name("lab_extension"))] = order.share / "labextensions" / LAB_EXTENSION
    order.share.mkdir(mode=0o700, exist_ok=True)
    for source, target in wanted.items():
        if Path(source).is_dir() and not target.exists():
            _copy(Path(source), target)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder's files, with our permissions and not those that they came with."""
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):
        if path.is_dir():
            (target / path.relative_to(source)).mkdir(parents=True, exist_ok=True)
        else:
            shutil.copyfile(path, target / path.relative_to(source))


def share_folders() -> Iterator[Path]:
    """Yield the `share/jupyter` folders into which our own dependencies were installed, wherever that was."""
    seen: set[Path] = set()
    for name in PROVIDERS:
        folder = share_of(name)
        if folder is not None and folder not in seen:
            seen.add(folder)
            yield folder


def share_of(name: str) -> Path | None:
    """Return the `share/jupyter` folder into which a distribution was installed, if it has one."""
    try:
        found = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in _files(found):
        parts = file.parts
        if "share" in parts and parts[parts.index("share") + 1 :][:1] == ("jupyter",):
            depth = len(parts) - parts.index("share") - 3
            return Path(str(found.locate_file(str(file)))).resolve().parents[depth]
    return None


def _files(found: importlib.metadata.Distribution) -> Iterator[PurePosixPath]:
    """Yield the files of a distribution that may lie in such a folder, from its list: Python would read all of that."""
    lines = (line for line in (found.read_text("RECORD") or "").splitlines() if "share/jupyter/" in line)
    yield from (PurePosixPath(row[0]) for row in csv.reader(lines) if row)
    if found.read_text("RECORD") is None:  # another way of installing, another list
        yield from (PurePosixPath(file) for file in found.files or [])
