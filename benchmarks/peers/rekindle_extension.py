"""Rekindle as an extension of an ordinary Jupyter server, as on Binder: made lean, and no kernel waits for a page."""

from __future__ import annotations

import os
import shutil
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


def image(home: Path) -> dict[str, str]:
    """Make the lean page in a copy of our template, leave out what the recipe does, and return where all that is."""
    share, without = home / "share", home / "without"
    without.mkdir()
    (without / "sitecustomize.py").write_text("import sys\n\nsys.modules['rfc3987_syntax'] = None\n")
    paths = os.pathsep.join(filter(None, [str(without), os.environ.get("PYTHONPATH")]))
    shutil.copytree(ROOT / "widgets" / "rekindle" / "voila_template", share / "voila" / "templates" / "rekindle")
    around = {"JUPYTER_PATH": str(share), "PYTHONPATH": paths}
    subprocess.run([sys.executable, "-m", "rekindle.server.lean"], env={**os.environ, **around}, check=True)
    return around


def main(port: str, home: Path) -> None:
    rekindle.seed(home)
    made = image(home)
    print("begin", flush=True)
    command = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--config={ROOT / 'binder' / 'jupyter_server_config.py'}", f"--IdentityProvider.token={TOKEN}"]
    around, quiet = {**os.environ, "REKINDLE_HOME": str(home), **made}, subprocess.DEVNULL
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, env=around, stdout=quiet, stderr=quiet) as process:
        first = f"{base}/voila/render/00-before-you-begin.ipynb?token={TOKEN}"
        attend(process, f"{base}/api/status?token={TOKEN}", first)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
