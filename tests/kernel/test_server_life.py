"""How the server starts, ends, is started twice, and what is left of it after each end."""

from __future__ import annotations

import json
import os
import signal
import socket
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from rekindle.server import claim
from rekindle.server.claim import Claim
from rekindle.server.runtime import PREFIX
from tests.kernel.visitor import Server, alive, end, launch, serving, wait_for

WITHIN = 10.0


def with_kernels(server: Server) -> list[psutil.Process]:
    """Return every process of a server that has kernels: of two pages, and warm ones if there are any."""
    for page in ("00-before-you-begin", "01-acknowledge"):
        assert server.ask_in(f"/voila/render/{page}").status == 200
    wait_for(lambda: len(server.kernels()) >= 2)
    return server.tree()


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_ten_seconds_after_any_end(home: Path, way: signal.Signals) -> None:
    with serving(home) as server:
        family, runtime = with_kernels(server), server.runtime
        server.process.send_signal(way)
        wait_for(lambda: not alive(family), WITHIN)
        wait_for(lambda: not runtime.exists(), WITHIN)
        assert server.process.wait() == (-9 if way == signal.SIGKILL else 0)
        assert server.err == []


def test_nothing_is_left_when_it_is_ended_before_it_is_ready(home: Path) -> None:
    server = launch(home)
    wait_for(lambda: len(server.tree()) > 1)
    family = server.tree()
    server.process.terminate()
    assert server.process.wait(WITHIN) == 0
    wait_for(lambda: not alive(family), WITHIN)
    assert server.out == []


def test_kernels_end_even_if_supervisor_and_worker_are_both_killed(home: Path) -> None:
    with serving(home) as server:
        family, worker = with_kernels(server), server.worker()
        server.process.kill()
        worker.kill()
        wait_for(lambda: not alive(family), WITHIN)


def test_a_worker_that_dies_is_started_again_and_the_login_still_counts(home: Path) -> None:
    with serving(home) as server:
        family = with_kernels(server)
        before = server.worker()
        before.kill()
        wait_for(lambda: not alive([one for one in family if one.pid != server.process.pid]), WITHIN)
        wait_for(
            lambda: [one for one in server.tree() if one.pid != before.pid and "worker" in " ".join(one.cmdline())]
        )
        assert wait_for(lambda: _status(server, "/voila/render/dashboard")) == 200


def _status(server: Server, path: str) -> int:
    try:
        return server.ask_in(path).status
    except OSError:
        return 0


def test_a_page_whose_kernel_died_is_not_shown_from_the_warm_ones(home: Path) -> None:
    with serving(home) as server:
        for kernel in wait_for(server.kernels):
            kernel.kill()
        time.sleep(0.5)
        page = server.ask_in("/voila/render/00-before-you-begin")
        assert page.status == 200
        assert wait_for(server.kernels)


