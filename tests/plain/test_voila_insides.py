"""The insides of Voilà and Jupyter that the server touches: an upgrade that changes one of them is noticed here."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import jupyter_core.paths
import pytest
import tornado.web
import voila.app
import voila.paths
from ipykernel import kernelapp
from ipykernel.iostream import IOPubThread
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import ConnectionFileMixin
from jupyter_client.manager import KernelManager
from jupyter_server.auth.identity import IdentityProvider
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.checkpoints import AsyncCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from jupyterlab.labapp import LabApp
from voila import notebook_renderer
from voila.configuration import VoilaConfiguration
from voila.exporter import VoilaExporter
from voila.notebook_renderer import NotebookRenderer
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

from rekindle.server.exporter import PageExporter


def names(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_voila_makes_its_manager_of_kernels_by_a_factory_that_we_can_stand_in_for() -> None:
    assert voila.app.voila_kernel_manager_factory is voila_kernel_manager_factory
    assert names(voila_kernel_manager_factory) == [
        "base_class",
        "preheat_kernel",
        "default_pool_size",
        "page_config_hook",
    ]
    source = inspect.getsource(voila.app.Voila.init_settings)
    assert "voila_kernel_manager_factory(" in source
    assert "self.kernel_manager = kernel_manager_class(" in source


def test_the_manager_of_warm_kernels_has_the_parts_that_we_use() -> None:
    made = voila_kernel_manager_factory(AsyncMappingKernelManager, True, 0)
    assert names(made.get_rendered_notebook)[:2] == ["self", "notebook_name"]
    assert names(made.get_pool_size) == ["self", "notebook_name"]
    assert names(made.fill_if_needed)[:3] == ["self", "delay", "notebook_name"]
    assert "kernel_pools_config" in made.class_trait_names()
    source = inspect.getsource(voila_kernel_manager_factory)
    assert "self._pools: TypeDict[str, List[TypeDict]] = {}" in source
    assert "kernel_id = await super().start_kernel(" in source, "warm kernels are not to pass our own start_kernel"
    assert 'return {"task": task, "renderer": renderer, "kernel_id": kernel_id}' in source
    assert "return render_task, renderer.rendered_cache, kernel_id" in source


def test_a_page_asks_for_the_pools_size_before_it_takes_a_warm_kernel() -> None:
    source = inspect.getsource(TornadoVoilaHandler.get_generator)
    assert source.index("get_pool_size(") < source.index("get_rendered_notebook(")
    assert "self.kernel_manager.start_kernel(" in source
    assert names(TornadoVoilaHandler.get) == ["self", "path"]


def test_a_page_is_rendered_by_an_exporter_with_templates_of_its_own_and_sent_in_pieces() -> None:
    assert vars(notebook_renderer)["VoilaExporter"] in (VoilaExporter, PageExporter)
    assert "VoilaExporter(" in inspect.getsource(notebook_renderer.NotebookRenderer.initialize)
    assert names(VoilaExporter._create_environment) == ["self"]
    assert "self.enable_async = True" in inspect.getsource(VoilaExporter)
    assert "self.flush()" in inspect.getsource(TornadoVoilaHandler.get)


def test_a_warm_pages_kernel_can_be_started_before_the_page_is_rendered() -> None:
    made = voila_kernel_manager_factory(AsyncMappingKernelManager, True, 0)
    assert names(made._initialize) == ["self", "notebook_path", "kernel_id", "kwargs"]
    source = inspect.getsource(voila_kernel_manager_factory)
    assert "if kernel_id is None:" in source[source.index("async def _initialize(") :]
    assert "self._initialize(notebook_name, None, **kwargs)" in source


def test_voila_looks_for_templates_where_jupyter_does() -> None:
    assert names(voila.paths._default_root_dirs) == []
    assert "root_dirs.extend(jupyter_path())" in inspect.getsource(voila.paths._default_root_dirs)


def test_voila_has_the_steps_that_we_take_one_by_one() -> None:
    for step in ("initialize", "init_settings", "init_handlers", "setup_template_dirs", "load_config_file"):
        assert callable(getattr(voila.app.Voila, step))
    traits = set(voila.app.Voila.class_trait_names())
    assert {"connection_dir", "identity_provider_class", "tornado_settings", "config_file_paths", "root_dir"} <= traits
    start = inspect.getsource(voila.app.Voila.start)
    for step in ("self.init_settings()", "self.init_handlers()", "tornado.web.Application(**settings)"):
        assert step in start


def test_every_handler_of_voila_is_known() -> None:
    source = inspect.getsource(voila.app.Voila.init_handlers)
    known = {
        "KernelHandler",
        "VoilaKernelWebsocketHandler",
        "TemplateStaticFileHandler",
        "MultiStaticFileHandler",
        "ThemesHandler",
        "VoilaShutdownKernelHandler",
        "RequestInfoSocketHandler",
        "ExecutionRequestHandler",
        "FileFindHandler",
        "AllowListFileHandler",
        "TornadoVoilaHandler",
        "TornadoVoilaTreeHandler",
        "VoilaContentsHandler",
    }
    assert set(re.findall(r"\b[A-Z]\w+Handler\b", source)) == known, "look at what a new handler shows, and to whom"


@pytest.mark.parametrize(
    "name",
    [
        "template",
        "allow_template_override",
        "allow_theme_override",
        "preheat_kernel",
        "default_pool_size",
        "show_tracebacks",
        "strip_sources",
        "file_allowlist",
        "extension_allowlist",
        "extension_denylist",
        "kernel_spec_manager_class",
    ],
)
def test_the_settings_that_we_make_are_still_read(name: str) -> None:
    assert name in VoilaConfiguration.class_trait_names(config=True)


def test_the_settings_of_kernels_are_still_read() -> None:
    assert "transport" in ConnectionFileMixin.class_trait_names(config=True)
    assert {"autorestart", "shutdown_wait_time", "client_factory"} <= set(KernelManager.class_trait_names())
    assert "transport_encryption" in AsyncMappingKernelManager.class_trait_names(config=True)
    assert "kernel_manager_class" in AsyncMappingKernelManager.class_trait_names(config=True)
    assert inspect.iscoroutinefunction(ServerKernelManager.start_kernel)


def test_waiting_for_a_kernel_still_polls_the_channel_whose_patience_is_capped() -> None:
    source = inspect.getsource(AsyncKernelClient.wait_for_ready)
    assert source.count("self.iopub_channel.get_msg(timeout=0.2)") == 2


def test_a_kernels_output_thread_can_do_without_its_port() -> None:
    assert vars(kernelapp)["IOPubThread"] is IOPubThread
    assert "pipe" in names(IOPubThread.__init__)
    assert "IOPubThread(self.iopub_socket, pipe=True" in inspect.getsource(kernelapp.IPKernelApp.init_iopub)


def test_tornado_asks_one_method_for_every_handler() -> None:
    assert names(tornado.web.Application.get_handler_delegate)[:3] == ["self", "request", "target_class"]
    assert "self.get_handler_delegate(" in inspect.getsource(tornado.web.Application.find_handler)
    assert "application.get_handler_delegate(" in inspect.getsource(tornado.web._ApplicationRouter)
    assert issubclass(APIHandler, JupyterHandler)


def test_jupyter_asks_the_identity_provider_who_is_there() -> None:
    assert "self.identity_provider.get_user(self)" in inspect.getsource(JupyterHandler.prepare)
    for name in ("get_user", "get_handlers", "auth_enabled", "login_available", "_token_default"):
        assert hasattr(IdentityProvider, name)


def test_a_socket_has_the_steps_that_we_listen_to() -> None:
    for step in ("open", "on_message", "on_close"):
        assert callable(getattr(VoilaKernelWebsocketHandler, step))
    assert isinstance(RequestInfoSocketHandler._cache, dict)


def test_a_pages_notebook_is_read_by_the_renderer() -> None:
    assert inspect.iscoroutinefunction(NotebookRenderer.initialize)


def test_jupyterlab_can_be_given_a_socket_and_its_settings() -> None:
    for step in ("init_httpserver", "init_signal", "stop", "load_config_file"):
        assert callable(getattr(ServerApp, step))
    traits = set(LabApp.class_trait_names())
    assert {"default_url", "app_settings_dir", "extension_manager", "news_url", "check_for_updates_class"} <= traits
    assert {"checkpoints_class"} <= set(AsyncLargeFileManager.class_trait_names())
    assert names(AsyncLargeFileManager.save) == ["self", "model", "path"]
    for name in (
        "create_checkpoint",
        "list_checkpoints",
        "restore_checkpoint",
        "rename_checkpoint",
        "delete_checkpoint",
    ):
        assert callable(getattr(AsyncCheckpoints, name))


@pytest.mark.parametrize("name", ["JUPYTER_NO_CONFIG", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_PATH"])
def test_jupyter_still_looks_where_the_environment_says(name: str) -> None:
    assert name in inspect.getsource(jupyter_core.paths)


def test_a_kernel_has_no_debugger_and_no_port_for_one(tmp_path: Path) -> None:
    program = f"""
import sys
from rekindle.server.kernel import PageKernel, main
has = lambda self: [hasattr(self.kernel, "debugger"), "_pydevd_bundle" in sys.modules]
PageKernel.start = lambda self: print(*has(self), file=sys.__stdout__, flush=True)
sys.argv = ["kernel", "-f", {str(tmp_path / "kernel.json")!r}]
main()
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.splitlines()[-1] == "False False"
