"""The sheet: of JupyterLab's rules those that can meet something on a page of ours.

A rule for a class that nothing on our pages can have is only read, kept and tried in vain by a browser. What a page can
have is what the one script, the templates and our own sheets name. It is worked out at each start and has to be quick:
a parser takes ten times as long. Rules are read by their brackets alone; brackets that do not close are an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NAME = re.compile(r"[\w-]+")
USED = re.compile(r"var\(\s*(--[\w-]+)")
SETS = re.compile(r"\s*(--[\w-]+)\s*:")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BRACKET = re.compile(r"[{}]")
MARK = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[()\[\];,]")


class Uneven(Exception):
    """A sheet's brackets do not close."""


def names(texts: Iterable[str]) -> set[str]:
    """Return every name in some texts: a class that is on a page is among those of what makes the page."""
    return {name for text in texts for name in NAME.findall(text)}


def pruned(sheet: str, known: Set[str], elsewhere: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Return a sheet without what no page can need, and the selectors that were left out.

    `known` are the names that can be classes. A value that is set and that neither this sheet nor a text `elsewhere`
    uses is left out too. Raises Uneven.
    """
    left_out: list[str] = []
    kept = list(_kept(COMMENT.sub("", sheet), known, left_out))
    used = {name for text in elsewhere for name in USED.findall(text)}
    while True:  # a value may be used by another one only, which is not used itself
        all_used = used.union(*(USED.findall(body) for _, body in kept))
        fewer = [(head, body if head.startswith("@") else _used_only(body, all_used)) for head, body in kept]
        if fewer == kept:
            return "\n".join(f"{head}{{{body}}}" for head, body in kept if body), left_out
        kept = fewer


def _kept(sheet: str, known: Set[str], left_out: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the rules that stay, each with what it holds."""
    for head, body in _rules(sheet):
        if head.startswith("@media"):
            inner = "\n".join(f"{one}{{{what}}}" for one, what in _kept(body, known, left_out))
            if inner:
                yield head, inner
        elif head.startswith("@"):
            yield head, body
        else:
            asked = [one.strip() for one in _parted(head, ",")]
            missed = [one for one in asked if not set(CLASS.findall(one)) <= known]
            left_out += missed
            if stays := [one for one in asked if one not in missed]:
                yield ",".join(stays), body


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each outermost pair of brackets, and between them."""
    depth = begun = opened = 0
    for found in BRACKET.finditer(sheet):
        depth += 1 if found[0] == "{" else -1
        if found[0] == "{" and depth == 1:
            opened = found.end()
        elif not depth:
            yield sheet[begun : opened - 1].strip(), sheet[opened : found.start()].strip()
            begun = found.end()
        if depth < 0:
            raise Uneven
    if depth or sheet[begun:].strip():
        raise Uneven


def _used_only(body: str, used: Set[str]) -> str:
    """Return what a rule holds without the values that it sets and nobody uses."""
    if "--" not in body:
        return body
    stays = [one for one in _parted(body, ";") if not ((sets := SETS.match(one)) and sets[1] not in used)]
    return ";".join(stays).strip()


def _parted(text: str, mark: str) -> Iterator[str]:
    """Yield the parts of a text between marks, but for those in brackets and in quotes."""
    depth = begun = 0
    for found in MARK.finditer(text):
        depth += found[0] in "(["
        depth -= found[0] in ")]"
        if found[0] == mark and not depth:
            yield text[begun : found.start()]
            begun = found.end()
    yield text[begun:]
