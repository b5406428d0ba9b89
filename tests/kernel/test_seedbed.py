"""The seedbed of a running server: kernels come from it, are like any other, and it is never missed."""

from __future__ import annotations

import ast
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from tests.kernel.test_lab import call
from tests.kernel.test_server_culling import page_kernel
from tests.kernel.visitor import Server, alive, asked, cmdline, serving, wait_for

COLD = "/voila/render/04-rebuild-trust"
PAGE, OTHER = "/voila/render/00-before-you-begin", "/voila/render/01-acknowledge"
NO_SEEDBED = "import os, sys\nif 'rekindle.server.seedbed' in sys.orig_argv:\n    os._exit(3)\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("seedbed") / "home") as running:
        yield running


def seedbeds(server: Server) -> list[psutil.Process]:
    return [one for one in server.tree() if "rekindle.server.seedbed" in cmdline(one)]


def is_copy(kernel: psutil.Process) -> bool:
    """Tell where a kernel comes from: a copy shows what the seedbed was given, and that names no parent."""
    return "JPY_PARENT_PID" not in kernel.environ()


def logged(server: Server) -> list[str]:
    """Return what the log says of the seedbed. A warm page that is ended while it is made leaves other lines."""
    return [line for line in server.err if "rekindle" in line]


def process_of(server: Server, kernel_id: str) -> psutil.Process:
    return next(one for one in server.kernels() if kernel_id in cmdline(one))


@pytest.fixture
def plain_server(home: Path, tmp_path: Path) -> Iterator[Server]:
    """Give a server whose seedbed cannot start."""
    (tmp_path / "sitecustomize.py").write_text(NO_SEEDBED)
    folders = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    with serving(home, PYTHONPATH=os.pathsep.join(folders)) as running:
        yield running


def test_every_kernel_is_a_copy_of_the_one_seedbed_and_the_worker_is_its_parent(server: Server) -> None:
    (seedbed,) = seedbeds(server)
    kernel = process_of(server, page_kernel(server, PAGE))
    assert kernel.ppid() == seedbed.ppid() == server.worker().pid
    assert kernel.create_time() > seedbed.create_time()
    assert is_copy(kernel)
    assert seedbed.children() == []


def test_a_kernel_holds_no_descriptor_of_the_seedbed_or_of_another_kernel(server: Server) -> None:
    open_ones = [process_of(server, page_kernel(server, page)) for page in (PAGE, OTHER)]
    (seedbed,) = seedbeds(server)
    links = {one.pid: set(_links(one)) for one in (*open_ones, seedbed)}
    for one in links.values():
        assert {"/dev/null"} <= one
        for other in links.values():
            assert one is other or {link for link in one & other if link != "/dev/null"} == set()
    for one in open_ones:
        assert [Path(f"/proc/{one.pid}/fd/{number}").readlink() for number in range(3)] == [Path("/dev/null")] * 3


def _links(process: psutil.Process) -> Iterator[str]:
    """Yield what its descriptors lead to; two that lead to one pipe or socket lead to one number."""
    for entry in Path(f"/proc/{process.pid}/fd").iterdir():
        link = str(entry.readlink())
        if not link.startswith("anon_inode:"):
            yield link


WORLD = """__import__('json').dumps({
    'environment': dict(__import__('os').environ), 'folder': __import__('os').getcwd(),
    'argv': __import__('sys').argv, 'orig_argv': __import__('sys').orig_argv, 'path': __import__('sys').path,
    'mask': oct(__import__('os').umask(0o077)), 'core': __import__('resource').getrlimit(4),
    'gc': __import__('gc').isenabled(), 'flags': str(__import__('sys').flags),
    'signals': {n: str(__import__('signal').getsignal(n)) for n in range(1, 32)},
    'main': sorted(n for n in vars(__import__('sys').modules['__main__']) if n.startswith('__')),
    'parent': get_ipython().kernel.parent.parent_handle, 'started': __import__('os').getppid(),
    'group': __import__('os').getpgid(0) == __import__('os').getsid(0) == __import__('os').getpid(),
    'filters': str(__import__('warnings').filters), 'log': str(__import__('logging').getLogger().handlers),
    'threads': sorted(one.name for one in __import__('threading').enumerate()),
    'zone': __import__('time').tzname, 'limits': [__import__('resource').getrlimit(n) for n in range(10)],
    'targets': sorted(get_ipython().kernel.comm_manager.targets),
})"""


