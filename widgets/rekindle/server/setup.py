"""The setup: what is to be served and how, as the command was asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rekindle.server.order import Kind
from rekindle.settings import JOURNAL_NAME


@dataclass(frozen=True)
class Book:
    """What is read of the words: which pages there are, and what the server itself says.

    `pages` are notebooks by stem, in the order in which they are read; `first` is the one for a first visit. `words`
    holds the calm pages; `says` and `help` are for the porter.
    """

    pages: tuple[str, ...]
    first: str
    words: dict[str, dict[str, str]]
    says: dict[str, str]
    help: list[dict[str, Any]]


@dataclass(frozen=True)
class Setup:
    """What is to be served: a journal's folder, the notebooks, our template and chart renderer.

    `book` reads the words, which takes longer than all else here: it is asked when a worker is already on its way.
    `key` opens the journal without asking, for scripts; `lock_after` is how many
    seconds nobody has to touch the book for it to lock itself; `never_lock` is a book that is offered no lock;
    `read_only` are notebooks that belong to the installed package; `seeds` is what their kernels import first.
    """

    kind: Kind
    home: Path
    notebooks: Path
    template: Path
    extension: Path
    book: Callable[[], Book]
    seeds: tuple[str, ...] = ()
    port: int = 0
    lock_after: float = 600.0
    never_lock: bool = False
    read_only: bool = False
    key: bytearray = field(default_factory=bytearray, repr=False)

    @property
    def journal(self) -> Path:
        """The journal file, whether or not there is one."""
        return self.home / JOURNAL_NAME

    @property
    def is_locked(self) -> bool:
        """Whether there is a journal, and it looks locked."""
        from rekindle.journal import is_locked  # the first child begins without it

        return is_locked(self.journal)
