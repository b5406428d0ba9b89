"""Draw the house in one picture: each floor is a layer of the import contract, each room says its job in its own words.

`python -m tools.house` writes docs/pictures/house.svg; a test holds the picture to the code.
"""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "widgets" / "rekindle"
PICTURE = ROOT / "docs" / "pictures" / "house.svg"
WIDE, EDGE, GAP = 1120, 24, 10
ROOM, ROOF, GROUND = 92, 92, 64
CLOTHS = ("#374960", "#1F4E61", "#315038", "#5B431B", "#693926", "#62394D", "#4B473F")
STYLE = """
  .paper { fill: #F3F1EB } .ink { fill: #23201A } .quiet { fill: #514C45 } .room { fill: #FCFBF8; stroke: #847F76 }
  text { font-family: 'Source Sans 3', 'Segoe UI', system-ui, sans-serif } .name { font-size: 17px; font-weight: 600 }
  .job { font-size: 13px } .title { font-family: Newsreader, Charter, Georgia, serif; font-size: 27px }
"""


def floors() -> list[list[str]]:
    """Return the rooms of each floor, the highest first, as the import contract names them.

    Between the highest and the lowest floor only packages are rooms: a single file there is a cupboard.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["id"] == "layers")["layers"]
    top, *middle, bottom = [re.findall(r"\w+", line) for line in layers if "__main__" not in line]
    packages = [[room for room in floor if (PACKAGE / room).is_dir()] for floor in middle]
    return [top, *(floor for floor in packages if floor), bottom]


def job(room: str) -> str:
    """Return what a room is for: its docstring's first line, without the name that begins it."""
    place = PACKAGE / room
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").splitlines()[0]
    before, _, after = first.partition(": ")
    told = (after if after and len(before) < 25 else first).rstrip(".").replace("`", "")
    return told[:1].upper() + told[1:]


def _texts(x: float, y: float, width: float, room: str) -> Iterator[str]:
    yield f'<text class="ink name" x="{x + 14:.0f}" y="{y + 26:.0f}">{escape(room)}</text>'
    wide = max(16, int((width - 24) / 7.3))
    for number, line in enumerate(textwrap.wrap(textwrap.shorten(job(room), wide * 3, placeholder=" …"), wide)[:3]):
        yield f'<text class="quiet job" x="{x + 14:.0f}" y="{y + 45 + 16 * number:.0f}">{escape(line)}</text>'


def _floor(y: float, rooms: list[str], cloth: str) -> Iterator[str]:
    width = (WIDE - 2 * EDGE - GAP * (len(rooms) - 1)) / len(rooms)
    for number, room in enumerate(rooms):
        x = EDGE + number * (width + GAP)
        yield f'<rect class="room" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{ROOM}" rx="3"/>'
        yield f'<rect fill="{cloth}" x="{x:.0f}" y="{y:.0f}" width="6" height="{ROOM}" rx="2"/>'
        yield from _texts(x, y, width, room)


def picture() -> str:
    """Return the whole picture."""
    rows = floors()
    tall = ROOF + len(rows) * (ROOM + GAP) + GROUND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {tall}" role="img" aria-labelledby="t d">',
        '<title id="t">The house in one picture</title>',
        f'<desc id="d">Floors from top to bottom: {escape("; ".join(", ".join(row) for row in rows))}.</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDE}" height="{tall}"/>',
        f'<text class="ink title" x="{EDGE}" y="44">A person, a browser, a notebook</text>',
        f'<text class="quiet job" x="{EDGE}" y="70">Each floor may lean on those below it, never on one above.</text>',
    ]
    for number, row in enumerate(rows):
        parts += _floor(ROOF + number * (ROOM + GAP), row, CLOTHS[number % len(CLOTHS)])
    ground = ROOF + len(rows) * (ROOM + GAP) + 34
    parts.append(f'<text class="ink title" x="{EDGE}" y="{ground}">One file on your own disk</text>')
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")
