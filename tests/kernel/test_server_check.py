"""The self-check refuses a server that is not what it should be: each wall is taken away once, on purpose."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from http.client import HTTPConnection  # noqa: TID251 - the server on 127.0.0.1
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from rekindle import settings
from rekindle.errors import SelfCheckFailed, WorkerEnded
from rekindle.server import process
from rekindle.server.setup import Book, Setup
from rekindle.server.supervisor import Supervisor, serve

BREAKS = {
    "no-login": """
from rekindle.server import gate
gate.Gate.lets_in = lambda self, request: True
""",
    "foreign-host": """
from rekindle.server import gate
gate.Gate.knows_host = lambda self, request: True
""",
    "login-once": """
from rekindle.server import gate
gate.Gate.take = lambda self, ticket: gate._digest(ticket) in self._tickets
""",
    "login-cookie": """
from rekindle.server import gate
gate.Gate.pass_for = lambda self, handler: handler.set_cookie(
    self.cookie, gate.create_signed_value(self.secret, self.cookie, "in"))
""",
    "template": """
from rekindle.server import walls
walls.headers = lambda port: {"Cache-Control": "no-store"}
""",
    "kernels": """
from rekindle.server import kernels, worker
from traitlets.config import Config
kernels.kernel_config = Config
""",
}


BOOK = Book(("00-before-you-begin", "dashboard"), "00-before-you-begin", {}, {}, [])


def setup_in(home: Path, book: Book = BOOK) -> Setup:
    return Setup(
        kind="pages",
        home=home / "rekindle",
        notebooks=settings.notebooks_folder(),
        template=settings.PACKAGE / "voila_template",
        extension=settings.PACKAGE / "frontend" / "charts_extension",
        book=lambda: book,
    )


def never(_address: str) -> None:
    raise AssertionError("it said that it was ready")


def run_with(home: Path, monkeypatch: pytest.MonkeyPatch, broken: str, ready: Callable[[str], None] = never) -> None:
    """Serve with a worker that first runs `broken`."""
    module = home / "broken_worker.py"
    # The environment first: what breaks imports Jupyter, which looks there once.
    module.write_text(
        "from rekindle.server import worker\n"
        "prepare = worker.prepare\n"
        f"def prepare_and_break(order):\n    prepare(order)\n    exec({broken!r}, {{'order': order}})\n"
        "worker.prepare = prepare_and_break\nworker.main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(home), prepend=os.pathsep)
    start = process.start
    monkeypatch.setattr(process, "start", lambda _module, *socks: start("broken_worker", *socks))

    serve(setup_in(home), ready, browser=False)


@pytest.mark.parametrize("wall", BREAKS)
def test_a_missing_wall_is_noticed_before_anybody_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, wall: str
) -> None:
    with pytest.raises(SelfCheckFailed) as caught:
        run_with(home, monkeypatch, BREAKS[wall])
    assert caught.value.facts["check"] == wall
    assert psutil.Process().children(recursive=True) == []


def test_a_worker_that_ends_at_once_is_said_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkerEnded):
        run_with(home, monkeypatch, "import os; os._exit(3)")


def test_a_worker_that_cannot_render_pages_is_started_again_and_then_it_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "from rekindle.server import pages\ndef fail(folder): raise RuntimeError\npages.make_lean = fail"
    told: list[str] = []
    with pytest.raises(WorkerEnded):
        run_with(home, monkeypatch, broken, told.append)
    assert len(told) == 1
    assert psutil.Process().children(recursive=True) == []


def test_a_page_that_is_asked_for_before_the_worker_is_told_to_furnish_is_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Supervisor, "_furnish", lambda _self: None)
    shown: list[str] = []

    def asked(address: str, path: str, cookie: str = "") -> tuple[str, str]:
        with closing(HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=30)) as line:
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            return answer.headers.get("Set-Cookie", "").partition(";")[0], answer.read().decode()

    def ready(address: str) -> None:
        cookie, _ = asked(address, urlsplit(address).path)
        shown.append(asked(address, "/voila/render/dashboard", cookie)[1])
        os.kill(os.getpid(), signal.SIGTERM)

    serve(setup_in(home), ready, browser=False)
    assert "static/bundle.js?v=" in shown[0]


def test_a_worker_is_there_before_what_renders_pages_is_imported(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = f"""
import sys
from pathlib import Path
from rekindle.server import worker
say = worker.Duty.say
def note(self, what):
    if what["said"] == "up":
        heavy = "jsonschema yaml nbformat.reader nbconvert.exporters.html sqlcipher3 rekindle.server.exporter"
        there = [name for name in heavy.split() if name in sys.modules]
        Path({str(home / "seen")!r}).write_text(" ".join(["up", *there]))
    say(self, what)
worker.Duty.say = note
"""
    run_with(home, monkeypatch, spy, lambda _address: os.kill(os.getpid(), signal.SIGTERM))
    assert (home / "seen").read_text() == "up"


def test_without_notebooks_it_does_not_start(home: Path) -> None:
    with pytest.raises(SelfCheckFailed) as caught:
        serve(setup_in(home, replace(BOOK, pages=())), print, browser=False)
    assert caught.value.facts["check"] == "notebooks"
