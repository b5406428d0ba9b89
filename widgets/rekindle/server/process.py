"""The processes: how one is started, limited, handed the listening socket, and ended.

Everything that differs between operating systems is here, and nowhere else in the server.
"""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from rekindle.errors import PortTaken

WINDOWS = sys.platform == "win32"
HERE = "127.0.0.1"
BACKLOG = 128
AFTER_A_CRASH = 10.0


def restrict() -> None:
    """Keep what this process and its children write to one person: files 0600, folders 0700, no core files."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # does not exist on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def listen(port: int) -> socket.socket:
    """Return a listening socket on this computer's own address; port 0 takes a free one.

    Raises:
        PortTaken: something else uses the port.
    """
    if port and _answers(port):
        raise PortTaken(port=port)
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if WINDOWS:
        # Without it, Windows lets another program take the same port.
        sock.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", -5), 1)
    else:
        # Only skips the wait after an earlier server on this port; a port in use is still refused.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((HERE, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise PortTaken(port=port) from error
    return sock


def listen_patiently(port: int, after_a_crash: bool) -> socket.socket:
    """Return a listening socket; the worker of a server that was killed may hold the port for a moment longer."""
    deadline = time.monotonic() + (AFTER_A_CRASH if after_a_crash else 0)
    while True:
        try:
            return listen(port)
        except PortTaken:
            if time.monotonic() >= deadline:
                raise
            time.sleep(0.2)


def _answers(port: int) -> bool:
    """Tell whether somebody accepts connections there; some systems would let us bind beside them."""
    try:
        socket.create_connection((HERE, port), timeout=0.3).close()
    except OSError:
        return False
    return True


def clean_environment() -> dict[str, str]:
    """Return this environment without what would let a person's own Jupyter, IPython or Python start-up in."""
    dropped = ("JUPYTER", "IPYTHON", "VOILA", "PYTHONSTARTUP", "REKINDLE_PASSPHRASE", "JPY_")
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(dropped)}


def start(module: str, *socks: socket.socket) -> subprocess.Popen[bytes]:
    """Start `python -m module` as the leader of a session of its own; it can inherit `socks`.

    Its standard input and output are pipes: the only way in which it is told anything. A closed input is how it
    learns that we are gone. Nothing is buffered: what it says may be a key, and no copy of that is to lie about.
    """
    command = [sys.executable, "-P", "-m", module]
    env = clean_environment()
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(
            command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, creationflags=flags
        )
    return subprocess.Popen(
        command,
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        start_new_session=True,
        pass_fds=[sock.fileno() for sock in socks],
    )


def hand_over(sock: socket.socket, pid: int) -> dict[str, str | int]:
    """Return what process `pid` needs to take `sock` over."""
    if sys.platform == "win32":
        return {"share": base64.b64encode(sock.share(pid)).decode()}
    return {"fd": sock.fileno()}


def take_over(given: dict[str, str | int]) -> socket.socket:
    """Return the socket that `hand_over` described, in the process that it was meant for."""
    if sys.platform == "win32":
        sock = socket.fromshare(base64.b64decode(str(given["share"])))
    else:
        sock = socket.socket(fileno=int(given["fd"]))
        sock.set_inheritable(False)  # kernels must not keep the port open
    sock.setblocking(False)
    return sock


def take_stdout() -> int:
    """Return a private descriptor for what was standard output; kernels inherit standard error in its place."""
    private = os.dup(1)
    os.set_inheritable(private, False)
    os.dup2(2, 1)
    return private


def end(child: subprocess.Popen[bytes], patience: float) -> None:
    """End a child: first by closing its input, then, after `patience` seconds, by force with all in its session."""
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        if WINDOWS:
            child.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def open_in_browser(page: Path) -> None:
    """Show a local file in the person's browser. The browser keeps our terminal free of its own messages."""
    command = [sys.executable, "-m", "webbrowser", "-t", page.as_uri()]
    null = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        if WINDOWS:
            subprocess.Popen(command, stdin=null, stdout=null, stderr=null)
        else:
            subprocess.Popen(command, stdin=null, stdout=null, stderr=null, start_new_session=True)
