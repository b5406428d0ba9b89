"""Panel, with its own server."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.reflection import APPS, serve

NAME = "panel"
PATH = "/panel_page"
BEFORE = ""
READY = "benchWhole()"


def main(port: str, home: Path) -> None:
    page = str(APPS / "panel_page.py")
    serve(
        ["panel", "serve", page, "--address=127.0.0.1", f"--port={port}", f"--allow-websocket-origin=127.0.0.1:{port}"],
        port,
        home,
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