def test_a_taken_port_is_refused_in_three_sentences(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = launch(home, "--port", str(port))
        assert server.process.wait(30) == 1
    assert server.out == []
    wait_for(lambda: len(server.err) == 3)
    assert str(port) in server.err[0]
    assert "Traceback" not in "".join(server.err)


def test_the_wished_port_is_used(home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(home, "--port", str(port)) as server:
        assert server.port == port


def test_a_second_start_finds_the_first_and_gets_an_address_of_its_own(home: Path) -> None:
    with serving(home) as server:
        tickets = {server.ticket}
        for _ in range(2):
            with serving(home) as second:
                assert second.process.wait(30) == 0
                assert second.port == server.port
                assert second.ticket not in tickets
                assert second.err == []
                tickets.add(second.ticket)
                assert second.ask_in("/voila/render/your-data").status == 200
        assert server.ask_in("/").status == 302


def test_many_starts_at_once_make_one_server(home: Path) -> None:
    starts = [launch(home) for _ in range(4)]
    try:
        wait_for(lambda: all(one.out for one in starts), 120)
        assert len({one.port for one in starts}) == 1
        wait_for(lambda: sum(one.process.poll() is None for one in starts) == 1)
    finally:
        for one in starts:
            end(one)


def test_two_folders_have_two_servers(home: Path) -> None:
    with serving(home / "a") as one, serving(home / "b") as other:
        assert one.port != other.port
        assert one.ask_in("/voila/render/dashboard").status == 200
        assert other.ask("/voila/render/dashboard", Cookie=one.cookie).status == 403


def test_after_a_crash_it_starts_again_on_the_same_port_and_clears_up(home: Path) -> None:
    with serving(home) as server:
        family, runtime, port = server.tree(), server.runtime, server.port
        server.process.kill()
        server.process.wait()
        with serving(home, "--port", str(port)) as second:
            assert second.port == port
            assert second.ask_in("/voila/render/dashboard").status == 200
            wait_for(lambda: not alive(family), WITHIN)
            wait_for(lambda: not runtime.exists(), WITHIN)


def test_what_a_kernel_makes_anew_after_a_crash_is_removed_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "LOOKS", [0.2] * 20)
    folder, left = home / "rekindle", Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.mkdir(parents=True)
    (folder / ".running-pages").write_text(json.dumps({"runtime": str(left), "control": "/nowhere", "pid": "1"}))
    taken = Claim.try_take(folder, "pages")
    assert taken
    try:
        taken.clear_up()
        assert not left.exists()
        left.mkdir(mode=0o700)
        wait_for(lambda: not left.exists(), WITHIN)
    finally:
        taken.release()


@pytest.mark.parametrize(
    "left",
    [
        "",
        pytest.param("nonsense", marks=pytest.mark.full),
        pytest.param("{}", marks=pytest.mark.full),
        '{"runtime": "/var", "control": "/nowhere", "pid": "1"}',
    ],
)
def test_a_stale_lock_file_is_noticed(home: Path, left: str) -> None:
    folder = home / "rekindle"
    folder.mkdir(parents=True)
    (folder / ".running-pages").write_text(left)
    with serving(home) as server:
        assert server.ask_in("/voila/render/dashboard").status == 200
    assert Path(tempfile.gettempdir()).is_dir()


def test_a_folder_that_cannot_be_written_is_said_calmly(home: Path) -> None:
    (home / "file").write_text("")
    server = launch(home, "--home", str(home / "file" / "inside"))
    assert server.process.wait(30) == 1
    wait_for(lambda: len(server.err) == 3)
    assert "Traceback" not in "".join(server.err)


def test_a_persons_own_settings_are_not_read(home: Path) -> None:
    mark = home / "was-read"
    code = f"open({str(mark)!r}, 'a').write('x')\n"
    broken = f"{code}c.Voila.ip = '0.0.0.0'\nc.IdentityProvider.token = ''\nc.KernelManager.transport = 'tcp'\n"
    for place in (
        "jupyter/config/voila.py",
        "jupyter/config/jupyter_server_config.py",
        "jupyter/config/jupyter_config.py",
        ".jupyter/voila.py",
        ".jupyter/jupyter_config.py",
        "voila.py",
        "ipython/profile_default/ipython_config.py",
        "ipython/profile_default/ipython_kernel_config.py",
        "ipython/profile_default/startup/00.py",
        ".ipython/profile_default/startup/00.py",
        "start.py",
    ):
        path = home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code if "startup" in place or place == "start.py" else broken)
    (home / "voila.json").write_text('{"Voila": {"ip": "0.0.0.0"}, "VoilaConfiguration": {"template": "lab"}}')
    settings = {
        "PYTHONSTARTUP": str(home / "start.py"),
        "JUPYTER_TOKEN": "",
        "JUPYTER_CONFIG_PATH": str(home / ".jupyter"),
    }
    with serving(home, **settings) as server:
        page = server.ask_in("/voila/render/00-before-you-begin")
        assert "templates/rekindle/static" in page.body
        assert server.ask_in("/voila/render/01-acknowledge").status == 200
        wait_for(lambda: len(server.kernels()) >= 2)
        listening = {
            c.laddr.ip for one in server.tree() for c in one.net_connections() if c.status == psutil.CONN_LISTEN
        }
        assert listening == {"127.0.0.1"}
    assert not mark.exists()


def test_kernels_know_the_folder_and_no_secret_of_ours(home: Path) -> None:
    file = home / "words"
    file.write_text("some words")
    file.chmod(0o600)
    given = {"REKINDLE_PASSPHRASE_FILE": str(file)}
    with serving(home, **given) as server:
        for kernel in wait_for(server.kernels):
            around = kernel.environ()
            assert around["REKINDLE_HOME"] == str(home / "rekindle")
            assert "REKINDLE_PASSPHRASE_FILE" not in around


def test_it_works_under_a_very_long_home_and_temporary_folder(home: Path) -> None:
    deep = home / ("d" * 90) / ("e" * 90)
    (deep / "tmp").mkdir(parents=True)
    with serving(deep, TMPDIR=str(deep / "tmp"), XDG_RUNTIME_DIR=str(deep / "tmp")) as server:
        assert server.ask_in("/voila/render/dashboard").status == 200
        assert len(os.fsencode(server.runtime)) < 40
