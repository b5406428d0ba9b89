"""Eager functions: what a page calls before it is ready, in brackets, so that a browser compiles it at once.

A browser reads a script beside the page's other work, and skims over its functions; each is then read again, and
compiled, in the page's own time, when it is called. A function in brackets is compiled with the script, off the main
thread (V8, "possibly-invoked function expressions": https://v8.dev/blog/preparser). Which ones a page calls was
watched in a browser (`tools/eager.py`) and is kept by the scripts' content: another version of one stays as it is.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from importlib import resources

NOTES = "eager.json"

log = logging.getLogger(__name__)

Spans = Sequence[tuple[int, int]]
"""Where functions begin and end in a script, in characters."""


@functools.cache
def noted() -> Mapping[str, Spans]:
    """Return the functions to compile at once, by the mark of the script that they are in."""
    notes: dict[str, list[tuple[int, int]]] = json.loads(
        resources.files(__package__).joinpath(NOTES).read_text("utf-8")
    )
    return notes


def eager(text: str) -> str:
    """Return a script whose functions that a page calls on its way are compiled at once; one not noted as it is."""
    spans = noted().get(mark(text))
    if spans is None:
        log.info("a script of %d characters is of another version; its functions are compiled one by one", len(text))
        return text
    return bracketed(text, spans)


def mark(text: str) -> str:
    """Return what tells a script from every other."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def bracketed(text: str, spans: Spans) -> str:
    """Return a script with each of these functions in brackets; it does what it did."""
    places = sorted([(begin, 1, "(") for begin, _ in spans] + [(end, 0, ")") for _, end in spans])
    pieces, at = list[str](), 0
    for place, _, bracket in places:
        pieces += [text[at:place], bracket]
        at = place
    return "".join([*pieces, text[at:]])
