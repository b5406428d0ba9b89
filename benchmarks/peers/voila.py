"""Stock Voilà with its own defaults, given the same notebook and the same journal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.rekindle import READY as OURS
from benchmarks.peers.rekindle import seed
from benchmarks.reflection import attend

NAME = "voila"
PATH = "/#mood-check-in"
BEFORE = ""
READY = OURS
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "06-always-here.ipynb"


def main(port: str, home: Path) -> None:
    seed(home)
    print("begin", flush=True)
    command = [sys.executable, "-m", "voila", str(NOTEBOOK), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    around = {**os.environ, "REKINDLE_HOME": str(home)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=around, stdout=quiet, stderr=quiet) as process:
        attend(process, f"http://127.0.0.1:{port}/voila/static/voila.js")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
