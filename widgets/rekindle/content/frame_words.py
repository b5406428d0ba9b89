"""The page frame's words, made from the content for Voilà's template: it must speak before any kernel answers.

The few words of JupyterLab's launcher are made with them. `python -m rekindle.content.frame_words` writes them.
"""

from __future__ import annotations

import json
from typing import Any

from rekindle.content.catalog import Catalog, catalog
from rekindle.content.helplines import Helpline
from rekindle.settings import PACKAGE

TEMPLATE = PACKAGE / "voila_template" / "frame_words.html.j2"
LAUNCHER = PACKAGE / "frontend" / "lab_extension" / "static" / "words.json"
FRAME = (
    "window window_left brand contents skip_to_page hide show hide_extra right_now help_now leave_now lock parts "
    "leave_limits support_card back no_script in_this_part loading loading_small loading_long"
).split()

COUNTS = ("minutes", "minute", "half_minute", "minute_and_half")


def frame_words(book: Catalog) -> str:
    """Return the template's include: three values, set from the words of the book."""
    words = {name: book.say(f"interface.frame.{name}") for name in FRAME}
    counts = {name: book.words.under("interface.card")[name] for name in COUNTS}
    sets = {"words": words | counts, "parts": _parts(book), "help": help_words(book)}
    lines = [f"{{%- set {name} = {json.dumps(value, ensure_ascii=False)} -%}}" for name, value in sets.items()]
    return (
        "{# Made by rekindle.content.frame_words. Change the content, then run it again. #}\n" + "\n".join(lines) + "\n"
    )


def launcher_words(book: Catalog) -> str:
    """Return what JupyterLab's launcher and window say, as JSON: a tile for each page, the first page first."""
    tiles = [{"notebook": part["notebook"], "title": part["title"]} for part in _parts(book)]
    tiles.append({"notebook": "your-data", "title": book.say("your-data.title")})
    names = {name: book.say(f"interface.frame.{name}") for name in ("brand", "window")}
    return json.dumps({**names, "tiles": tiles}, ensure_ascii=False, indent=2) + "\n"


def _parts(book: Catalog) -> list[dict[str, str]]:
    home = {
        "id": "dashboard",
        "notebook": "dashboard",
        "cloth": "always",
        "number": "",
        "title": book.say("dashboard.title"),
    }
    parts = [
        {"id": p.id, "notebook": p.notebook, "cloth": p.cloth, "number": p.number, "title": p.short_title}
        for p in book.parts
    ]
    return [home, *parts]


def help_words(book: Catalog) -> dict[str, Any]:
    """Return what stands behind *Help now*: a first line, the helplines by country, and a last one."""
    groups = [
        {"country": name, "lines": [_line(line) for line in book.helplines.lines if line.country == id_]}
        for id_, name in book.helplines.countries.items()
    ]
    return {
        "lead": book.say("interface.help.lead"),
        "groups": [group for group in groups if group["lines"]],
        "after": book.say("interface.help.after"),
    }


def _line(line: Helpline) -> dict[str, str]:
    reach = " · ".join(way for way in (line.number, line.text, line.web) if way)
    return {"name": line.name, "who_for": line.who_for, "reach": reach}


if __name__ == "__main__":
    TEMPLATE.write_text(frame_words(catalog()), "utf-8")
    LAUNCHER.write_text(launcher_words(catalog()), "utf-8")
