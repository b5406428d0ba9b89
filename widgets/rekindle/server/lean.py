"""The lean page: one script and one stylesheet in place of a hundred files, put beside our template at the start."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from rekindle.server.bundle import Unfit, bundle
from rekindle.server.order import CHARTS_EXTENSION, TEMPLATE
from rekindle.server.sheet import Uneven, names, pruned

EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
    CHARTS_EXTENSION,
)

MAIN = "voila.js"
THEIRS = ("index.css", "theme-light.css")
OURS = ("rekindle.css", "page.css")
FIRST_FONT = "fonts/newsreader-latin-wght-normal.woff2"
FONT = re.compile(r"url\(\"?(fonts/[\w.-]+)\"?\)")
OTHER_FILE = re.compile(r"url\((?![\"']?(?:data:|fonts/|#))")
WORDS = "lean.html.j2"

log = logging.getLogger(__name__)


def make_lean(template: Path, extensions: Sequence[str] = EXTENSIONS) -> bool:
    """Write the bundle and the sheet into a template's folder, and tell the template of them.

    If what is installed is not built as we know it, say so in the log and write nothing: pages then load the plain way.
    """
    try:
        script = bundle(_static(MAIN).parent, MAIN, _folders(extensions))
        sheet = _sheet(script)
    except (Unfit, Uneven) as unfit:
        log.error("the lean page does not fit (%s); pages load the plain way", unfit)
        return False
    static = template / "static"
    lean = {
        "script": _write(static / "bundle.js", script),
        "sheet": _write(static / "sheet.css", sheet),
        "font": f"static/{_dated(FIRST_FONT)}",
    }
    (template / WORDS).write_text(f"{{%- set lean = {json.dumps(lean)} -%}}\n", "utf-8")
    return True


def _write(path: Path, text: str) -> str:
    """Write a file and return its place, with a mark of what is in it, so that a browser may keep it."""
    path.write_text(text, "utf-8")
    return f"static/{path.name}?v={_mark(text.encode())}"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _static(name: str) -> Path:
    """Return the file that our template means by this name: its own, or one of the templates that it builds on."""
    for folder in collect_static_paths(["voila", "nbconvert"], TEMPLATE):
        if (path := Path(folder, name)).is_file():
            return path
    raise Unfit(f"{name} is not there")


def _sheet(script: str) -> str:
    """Return the sheets in their order, in one; of JupyterLab's, what can meet something that the script makes."""
    theirs, ours = ([_sheet_of(name) for name in names] for names in (THEIRS, OURS))
    makers = [script, *ours, *_makers()]
    known = names(makers)
    lean = list(theirs)
    for at in range(len(lean)):  # each may use what another sets
        lean[at] = pruned(lean[at], known, [*makers, *lean[:at], *lean[at + 1 :]])[0]
    return FONT.sub(lambda found: f'url("{_dated(found[1])}")', "\n".join([*lean, *ours]))


def _sheet_of(name: str) -> str:
    text = _static(name).read_text("utf-8")
    if "@import" in text or OTHER_FILE.search(text):
        raise Unfit(f"{name} asks for other files")
    return text


def _makers() -> list[str]:
    """Return the texts, beside the script, that a page is made with: the templates, and what turns prose into HTML."""
    folders = [Path(folder).parent for folder in collect_static_paths(["voila", "nbconvert"], TEMPLATE)]
    files = [path for folder in folders for path in sorted(folder.glob("*.j2"))]
    files += sorted(Path(str(resources.files("nbconvert.filters"))).glob("*.py"))
    return [path.read_text("utf-8") for path in files]


def _dated(name: str) -> str:
    """Return a file's place with a mark of what is in it."""
    return f"{name}?v={_mark(_static(name).read_bytes())}"


def _folders(names: Sequence[str]) -> dict[str, Path]:
    """Return where the extensions are, in the order in which they begin."""
    return {name: _folder(name) for name in names}


def _folder(name: str) -> Path:
    for place in get_voila_labextensions_path():
        if (folder := Path(place, name)).joinpath("package.json").is_file():
            return folder
    raise Unfit(f"{name} is not there")


def main() -> int:
    """Make the lean page for the template that is installed: an image does it once, when it is built."""
    return 0 if make_lean(_static("page.css").parent.parent) else 1


if __name__ == "__main__":
    sys.exit(main())
