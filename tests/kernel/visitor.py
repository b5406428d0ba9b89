"""A running `rekindle` as its neighbours see it: requests by hand, and a look at its processes and files."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage  # noqa: TID251 (it asks our own server, on 127.0.0.1)
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.blocking.client import BlockingKernelClient

from tests.places import home_environment

COMMAND = str(Path(sys.executable).with_name("rekindle"))
READY = re.compile(r"^Rekindle is ready: (http://127\.0\.0\.1:(\d+)/enter/([\w-]+))$")
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: str


@dataclass
class Server:
    """One `rekindle` that said that it is ready."""

    process: subprocess.Popen[str]
    home: Path
    out: list[str]
    err: list[str]
    cookie: str = ""
    family: list[psutil.Process] = field(default_factory=list)

    @property
    def address(self) -> str:
        found = READY.match(self.out[0])
        assert found, self.out
        return found[1]

    @property
    def port(self) -> int:
        found = READY.match(self.out[0])
        assert found, self.out
        return int(found[2])

    @property
    def ticket(self) -> str:
        return self.address.rpartition("/")[2]

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask as a stranger; an underscore in a header's name stands for a hyphen."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                line.putheader(name.replace("_", "-"), value)
            if method in {"POST", "PUT"}:
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body.encode() or None)
            reply = line.getresponse()
            text = reply.read().decode(errors="replace") if reply.status != 101 else ""
            return Answer(reply.status, reply.headers, text)
        finally:
            line.close()

    def enter(self) -> None:
        """Use the one-time address."""
        entered = self.ask(f"/enter/{self.ticket}")
        assert entered.status == 302, entered
        self.cookie = entered.headers["Set-Cookie"].split(";")[0]

    def ask_in(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """Ask as somebody who is logged in."""
        if not self.cookie:
            self.enter()
        return self.ask(path, method, body, **{"Cookie": self.cookie, **headers})

    def tree(self) -> list[psutil.Process]:
        """Return the supervisor and everything below it."""
        top = psutil.Process(self.process.pid)
        return [top, *top.children(recursive=True)]

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels' processes."""
        return [one for one in self.tree() if "rekindle.server.kernel" in cmdline(one)]

    def worker(self) -> psutil.Process:
        """Return the worker's process."""
        return next(one for one in self.tree() if "rekindle.server.worker" in cmdline(one))

    def listening(self) -> set[Any]:
        """Return the addresses at which it, or anything below it, takes connections."""
        found = set()
        for process in self.tree():
            with contextlib.suppress(psutil.Error):  # a kernel may end meanwhile
                found |= {one.laddr for one in process.net_connections() if one.status == psutil.CONN_LISTEN}
        return found

    @property
    def runtime(self) -> Path:
        """The runtime folder, as the lock file names it."""
        lock = next((self.home / "rekindle").glob(".running-*"))
        return Path(json.loads(lock.read_text())["runtime"])


def asked(server: Server, kernel_id: str, what: str) -> Any:
    """Return what an expression gives in a kernel."""
    client = BlockingKernelClient(connection_file=str(server.runtime / "k" / f"kernel-{kernel_id}.json"))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        reply: Any = client.execute("", user_expressions={"it": what}, reply=True, timeout=30, store_history=False)
        found = reply["content"]["user_expressions"]["it"]
        assert found["status"] == "ok", found
        return ast.literal_eval(found["data"]["text/plain"])
    finally:
        client.stop_channels()
        client.context.term()


def cmdline(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def wait_for(fact: Callable[[], Any], within: float = 30) -> Any:
    """Return the first true thing that `fact` returns."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if found := fact():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {within} s")


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that still run."""
    return [one for one in processes if _runs(one)]


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):  # it may end between two questions
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def launch(home: Path, *words: str, **more: str) -> Server:
    """Start `rekindle` in a home of its own, and return without waiting."""
    home.mkdir(parents=True, exist_ok=True)
    around = {**os.environ, **home_environment(home), **more}
    process = subprocess.Popen(
        [COMMAND, *words, "--no-browser"],
        env=around,
        cwd=home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    server = Server(process, home, [], [])
    for stream, kept in ((process.stdout, server.out), (process.stderr, server.err)):
        threading.Thread(target=_keep, args=(stream, kept), daemon=True).start()
    return server


def _keep(stream: Any, kept: list[str]) -> None:
    with stream as lines:
        for line in lines:
            kept.append(line.rstrip("\n"))  # noqa: PERF401 (others read the list while it grows)


@contextlib.contextmanager
def serving(home: Path, *words: str, **more: str) -> Iterator[Server]:
    """Start `rekindle`, wait until it is ready, and end it afterwards with all that it started."""
    server = launch(home, *words, **more)
    try:
        wait_for(lambda: server.out or server.process.poll() is not None, 90)
        assert server.out, server.err
        yield server
    finally:
        end(server)


def end(server: Server, with_signal: int = signal.SIGTERM) -> None:
    """End a server; what is left of it is ended by force."""
    family = server.tree() if server.process.poll() is None else []
    if server.process.poll() is None:
        server.process.send_signal(with_signal)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.process.wait(20)
    for one in psutil.wait_procs(family, 10)[1]:
        with contextlib.suppress(psutil.Error):
            one.kill()
    server.process.wait()
