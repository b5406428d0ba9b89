"""A real hub with two accounts of the system: both write, neither reads the other, and a restart loses nothing."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection  # noqa: TID251 (it asks our own hub, on 127.0.0.1)
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.harness import LONG, saved
from tests.browser.lab import run_notebook
from tests.browser.sight import KERNEL_ID, area, ready, write
from tests.kernel.visitor import HANDSHAKE, wait_for
from tests.trees import Weight, weigh
from tools import hub

pytestmark = [
    pytest.mark.full,  # it installs a hub and its proxy from two registries, and makes accounts: minutes
    pytest.mark.skipif(bool(hub.missing()), reason=hub.missing()),
]

PART, PAGE, FIELD = "00-before-you-begin", "say-it-to-myself", "sentence"
RESTS = 10
"""Seconds for which nobody types, to see what open pages cost by themselves."""

LAB_PART, LAB_PAGE, LAB_FIELD = "01-acknowledge", "why-it-ended", "deal"


@dataclass
class Somebody:
    """One person of the hub: an account, a browser, and words that nobody else has."""

    name: str
    password: str = field(repr=False)
    words: str = field(default_factory=lambda: f"zebrafinch {secrets.token_hex(6)}")
    context: BrowserContext | None = None
    kernels: set[str] = field(default_factory=set)
    token: str = ""

    @property
    def home(self) -> Path:
        return Path(pwd.getpwnam(self.name).pw_dir)

    @property
    def uid(self) -> int:
        return pwd.getpwnam(self.name).pw_uid

    def servers(self) -> list[psutil.Process]:
        """Return all the programs that run under this account."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.uids().real == self.uid:
                    found.append(process)
        return found


@dataclass
class Hub:
    """The hub that runs, and its people."""

    place: Path
    address: str
    process: subprocess.Popen[bytes]
    people: tuple[Somebody, Somebody]

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 80

    def up(self) -> bool:
        with contextlib.suppress(OSError):
            return self.ask("/hub/api/", "hub.localhost")[0] == 200
        return False

    def ask(
        self, path: str, host: str, given: Mapping[str, str] | None = None, method: str = "GET", port: int = 0
    ) -> tuple[int, str]:
        """Ask by hand, with some headers."""
        line = HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            line.request(method, path, headers={"Host": f"{host}:{self.port}", **(given or {})})
            reply = line.getresponse()
            return reply.status, reply.read().decode(errors="replace") if reply.status != 101 else ""
        finally:
            line.close()

    def base(self, somebody: Somebody) -> str:
        return f"http://{somebody.name}.hub.localhost:{self.port}/user/{somebody.name}"


@pytest.fixture(scope="module")
def running() -> Iterator[Hub]:
    given = os.environ.get("REKINDLE_HUB")  # a folder that was prepared before: to try again sooner
    place = Path(given or tempfile.mkdtemp(prefix="rk-hub-"))  # pytest's own folders are closed to other accounts
    hub.take_people_away()
    try:
        hub.prepare(place)
        passwords = hub.make_people()
        process, address = hub.start(place)
        first, second = (Somebody(name, password) for name, password in passwords.items())
        one = Hub(place, address, process, (first, second))
        wait_for(one.up, 90)
        yield one
        end(one)
    finally:
        for name in hub.PEOPLE:
            with contextlib.suppress(KeyError):
                for left in Somebody(name, "").servers():
                    left.kill()
        hub.take_people_away()
        if not given:
            shutil.rmtree(place, ignore_errors=True)


def end(one: Hub) -> None:
    """End the hub and its proxy, as a machine that goes down does; the servers of people go on."""
    family = psutil.Process(one.process.pid).children(recursive=True)
    ours = [process for process in family if process.uids().real == 0]
    one.process.terminate()
    one.process.wait(30)
    for process in ours:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    psutil.wait_procs(ours, 20)


def enter(one: Hub, somebody: Somebody, browser: Browser) -> Page:
    """Log in as a person does, and come to the dashboard."""
    somebody.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    somebody.context.set_default_timeout(120_000)  # a server, a proxy and a hub stand between, and all begin cold
    somebody.context.on("page", lambda page: page.on("websocket", lambda socket: note(somebody, socket.url)))
    page = somebody.context.new_page()
    page.goto(f"{one.address}/hub/login", timeout=LONG)
    page.get_by_label("Username").fill(somebody.name)
    page.get_by_label("Password").fill(somebody.password)
    page.locator("#login_submit").click()
    page.wait_for_url(f"**/user/{somebody.name}/**", timeout=120_000)
    page.goto(f"{one.base(somebody)}/voila/render/dashboard.ipynb", timeout=LONG)
    ready(page)
    return page


