"""A real Rekindle and a real browser: start the one, drive the other, and see that neither calls anybody outside."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

from tests.places import home_environment

COMMAND = str(Path(sys.executable).with_name("rekindle"))
READY = re.compile(r"Rekindle is ready: (\S+)")
KERNEL = re.compile(r"rekindle\.server\.kernel|rekindle[/\\]server[/\\]kernel|ipykernel")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONG = 60_000


@dataclass
class Book:
    """A running `rekindle`, with a home of its own."""

    process: subprocess.Popen[str]
    home: Path
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address that logs one browser in, once."""
        return next(found[1] for line in self.said if (found := READY.search(line)))

    @property
    def base(self) -> str:
        """The server's address without the login."""
        return f"http://{urlsplit(self.address).netloc}"

    def kernels(self) -> list[psutil.Process]:
        """Return the kernels that it started and that still run."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return [child for child in psutil.Process(self.process.pid).children(recursive=True) if _is_kernel(child)]
        return []

    def end(self, with_signal: int = signal.SIGTERM, patience: float = 20) -> int:
        """Send a signal and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.process.wait(patience)


def _is_kernel(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return process.status() != psutil.STATUS_ZOMBIE and bool(KERNEL.search(" ".join(process.cmdline())))
    return False


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(home: Path, *words: str, patience: float = 120) -> subprocess.CompletedProcess[str]:
    """Run one `rekindle` command to its end, in the given home."""
    around = {**os.environ, **home_environment(home)}
    return subprocess.run(
        [COMMAND, *words], env=around, capture_output=True, text=True, timeout=patience, check=False, cwd=home
    )


def export(home: Path) -> dict[str, Any]:
    """Return what `rekindle export --format json` writes for the journal in the given home."""
    out = home / f"export-{time.monotonic_ns()}.json"
    done = run(home, "export", "--format", "json", "--output", str(out))
    assert done.returncode == 0, done.stderr
    whole: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    out.unlink()
    return whole


@contextlib.contextmanager
def started(home: Path, *words: str, patience: float = 90, command: str = COMMAND, **more: str) -> Iterator[Book]:
    """Start `rekindle --no-browser` on a free port, wait until it says that it is ready, and end it afterwards.

    `words` come before the options (`"lab"`, say), `more` are environment variables, `command` another install.
    """
    home.mkdir(parents=True, exist_ok=True)
    around = {**os.environ, **home_environment(home), "PYTHONUNBUFFERED": "1", **more}
    asked = [command, *words, "--no-browser", "--port", str(free_port())]
    process = subprocess.Popen(
        asked,
        env=around,
        cwd=home,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    book, ready = Book(process, home), threading.Event()
    listener = threading.Thread(target=_listen, args=(book, ready), daemon=True)
    listener.start()
    try:
        assert ready.wait(patience), f"{asked} was not ready after {patience} s; it said: {book.said}"
        assert READY.search("\n".join(book.said)), f"{asked} ended before it was ready; it said: {book.said}"
        yield book
    finally:
        _finish(book)
        listener.join(5)


def _listen(book: Book, ready: threading.Event) -> None:
    assert book.process.stdout
    with book.process.stdout as lines:
        for line in lines:
            book.said.append(line.rstrip())
            if READY.search(line):
                ready.set()
    ready.set()  # it ended: nobody need wait any longer


def _finish(book: Book) -> None:
    """End it kindly, and whatever is left of it by force."""
    left = []
    with contextlib.suppress(psutil.NoSuchProcess):
        left = psutil.Process(book.process.pid).children(recursive=True)
    try:
        book.end()
    except subprocess.TimeoutExpired:
        book.process.kill()
        book.process.wait()
    for process in psutil.wait_procs(left, 10)[1]:
        with contextlib.suppress(psutil.Error):
            process.kill()


@dataclass
class Watch:
    """What a browser asked for and complained of."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Note every request, web socket, console error and uncaught exception of every page in a context.

        A breach of the content security policy is a console error.
        """
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("page", lambda page: page.on("websocket", lambda opened: self.asked.append(opened.url)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def forgive(self, pattern: str) -> None:
        """Let pass what matches: for a test that kills a server, and says so."""
        self.forgiven.append(pattern)

    def outside(self) -> list[str]:
        """Return the requests to any host but 127.0.0.1."""
        split = ((url, urlsplit(url)) for url in self.asked)
        return [
            url
            for url, parts in split
            if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1"
        ]

    def faults(self) -> list[str]:
        """Return all that no test forgave; requests to outside are never forgiven."""
        held = [text for text in self.complaints if not any(re.search(one, text) for one in self.forgiven)]
        return [f"asked outside: {url}" for url in self.outside()] + held


def logged_in(browser: Browser, book: Book, watch: Watch, options: Mapping[str, Any]) -> BrowserContext:
    """Return a new browser context that the book's one-time address has logged in."""
    context = browser.new_context(base_url=book.base, **options)
    watch.follow(context)
    page = context.new_page()
    page.goto(book.address, wait_until="domcontentloaded")
    page.close()
    return context


def open_exercise(page: Page, notebook: str, exercise: str) -> Locator:
    """Show a notebook's page, open one exercise, and return its root once its fields are filled.

    As a person does, it waits until the page is ready: no button can be seen before.
    """
    path = f"/voila/render/{notebook}.ipynb"
    if urlsplit(page.url).path != path:
        page.goto(path, timeout=LONG)
    page.locator("html[data-rk-ready]").wait_for(state="attached", timeout=LONG)
    root = page.locator(f".rk-exercise--{exercise}")
    root.wait_for(timeout=LONG)
    if "rk-is-open" not in (root.get_attribute("class") or "").split():
        root.locator("button").first.click()
    page.locator(f".rk-exercise--{exercise}.rk-is-open").wait_for(timeout=LONG)
    return root


def saved(page: Page, exercise: str, patience: float = 10) -> None:
    """Wait until an exercise says that everything in it is saved."""
    page.locator(f'.rk-exercise--{exercise} .rk-saved[data-state="saved"]').wait_for(timeout=patience * 1000)
