"""JupyterLab behind the same walls: who gets in, what is saved in a notebook, and what is left of it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tornado.web import HTTPError

from rekindle import settings
from rekindle.server.notebook_file import strip
from tests.kernel.visitor import HANDSHAKE, Answer, Server, alive, serving, wait_for
from tests.notebook_files import notebook_files

CANARY = "canary-4711"
ADDRESSES = ["/", "/lab", "/lab/tree/dashboard.ipynb", "/api/contents", "/api/status", "/api/kernels", "/api/terminals"]
MORE = ["/static/lab/main.js", "/login", "/logout", "/lab/api/settings", "/files/dashboard.ipynb", "/nbconvert/html/x"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("lab") / "home", "lab") as running:
        yield running


def call(server: Server, path: str, method: str = "GET", **body: Any) -> Answer:
    """Ask Jupyter's interface as its own page would."""
    page = server.ask_in("/lab")
    guard = next(c.split(";")[0] for c in page.headers.get_all("Set-Cookie", []) if c.startswith("_xsrf="))
    token = guard.partition("=")[2]
    cookies = f"{server.cookie}; {guard}"
    return server.ask(path, method, json.dumps(body) if body else "", Cookie=cookies, X_XSRFToken=token)


@pytest.mark.parametrize("path", ADDRESSES + MORE)
def test_without_a_login_there_is_a_calm_page_and_nothing_else(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status == 403
    assert "closed to this browser" in answer.body
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1"])
def test_a_foreign_host_name_gets_nothing_even_with_a_login(server: Server, host: str) -> None:
    for path in ADDRESSES:
        assert server.ask_in(path, Host=host).status == 403


def test_the_address_lands_on_a_notebook(server: Server) -> None:
    assert server.ask_in("/").headers["Location"].startswith("/lab/tree/00-before-you-begin.ipynb")
    assert server.ask_in("/lab/tree/00-before-you-begin.ipynb").status == 200
    assert server.ask(f"/enter/{server.ticket}").status == 403


def test_it_has_no_terminals_no_news_and_no_way_to_end_the_server(server: Server) -> None:
    assert server.ask_in("/api/terminals").status == 404
    page = server.ask_in("/lab").body
    found = re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    config = json.loads(found[1])
    assert config["news"] == {"disabled": True}
    switched_off = {"jupyterlab-plotly", "@jupyterlab/apputils-extension:announcements"}
    assert switched_off <= set(config["disabledExtensions"])
    assert not config.get("terminalsAvailable")
    worker = server.worker()
    assert call(server, "/api/shutdown", "POST").status == 404
    assert server.ask_in("/lab").status == 200
    assert server.worker() == worker, "another one that took its place would answer as well, after a while"
    assert server.err == []


def test_its_settings_keep_words_out_of_files(server: Server) -> None:
    for plugin, key in (
        ("@jupyter-widgets/jupyterlab-manager:plugin", "saveState"),
        ("@jupyterlab/apputils-extension:sanitizer", "allowCommandLinker"),
    ):
        answer = server.ask_in(f"/lab/api/settings/{plugin}")
        assert json.loads(answer.body)["schema"]["properties"][key]["default"] is False


def test_a_kernel_is_private_and_ends_with_the_server(home: Path) -> None:
    with serving(home, "lab") as server:
        started = call(server, "/api/kernels", "POST", name="python3")
        assert started.status == 201
        file = server.runtime / "k" / f"kernel-{json.loads(started.body)['id']}.json"
        assert json.loads(wait_for(lambda: file.exists() and file.read_text()))["transport"] == "ipc"
        assert {address.port for address in server.listening()} == {server.port}
        assert wait_for(lambda: list(server.runtime.rglob("profile_default/*")))
        for one in (server.runtime, *server.runtime.rglob("*")):
            assert one.stat().st_mode & 0o077 == 0, one
        path = f"/api/kernels/{json.loads(started.body)['id']}/channels"
        assert server.ask(path, **HANDSHAKE).status == 403
        family, runtime = server.tree(), server.runtime
        server.process.terminate()
        wait_for(lambda: not alive(family), 10)
        assert server.process.wait() == 0
        assert not runtime.exists()


def test_pages_and_jupyterlab_run_side_by_side(home: Path) -> None:
    with serving(home) as pages, serving(home, "lab") as lab:
        assert pages.port != lab.port
        assert pages.ask_in("/voila/render/dashboard").status == 200
        assert lab.ask_in("/lab").status == 200


def test_a_saved_notebook_holds_no_outputs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "notebooks"
    shutil.copytree(settings.notebooks_folder(), folder)
    book = json.loads((folder / "dashboard.ipynb").read_text())
    filled = with_outputs(book)
    with notebook_files(folder) as files:
        run(files.save({"type": "notebook", "format": "json", "content": filled}, "dashboard.ipynb"))
        assert CANARY not in (folder / "dashboard.ipynb").read_text()
        run(files.create_checkpoint("dashboard.ipynb"))
    assert not list(folder.rglob("*checkpoint*"))


def test_a_read_only_notebook_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    shutil.copytree(settings.notebooks_folder(), folder)
    book = folder / "dashboard.ipynb"
    book.chmod(0o444)
    before = book.read_bytes()
    model = {"type": "notebook", "format": "json", "content": json.loads(before)}
    with notebook_files(folder) as files, pytest.raises(HTTPError):
        run(files.save(model, "dashboard.ipynb"))
    assert book.read_bytes() == before


def run(waiting: Any) -> Any:
    return asyncio.run(waiting)


def with_outputs(book: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook as it is after somebody ran it."""
    filled: dict[str, Any] = json.loads(json.dumps(book))
    filled["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"x": CANARY}}}
    for cell in filled["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": CANARY}]
            cell["execution_count"] = 7
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-11-22T10:00:00Z"}
    return filled


def test_stripping_takes_only_what_running_put_in() -> None:
    for path in settings.notebooks_folder().glob("*.ipynb"):
        book = json.loads(path.read_text())
        model = {"type": "notebook", "content": with_outputs(book)}
        strip(model)
        clean = json.loads(json.dumps(book))
        for cell in clean["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        assert model["content"] == clean


@pytest.mark.parametrize(
    "model", [{}, {"type": "file", "content": CANARY}, {"type": "notebook"}, {"type": "directory"}]
)
def test_stripping_leaves_other_files_alone(model: dict[str, Any]) -> None:
    before = json.loads(json.dumps(model))
    strip(model)
    assert model == before
