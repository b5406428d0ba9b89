"""JupyterLab, on the notebooks' folder, behind the same walls as the pages."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from traitlets.config import Config

from rekindle.server import logs, walls
from rekindle.server.calm import CalmPages
from rekindle.server.entrance import Entrance
from rekindle.server.environment import share_of
from rekindle.server.gate import HOSTS, Gate
from rekindle.server.identity import identity_of
from rekindle.server.kernels import OwnKernels, kernel_config
from rekindle.server.notebook_file import NotebookFiles
from rekindle.server.order import DASHBOARD, Order
from rekindle.server.tickets import ENTER
from rekindle.server.touches import Voice, touch_route
from rekindle.server.visit import is_first_visit
from rekindle.settings import notebooks_folder

SETTINGS = {
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/apputils-extension:sanitizer": {"allowCommandLinker": False},
    "@jupyterlab/apputils-extension:notification": {
        "checkForUpdates": False,
        "fetchNews": "false",
        "doNotDisturbMode": True,
    },
}
# News and updates ask other hosts; plotly's own renderer is slow, and ours draws the same charts.
SWITCHED_OFF = {
    "@jupyterlab/apputils-extension:announcements": True,
    "@jupyterlab/extensionmanager-extension": True,
    "@jupyterlab/lsp-extension": True,
    "@jupyterlab/fileeditor-extension:language-server": True,
    "@jupyterlab/notebook-extension:language-server": True,
    "@jupyterlab/terminal-extension": True,
    "jupyterlab-plotly": True,
    "@voila-dashboards/jupyterlab-preview": True,
}


class LabServer(ServerApp):
    """Jupyter's server, which takes no port, no signal and no configuration file of its own."""

    def load_config_file(self, *_args: object, **_kwargs: object) -> None:
        """Read nothing: neither the person's own configuration nor the system's."""

    def init_httpserver(self) -> None:
        """Wait for the supervisor's socket."""

    def init_signal(self) -> None:
        """Leave signals to the supervisor."""

    def stop(self, from_signal: bool = False) -> None:
        """Leave the end to the supervisor."""


class LabStart(LabApp):
    """Starts JupyterLab on that server, alone; the extension itself is JupyterLab's own."""

    serverapp_class = LabServer
    load_other_extensions = False

    @classmethod
    def get_extension_package(cls) -> str:
        """Return whose extension this is: by its module it would be ours."""
        return "jupyterlab"


class Lab(Entrance):
    """JupyterLab, as the worker serves it."""

    voice: Voice

    def __init__(self, order: Order, gate: Gate) -> None:
        self.order = order
        self.gate = gate

    @classmethod
    def for_order(cls, order: Order) -> Lab:
        """Return a server that is set up and does not listen yet."""
        return cls(order, Gate(order.secret, order.port))

    async def try_out(self, sock: socket.socket) -> None:
        """Begin to serve on a socket that only the supervisor knows of."""
        config = _config(self.order, self.gate)
        self.app = LabStart.initialize_server(argv=[], config=config)
        logs.quiet(self.app.log)
        calm = CalmPages(self.order.words)
        web_app = self.app.web_app
        web_app.settings["log_function"] = lambda _handler: None
        touched = lambda: self.voice({"said": "awake"})  # noqa: E731 - a name for one line
        walls.build(web_app, self.gate, calm, walls.headers(self.order.port), touched)
        enter = (ENTER + r"([\w-]+)", walls.EnterHandler, {"gate": self.gate, "calm": calm})
        gone = {"page": calm.page("missing"), "status": 404}
        stop = ("/api/shutdown", walls.CalmHandler, gone)  # Jupyter's own would stop this process from within
        web_app.add_handlers(".*$", [enter, stop, touch_route(self.voice, calm, self.shut_if_locked)])
        self.receive(web_app, sock)
        await self.app.extension_manager.start_all_extensions()

    def furnish(self) -> None:
        """JupyterLab has all that it needs."""

    async def close(self, *, now: bool) -> None:
        """End every kernel."""
        with contextlib.suppress(Exception):
            await self.app.kernel_manager.shutdown_all(now=now)


def _settings_folder(order: Order) -> Path:
    """Return a folder with what JupyterLab reads as an installation's settings."""
    folder = Path(order.runtime, "settings")
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    # Heard by our own extension: the window's title tells nothing, and the program's own notebooks run when opened.
    # A copy is somebody's own to change, and what they changed runs when they say so.
    ours = {"rekindleWindow": "neutral", "rekindleRuns": "yes" if Path(order.notebooks) == notebooks_folder() else "no"}
    page = {"disabledExtensions": SWITCHED_OFF, **ours}
    (folder / "page_config.json").write_text(json.dumps(page), encoding="utf-8")
    return folder


def _config(order: Order, gate: Gate) -> Config:
    config = kernel_config()
    start = order.first if is_first_visit(order.home) else DASHBOARD
    config.Application.log_level = logs.LEVEL
    config.LabApp.update(
        default_url=f"/lab/tree/{start}.ipynb",
        app_settings_dir=str(_settings_folder(order)),
        extension_manager="readonly",
        news_url=None,
        check_for_updates_class="jupyterlab.NeverCheckForUpdate",
    )
    config.NotebookFiles.read_only = order.read_only
    share = share_of("jupyterlab")
    if share is not None:
        config.LabApp.app_dir = str(share / "lab")
    config.ServerApp.update(
        ip="127.0.0.1",
        port=order.port,
        root_dir=order.notebooks,
        open_browser=False,
        quit_button=False,
        terminals_enabled=False,
        allow_remote_access=False,
        local_hostnames=list(HOSTS),
        identity_provider_class=identity_of(gate),
        contents_manager_class=NotebookFiles,
        kernel_spec_manager_class=OwnKernels,
        tornado_settings={
            "headers": walls.headers(order.port),
            "websocket_max_message_size": 64 * 1024 * 1024,
            "serve_traceback": False,
        },
    )
    return config
