"""Who gets in, and what the server shows to whom."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.kernel.visitor import HANDSHAKE, Answer, Server, serving, wait_for

NOBODY = "00000000-0000-0000-0000-000000000000"
PAGES = ["00-before-you-begin", "01-acknowledge", "06-always-here", "dashboard", "your-data"]
ADDRESSES = [
    "/",
    *(f"/voila/render/{page}" for page in PAGES),
    *(f"/voila/render/{page}.ipynb" for page in PAGES),
    "/voila/render/explore.ipynb",
    "/voila/static/voila.js",
    "/voila/templates/rekindle/static/rekindle.css",
    "/voila/templates/lab/static/voila.js",
    "/voila/labextensions/anywidget/package.json",
    "/voila/api/themes/x",
    "/voila/files/x.png",
    "/voila/tree",
    "/voila/api/contents",
    f"/voila/query/{NOBODY}",
    f"/voila/api/shutdown/{NOBODY}",
    f"/api/kernels/{NOBODY}",
    f"/api/kernels/{NOBODY}/channels",
    "/api/contents",
    "/static/style/style.min.css",
    "/login",
    "/favicon.ico",
    "/no/such/thing",
]
HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example",
    "localhost.evil.example:{port}",
    "10.0.0.1",
    "[::1]:{port}",
    "127.0.0.1:1",
    "127.0.0.2:{port}",
    "0.0.0.0:{port}",
    "evil.example@127.0.0.1",
    "",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("walls") / "home", "--no-passphrase") as running:
        yield running


def test_one_line_on_standard_output_and_nothing_else_anywhere(server: Server) -> None:
    assert len(server.out) == 1
    assert server.err == []


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "DELETE", "OPTIONS"])
def test_without_a_login_there_is_a_calm_page_and_nothing_else(server: Server, path: str, method: str) -> None:
    answer = server.ask(path, method)
    assert answer.status == 403
    assert "Set-Cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    if method == "GET":
        assert "closed to this browser" in answer.body
        assert "jupyter" not in answer.body.lower()


def test_no_socket_opens_without_a_login(server: Server) -> None:
    for path in (
        f"/api/kernels/{NOBODY}/channels",
        f"/voila/query/{NOBODY}",
        f"/api/kernels/{kernel_id(server)}/channels",
    ):
        assert server.ask(path, **HANDSHAKE).status == 403


def test_a_login_works_once(server: Server) -> None:
    assert server.ask_in("/").status == 302
    for _ in range(2):
        again = server.ask(f"/enter/{server.ticket}")
        assert again.status == 403
        assert "Set-Cookie" not in again.headers
        assert "has done its work" in again.body


@pytest.mark.parametrize("cookie", ["x", "2|1:0|10:1|1:x|4:aW4=|00", ""])
def test_a_made_up_cookie_is_no_login(server: Server, cookie: str) -> None:
    assert server.ask("/voila/render/dashboard", Cookie=f"rekindle-{server.port}={cookie}").status == 403


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_host_name_gets_nothing_even_with_a_login(server: Server, host: str) -> None:
    for path in ("/", "/voila/render/dashboard", "/voila/static/voila.js", "/enter/x"):
        assert server.ask_in(path, Host=host.format(port=server.port)).status in {400, 403}
    assert server.ask_in(f"/api/kernels/{kernel_id(server)}/channels", Host=host, **HANDSHAKE).status in {400, 403}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_a_foreign_site_opens_no_socket_even_with_a_login(server: Server, origin: str) -> None:
    path = f"/api/kernels/{kernel_id(server)}/channels?session_id=x"
    assert server.ask_in(path, Origin=origin, **HANDSHAKE).status in {403, 404}
    assert server.ask_in(path, Origin=f"http://127.0.0.1:{server.port}", **HANDSHAKE).status == 101


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_shown_with_and_without_its_ending(server: Server, page: str) -> None:
    for path in (f"/voila/render/{page}", f"/voila/render/{page}.ipynb"):
        answer = server.ask_in(path)
        assert answer.status == 200
        assert "voila/templates/rekindle/static/sheet.css?v=" in answer.body
        assert "Traceback" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/explore.ipynb",
        "/voila/render/nothing",
        "/voila/render/../pyproject.toml",
        "/voila/render/%2e%2e%2fREADME.md",
        "/voila/tree",
        "/voila/files/README.md",
        "/voila/api/contents",
        f"/voila/query/{NOBODY}",
        "/login",
        "/logout",
    ],
)
def test_what_is_not_ours_is_not_there(server: Server, path: str) -> None:
    answer = server.ask_in(path)
    assert answer.status == 404
    assert "There is no page here" in answer.body
    assert not re.search(r"Traceback|HTTPError|voila|jupyter|tornado", answer.body)


def test_the_first_visit_begins_on_the_first_page(server: Server) -> None:
    if not (server.home / "rekindle" / "journal.rekindle").exists():
        assert server.ask_in("/").headers["Location"].endswith("/00-before-you-begin.ipynb")


@pytest.mark.parametrize(
    "path", ["/voila/render/dashboard", "/voila/static/voila.js", "/voila/templates/rekindle/static/rekindle.css", "/x"]
)
def test_every_answer_has_the_headers(server: Server, path: str) -> None:
    headers = server.ask_in(path).headers
    for name, value in {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }.items():
        assert headers[name] == value
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy.replace("ws:", "")
    assert ("no-store" in headers["Cache-Control"]) == ("static" not in path)


def test_a_kernel_is_ended_only_with_the_guard_against_foreign_forms(server: Server) -> None:
    page, name = shown(server)
    assert server.ask_in(f"/api/kernels/{name}").status in {200, 403}
    path = f"/voila/api/shutdown/{name}"
    assert server.ask_in(path, "POST").status == 403
    guard = next(c.split(";")[0] for c in page.headers.get_all("Set-Cookie", []) if c.startswith("_xsrf="))
    token = guard.partition("=")[2]
    assert server.ask_in(path, "POST", Cookie=f"{server.cookie}; {guard}", X_XSRFToken=token).status == 204


def shown(server: Server) -> tuple[Answer, str]:
    """Return a page and the id of its kernel, which has drawn all of it."""
    page = server.ask_in("/voila/render/01-acknowledge")
    found = re.search(r"kernelId&#34;: &#34;([\w-]{36})|\"kernelId\": \"([\w-]{36})", page.body)
    assert found, page.body[:2000]
    return page, found[1] or found[2]


def kernel_id(server: Server) -> str:
    """Return the id of a kernel that runs."""
    folder = server.runtime / "k"
    wait_for(lambda: any(path.is_socket() for path in folder.iterdir()))
    newest = max(folder.glob("kernel-*.json"), key=lambda path: path.stat().st_mtime)
    return str(newest.stem).removeprefix("kernel-")


def test_a_page_that_is_gone_before_its_socket_is_open_leaves_no_line_in_the_log(server: Server) -> None:
    path = f"/api/kernels/{shown(server)[1]}/channels"
    leave_early(server, path)
    assert server.ask_in(f"{path}?session_id=x", **HANDSHAKE).status == 101  # it still serves those that stay
    assert server.err == []


def test_a_page_stays_when_another_of_its_sockets_is_gone_early(server: Server) -> None:
    name = shown(server)[1]
    path = f"/api/kernels/{name}/channels"
    with asking(server, f"{path}?session_id=stays") as line:
        assert b" 101 " in line.recv(4096)
        leave_early(server, path)
        wait_for(lambda: pages_of(server, name) == 1)
    wait_for(lambda: pages_of(server, name) == 0)
    assert server.err == []


def pages_of(server: Server, kernel: str) -> int:
    """Return how many pages are on the line to a kernel, as the server counts them."""
    return int(json.loads(server.ask_in(f"/api/kernels/{kernel}").body)["connections"])


def asking(server: Server, path: str) -> socket.socket:
    """Return a connection that has asked for a socket, and has not read what it was told."""
    said = {"Host": f"127.0.0.1:{server.port}", "Cookie": server.cookie, **HANDSHAKE}
    ask = "\r\n".join([f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""])
    line = socket.create_connection(("127.0.0.1", server.port))
    line.sendall(ask.encode())
    return line


def leave_early(server: Server, path: str) -> None:
    """Ask for a socket again and again, and be gone without a goodbye before or just when it is open."""
    for number in range(30):
        with asking(server, f"{path}?session_id=gone-{number}") as line:
            time.sleep(number / 1000)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_kernels_talk_over_private_sockets_only(server: Server) -> None:
    kernel_id(server)
    for file in (server.runtime / "k").glob("kernel-*.json"):
        assert json.loads(file.read_text())["transport"] == "ipc"
    for kernel in wait_for(server.kernels):
        with contextlib.suppress(psutil.NoSuchProcess):  # that kernel has ended
            assert [c for c in kernel.net_connections("tcp") if c.status == psutil.CONN_LISTEN] == []


def test_only_the_one_port_on_this_computer_listens(server: Server) -> None:
    assert {tuple(address) for address in server.listening()} == {("127.0.0.1", server.port)}


def test_runtime_files_belong_to_one_account(server: Server) -> None:
    kernel_id(server)
    seen = [
        server.runtime,
        *server.runtime.rglob("*"),
        *(server.home / "rekindle").rglob("*"),
        server.home / "rekindle",
    ]
    assert any(path.is_socket() for path in seen)
    for path in seen:
        if path.name == "README":
            continue  # IPython's own, copied with the mode that it was installed with
        with contextlib.suppress(FileNotFoundError):  # that kernel has ended
            assert path.stat().st_mode & 0o077 == 0, path


def test_socket_paths_fit_under_a_long_home(server: Server) -> None:
    kernel_id(server)
    assert all(len(os.fsencode(path)) < 104 for path in server.runtime.rglob("*") if path.is_socket())


def test_no_secret_stands_in_a_command_line_or_an_environment(server: Server) -> None:
    kernel_id(server)
    files = (server.runtime / "k").glob("kernel-*.json")
    secrets = [server.ticket, (server.runtime / "control.key").read_text()]
    secrets += [json.loads(file.read_text())["key"] for file in files]
    for one in server.tree():
        told = " ".join(one.cmdline()) + str(one.environ())
        assert not [secret for secret in secrets if secret in told], one.name()


def test_no_process_leaves_a_core_file_or_a_file_for_others(server: Server) -> None:
    wait_for(server.kernels)
    for one in [server.worker(), *server.kernels()]:
        limits = Path(f"/proc/{one.pid}/limits").read_text()
        assert re.search(r"Max core file size +0 +0", limits)
        assert "Umask:\t0077" in Path(f"/proc/{one.pid}/status").read_text()


STRANGER = """
import encodings.idna, json, os, socket, sys  # the first: another account may not read our Python's folder
from pathlib import Path
runtime, port, home = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
reached = []
def attempt(name, action):
    try:
        action()
    except OSError:
        return
    reached.append(name)
