"""A file that is written whole or not at all; unless told otherwise, only this account can read it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from rekindle.errors import ExportRefused


def write_whole(output: Path, content: bytes, mode: int = 0o600) -> None:
    """Put a file in its place, all of it; of one that cannot be written, nothing is left. Raises OSError."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def write_private(output: Path, content: bytes) -> None:
    """Write an export. Raises ExportRefused if it cannot be written there."""
    try:
        write_whole(output, content)
    except OSError as error:
        raise ExportRefused(path=str(output)) from error
