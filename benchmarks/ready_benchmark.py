"""How long a page takes to be ready, how much it asks for, beside the same page in others, round by round.

Run: python -m benchmarks.ready_benchmark [--rounds N] [--all] [--docs] [peer …]. A peer is one file in `peers/`: how to
start it, which address to open, and when it is ready. With a requirements file of the same name it gets an environment
of its own. Ready is when every control is there and filled and the chart is drawn. The browser's cache is empty in each
round; the server is warm. Trust the ratios, which are taken inside each round, and not milliseconds from one day to
another.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, sync_playwright

from benchmarks import reflection, telling

HERE = Path(__file__).parent
WORK = HERE.parent / ".work" / "benchmarks"
DOCS = HERE.parent / "docs" / "benchmarks"
QUICK = ("rekindle", "voila", "floor")
BASES = ("voila", "floor")
SETTLE = 4.0  # a person reads for at least that long; the next pages are made ready from two seconds on
WAIT = 90_000
WATCH = """
(() => { const look = () => { if (%s) window.benchReady = performance.now(); else setTimeout(look, 5); }; look(); })();
"""


def python_of(peer: str) -> Path:
    """Return the Python of a peer: the project's, or one with its own requirements, made when it is first needed."""
    needs = HERE / "peers" / f"{peer}.txt"
    if not needs.is_file():
        return Path(sys.executable)
    home = WORK / peer
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = home / "requirements.txt"
    if not stamp.is_file() or stamp.read_text() != needs.read_text():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(needs)], check=True)
        stamp.write_text(needs.read_text())
    return python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def heard(port: int) -> None:
    """Wait until a server listens on a port; raises TimeoutError after half a minute."""
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("a server did not start")


class Peer:
    """One running peer, and what was measured of it."""

    def __init__(self, name: str, browser: Browser, home: Path) -> None:
        self.name, self.browser, self.home = name, browser, home
        self.plan = importlib.import_module(f"benchmarks.peers.{name}")
        self.rounds: list[dict[str, float]] = []

    @contextlib.contextmanager
    def started(self) -> Iterator[Peer]:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        command = [str(python_of(self.name)), "-m", f"benchmarks.peers.{self.name}", str(port), str(self.home)]
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)
        assert process.stdout
        if (line := process.stdout.readline()).startswith("begin"):  # its journal is filled: only now it starts
            begun, line = time.perf_counter(), process.stdout.readline()
        self.start = time.perf_counter() - begun
        assert line.startswith("open "), f"{self.name} did not start"
        context = self.browser.new_context()
        context.new_page().goto(line.removeprefix("open ").strip(), timeout=WAIT)
        self.state = context.storage_state()
        context.close()
        try:
            yield self
        finally:
            family = psutil.Process(process.pid).children(recursive=True)
            for one in psutil.Process(process.pid).children():  # they end what they started
                one.terminate()
            psutil.wait_procs(family, 10)
            process.terminate()
            process.wait()
            for one in family:
                with contextlib.suppress(psutil.Error):
                    one.kill()

    def visit(self) -> dict[str, float]:
        """Open the page in a browser without a cache and return what was seen."""
        if self.plan.BEFORE:
            before = self.browser.new_context(base_url=self.base, storage_state=self.state)
            before.new_page().goto(self.plan.BEFORE, timeout=WAIT)
            time.sleep(SETTLE)
            before.close()
        context = self.browser.new_context(base_url=self.base, storage_state=self.state)
        page = context.new_page()
        page.add_init_script(reflection.SCRIPT)
        page.add_init_script(WATCH % self.plan.READY)
        asked: dict[str, str] = {}
        sizes: dict[str, float] = {}
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", lambda seen: asked.update({seen["requestId"]: seen["request"]["url"]}))
        line.on("Network.webSocketCreated", lambda seen: asked.update({seen["requestId"]: seen["url"]}))
        line.on(
            "Network.loadingFinished", lambda seen: sizes.update({seen["requestId"]: float(seen["encodedDataLength"])})
        )
        page.goto(self.plan.PATH, wait_until="commit", timeout=WAIT)
        page.wait_for_function("() => window.benchReady", timeout=WAIT)
        seen = {"ready": float(page.evaluate("() => window.benchReady"))}
        seen["controls"] = page.evaluate("() => window.benchControls()")
        ours = [url for url in asked.values() if url.startswith(("http", "ws"))]
        seen["requests"] = len(ours)
        seen["others"] = len([url for url in ours if "//127.0.0.1:" not in url])
        seen["bytes"] = sum(sizes.values())
        context.close()
        return seen


def measure(names: list[str], rounds: int, *, docs: bool = False) -> str:
    """Start all peers, let them take turns, and return what to print; with `docs`, write it for the documentation."""
    chromium, was_busy = os.environ.get("REKINDLE_CHROMIUM"), telling.is_busy()
    with contextlib.ExitStack() as opened:
        playwright = opened.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        opened.callback(browser.close)
        homes = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        peers = []
        for name in names:
            (homes / name).mkdir(mode=0o700)
            peers.append(opened.enter_context(Peer(name, browser, homes / name).started()))
        for number in range(rounds + 1):  # the first round of all is not counted
            for peer in peers if number % 2 else reversed(peers):
                seen = peer.visit()
                if number:
                    peer.rounds.append(seen)
        found = {peer.name: peer.rounds for peer in peers}
        WORK.mkdir(parents=True, exist_ok=True)
        (WORK / "ready.json").write_text(json.dumps(found, indent=1))
        bases = [base for base in BASES if base in found]
        rows = telling.ready_table(found, {peer.name: peer.start for peer in peers}, bases)
        facts = telling.machine(browser.version, was_busy=was_busy)
        if docs:
            telling.write_page(DOCS, rows, found, facts, rounds)
        return f"{rounds} rounds, medians; ready in a browser without a cache\n{telling.plain(rows)}\n{facts}"


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a page takes to be ready.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--all", action="store_true", help="every peer that there is a file for")
    parser.add_argument("--docs", action="store_true", help="write the table and a plot into docs/benchmarks")
    parser.add_argument("peers", nargs="*")
    asked: Any = parser.parse_args()
    known = sorted(path.stem for path in (HERE / "peers").glob("*.py"))
    names = asked.peers or (known if asked.all else list(QUICK))
    print(measure(names, asked.rounds, docs=asked.docs))


if __name__ == "__main__":
    main()
