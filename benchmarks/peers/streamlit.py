"""Streamlit, with its own server."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.reflection import APPS, serve

NAME = "streamlit"
PATH = "/"
BEFORE = ""
READY = "benchWhole()"


def main(port: str, home: Path) -> None:
    page = str(APPS / "streamlit_page.py")
    serve(
        ["streamlit", "run", page, "--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"],
        port,
        home,
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
