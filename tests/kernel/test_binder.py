"""Binder: the recipe is whole, and an ordinary Jupyter server made from it shows our pages with our template."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from http.client import HTTPConnection  # noqa: TID251 (it asks our own server, on 127.0.0.1)
from pathlib import Path

import psutil
import pytest

from tests.browser.harness import free_port
from tests.kernel.visitor import cmdline, wait_for
from tests.places import ROOT, home_environment

BINDER = ROOT / "binder"
TOKEN = "made-up"  # noqa: S105 (it guards a server that lives for one test)


def test_the_recipe_is_whole() -> None:
    assert (BINDER / "runtime.txt").read_text().strip() == "python-3.11"
    lines = [line for line in (BINDER / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    named = [line.removeprefix("-r ").strip() for line in lines if line]
    assert named == ["../requirements/binder.txt"]
    lock = (BINDER / named[0]).read_text()
    pins = re.findall(r"^([\w.\[\]-]+)==", lock, re.MULTILINE)
    assert {"voila", "jupyterlab", "jupyter-server", "ipywidgets", "anywidget", "sqlcipher3"} <= set(pins)
    assert lock.count("--hash=sha256:") >= len(pins)
    assert os.access(BINDER / "postBuild", os.X_OK)
    left_out = re.findall(r"pip uninstall --yes --quiet ([\w-]+)", (BINDER / "postBuild").read_text())
    assert left_out == ["rfc3987-syntax"]
    assert set(left_out) <= set(pins), "what is left out would be there"


def test_what_the_recipe_leaves_out_is_missed_by_nobody() -> None:
    program = """
import sys
sys.modules["rfc3987_syntax"] = None
import jsonschema
from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp
from voila.app import Voila
assert "lark" not in sys.modules
jsonschema.validate({"a": 1}, {"type": "object", "properties": {"a": {"type": "integer"}}})
print("fine")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "fine\n"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do what postBuild does, into a folder that stands for the image's Python."""
    prefix = tmp_path_factory.mktemp("image")
    source = tmp_path_factory.mktemp("source") / "checkout"
    kept = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "node_modules")
    shutil.copytree(ROOT, source, ignore=kept)
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "--prefix",
        str(prefix),
    ]
    subprocess.run([*install, "--ignore-installed", "."], cwd=source, check=True, capture_output=True)
    around = {
        **os.environ,
        "PYTHONPATH": sysconfig.get_path("purelib", vars={"base": str(prefix)}),
        "JUPYTER_PATH": str(prefix / "share" / "jupyter"),
    }
    subprocess.run([sys.executable, "-m", "rekindle.server.lean"], env=around, check=True)
    (prefix / "etc" / "jupyter").mkdir(parents=True)
    shutil.copy(BINDER / "jupyter_server_config.py", prefix / "etc" / "jupyter")
    return prefix


@pytest.fixture(scope="module")
def port(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    home = tmp_path_factory.mktemp("jovyan")
    packages = sysconfig.get_path("purelib", vars={"base": str(image)})
    around = {
        **os.environ,
        **home_environment(home),
        "PYTHONPATH": packages,
        "JUPYTER_PATH": str(image / "share" / "jupyter"),
        "JUPYTER_CONFIG_PATH": str(image / "etc" / "jupyter"),
    }
    number = free_port()
    asked = [sys.executable, "-m", "jupyter", "server", "--no-browser", "--allow-root", f"--port={number}"]
    process = subprocess.Popen(
        [*asked, f"--IdentityProvider.token={TOKEN}"],
        env=around,
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: ask(number, "/api/status")[0] == 200, 60)
        yield number
    finally:
        process.terminate()
        process.wait(20)


def ask(port: int, path: str, token: str = TOKEN) -> tuple[int, str]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", path, headers={"Authorization": f"token {token}"} if token else {})
        reply = line.getresponse()
        return reply.status, reply.read().decode(errors="replace")
    except OSError:
        return 0, ""
    finally:
        line.close()


@pytest.mark.parametrize("page", ["dashboard", "00-before-you-begin", "your-data"])
def test_an_ordinary_server_shows_our_pages_with_our_template(port: int, page: str) -> None:
    status, body = ask(port, f"/voila/render/{page}.ipynb")
    assert status == 200
    assert "templates/rekindle/static" in body
    assert "jupyterlab-plotly" not in body
    assert "Traceback" not in body
    assert "error executing cell" not in body
    assert not re.findall(r"(?:src|href)=\"(https?:[^\"]+)\"", body.split("<main", maxsplit=1)[0])
    settings = re.search(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', body, re.DOTALL)
    assert settings
    assert "://" not in settings[1], "JupyterLab's scripts would ask that host"


def test_an_ordinary_server_sends_one_script_and_sends_it_pressed(port: int) -> None:
    _, body = ask(port, "/voila/render/dashboard.ipynb")
    found = re.search(r'"(/voila/templates/rekindle/static/bundle\.js\?v=[0-9a-f]+)"', body)
    assert found
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", found[1], headers={"Authorization": f"token {TOKEN}", "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    pressed = answer.read()
    line.close()
    assert answer.getheader("Content-Encoding") == "gzip"
    assert "max-age" in (answer.getheader("Cache-Control") or "")
    assert len(pressed) < 2_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process be copied as we need it")
def test_an_ordinary_servers_kernels_are_copies_of_a_process_that_has_imported_what_they_need(port: int) -> None:
    assert ask(port, "/voila/render/dashboard.ipynb")[0] == 200
    own = next(each for each in psutil.process_iter() if f"--port={port}" in cmdline(each).split())
    below = own.children()
    assert [each for each in below if "rekindle.server.seedbed" in cmdline(each)]
    kernels = [each for each in below if "rekindle.server.kernel" in cmdline(each)]
    assert kernels
    started = [each for each in kernels if "JPY_PARENT_PID" in each.environ()]  # what the system gave it, not Jupyter
    assert not started, "a copy has the environment of what it is a copy of, as the system sees it"


def test_an_ordinary_server_asks_for_a_login(port: int) -> None:
    assert ask(port, "/voila/render/dashboard.ipynb", token="")[0] in {302, 403}


def test_our_static_files_come_from_the_image(port: int) -> None:
    assert ask(port, "/voila/templates/rekindle/static/rekindle.css")[0] == 200
    status, body = ask(port, "/voila/labextensions/rekindle-charts/package.json")
    assert status == 200
    assert json.loads(body)["name"] == "rekindle-charts"


def test_kernels_are_ours_and_open_no_port(port: int) -> None:
    assert ask(port, "/voila/render/your-data.ipynb")[0] == 200
    ours = next(process for process in psutil.process_iter() if serves(process, port))
    kernels = [process for process in ours.children(recursive=True) if "rekindle.server.kernel" in process.cmdline()]
    assert kernels
    assert [line for kernel in kernels for line in kernel.net_connections("tcp") if line.status == "LISTEN"] == []


def serves(process: psutil.Process, port: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return f"--port={port}" in process.cmdline()
    return False
