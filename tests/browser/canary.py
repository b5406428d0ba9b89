"""Canaries: made-up words, and a search for them in every file under a folder, however they are written there."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path


def forms(word: str) -> Iterator[bytes]:
    """Yield the ways in which a word may stand in a file."""
    plain = word.encode()
    yield from (plain, word.lower().encode(), word.upper().encode())
    yield from (word.encode("utf-16-le"), word.encode("utf-16-be"))
    yield json.dumps(word)[1:-1].encode()
    for shift in range(
        3 if len(plain) > 12 else 0
    ):  # too short a word is in any file; where the word begins within three bytes decides how it reads in base64
        whole = base64.b64encode(b"\0" * shift + plain)
        yield whole[4:-4]


def found(word: str, folders: Iterable[Path]) -> list[str]:
    """Return the files that hold a word, with the form that it has there."""
    needles = list(dict.fromkeys(forms(word)))
    return [str(path) for path in files(folders) if _holds(path, needles)]


def files(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield every regular file under some folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                if stat.S_ISREG(path.lstat().st_mode):
                    yield path
            except OSError:
                continue  # it went away meanwhile


def _holds(path: Path, needles: Iterable[bytes]) -> bool:
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return any(needle in content for needle in needles)
