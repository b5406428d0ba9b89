"""Find a Chromium for the browser tests, or install one: `python tools/chromium.py` prints its path.

With `--bare` it may be the one without a window, which has the same engine and needs half the processor.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

BARE = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
NONE_FOUND = """\
The browser tests need a Chromium, and none could be found or installed.
Install one and say the same again. One of these does it:
    sudo apt-get install chromium
    .venv/bin/python -m playwright install chromium
If it is somewhere else, name it: REKINDLE_CHROMIUM=/path/to/chromium make test"""


def _runs(path: str | None) -> bool:
    """Return whether the program at `path` answers: some systems ship a stub that only asks to install it."""
    if not path or not Path(path).exists():
        return False
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights() -> str | None:
    """Return where Playwright keeps its own download, whether or not it is there."""
    ask = "import playwright.sync_api as p\nwith p.sync_playwright() as w: print(w.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def _places(*, bare: bool) -> Iterator[str | None]:
    yield from (shutil.which(name) for name in ((BARE, *NAMES) if bare else NAMES))
    yield from MAC
    yield _playwrights()


def find_chromium(*, bare: bool = False) -> str | None:
    """Return the path of a Chromium that runs: the one in `REKINDLE_CHROMIUM`, an installed one, Playwright's own."""
    named = os.environ.get("REKINDLE_CHROMIUM")
    if named:
        return named
    return next((path for path in _places(bare=bare) if path and _runs(path)), None)


def _install_debian(*, bare: bool) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Debian's Chromium for the browser tests ...", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], stdout=sys.stderr, env=quiet, check=False)
    for package in (BARE, "chromium") if bare else ("chromium",):  # an older Debian has no bare one
        words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(words, stdout=sys.stderr, env=quiet, check=False).returncode == 0:
            return


def _install_playwrights() -> None:
    print("Fetching Playwright's Chromium for the browser tests ...", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)


def main() -> int:
    """Print the path of a Chromium, installing one if there is none; 1 and a word of help if there can be none."""
    bare = "--bare" in sys.argv[1:]
    for install in (None, functools.partial(_install_debian, bare=bare), _install_playwrights):
        if install:
            install()
        if found := find_chromium(bare=bare):
            print(found)
            return 0
    print(NONE_FOUND, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