def note(somebody: Somebody, url: str) -> None:
    if found := KERNEL_ID.search(url):
        somebody.kernels.add(found[1])


def opened(one: Hub, somebody: Somebody) -> Page:
    assert somebody.context
    page = somebody.context.new_page()
    page.goto(f"{one.base(somebody)}/voila/render/{PART}.ipynb#{PAGE}", timeout=LONG)
    ready(page)
    return page


def use(one: Hub, somebody: Somebody, browser: Browser, figure: Callable[[str, object], None]) -> None:
    """Use the book on its pages and in JupyterLab, and weigh what the server costs."""
    began = time.monotonic()
    enter(one, somebody, browser)
    alone = weigh([process.pid for process in somebody.servers()[:1]])
    page = opened(one, somebody)
    write(page, PAGE, FIELD, somebody.words)
    both = weigh([process.pid for process in somebody.servers()[:1]])
    tell(figure, somebody.name, alone, both, time.monotonic() - began)
    time.sleep(RESTS)
    rested = weigh([process.pid for process in somebody.servers()[:1]])
    figure(f"{somebody.name}: two pages that rest", f"{(rested.cpu - both.cpu) / RESTS:.3f} of a core")
    assert somebody.context
    lab = somebody.context.new_page()
    run_notebook(lab, LAB_PART, LAB_PAGE, one.base(somebody))
    write(lab, LAB_PAGE, LAB_FIELD, somebody.words)
    lab.close()


def tell(figure: Callable[[str, object], None], name: str, alone: Weight, both: Weight, seconds: float) -> None:
    figure(f"{name}: server and dashboard", f"PSS {alone.pss:.0f} MB, {alone.cpu:.1f} s of processor")
    figure(f"{name}: and one part", f"PSS {both.pss:.0f} MB, {both.cpu:.1f} s of processor in {seconds:.0f} s")
    figure(f"{name}: one more open page", f"{both.pss - alone.pss:.0f} MB")


def token_of(page: Page, somebody: Somebody, one: Hub) -> str:
    """Return a token of one's own, as the hub's own page makes them."""
    page.goto(f"{one.address}/hub/token", timeout=LONG)
    page.locator("#request-token-form button[type=submit]").click()
    result = page.locator("#token-result")
    result.wait_for(timeout=LONG)
    return result.inner_text().strip()


# What one tries to read of the other: each returns what came back, and nothing of it may hold a word


def over_the_wire(one: Hub, me: Somebody, other: Somebody) -> Iterator[tuple[str, int, str]]:
    """Try each address of the other, with all the keys that one has oneself."""
    assert me.context
    jar = me.context.cookies()
    cookie = "; ".join(f"{one_of['name']}={one_of['value']}" for one_of in jar)
    kernel = min(other.kernels)
    theirs, mine = f"{other.name}.hub.localhost", f"{me.name}.hub.localhost"
    base = f"/user/{other.name}"
    paths = [
        *(f"{base}{path}" for path in ("/", "/lab", "/tree", "/api/kernels", "/api/sessions", "/api/contents")),
        *(f"{base}/voila/render/{page}.ipynb" for page in ("dashboard", PART, "your-data")),
        *(f"{base}{path}" for path in ("/files/x", "/api/terminals", f"/api/kernels/{kernel}", "/api/me")),
    ]
    for path in paths:
        for key, given in (("cookie", {"Cookie": cookie}), ("token", {"Authorization": f"token {me.token}"})):
            for host in (theirs, mine):
                yield f"{key} {host} {path}", *one.ask(path, host, given)
    for path in (f"{base}/api/kernels/{kernel}/channels", f"{base}/voila/query/{kernel}"):
        for given in ({"Cookie": cookie}, {"Authorization": f"token {me.token}"}, {}):
            origin = {"Origin": f"http://{mine}:{one.port}"}
            yield f"socket {path} {[*given]}", *one.ask(path, theirs, {**HANDSHAKE, **given, **origin})
    yield from at_the_hub(one, me, other)
    yield from at_the_back_door(one, me, other, kernel)


def at_the_hub(one: Hub, me: Somebody, other: Somebody) -> Iterator[tuple[str, int, str]]:
    """Try the hub's own interface on the other's account."""
    api, given = f"/hub/api/users/{other.name}", {"Authorization": f"token {me.token}"}
    for method, path in (
        ("GET", api),
        ("GET", f"{api}/tokens"),
        ("POST", f"{api}/tokens"),
        ("POST", f"{api}/server"),
        ("DELETE", f"{api}/server"),
        ("DELETE", api),
        ("POST", f"/hub/api/shares/{other.name}/"),
        ("GET", "/hub/api/proxy"),
        ("POST", "/hub/api/shutdown"),
    ):
        yield f"{method} {path}", *one.ask(path, "hub.localhost", given, method)
    yield "admin", *one.ask("/hub/admin", "hub.localhost", given)


