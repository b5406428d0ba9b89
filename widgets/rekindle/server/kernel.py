"""A kernel's process: IPython without a history, a configuration or start-up files of the person's own."""

from __future__ import annotations

import os
from typing import Any

from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from rekindle.server.environment import hide_grammars
from rekindle.server.process import restrict


class PipelessThread(IOPubThread):
    """The thread that sends output, without its TCP port for forked children: we have none, and ports can be seen."""

    def __init__(self, socket: Any, pipe: bool = False, **kwargs: Any) -> None:
        super().__init__(socket, pipe=False, **kwargs)


class PageKernel(IPKernelApp):
    """A kernel that reads no configuration file, and keeps what is printed off the terminal."""

    def load_config_file(self, *_args: object, **_kwargs: object) -> None:
        """Read nothing: neither the person's own configuration nor the system's."""

    def init_io(self) -> None:
        """Send what is printed to the page only; a message on the terminal could quote a person's words."""
        super().init_io()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            os.dup2(nowhere, descriptor)
        os.close(nowhere)


def main() -> None:
    """Run one kernel, with the connection file that the command line names."""
    restrict()
    hide_grammars()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShellApp.ignore_cwd = True
    config.InteractiveShellApp.exec_PYTHONSTARTUP = False
    config.IPKernelApp.capture_fd_output = False
    kernelapp.IOPubThread = PipelessThread
    PageKernel.launch_instance(config=config)


if __name__ == "__main__":
    main()
