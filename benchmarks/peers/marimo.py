"""marimo, with its own server."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.reflection import APPS, serve

NAME = "marimo"
PATH = "/"
BEFORE = ""
READY = "benchWhole()"


def main(port: str, home: Path) -> None:
    page = str(APPS / "marimo_page.py")
    serve(["marimo", "run", page, "--headless", "--no-token", "--host=127.0.0.1", f"--port={port}"], port, home)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
