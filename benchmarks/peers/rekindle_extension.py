"""Rekindle as an extension of an ordinary Jupyter server, as on Binder: no kernel waits for a page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.peers import rekindle
from benchmarks.reflection import attend

NAME = "rekindle_extension"
PATH, READY = rekindle.PATH, rekindle.READY
BEFORE = ""
ROOT = Path(__file__).parents[2]
TOKEN = "made-up"  # noqa: S105 - of a server that nobody else can reach and that ends in a minute


def main(port: str, home: Path) -> None:
    rekindle.seed(home)
    print("begin", flush=True)
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--config={ROOT / 'binder' / 'jupyter_server_config.py'}", f"--IdentityProvider.token={TOKEN}"]
    around, quiet = {**os.environ, "REKINDLE_HOME": str(home)}, subprocess.DEVNULL
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=around, stdout=quiet, stderr=quiet) as process:
        first = f"{base}/voila/render/00-before-you-begin.ipynb?token={TOKEN}"
        attend(process, f"{base}/api/status?token={TOKEN}", first)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
