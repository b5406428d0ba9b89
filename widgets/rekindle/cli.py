"""The command `rekindle`: begins the book at once if no more is asked, and tells what went wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rekindle import settings
from rekindle.errors import RekindleError

VALUES = {
    "--home": re.compile(r"[^-].*", re.DOTALL),
    "--port": re.compile(r"[0-9]{1,5}"),
    "--lock-after": re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?"),
}
FLAGS = ("--no-browser", "--no-passphrase")


@dataclass(frozen=True)
class Start:
    """What a plain start is asked for."""

    kind: Literal["pages", "lab"]
    port: int
    browser: bool
    never_lock: bool
    lock_after: float
    home: Path | None


def main() -> None:
    """Run the command. An error is three calm sentences on standard error and exit code 1; wrong use is 2."""
    try:
        plain = plain_start(sys.argv[1:])
        if plain is None:
            from rekindle import commands

            commands.build()()
        else:
            _begin(plain)
    except KeyboardInterrupt:  # before the server itself hears of it
        sys.exit(130)  # as a shell says it
    except RekindleError as error:
        _complain(error)
    except Exception as error:  # noqa: BLE001 (a traceback could quote a person's words; its class cannot)
        _complain(RekindleError(), type(error).__name__)


def plain_start(words: Sequence[str]) -> Start | None:
    """Return what a start is asked for if the words ask for one and are plain; None for whatever else they are.

    All the commands take longer to be made than the book takes to begin. What is told here, they would tell, too.
    """
    command, *rest = words if words and not words[0].startswith("-") else ("start", *words)
    found: dict[str, str] = {}
    left = iter(rest)
    for word in left:
        value = next(left, "") if word in VALUES else ""
        fits = VALUES[word].fullmatch(value) if word in VALUES else word in FLAGS
        if not fits or word in found:
            return None
        found[word] = value
    port, after = int(found.get("--port", "0")), float(found.get("--lock-after", "10"))
    if command not in ("start", "lab") or port > 65535 or not 0.01 <= after <= 1440:
        return None
    home = Path(found["--home"]) if "--home" in found else None
    kind: Literal["pages", "lab"] = "lab" if command == "lab" else "pages"
    return Start(kind, port, "--no-browser" not in found, "--no-passphrase" in found, after, home)


def _begin(plain: Start) -> None:
    from rekindle import serving

    settings.use_home(plain.home)
    serving.begin(
        plain.kind, plain.port, browser=plain.browser, never_lock=plain.never_lock, lock_after=plain.lock_after
    )


def _complain(error: RekindleError, kind: str = "") -> None:
    try:
        from rekindle.content import say

        lines = [say(f"errors.{error.code}.{part}", **error.facts) for part in ("happened", "safe", "todo")]
    except RekindleError as broken:  # the words themselves
        lines = [str(error), str(broken)]
    for line in [*lines, kind]:
        if line:
            print(line, file=sys.stderr)  # noqa: T201 (a person reads it)
    sys.exit(1)