def at_the_back_door(one: Hub, me: Somebody, other: Somebody, kernel: str) -> Iterator[tuple[str, int, str]]:
    """Go past the proxy, straight to the ports on which the other's programs listen."""
    given = {"Authorization": f"token {me.token}"}
    for port in sorted(ports_of(other)):
        for path in (f"/user/{other.name}/api/kernels", f"/user/{other.name}/api/kernels/{kernel}/channels"):
            yield f"port {path}", *one.ask(path, f"{other.name}.hub.localhost", given, port=port)
            yield f"port, no key {path}", *one.ask(path, "127.0.0.1", port=port)


def ports_of(somebody: Somebody) -> set[int]:
    found = set()
    for process in somebody.servers():
        with contextlib.suppress(psutil.Error):
            found |= {line.laddr.port for line in process.net_connections("tcp") if line.status == psutil.CONN_LISTEN}
    return found


def on_the_disk(one: Hub, other: Somebody) -> list[str]:
    """Return commands that would read what is the other's, or the hub's own."""
    home, servers = other.home, other.servers()
    commands = [
        f"find {home} -type f -exec cat {{}} +",
        f"cat {home}/.local/share/rekindle/journal.rekindle",
        f"ls {home}/.local/share/rekindle",
        f"ls {home}/.local/share/jupyter/runtime",
        f"cat {home}/.local/share/jupyter/runtime/kernel-*.json",
        f"cat {one.place}/state/hub.sqlite",
        f"cat {one.place}/state/cookie_secret",
        f"cat {one.place}/state/hub.log",
        f"ls {one.place}/state",
        "find /tmp -user " + other.name + " -type f -exec cat {} + 2>/dev/null | grep .",
        f"cat /proc/{one.process.pid}/environ",
    ]
    for process in servers:
        commands += [f"cat /proc/{process.pid}/environ", f"cat /proc/{process.pid}/mem", f"ls /proc/{process.pid}/fd/"]
    return commands


def as_account(somebody: Somebody, command: str) -> tuple[int, str]:
    account = pwd.getpwnam(somebody.name)
    done = subprocess.run(
        ["sh", "-c", command],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(errors="replace")


def reaches(one: Hub, me: Somebody, other: Somebody) -> tuple[int, list[str]]:
    """Try everything; return how much was tried, and what came through."""
    tried, through = 0, []
    for what, status, body in over_the_wire(one, me, other):
        tried += 1
        if (status in {101, 200, 201, 202, 204} and not is_a_login(body)) or other.words in body:
            through.append(f"{what}: {status}")
    for command in on_the_disk(one, other):
        tried += 1
        code, told = as_account(me, command)
        if (code == 0 and told.strip()) or other.words in told:
            through.append(command)
    return tried, through


def is_a_login(body: str) -> bool:
    """Return if this is the page that asks who one is, or the hub's own page that says no."""
    return 'id="login_submit"' in body or "login-form" in body


def test_two_people_share_a_hub_and_nothing_else(
    running: Hub, browser: Browser, figure: Callable[[str, object], None]
) -> None:
    assert os.geteuid() == 0, sys.platform
    for somebody in running.people:
        use(running, somebody, browser, figure)
        assert all(process.uids().effective != 0 for process in somebody.servers())
        assert somebody.context
        somebody.token = token_of(somebody.context.new_page(), somebody, running)
    first, second = running.people
    for me, other in ((first, second), (second, first)):
        mine = {"Authorization": f"token {me.token}"}
        assert running.ask(f"/user/{me.name}/api/kernels", f"{me.name}.hub.localhost", mine)[0] == 200
        assert len(ports_of(other)) == 1, "kernels listen on no port"
        tried, through = reaches(running, me, other)
        figure(f"{me.name} tried on {other.name}", f"{tried} attempts, {len(through)} came through")
        assert tried >= 30
        assert through == []
    end(running)
    running.process, _ = hub.start(running.place)
    wait_for(running.up, 90)
    for somebody in running.people:
        page = opened(running, somebody)
        expect(area(page, PAGE, FIELD)).to_have_value(somebody.words)
        saved(page, PAGE)
        page.goto(f"{running.base(somebody)}/voila/render/{LAB_PART}.ipynb#{LAB_PAGE}", timeout=LONG)
        ready(page)
        expect(area(page, LAB_PAGE, LAB_FIELD)).to_have_value(somebody.words)
        assert somebody.context
        somebody.context.close()
