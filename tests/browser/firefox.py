"""Firefox, driven by the standard that it speaks by itself, WebDriver BiDi: no driver program and no build of its own.

Playwright would need a newer Firefox than the long-supported one (it sets media features at once), or its own build.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import subprocess
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
"""A Firefox that calls nobody by itself."""
LARGEST = 64 * 1024 * 1024


class Firefox:
    """One window of Firefox. `complaints` are errors in the console of its pages, `asked` what they asked for."""

    def __init__(self, program: str, profile: Path) -> None:
        profile.mkdir(parents=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in QUIET.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        words = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        self._process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=os.environ | {"HOME": "/root"})
        self._loop = asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(1)  # Playwright's loop runs in the thread of the tests
        self._number = 0
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self._line: WebSocketClientConnection = self._run(self._reach())
        self._send("session.new", capabilities={})
        self._window = self._send("browsingContext.getTree")["contexts"][0]["context"]
        self._send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._thread.submit(self._loop.run_until_complete, work).result()

    async def _reach(self) -> WebSocketClientConnection:
        assert self._process.stderr
        for line in self._process.stderr:
            if found := LISTENS.search(line):
                return await websocket_connect(f"{found[1]}/session", max_message_size=LARGEST)
        raise AssertionError("Firefox ended before it listened")

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        result: dict[str, Any] = self._run(self._ask(method, params))
        return result

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        await self._line.write_message(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            said: dict[str, Any] = json.loads(await asyncio.wait_for(self._hear(), 90))
            if said.get("id") == self._number:
                assert said["type"] == "success", f"{method}: {said.get('message')}"
                result: dict[str, Any] = said["result"]
                return result
            self._note(said)

    async def _hear(self) -> str | bytes:
        said = await self._line.read_message()
        assert said is not None, "Firefox hung up"
        return said

    async def _hang_up(self) -> None:
        self._line.close()

    def _note(self, said: dict[str, Any]) -> None:
        if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
            self.complaints.append(str(said["params"]["text"]))
        elif said.get("method") == "network.beforeRequestSent":
            self.asked.append(str(said["params"]["request"]["url"]))

    def go(self, address: str) -> None:
        """Go to an address, and wait for the page that stands there."""
        self._send("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def size(self, width: int, height: int) -> None:
        """Make the window as large as this."""
        self._send("browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height})

    def ask(self, expression: str) -> Any:
        """Return what a script's expression gives, waited for, as JSON."""
        wrapped = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        told = self._send("script.evaluate", expression=wrapped, target={"context": self._window}, awaitPromise=True)
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return json.loads(told["result"]["value"])

    def until(self, expression: str, patience: float = 60) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + patience
        while not self.ask(expression):
            assert time.monotonic() < end, f"never true in {patience} s: {expression}"
            time.sleep(0.1)

    def click(self, css: str) -> None:
        """Press the mouse in the middle of the first element that fits."""
        here = f"document.querySelector({json.dumps(css)})"
        self.until(f"!!{here}")
        place = self.ask(
            f"(() => {{ const el = {here}; el.scrollIntoView({{ block: 'center', behavior: 'instant' }});"
            "const b = el.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        x, y = (round(one) for one in place)
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            *({"type": f"pointer{one}", "button": 0} for one in ("Down", "Up")),
        ]
        self._act([{"type": "pointer", "id": "mouse", "actions": steps}])

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._act([{"type": "key", "id": "keys", "actions": keys}])

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._send("input.performActions", context=self._window, actions=actions)

    def end(self) -> None:
        """Close it."""
        with contextlib.suppress(Exception):
            self._send("browser.close")
        self._run(self._hang_up())
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stderr
        self._process.stderr.close()
        self._run(asyncio.sleep(0))
        self._thread.shutdown()
        self._loop.close()


@contextlib.contextmanager
def opened(program: str, profile: Path) -> Iterator[Firefox]:
    """Give a Firefox with a profile of its own."""
    firefox = Firefox(program, profile)
    try:
        yield firefox
    finally:
        firefox.end()
