"""Binder without Binder: the environment that repo2docker would make, the badge's address, and a file carried over."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rekindle.content import say
from tests.browser.harness import LONG, Watch, free_port, saved
from tests.browser.sight import ready, write
from tests.browser.test_banner import above, press
from tests.kernel.visitor import wait_for
from tests.places import ROOT
from tests.trees import weighed
from tools.hub import python_for_all

pytestmark = [
    pytest.mark.full,  # it installs a hundred packages from a registry: minutes
    pytest.mark.skipif(sys.platform != "linux", reason="Binder is always Linux"),
]

TOKEN, BASE = "made-up", "/user/rekindle-made-up/"
"""Binder gives every visitor an address of their own, and a token in it."""

BADGE = "voila/render/dashboard.ipynb"
SENTENCE = "I want the Sunday mornings back."
NOBODY = 65534
MOST = 700
"""Megabytes: Binder gives 2,000, and a page that is opened beside others needs room."""


@pytest.fixture
def options() -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "en-GB"}


def do(*words: str | Path, cwd: Path | None = None, **more: Any) -> str:
    done = subprocess.run([*map(str, words)], cwd=cwd, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{words}: {done.stdout[-1500:]} {done.stderr[-1500:]}"
    told: str = done.stdout + done.stderr
    return told


def as_somebody() -> dict[str, Any]:
    """Return what has a program run as an ordinary user, where the tests themselves run as root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def handed_over(folder: Path) -> Path:
    """Make a folder the ordinary user's."""
    if os.geteuid() == 0:
        do("chown", "-R", f"{NOBODY}:{NOBODY}", folder)
    return folder


def recipe(checkout: Path, folder: Path) -> list[str]:
    """Return what the Dockerfile that repo2docker writes would run in the checkout, as the ordinary user."""
    do(sys.executable, "-m", "venv", folder)
    do(folder / "bin" / "pip", "install", "-qq", "jupyter-repo2docker")
    asked = ["--no-build", "--debug", "--user-id", "1000", "--user-name", "jovyan", str(checkout)]
    dockerfile = do(folder / "bin" / "jupyter-repo2docker", *asked)
    after = dockerfile.split("COPY --chown=1000:1000 src/ ${REPO_DIR}/", 1)[1]
    assert "USER root" not in after, "something of ours would run as root"
    assert "python=3.11" in dockerfile
    return re.findall(r"^RUN (.+)$", after, re.MULTILINE)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that every account may walk into; pytest's own are closed to others again and again.

    Its name is short, as /home/jovyan is: the path of a socket may have 107 letters.
    """
    folder = Path(tempfile.mkdtemp(prefix="rkb"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def image(place: Path) -> Path:
    """Make the environment by the commands of that Dockerfile; a venv stands for its conda environment."""
    if given := os.environ.get("REKINDLE_BINDER"):  # one that was made before: to try again sooner
        return Path(given)
    checkout, prefix = place / "checkout", place / "notebook"
    listed = do("git", "-C", ROOT, "ls-files", "-co", "--exclude-standard").splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, checkout / name)
    commands = recipe(checkout, place / "repo2docker")
    assert [line.split("/")[-1] for line in commands if "pip" in line] == ['requirements.txt"']
    assert commands[-1] == "./binder/postBuild"
    do(python_for_all(), "-m", "venv", prefix)
    do(prefix / "bin" / "python", "-m", "pip", "install", "-qq", "--upgrade", "pip")  # conda's is new, too
    handed_over(place)
    around = {
        "KERNEL_PYTHON_PREFIX": str(prefix),
        "HOME": str(place),
        "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}",
        **{name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_", "LANG", "LC_"))},
    }
    for command in commands:
        do("bash", "-c", command, cwd=checkout, env=around, **as_somebody())
    return prefix


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(image: Path, home: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Start the server as Binder does: an ordinary user, an empty home, a base address, a token."""
    home.mkdir()
    handed_over(home)
    around = {
        "HOME": str(home),
        "PATH": f"{image / 'bin'}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "BINDER_LAUNCH_HOST": "https://mybinder.org/",
        "JUPYTER_TOKEN": TOKEN,
    }
    port, log = free_port(), (home.parent / f"{home.name}.log").open("wb")
    asked = [image / "bin" / "jupyter", "server", "--no-browser", f"--port={port}", f"--ServerApp.base_url={BASE}"]
    process = subprocess.Popen([*map(str, asked)], env=around, cwd=home, stdout=log, stderr=log, **as_somebody())
    try:
        wait_for(lambda: listens(port), 120)
        yield process, f"http://127.0.0.1:{port}{BASE}"
    finally:
        left = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.wait(30)
        psutil.wait_procs(left, 20)
        log.close()


def arrive(context: BrowserContext, base: str, path: str = BADGE) -> Page:
    """Open the badge's address."""
    page = context.new_page()
    page.goto(f"{base}{path}?token={TOKEN}", timeout=LONG)
    ready(page)
    return page


def carried(context: BrowserContext, base: str, file: Path) -> str:
    """Answer on a part beside the dashboard, carry the file away, and return the six words."""
    part = context.new_page()
    part.goto(f"{base}voila/render/00-before-you-begin.ipynb#say-it-to-myself", timeout=LONG)
    ready(part)
    write(part, "say-it-to-myself", "sentence", SENTENCE)
    with part.expect_download() as coming:
        press(part, "carry_button")
    coming.value.save_as(file)
    assert part.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return part.locator(".rk-sixwords").inner_text()


def bring(page: Page, file: Path, words: str) -> None:
    press(page, "bring_button")
    page.get_by_label(say("your-data.bring.file")).set_input_files(file)
    page.get_by_label(say("your-data.bring.passphrase")).fill(words)
    page.get_by_role("button", name=say("your-data.bring.open"), exact=True).click()
    page.get_by_role("button", name=say("your-data.bring.take"), exact=True).click()
    expect(page.get_by_text(say("command.import.done_first"))).to_be_visible()


def test_the_badge_opens_a_page_that_is_honest_and_a_file_outlives_the_server(
    image: Path, place: Path, browser: Browser, watch: Watch, options: dict[str, Any], figure: Callable[..., None]
) -> None:
    first, second, file = place / "1", place / "2", place / "carried"
    with served(image, first) as (process, base), weighed(process.pid) as weight:
        context = browser.new_context(**options)
        watch.follow(context)
        page = arrive(context, base)
        banner = page.locator(".rk-banner")
        expect(banner).to_contain_text(say("interface.banner.binder"))
        control = page.locator(".widget-toggle-button, textarea").first
        assert above(banner, control)
        words = carried(context, base, file)
        assert psutil.Process(process.pid).uids().effective != 0
        context.close()
    figure("peak of the whole tree, dashboard and a part open", f"PSS {weight.pss:.0f} MB, USS {weight.uss:.0f} MB")
    assert weight.pss <= MOST
    shutil.rmtree(first)
    with served(image, second) as (_, base):
        context = browser.new_context(**options)
        watch.follow(context)
        page = arrive(context, base, "voila/render/00-before-you-begin.ipynb")
        bring(page, file, words)
        page.reload()
        ready(page)
        page.locator(".rk-exercise--say-it-to-myself button").first.click()
        box = page.locator(".rk-exercise--say-it-to-myself .rk-field--sentence textarea")
        expect(box).to_have_value(SENTENCE)
        saved(page, "say-it-to-myself")
        context.close()
