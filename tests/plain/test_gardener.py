"""The gardener: what it does with a seedbed that is slow, wrong, hung or gone, and how a copied process is handled."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rekindle.server import gardener, linux
from rekindle.server.gardener import KERNEL, Gardener
from rekindle.server.seedling import Seedling

pytestmark = pytest.mark.skipif(not linux.HERE, reason="elsewhere there is no seedbed")

NAME = f"/tmp/rk-abcdefgh/k/kernel-{'0' * 36}.json"  # noqa: S108 (no file: only its length counts)
COMMAND = [*KERNEL, "-f", NAME]
SAYS = "import os, socket, time; line = socket.socket(fileno=0); line.send(b'ready'); "
ANSWERS = SAYS + "ask = socket.socket(fileno=socket.recv_fds(line, 16, 1)[1][0]); ask.recv(65536); "


@pytest.fixture
def hire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Gardener]]:
    """Give a gardener with a seedbed that is a few words of Python."""
    hired: list[Gardener] = []

    def hire(program: str) -> Gardener:
        monkeypatch.setattr(gardener, "SEEDBED", (sys.executable, "-c", program))
        hired.append(Gardener(["json"], NAME))
        return hired[-1]

    yield hire
    for one in hired:
        if one._bed is not None:
            one._let_go(OSError())


def grow(one: Gardener, times: int = 1, command: list[str] = COMMAND) -> list[Seedling | None]:
    async def ask() -> list[Seedling | None]:
        return [await one.grow(command, {}, "/") for _ in range(times)]

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("", "ConnectionError"),
        ("import socket; socket.socket(fileno=0).send(b'reedy')", "ConnectionError"),
        ("import time; time.sleep(60)", "TimeoutError"),
        (SAYS, "Error"),  # one or the other, as far as it has come
        (SAYS + "time.sleep(60)", "TimeoutError"),
        (ANSWERS, "ValueError"),
        (ANSWERS + "ask.send(b'many'); time.sleep(60)", "ValueError"),
        (ANSWERS + "ask.send(b'1\\n'); time.sleep(60)", "ChildProcessError"),
    ],
)
def test_a_seedbed_that_is_slow_wrong_hung_or_gone_is_let_go_at_once_and_for_ever(
    program: str,
    told: str,
    hire: Callable[[str], Gardener],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(gardener, "READY_WITHIN", 0.8 if "ready" not in program else 20.0)
    monkeypatch.setattr(gardener, "ANSWER_WITHIN", 0.5)
    one, begun = hire(program), time.monotonic()
    with caplog.at_level(logging.ERROR):
        assert grow(one, times=3) == [None] * 3
    assert time.monotonic() - begun < 10
    (line,) = caplog.messages
    assert line.endswith(f"{told}); kernels are started the plain way")
    assert one._bed is not None
    assert one._bed.returncode is not None, "it is ended, and waited for"


def test_what_is_no_kernel_of_ours_is_left_to_jupyter(hire: Callable[[str], Gardener]) -> None:
    one = hire(SAYS + "time.sleep(60)")
    assert grow(one, command=[sys.executable, "-c", "pass"]) == [None]
    assert one._bed is None, "nor does it need a seedbed"


def test_where_there_can_be_no_seedbed_none_is_started(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    without = Gardener([], NAME)
    monkeypatch.setattr(linux, "HERE", False)
    for one in (without, Gardener(["json"], NAME)):
        assert grow(one) == [None]
        assert one._bed is None
    assert caplog.messages == []


def test_a_seedbed_that_cannot_be_started_is_told_once(
    hire: Callable[[str], Gardener], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    with caplog.at_level(logging.ERROR):
        assert grow(hire(""), times=2) == [None] * 2
        monkeypatch.setattr(socket, "SOCK_SEQPACKET", -1)
        assert grow(hire("")) == [None]
    assert caplog.messages == [
        "there is no seedbed (FileNotFoundError); kernels are started the plain way",
        "there is no seedbed (OSError); kernels are started the plain way",
    ]


def test_a_seedbed_may_be_started_before_anybody_wants_a_kernel(hire: Callable[[str], Gardener]) -> None:
    one = hire("import time; time.sleep(60)")
    one.begin()
    bed = one._bed
    assert bed is not None
    one.begin()
    assert one._bed is bed


def test_who_is_not_patient_does_not_wait_for_the_first_one(hire: Callable[[str], Gardener]) -> None:
    one, begun = hire("import time; time.sleep(60)"), time.monotonic()
    one._patient = False
    assert grow(one) == [None]
    assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize("seeds", [[], ["json"], ["rekindle.doors", "rekindle.content:catalog"]])
def test_a_kernels_command_line_takes_the_room_of_the_seedbeds_own(seeds: list[str]) -> None:
    assert len("\0".join(gardener._command(seeds, NAME))) == len("\0".join(COMMAND))


@pytest.mark.parametrize(("name", "called"), [("'a b'", ["a b", "", ""]), ("'x' * 4000", None)])
def test_a_process_is_called_by_another_name_if_there_is_room(name: str, called: list[str] | None) -> None:
    program = (
        f"import sys; from pathlib import Path; from rekindle.server.linux import be_called; be_called([{name}, '']);"
        "sys.stdout.buffer.write(Path('/proc/self/cmdline').read_bytes())"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout.decode()
    assert told.split("\0")[:3] == (called or [sys.executable, "-c", program])


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the name of a module that the seedbed can find, with a function that starts a thread."""
    code = "import threading\ndef start():\n    threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    (tmp_path / "wild.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return "wild"


def opened(one: Gardener) -> tuple[bool, subprocess.Popen[bytes]]:
    """Return whether a seedbed gets ready, and its process, after the line to it was closed."""
    is_ready = asyncio.run(one._open())
    one._line.close()
    assert one._bed is not None
    one._bed.wait(10)
    return is_ready, one._bed


def test_the_seedbed_serves_alone_only_and_what_cannot_be_imported_is_no_harm(module: str) -> None:
    assert opened(Gardener([module, "no.such.module", "json:nothing"], NAME))[0]
    assert not opened(Gardener([f"{module}:start"], NAME))[0]


def test_the_seedbed_ends_with_the_line_to_its_worker() -> None:
    assert opened(Gardener(["json"], NAME))[1].returncode == 0


def test_a_process_is_watched_signalled_and_waited_for() -> None:
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    one = Seedling(os.posix_spawn(sys.executable, sleeping, os.environ))
    assert one.poll() is None
    one.terminate()
    assert one.wait() == one.poll() == one.returncode == -15
    one.kill()
    other = Seedling(os.posix_spawn(sys.executable, sleeping, os.environ))
    other.kill()
    os.waitpid(other.pid, 0)
    assert other.poll() == 0, "somebody else has waited for it"
    assert (one.stdin, one.stdout, one.stderr) == (None, None, None)
