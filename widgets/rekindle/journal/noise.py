"""Noise: an encrypted file reads as chance does, in every piece. So a damaged one can be told from a plain one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

PIECE = 4096
MOST = 80
"""How often one byte may stand in a piece: by chance each comes 16 times; 80 comes in no file that anybody has."""
FEWEST = 256
"""Of fewer bytes nobody can tell."""


def is_noise(path: Path) -> bool | None:
    """Return True for a file that is noise all through, False for one that is nowhere, None for a mixture or a scrap.

    What is shorter than a piece at the end is not looked at, unless it is all that there is.
    """
    if 0 < path.stat().st_size < FEWEST:
        return None
    found: set[bool] = set()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            if len(piece) == PIECE or not found:
                found.add(_is_even(piece))
            if len(found) == 2:
                return None
    return found.pop() if found else False


def _is_even(piece: bytes) -> bool:
    return max(Counter(piece).values()) <= max(8, MOST * len(piece) // PIECE)
