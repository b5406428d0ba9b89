"""A kernel's process: IPython without a history, a debugger, a configuration or start-up files of the person's own."""

from __future__ import annotations

import os
import sys
from typing import Any

from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from rekindle.server.environment import hide_debugger, hide_grammars
from rekindle.server.process import restrict


class PipelessThread(IOPubThread):
    """The thread that sends output, without its TCP port for forked children: we have none, and ports can be seen."""

    def __init__(self, socket: Any, pipe: bool = False, **kwargs: Any) -> None:
        super().__init__(socket, pipe=False, **kwargs)


class PageKernel(IPKernelApp):
    """A kernel that reads no configuration file."""

    def load_config_file(self, *_args: object, **_kwargs: object) -> None:
        """Read nothing: neither the person's own configuration nor the system's."""

    def init_extensions(self) -> None:
        """Tell widgets that were imported before there was a shell that there is one: they asked then."""
        super().init_extensions()
        if (widgets := sys.modules.get("ipywidgets")) is not None:
            widgets.register_comm_target()


def main() -> None:
    """Run one kernel, with the connection file that the command line names."""
    restrict()
    hide_grammars()
    hide_debugger()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShellApp.ignore_cwd = True
    config.InteractiveShellApp.exec_PYTHONSTARTUP = False
    config.IPKernelApp.capture_fd_output = False
    config.IPKernelApp.parent_handle = int(os.environ.get("JPY_PARENT_PID") or 0)  # it looks when it is imported
    vars(kernelapp)["IOPubThread"] = PipelessThread  # the name by which the application finds it
    app = PageKernel.instance(config=config)
    try:
        app.initialize()
    except BaseException:  # noqa: BLE001 (whatever it is, it ends: what it has opened by now would hold it for ever)
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    app.start()


if __name__ == "__main__":
    main()
