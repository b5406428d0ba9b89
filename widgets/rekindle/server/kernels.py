"""The kernels: what one is, how its process is started, and how Jupyter's manager is told to be quick and private."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.paths import jupyter_runtime_dir
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets.config import Config

from rekindle.server.gardener import KERNEL, Gardener

NAME = "python3"
FLUSH = 0.02


def kernel_config() -> Config:
    """Return what every kernel manager is told: no TCP ports that others could listen to, no restart of its own.

    A restarted kernel has run no cell, so it only looks alive. Nothing is dropped when a page is opened or a chart
    is large: the limits on output are for kernels shared with strangers.
    """
    config = Config()
    if zmq.has("ipc") and sys.platform != "win32":
        config.KernelManager.transport = "ipc"
    else:
        config.MappingKernelManager.transport_encryption = "required"
    config.KernelManager.autorestart = False
    config.KernelManager.shutdown_wait_time = 2.0
    config.MappingKernelManager.kernel_manager_class = "rekindle.server.kernels.QuickKernelManager"
    config.MappingKernelManager.default_kernel_name = NAME
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    return config


class OwnKernels(KernelSpecManager):
    """Knows one kernel, ours, whatever else is installed on this computer."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one name; there is no folder of files behind it."""
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our kernel, by its name only."""
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        argv = [*KERNEL, "-f", "{connection_file}"]
        metadata = {"supported_encryption": "curve"}
        return KernelSpec(argv=argv, display_name="Rekindle", language="python", metadata=metadata)


class QuickClient(AsyncKernelClient):
    """A client that waits 20 ms, not 200, to see that a new kernel has nothing more to say.

    Only the patience of one channel is capped, for as long as the wait lasts: the steps stay Jupyter's own. Should
    they change, nothing breaks; it is merely not quick.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers."""
        channel: Any = self.iopub_channel
        patient = channel.get_msg

        async def get_msg(*args: Any, timeout: float | None = None, **more: Any) -> Any:
            return await patient(*args, timeout=FLUSH if timeout is None else min(timeout, FLUSH), **more)

        channel.get_msg = get_msg
        try:
            await super().wait_for_ready(timeout=timeout)
        finally:
            channel.get_msg = patient


class Provisioner(LocalProvisioner):
    """Starts a kernel's process: a copy of the seedbed, or a fresh one where there is no seedbed."""

    gardener: ClassVar[Gardener | None] = None
    KNOWN: ClassVar[dict[str, Any]] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start it. Its environment is the one that Jupyter gives to any kernel."""
        folder = str(kwargs.get("cwd") or Path.cwd())
        plain = {name: value for name, value in kwargs.items() if name not in ("env", "cwd", "kernel_id")}
        grown = None
        if self.gardener is not None and plain == self.KNOWN:
            around = {**kwargs.get("env", os.environ), "JPY_PARENT_PID": str(os.getpid())}
            grown = await self.gardener.grow(cmd, around, folder)
        if grown is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = grown  # type: ignore[assignment]  # Jupyter's own attributes have the type of their default
        self.pid = self.pgid = grown.pid
        self.cwd = folder
        return self.connection_info


def plant(seeds: Sequence[str]) -> None:
    """Let the kernels of this process's server be copies of a seedbed with these modules, if there can be one."""
    Provisioner.gardener = Gardener(seeds, str(Path(jupyter_runtime_dir(), f"kernel-{'0' * 36}.json")))
    Provisioner.gardener.begin()


class QuickKernelManager(ServerKernelManager):
    """Jupyter's manager of one kernel, with the quick client and our way of starting processes."""

    async def start_kernel(self, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]  # Jupyter's own differs too
        """Start the kernel. What it says on the terminal goes nowhere: it could quote what a person wrote."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if self.provisioner is None:  # it stays through a restart
            spec: Any = self.kernel_spec
            self.provisioner = Provisioner(kernel_id=str(kwargs.get("kernel_id", "")), kernel_spec=spec, parent=self)
        return await super().start_kernel(*args, **{**quiet, **kwargs})

    def _client_class_default(self) -> str:
        return "rekindle.server.kernels.QuickClient"

    def _client_factory_default(self) -> type[AsyncKernelClient]:
        return QuickClient
