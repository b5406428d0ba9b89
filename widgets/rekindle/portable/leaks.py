"""Leaks: which of some files hold a person's own words. They are asked for before a folder is shared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from rekindle.journal import Whole
from rekindle.records import Json

LONG_ENOUGH = 12
"""Characters that make a text its writer's own: shorter ones stand in any file by chance."""

PIECE = 60
"""So much of a text is looked for: its beginning. A file that holds half a letter holds a letter."""

LARGEST = 50_000_000
"""Bytes of a file that are read."""

SHARED = ("*.ipynb", ".ipynb_checkpoints/*", "*.log", "*.html", "*.json", "*.csv", "*.md", "*.txt")
"""What a person may hand on without looking, or what a program leaves behind."""


def own_texts(whole: Whole) -> set[str]:
    """Return what a person wrote in their own words: long enough to be theirs, and no id of ours."""
    values = [*(answer.value for answer in whole.answers)]
    values += [dict(entry.values) for entry in (*whole.entries, *whole.earlier_entries)]
    texts = {line.strip() for value in values for text in _texts(value) for line in text.splitlines()}
    return {text[:PIECE] for text in texts if len(text) >= LONG_ENOUGH and " " in text}


def leaking(texts: Iterable[str], files: Iterable[Path]) -> list[Path]:
    """Return the files that hold any of these texts, in UTF-8 or UTF-16, as they are or escaped in JSON."""
    needles = [form for text in texts for form in _forms(text)]
    return [file for file in files if _holds(file, needles)]


def shared_files(folder: Path) -> list[Path]:
    """Return the files in a folder, and one folder deep, that may be shared or left behind."""
    found = {path for pattern in SHARED for start in ("", "*/") for path in folder.glob(start + pattern)}
    return sorted(path for path in found if path.is_file())


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _forms(text: str) -> set[bytes]:
    escaped = (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], text)
    return {form.encode(code, "surrogatepass") for form in escaped for code in ("utf-8", "utf-16-le", "utf-16-be")}


def _holds(file: Path, needles: list[bytes]) -> bool:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST)
    except OSError:
        return False
    return any(needle in raw for needle in needles)
