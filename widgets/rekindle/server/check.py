"""The self-check: asks the new server from outside, as a stranger would, before anybody is told of it."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

from rekindle.errors import SelfCheckFailed
from rekindle.server.order import DASHBOARD, TEMPLATE, Order, PorterOrder
from rekindle.server.process import HERE
from rekindle.server.tickets import ENTER, new_ticket

NOBODY = "00000000-0000-0000-0000-000000000000"
PATIENCE = 20.0


def check(order: Order, ticket: str) -> None:
    """Return if the server keeps strangers out and lets one login in, once.

    Raises:
        SelfCheckFailed: it does not; `check` names which point.
    """
    _demand(DASHBOARD in order.pages, "notebooks")
    _no_page_without_login(order)
    cookie = _one_login(order, ticket)
    _no_foreign_host(order, cookie)
    _template(order, cookie)
    _private_kernels(order, cookie)


def check_porter(order: PorterOrder, ticket: str) -> None:
    """Return if the porter keeps strangers out, lets one login in, once, and shows nothing but the way in.

    Raises:
        SelfCheckFailed: it does not; `check` names which point.
    """
    _no_page_without_login(order)
    for path in ("/unlock", "/passphrase/set", "/lock/state"):
        status, headers, _ = _ask(order, path, "POST", Content_Length="0")
        _demand(status == 403 and "Set-Cookie" not in headers, "no-login")
    cookie = _one_login(order, ticket)
    _no_foreign_host(order, cookie)
    status, headers, _ = _ask(order, "/", Cookie=cookie)
    _demand(status == 200 and "default-src 'none'" in headers.get("Content-Security-Policy", ""), "porter")


def _demand(fact: bool, name: str) -> None:
    if not fact:
        raise SelfCheckFailed(check=name)


def _ask(
    order: Order | PorterOrder, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Return status, headers and body of one request; `Host` can be replaced.

    It goes to the port that only we know of, before browsers are let in at the other one.
    """
    line = http.client.HTTPConnection(HERE, order.trial_port, timeout=PATIENCE)
    try:
        line.putrequest(method, path, skip_host=True)
        for name, value in {"Host": f"{HERE}:{order.port}", **headers}.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        reply = line.getresponse()
        return reply.status, reply.headers, reply.read()
    except (OSError, http.client.HTTPException) as error:
        raise SelfCheckFailed(check="answers") from error
    finally:
        line.close()


def _addresses(order: Order | PorterOrder) -> Iterator[str]:
    """Yield addresses that must be shut to a stranger: home, pages, files and sockets."""
    yield "/"
    yield f"/api/kernels/{NOBODY}"
    yield f"/api/kernels/{NOBODY}/channels"
    if order.kind == "lab":
        yield from (
            "/lab",
            f"/lab/tree/{DASHBOARD}.ipynb",
            "/api/contents",
            "/api/status",
            "/login",
            "/static/lab/x.js",
        )
    else:
        yield from (f"/voila/render/{page}" for page in order.pages)
        yield from ("/voila/static/voila.js", f"/voila/query/{NOBODY}", "/voila/tree", "/static/logo/logo.png")


def _no_page_without_login(order: Order | PorterOrder) -> None:
    for path in _addresses(order):
        status, headers, _ = _ask(order, path)
        _demand(status == 403 and "Set-Cookie" not in headers, "no-login")
    status, _, _ = _ask(
        order,
        f"/api/kernels/{NOBODY}/channels",
        Connection="Upgrade",
        Upgrade="websocket",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="cmVraW5kbGUtc2VsZi1jaGs=",
    )
    _demand(status == 403, "no-login")
    status, _, _ = _ask(order, ENTER + new_ticket())
    _demand(status == 403, "no-login")


def _one_login(order: Order | PorterOrder, ticket: str) -> str:
    """Return the cookie of a login, made sure that its ticket worked once only."""
    status, headers, _ = _ask(order, ENTER + ticket)
    cookie = headers.get("Set-Cookie", "").split(";")[0]
    _demand(status == 302 and bool(cookie), "login")
    said = headers.get("Set-Cookie", "")
    _demand("HttpOnly" in said and "SameSite=Strict" in said, "login-cookie")
    status, headers, _ = _ask(order, ENTER + ticket)
    _demand(status == 403 and "Set-Cookie" not in headers, "login-once")
    return cookie


def _no_foreign_host(order: Order | PorterOrder, cookie: str) -> None:
    pages = ("/", f"/voila/render/{DASHBOARD}", "/voila/static/voila.js") if order.kind == "pages" else ("/", "/lab")
    for host in ("evil.example", f"evil.example:{order.port}", "127.0.0.1.evil.example", ""):
        for page in pages:
            status, _, _ = _ask(order, page, Host=host, Cookie=cookie)
            _demand(status in (400, 403), "foreign-host")


def _template(order: Order, cookie: str) -> None:
    """Demand that a file of our template comes, with our headers, to somebody who is logged in."""
    if order.kind == "lab":
        status, headers, _ = _ask(order, "/api/status", Cookie=cookie)
        _demand(status == 200 and "Content-Security-Policy" in headers, "template")
        return
    own = Path(order.template, "static")
    for file in sorted(own.glob("*.css"))[:1]:
        status, headers, _ = _ask(order, f"/voila/templates/{TEMPLATE}/static/{file.name}", Cookie=cookie)
        _demand(status == 200 and "Content-Security-Policy" in headers, "template")
    status, _, _ = _ask(order, "/voila/render/no-such-page", Cookie=cookie)
    _demand(status == 404, "template")


def _private_kernels(order: Order, cookie: str) -> None:
    """Demand that kernels cannot be overheard: sockets in our private folder, or encrypted ones."""
    with _one_kernel(order, cookie):
        deadline = time.monotonic() + PATIENCE
        while not (files := list(order.connections.glob("kernel-*.json"))):
            _demand(time.monotonic() < deadline, "kernels")
            time.sleep(0.02)
        for file in files:
            _demand(_is_private(file, deadline), "kernels")


@contextlib.contextmanager
def _one_kernel(order: Order, cookie: str) -> Iterator[None]:
    """See to it that there is a kernel: pages have warm ones, JupyterLab starts one when it is asked."""
    if order.kind == "pages":
        yield
        return
    _, headers, _ = _ask(order, "/lab", Cookie=cookie)
    guard = next((part.split(";")[0] for part in headers.get_all("Set-Cookie", []) if part.startswith("_xsrf=")), "")
    both, token = f"{cookie}; {guard}", guard.partition("=")[2]
    status, _, body = _ask(order, "/api/kernels", "POST", Cookie=both, X_XSRFToken=token, Content_Length="0")
    _demand(status == 201, "kernels")
    try:
        yield
    finally:
        name = json.loads(body)["id"]
        status, _, _ = _ask(order, f"/api/kernels/{name}", "DELETE", Cookie=both, X_XSRFToken=token)
        _demand(status == 204, "kernels")


def _is_private(file: Path, deadline: float) -> bool:
    while time.monotonic() < deadline:
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return True  # that kernel has ended
        except ValueError:
            time.sleep(0.02)  # half written
            continue
        return said.get("transport") == "ipc" or bool(said.get("curve_publickey"))
    return False
