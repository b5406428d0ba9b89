"""The bundle: Voilà's scripts and its extensions' in one file, made from what is installed.

Voilà's own start script asks for its parts one wave after another, about a hundred files, and only when the page is
whole. The same parts in one file can be fetched while the page is still being made. Nothing is left out that the
start script would not find by itself: a part that is not in the bundle is fetched the plain way, when it is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

GIVES_AWAY = "@jupyter-widgets/jupyterlab-manager"
"""The extension whose parts the others use: all of it is taken, of the others what they begin with."""

ENTRY = re.compile(r"Promise\.all\(\[([^\]]*)\]\)\.then\(\w\.bind\(\w,\d+\)\)")
PART = re.compile(r"\be\(\"?(\d+)\"?\)")
NEEDS = re.compile(r"\b(\d+):\[([\d,]+)\]")
OFFERS = re.compile(r"\b(\d+):\(\)=>\w\(\"default\",\"[^\"]+\",!1,\[[^\]]*\],\(\(\)=>([^>]*?)\.then\(")
BEGINS = re.compile(r"\"\./extension\":\s*\(\)\s*=>\s*(?:\{\s*return )?Promise\.all\(\[([^\]]*)\]\)")
CHUNK = re.compile(r"\.push\(\[\[")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)

BEGIN = 'getOption("federated_extensions")'
EDITS = (
    # Begin at once: the page calls when it is whole, and need not wait for the last picture.
    (
        BEGIN,
        r'window\.addEventListener\("load",\(async function\(\)\{',
        '((_,begin)=>begin())("load",(async function(){',
    ),
    # Ask for an extension only if it is not in the bundle.
    (
        BEGIN,
        r"document\.head\.appendChild\((\w)\),\1\.src=(\w)(\}\)\)\}\(e\))",
        r"rekindleLean.has(\2)?\1.onload():(document.head.appendChild(\1),\1.src=\2)\3",
    ),
    # No page of ours holds a formula: the typesetter alone is a megabyte in sixteen files.
    (BEGIN, r"\?(\w)\.push\(\w\(\d+\)\):\1\.push\(\w\(\d+\)\);", ";"),
    # Show widgets once all of them are known. Shown before, they are looked for ten times a second; and after two
    # seconds, on a busy computer, one that came a moment too late is given up for ever.
    (
        '"@voila-dashboards/voila:render-outputs"',
        r"(\w)\.started\.then\(\(\(\)=>\{",
        r"\1.started.then(()=>rekindleLean.known(\1)).then((()=>{",
    ),
)

HEAD = """;(() => {
  const lean = window.rekindleLean, own = document.currentScript.src, held = new Set();
  const at = (path) => new URL(`../../../${path}`, own).href;
  lean.has = (path) => held.has(new URL(path, document.baseURI).href);
  lean.known = (app) => {
    const long = new Promise((go) => setTimeout(go, 4000));
    const whole = (all) => all.restoredStatus || new Promise((go) => all.restored.connect(go));
    return Promise.race([app.widgetManagerPromise.promise.then(whole), long]);
  };
  lean.as = (path) => {                       // a script asks where it came from, to find its other parts
    if (!path) return void delete document.currentScript;
    const value = { tagName: "SCRIPT", src: at(path) };
    held.add(value.src);
    Object.defineProperty(document, "currentScript", { configurable: true, value });
  };
})();
"""


class Unfit(Exception):
    """The installed scripts are not built as we know them."""


def bundle(static: Path, main: str, extensions: Mapping[str, Path]) -> str:
    """Return one script: Voilà's parts from `static`, the extensions by name and folder, and then its start script.

    Raises Unfit if anything in them is not as expected.
    """
    start = _read(static / main)
    parts = edited([_read(static / f"{part}.{main}") for part in needed(start, static)])
    pieces = [_part(text) for text in parts]
    for name, folder in extensions.items():
        pieces += _extension(name, folder)
    return "\n".join([HEAD, *pieces, f"rekindleLean.start = () => {{\n{start}\n}};\n"])


def needed(start: str, static: Path) -> list[str]:
    """Return the parts that the start script comes to need."""
    entry = ENTRY.search(start)
    if entry is None:
        raise Unfit("the start script names no parts")
    after = _after(start)
    todo, seen, files = PART.findall(entry[1]), set[str](), list[str]()
    while todo:
        part = todo.pop(0)
        if part in seen:
            continue
        seen.add(part)
        if (static / f"{part}.voila.js").is_file():
            files.append(part)
        elif part not in after:
            raise Unfit(f"there is no part {part}")
        todo += after.get(part, ())
    return files


def _after(start: str) -> dict[str, list[str]]:
    """Return which parts each part brings with it: it needs modules, and each module is offered by some parts."""
    offers = {module: PART.findall(parts) for module, parts in OFFERS.findall(start)}
    needs = {part: modules.split(",") for part, modules in NEEDS.findall(start)}
    if missing := {module for modules in needs.values() for module in modules} - set(offers):
        raise Unfit(f"nothing offers module {min(missing)}")
    return {part: [each for module in modules for each in offers[module]] for part, modules in needs.items()}


def edited(parts: list[str]) -> list[str]:
    """Return the parts with our edits; each has its place in one part, and there once."""
    for mark, pattern, ours in EDITS:
        homes = [at for at, text in enumerate(parts) if mark in text]
        if len(homes) != 1:
            raise Unfit(f"{mark} stands in {len(homes)} parts, not in one")
        parts[homes[0]], found = re.subn(pattern, ours, parts[homes[0]])
        if found != 1:
            raise Unfit(f"there are {found} places for an edit at {mark}, not one")
    return parts


def _extension(name: str, folder: Path) -> Iterator[str]:
    build = json.loads(_read(folder / "package.json"))["jupyterlab"]["_build"]
    entry = _read(folder / build["load"])
    for file in _chunks(name, folder / "static", entry):
        yield _part(_read(file))
    path = f"labextensions/{name}/{build['load'].removeprefix('./')}"
    # Not inside a function: each of them begins by declaring the one name that they all share.
    yield f"rekindleLean.as({json.dumps(path)});\ntry {{\n{entry}\n}} finally {{ rekindleLean.as(); }}"


def _chunks(name: str, static: Path, entry: str) -> Iterable[Path]:
    """Return an extension's files that are to be there before it begins."""
    chunks = {path.name.split(".")[0]: path for path in sorted(static.glob("*.js")) if CHUNK.search(_head(path))}
    begins = BEGINS.search(entry)
    if name == GIVES_AWAY or begins is None:
        return chunks.values()
    return [chunks[part] for part in PART.findall(begins[1]) if part in chunks]


def _part(text: str) -> str:
    """Return a file as it is, strict or not, whatever stands before it."""
    return f"(() => {{{text}\n}})();"


def _head(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(400)


def _read(path: Path) -> str:
    try:
        return SOURCE_MAP.sub("", path.read_text("utf-8")).strip()
    except OSError as error:
        raise Unfit(f"{path.name} cannot be read") from error
