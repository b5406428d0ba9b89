"""A passphrase that nobody can guess and a person can remember: six plain words, drawn by chance."""

from __future__ import annotations

import functools
import secrets
from pathlib import Path

WORDS = 6
"""Six of 7,437 words are 77 bits: with 256,000 rounds for each guess, more than anybody can try."""


def new_passphrase() -> str:
    """Return six words with a space between them."""
    return " ".join(secrets.choice(wordlist()) for _ in range(WORDS))


@functools.cache
def wordlist() -> tuple[str, ...]:
    """Return the words; their source and licence stand at the top of the file."""
    lines = (Path(__file__).parent / "wordlist.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
