"""A private file: written whole or not at all, and readable by this account only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from rekindle.errors import ExportRefused


def write_private(output: Path, content: bytes) -> None:
    """Write a file that only this account can read, whole or not at all."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise ExportRefused(path=str(output)) from error
