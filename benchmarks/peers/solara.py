"""Solara, with its own server."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.reflection import APPS, serve

NAME = "solara"
PATH = "/"
BEFORE = ""
READY = "benchWhole()"


def main(port: str, home: Path) -> None:
    page = str(APPS / "solara_page.py")
    serve(["solara", "run", page, "--production", "--no-open", "--host=127.0.0.1", f"--port={port}"], port, home)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