attempt("list", lambda: os.listdir(runtime))
attempt("control", lambda: socket.socket(socket.AF_UNIX).connect(str(runtime / "control")))
attempt("key", lambda: (runtime / "control.key").read_bytes())
for path in sys.argv[4:]:
    attempt(path, lambda: socket.socket(socket.AF_UNIX).connect(path) if "-ipc-" in path else Path(path).read_bytes())
attempt("journal", lambda: os.listdir(home))
line = socket.create_connection(("127.0.0.1", port))
line.sendall(b"GET /voila/render/dashboard HTTP/1.1\\r\\nHost: 127.0.0.1:%d\\r\\nConnection: close\\r\\n\\r\\n" % port)
if b" 403 " not in line.recv(64): reached.append("page")
print(json.dumps(reached))
"""


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="becoming another account takes an administrator"
)
def test_another_account_reaches_nothing(server: Server) -> None:
    kernel_id(server)
    paths = [str(path) for path in (server.runtime / "k").iterdir()]
    assert any("-ipc-" in path for path in paths)
    asked = [
        sys.executable,
        "-I",
        "-c",
        STRANGER,
        str(server.runtime),
        str(server.port),
        str(server.home / "rekindle"),
        *paths,
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd="/")
    assert done.stderr == ""
    assert json.loads(done.stdout) == []


def test_the_launchers_file_leads_in_although_a_strict_cookie_would_not_follow_a_redirect(server: Server) -> None:
    fresh = another_address(server)
    entered = server.ask(fresh, Sec_Fetch_Site="cross-site")
    assert entered.status == 200
    assert "HttpOnly" in entered.headers["Set-Cookie"]
    assert "SameSite=Strict" in entered.headers["Set-Cookie"]
    assert 'http-equiv="refresh" content="0;url=/"' in entered.body


def test_a_page_fetched_ahead_does_not_use_the_address_up(server: Server) -> None:
    fresh = another_address(server)
    assert server.ask(fresh, "HEAD").status in {403, 405}
    assert server.ask(fresh, Sec_Purpose="prefetch;prerender").status == 403
    assert server.ask(fresh).status == 302


def another_address(server: Server) -> str:
    """Return the path of a fresh one-time address, as a second start gets it."""
    with serving(server.home) as second:
        assert second.port == server.port
        assert second.process.wait(30) == 0
        return f"/enter/{second.ticket}"
