"""The bundle: what a page of ours uses of Voilà and its extensions, in one file, made from what is installed.

Voilà's own start script asks for its parts one wave after another, about a hundred files, most of them JupyterLab's
for pages that are edited. `lean.js` begins a page with what the extensions name and nothing more; the packages that
they name and never use here have stand-ins. A part that is not in the bundle is fetched when it is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from rekindle.page_script import page_script
from rekindle.server.eager import eager
from rekindle.server.order import CHARTS_EXTENSION

GIVES_AWAY = "@jupyter-widgets/jupyterlab-manager"
"""The extension whose parts the others use: all of it is taken, of the others what they begin with."""

NEEDS = ("@lumino/coreutils", "@jupyterlab/rendermime", "@lumino/widgets")
"""What `lean.js` itself uses, in the order in which it takes them."""

OWN = ("lean.js", "line.js")
"""Our own scripts, which come first."""

STAND_INS = (
    "@jupyterlab/apputils",
    "@jupyterlab/console",
    "@jupyterlab/logconsole",
    "@jupyterlab/mainmenu",
    "@jupyterlab/notebook",
    "@jupyterlab/settingregistry",
)
"""Packages that are named and not used: a page that does use one goes the plain way (`lean.js`)."""

ENTRY = re.compile(r"Promise\.all\(\[[^\]]*\]\)\.then\((\w)\.bind\(\1,\d+\)\)")
PART = re.compile(r"\be\(\"?(\d+)\"?\)")
SHARED = re.compile(r"\bi\(\"([^\"]+)\",\"[^\"]+\",\(\(\)=>([^>]*?)\.then\(")
CONSUMED = re.compile(r"\b(\d+):\(\)=>\w\(\"default\",\"([^\"]+)\",!1,")
BRINGS = re.compile(r"\b(\d+):\[([\d,]+)\]")
BEGINS = re.compile(r"\"\./extension\":\s*\(\)\s*=>\s*(?:\{\s*return )?Promise\.all\(\[([^\]]*)\]\)")
CHUNK = re.compile(r"\.push\(\[\[")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)

LOADS = "function loadEsm(esm) {"
LOADS_ONCE = (
    f"function loadEsm(esm) {{ return rekindleLean.once(esm, loadEsmAnew); }}\n{LOADS.replace('Esm(', 'EsmAnew(')}"
)
"""anywidget makes a script anew for each widget; all of ours have the same text."""


class Unfit(Exception):
    """The installed scripts are not built as we know them."""


def bundle(static: Path, main: str, extensions: Mapping[str, Path]) -> str:
    """Return one script: our start, Voilà's parts from `static`, the extensions by name and folder, Voilà's start.

    Raises Unfit if anything in them is not as expected.
    """
    start = _read(static / main)
    own, pieces, names = list[dict[str, str]](), list[str](), set(NEEDS)
    for name, folder in extensions.items():
        build = _build(folder)
        entry = _read(folder / build["load"])
        own.append({"name": name, **{key: build[key] for key in ("extension", "mimeExtension") if key in build}})
        names |= {shared for shared in _shared(start) if f'"{shared}"' in entry}
        pieces += _extension(name, folder, entry, build["load"])
    told = {"extensions": own, "needs": NEEDS, "standIns": STAND_INS}
    head = f"Object.assign(rekindleLean, {json.dumps(told)});"
    parts = [_part(_read(static / f"{part}.{main}")) for part in needed(start, names)]
    body = [head, *map(_own, OWN), _front(), *parts, *pieces]
    return "\n".join([*body, f"rekindleLean.start = (() => {{\n{eager(begun(start))}\n}});\n"])


def begun(start: str) -> str:
    """Return Voilà's start script so that it hands its parts to our start, and does not begin with its own."""
    ours, found = ENTRY.subn(r"rekindleLean.begin(\1)", start)
    if found != 1:
        raise Unfit(f"the start script begins {found} times, not once")
    return ours


def needed(start: str, names: Iterable[str]) -> list[str]:
    """Return the numbers of Voilà's parts that these packages come to need, without those that have stand-ins."""
    shared, consumed = _shared(start), dict(CONSUMED.findall(start))
    brings = {part: modules.split(",") for part, modules in BRINGS.findall(start)}
    if missing := {module for modules in brings.values() for module in modules} - set(consumed):
        raise Unfit(f"nothing offers module {min(missing)}")
    todo, seen, parts = sorted(names), set(STAND_INS), dict[str, None]()
    if missing := {*todo, *STAND_INS} - set(shared):
        raise Unfit(f"{min(missing)} is not shared")
    while todo:
        name = todo.pop(0)
        if name in seen:
            continue
        seen.add(name)
        for part in shared[name]:
            if part in brings:
                todo += [consumed[module] for module in brings[part]]
            else:
                parts[part] = None
    return list(parts)


def _shared(start: str) -> dict[str, list[str]]:
    """Return the packages that Voilà shares, each with the parts that it is made of."""
    return {name: PART.findall(parts) for name, parts in SHARED.findall(start)}


def _build(folder: Path) -> dict[str, Any]:
    build: dict[str, Any] = json.loads(_read(folder / "package.json"))["jupyterlab"]["_build"]
    if "style" in build:
        raise Unfit(f"{folder.name} brings a sheet of its own")
    return build


def _extension(name: str, folder: Path, entry: str, load: str) -> Iterator[str]:
    for file in _chunks(name, folder / "static", entry):
        yield _part(_once(name, _read(file)))
    path = f"labextensions/{name}/{load.removeprefix('./')}"
    watched = entry if name == CHARTS_EXTENSION else eager(entry)  # ours changes with us
    # Not inside a function: each of them begins by declaring the one name that they all share.
    yield f"rekindleLean.as({json.dumps(path)});\ntry {{\n{watched}\n}} finally {{ rekindleLean.as(); }}"


def _once(name: str, text: str) -> str:
    """Return a part of anywidget so that it makes one script of one text; other parts as they are."""
    return text.replace(LOADS, LOADS_ONCE) if name == "anywidget" and text.count(LOADS) == 1 else text


def _chunks(name: str, static: Path, entry: str) -> Iterable[Path]:
    """Return an extension's files that are to be there before it begins."""
    chunks = {path.name.split(".")[0]: path for path in sorted(static.glob("*.js")) if CHUNK.search(_head(path))}
    begins = BEGINS.search(entry)
    if name == GIVES_AWAY or begins is None:
        return chunks.values()
    return [chunks[part] for part in PART.findall(begins[1]) if part in chunks]


def _part(text: str) -> str:
    """Return a file as it is, strict or not, whatever stands before it."""
    return f"(() => {{{eager(text)}\n}})();"


def _head(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(400)


def _front() -> str:
    """Return the script of our own pages, to be run when the page is whole."""
    return f'rekindleLean.front = (() => {{ "use strict";\n{page_script()}\n}});'


def _own(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")


def _read(path: Path) -> str:
    try:
        return SOURCE_MAP.sub("", path.read_text("utf-8")).strip()
    except OSError as error:
        raise Unfit(f"{path.name} cannot be read") from error