def world(server: Server) -> dict[str, Any]:
    """Return what a page's kernel finds around it, without what is its own."""
    kernel = page_kernel(server, COLD)
    text = str(asked(server, kernel, WORLD))
    for own in (kernel, str(server.runtime), str(server.home), f"{server.port}"):
        text = text.replace(own, "OWN")
    found: dict[str, Any] = json.loads(text)
    parents = {int(found["environment"].pop("JPY_PARENT_PID")), found.pop("parent"), found.pop("started")}
    assert parents == {server.worker().pid}
    for name in ("PYTHONPATH", "PYTEST_CURRENT_TEST"):  # the first is different, if there is one
        found["environment"].pop(name, "")
    return found


def test_a_kernel_finds_the_world_as_a_fresh_process_does(server: Server, plain_server: Server) -> None:
    mine, theirs = world(server), world(plain_server)
    theirs["path"] = [folder for folder in theirs["path"] if not Path(folder, "sitecustomize.py").exists()]
    assert mine["targets"] == ["jupyter.widget", "jupyter.widget.control"]
    for name, found in theirs.items():
        assert mine[name] == found, name


CHANCE = """repr([__import__('random').random(), __import__('uuid').uuid4().hex, __import__('uuid').uuid1().hex,
    __import__('os').urandom(8), __import__('secrets').token_hex(8), __import__('tempfile').mktemp(),
    __import__('ssl').RAND_bytes(8), get_ipython().kernel.session.session, get_ipython().kernel.ident,
    __import__('sqlcipher3').connect(':memory:').execute('select randomblob(8)').fetchone()[0],
    __import__('rekindle.journal').journal.new_key('one').raw])"""


def test_no_two_kernels_draw_the_same_lots(server: Server) -> None:
    draws = [ast.literal_eval(asked(server, page_kernel(server, page), CHANCE)) for page in (PAGE, OTHER, PAGE)]
    for lots in zip(*draws, strict=True):
        assert len(set(lots)) == len(lots), lots


def test_a_kernel_that_is_killed_is_noticed_and_reaped(server: Server) -> None:
    kernel = process_of(server, page_kernel(server, OTHER))
    kernel.kill()
    wait_for(lambda: not kernel.is_running())


def test_a_kernel_can_be_interrupted_as_any_other(home: Path) -> None:
    with serving(home, "lab") as server:
        assert seedbeds(server)

        def copied() -> str:
            """Return a kernel that is a copy; the first ones do not wait for the seedbed."""
            one: str = json.loads(call(server, "/api/kernels", "POST", name="python3").body)["id"]
            return one if is_copy(process_of(server, one)) else ""

        kernel = wait_for(copied)
        before = process_of(server, kernel)
        client = BlockingKernelClient(connection_file=str(server.runtime / "k" / f"kernel-{kernel}.json"))
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        waiting = client.execute("import time; time.sleep(60)")
        time.sleep(1)
        assert call(server, f"/api/kernels/{kernel}/interrupt", "POST").status == 204
        reply = wait_for(lambda: client.get_shell_msg(timeout=20))
        assert reply["parent_header"]["msg_id"] == waiting
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        client.stop_channels()
        client.context.term()
        assert call(server, f"/api/kernels/{kernel}/restart", "POST").status == 200
        after = process_of(server, kernel)
        assert after.pid != before.pid
        assert after.ppid() == server.worker().pid
        assert is_copy(after)
        assert asked(server, kernel, "6 * 7") == 42


def test_without_a_seedbed_pages_open_the_plain_way_and_the_log_says_so(plain_server: Server) -> None:
    assert page_kernel(plain_server, PAGE)
    assert seedbeds(plain_server) == []
    assert all(one.ppid() == plain_server.worker().pid and not is_copy(one) for one in plain_server.kernels())
    (line,) = logged(plain_server)
    assert line.endswith("there is no seedbed (ConnectionError); kernels are started the plain way")


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGSTOP])
def test_a_seedbed_that_ends_or_hangs_costs_nobody_a_page(home: Path, way: signal.Signals) -> None:
    with serving(home) as server:
        first = page_kernel(server, PAGE)
        (seedbed,) = seedbeds(server)
        seedbed.send_signal(way)
        for page in (OTHER, "/voila/render/05-take-it-slow", "/voila/render/06-always-here"):
            begun = time.monotonic()
            assert page_kernel(server, page) != first
            assert time.monotonic() - begun < 15
        assert process_of(server, first).is_running()
        wait_for(lambda: not seedbed.is_running())
        (line,) = logged(server)
        assert "there is no seedbed (" in line


def test_when_the_worker_is_killed_the_seedbed_and_all_its_kernels_end(home: Path) -> None:
    with serving(home) as server:
        page_kernel(server, PAGE)
        family = [one for one in server.tree() if one.pid != server.process.pid]
        assert len(family) >= 3, "a worker, a seedbed, a kernel"
        server.worker().kill()
        wait_for(lambda: not alive(family), 5)
