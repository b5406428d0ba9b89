"""The seedling: a kernel's process that was not started but copied, handled as Jupyter handles one that it started."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import IO


class Seedling:
    """A child of this process. As long as nobody has waited for it, no other process can have its number."""

    stdin: IO[bytes] | None = None
    stdout: IO[bytes] | None = None
    stderr: IO[bytes] | None = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended; None if it runs."""
        return self._look(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait for its end, and return how it ended."""
        return self._look(0)

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _look(self, options: int) -> int | None:
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                self.returncode = 0  # somebody else has waited for it: as `subprocess` says it
            else:
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode
