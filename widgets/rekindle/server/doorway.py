"""The doorway: a private file that leads the browser to the one-time address.

What stands in a command line can be read by other accounts, so the address itself is never put in one.
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from rekindle.server import process, runtime

LONG_ENOUGH = 10.0


def open_here(folder: Path, address: str) -> None:
    """Open an address in the person's browser, by way of a file in the server's own runtime folder."""
    process.open_in_browser(_write(folder, address))


def open_from_elsewhere(address: str) -> None:
    """Open an address of another server; its file stays only for as long as a browser takes to read it."""
    folder = runtime.make()
    process.open_in_browser(_write(folder, address))
    time.sleep(LONG_ENOUGH)
    runtime.remove(folder)


def _write(folder: Path, address: str) -> Path:
    page = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={address}">'
    return runtime.write_private(folder / f"open-{secrets.token_hex(4)}.html", page)
