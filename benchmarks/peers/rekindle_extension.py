"""Rekindle as an extension of an ordinary Jupyter server, as on Binder: no kernel waits for a page."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.peers import rekindle

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
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"{base}/api/status?token={TOKEN}").close()  # noqa: S310 - it is http, above
            except OSError:
                time.sleep(0.02)
                continue
            print(f"open {base}/voila/render/00-before-you-begin.ipynb?token={TOKEN}", flush=True)
            break
        process.wait()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
