"""A hub for trials on this computer: JupyterHub, its proxy, and two accounts. `make hub-trial` runs it until Ctrl-C.

It needs root, since a server of each person runs as an account of their own, and npm for JupyterHub's proxy.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "deploy" / "hub" / "trial_config.py"
PROXY = "configurable-http-proxy@5.3.0"
PEOPLE = ("rk-ada", "rk-bo")
"""Names of accounts that nobody has. They are made for a trial, and are taken away after it."""


def missing() -> str:
    """Return what a trial lacks on this computer, in words; "" if it can begin."""
    if sys.platform != "linux":
        return "The trial makes accounts as Linux does."
    if os.geteuid() != 0:
        return "The trial runs each person's server as an account of its own, so it needs root."
    absent = [name for name in ("npm", "node", "useradd", "userdel", "chpasswd") if not shutil.which(name)]
    return f"The trial needs {', '.join(absent)}." if absent else ""


def python_for_all() -> Path:
    """Return a Python that every account of this computer may run: one below /root is root's alone."""
    for path in map(Path, (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3")):
        real = path.resolve()
        if real.exists() and all(above.stat().st_mode & 0o001 for above in real.parents):
            return real
    raise SystemExit("No Python on this computer may be run by other accounts.")


def prepare(place: Path) -> None:
    """Put the hub's environment into a folder: the locked packages, the workbook, and the proxy."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)
    python = place / "env" / "bin" / "python"
    if not python.exists():
        _do(python_for_all(), "-m", "venv", place / "env")
        _do(python, "-m", "pip", "install", "-qq", "--upgrade", "pip")
    lock = ROOT / "requirements" / "hub.txt"
    _do(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", lock)
    path = f"{python.parent}:{os.environ['PATH']}"
    _do("bash", "binder/postBuild", cwd=_copy(place / "source"), env={**_around(), "PATH": path})
    if not (place / "proxy" / "node_modules").exists():
        _do("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", place / "proxy", PROXY)


def _copy(target: Path) -> Path:
    """Copy what travels in the package, so that nothing is built inside the tree."""
    shutil.rmtree(target, ignore_errors=True)
    left = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("widgets", "notebooks", "binder"):
        shutil.copytree(ROOT / name, target / name, ignore=left)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT.md"):
        shutil.copy(ROOT / name, target / name)
    return target


def make_people(people: Sequence[str] = PEOPLE) -> dict[str, str]:
    """Make the accounts; return their passwords, which are told once and written nowhere."""
    passwords = {}
    for name in people:
        _do("useradd", "--create-home", "--shell", "/usr/sbin/nologin", name)
        passwords[name] = secrets.token_urlsafe(12)
        subprocess.run(["chpasswd"], input=f"{name}:{passwords[name]}\n", text=True, check=True)
    return passwords


def take_people_away(people: Sequence[str] = PEOPLE) -> None:
    """Take the accounts away with all that they wrote."""
    for name in people:
        subprocess.run(["userdel", "--force", "--remove", name], check=False, capture_output=True)


def start(place: Path, people: Sequence[str] = PEOPLE) -> tuple[subprocess.Popen[bytes], str]:
    """Start the hub of a prepared folder; return it and its address. The ports stay the same from start to start."""
    told, state = place / "trial.json", place / "state"
    state.mkdir(mode=0o700, exist_ok=True)
    if not told.exists():
        ports = {name: _free_port() for name in ("port", "hub_port", "api_port")}
        node = [
            shutil.which("node"),
            str(place / "proxy/node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
        ]
        facts = {
            **ports,
            "people": [*people],
            "proxy": node,
            "singleuser": str(place / "env/bin/jupyterhub-singleuser"),
        }
        told.write_text(json.dumps(facts), "utf-8")
    port = json.loads(told.read_text("utf-8"))["port"]
    around = {**_around(), "REKINDLE_TRIAL": str(place), "PATH": f"{place / 'env' / 'bin'}:{os.environ['PATH']}"}
    with (state / "hub.log").open("ab") as log:
        hub = subprocess.Popen(
            [place / "env/bin/jupyterhub", "-f", CONFIG], cwd=place, env=around, stdout=log, stderr=log
        )
    return hub, f"http://hub.localhost:{port}"


def _around() -> dict[str, str]:
    """Return the environment without what belongs to this tree's own Python."""
    return {name: text for name, text in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def _do(*words: str | Path, **more: object) -> None:
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]  # cwd and env are handed on
    if done.returncode:
        raise SystemExit(f"{words[0]} did not work: {done.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Run a trial until Ctrl-C."""
    if lacks := missing():
        raise SystemExit(lacks)
    place = ROOT / ".work" / "hub"
    print("Setting up (once; some minutes) ...")
    prepare(place)
    take_people_away()
    passwords = make_people()
    hub, address = start(place)
    try:
        print(f"The hub is at {address}")
        for name, password in passwords.items():
            print(f"  {name}   {password}")
        print("Ctrl-C ends it, and takes the two accounts away with all that they wrote.")
        hub.wait()
    except KeyboardInterrupt:
        pass
    finally:
        hub.terminate()
        hub.wait(30)
        take_people_away()


if __name__ == "__main__":
    main()
