"""The order that a worker is given: everything it is told, over its standard input and no other way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

Kind = Literal["pages", "lab"]
Mode = Literal["unlock", "passphrase"]

DASHBOARD = "dashboard"
TEMPLATE = "rekindle"
CHARTS_EXTENSION = "rekindle-charts"
LAB_EXTENSION = "rekindle-lab"


@dataclass(frozen=True)
class _Line:
    """What travels as one line."""

    def to_line(self) -> bytes:
        """Return the order as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Return the order that a line holds."""
        given = json.loads(line)
        return cls(**{**given, **{name: tuple(given[name]) for name in ("pages", "seeds") if name in given}})


@dataclass(frozen=True)
class Order(_Line):
    """What one worker serves, and how. It is given twice: at first without `pages`, `first` and `words`, then whole.

    `pages` are the notebooks that may be shown, by stem, in the order in which they are read; `first` is the one for
    a first visit. `words` holds the calm pages: {name: {"title": …, "text": …}}. `secret` signs logins, `desk` is where
    kernels ask for the key, `lock_after` is how many seconds without a touch lock the book. `socket` is the one that
    browsers come to, and `trial` one for our own check before that. `read_only` notebooks belong to the installed
    package. `seeds` are what every page's kernel imports first: modules, and functions to call, as `module:name`.
    """

    kind: Kind
    home: str
    runtime: str
    notebooks: str
    template: str
    extension: str
    port: int
    secret: str = field(repr=False)
    pages: tuple[str, ...] = ()
    first: str = ""
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    seeds: tuple[str, ...] = ()
    desk: str = ""
    lock_after: float = 600.0
    never_lock: bool = False
    read_only: bool = False
    socket: dict[str, str | int] = field(default_factory=dict)
    trial: dict[str, str | int] = field(default_factory=dict)
    trial_port: int = 0

    @property
    def connections(self) -> Path:
        """The folder of the kernels' sockets and connection files; its name is short on purpose."""
        return Path(self.runtime, "k")

    @property
    def kernel_file(self) -> str:
        """A kernel's connection file; every other one has a name of the same length."""
        return str(self.connections / f"kernel-{'0' * 36}.json")

    @property
    def share(self) -> Path:
        """The folder that stands in for Jupyter's data folders."""
        return Path(self.runtime, "share")


@dataclass(frozen=True)
class PorterOrder(_Line):
    """What the porter stands in front of, and what it is to do: `unlock` the journal, or look after its `passphrase`.

    `says` are its sentences by key, `help` the helplines for each country, `back` the page to return to.
    """

    kind: Kind
    mode: Mode
    home: str
    styles: str
    port: int
    pages: tuple[str, ...]
    words: dict[str, dict[str, str]]
    says: dict[str, str]
    help: list[dict[str, Any]]
    back: str
    secret: str = field(repr=False)
    lock_after: float = 600.0
    busy: bool = False
    socket: dict[str, str | int] = field(default_factory=dict)
    trial: dict[str, str | int] = field(default_factory=dict)
    trial_port: int = 0
