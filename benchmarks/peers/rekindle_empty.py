"""Rekindle with no kernel waiting for this page: its pool is empty."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from benchmarks.peers import rekindle

NAME = "rekindle_empty"
PATH, READY = rekindle.PATH, rekindle.READY
BEFORE = ""


def main(port: str, home: Path) -> None:
    os.environ["REKINDLE_WARM"] = "0"  # only the first page has one, and this is another
    rekindle.main(port, home)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
