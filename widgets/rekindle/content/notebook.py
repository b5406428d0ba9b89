"""Notebooks made from the words: prose and short calls, the same bytes each time.

`python -m rekindle.content.notebook` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rekindle.content.catalog import Catalog, catalog
from rekindle.content.explore import CELLS
from rekindle.content.parts import Exercise, Part
from rekindle.questions import own_page
from rekindle.settings import notebooks_folder

Cell = dict[str, Any]
HOUSE_PAGES = {"dashboard": "open_dashboard", "your-data": "open_your_data"}
"""Pages that are no part of the book, and the call that opens each."""

EXPLORE = "explore"
"""The notebook that only JupyterLab opens."""


def notebooks(book: Catalog) -> dict[str, str]:
    """Return every notebook's text by its file name."""
    pages = {part.notebook: _part(part, book) for part in book.parts}
    pages |= {name: _house_page(name, call, book) for name, call in HOUSE_PAGES.items()}
    pages[EXPLORE] = _explore(book)
    return {f"{stem}.ipynb": json.dumps(page, indent=1, ensure_ascii=False) + "\n" for stem, page in pages.items()}


def write(folder: Path) -> list[Path]:
    """Write every notebook into a folder and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in notebooks(catalog()).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _part(part: Part, book: Catalog) -> Cell:
    cover = {name: getattr(part, name) for name in ("cloth", "eyebrow", "title", "purpose", "meta")}
    pages = [*part.exercises, book.page(own_page(part.id))]
    exercises = [{"id": e.id, "title": e.title, "minutes": e.minutes} for e in pages]
    page = {"page": part.id, **cover, "layout": "page", "exercises": exercises}
    return _notebook(page, [_title(part.title), *_part_cells(part, book)])


def _part_cells(part: Part, book: Catalog) -> Iterator[Cell]:
    if part is book.parts[0]:
        first = part.exercises[0].id
        begin = f"[{book.say('interface.first.begin')}](#{first})"
        yield _prose("first-screen", f"{book.say('interface.first.text')}\n\n{begin}")
        yield _prose("about", f"## {book.say('interface.notebook.about')}")
    yield _prose("opener", part.opener)
    yield _call("open", f'from rekindle import open_part\n\npart = open_part("{part.id}")')
    seen_lean = more_shown = False
    for exercise in part.exercises:
        seen_lean = seen_lean or exercise.lean
        if part.more and seen_lean and not exercise.lean and not more_shown:
            more_shown = True
            yield _prose("more-pages", f"## {book.say('interface.notebook.more_pages')}\n\n{part.more}")
        yield from _exercise_cells(exercise)
    yield from _exercise_cells(book.page(own_page(part.id)))
    yield _prose("about-summary", f"## {book.say('interface.notebook.summary')}")
    yield _call("summary", "part.summary()")
    yield _prose("ending", f"## {book.say('interface.notebook.ending')}\n\n{part.ending}")


def _exercise_cells(exercise: Exercise) -> Iterator[Cell]:
    yield _prose(f"about-{exercise.id}", f"### {exercise.title}\n\n{exercise.lead}")
    if exercise.reading:
        yield _prose(f"reading-{exercise.id}", exercise.reading)
    yield _call(exercise.id, f'part.exercise("{exercise.id}")')


def _house_page(name: str, call: str, book: Catalog) -> Cell:
    cover = {key: book.say(f"{name}.{key}") for key in ("eyebrow", "title", "purpose", "meta")}
    page = {"page": name, "cloth": "always", **cover, "layout": "home", "exercises": []}
    opener = _prose("opener", book.say(f"{name}.opener"))
    return _notebook(page, [_title(cover["title"]), opener, _call("open", f"from rekindle import {call}\n\n{call}()")])


def _explore(book: Catalog) -> Cell:
    """Return the notebook of a person's own questions: its code is there to be read and changed."""
    cover = {key: book.say(f"story.explore.{key}") for key in ("eyebrow", "title", "purpose", "meta")}
    page = {"page": EXPLORE, "cloth": "always", **cover, "layout": "page", "exercises": []}
    cells = [_title(cover["title"]), _prose("where", book.say("story.explore.where"))]
    for name, code in CELLS.items():
        cells.append(_prose(f"about-{name}", book.say(f"story.explore.{name}")))
        cells.append(_call(name, code) | {"metadata": {}})
    return _notebook(page, cells)


def _notebook(page: Cell, cells: list[Cell]) -> Cell:
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "rekindle": page,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _title(title: str) -> Cell:
    """Return the heading for GitHub and JupyterLab. Its tag lets the page frame, which has a cover, hide it."""
    return {**_prose("title", f"# {title}"), "metadata": {"tags": ["rekindle-title"]}}


def _prose(cell_id: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": _lines(text)}


def _call(cell_id: str, source: str) -> Cell:
    """Return a code cell. JupyterLab folds its source away, since the page below is what a person reads."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell_id,
        "metadata": {"jupyter": {"source_hidden": True}, "tags": ["rekindle"]},
        "outputs": [],
        "source": _lines(source),
    }


def _lines(text: str) -> list[str]:
    return text.strip().splitlines(keepends=True)


if __name__ == "__main__":
    write(notebooks_folder())
