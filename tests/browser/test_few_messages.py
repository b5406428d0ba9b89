"""Few messages: a page is told in few messages of the kernel, since each is work for both."""

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocket

from tests.browser.harness import Book, open_exercise
from tests.browser.keeping import nine_days


def listen(page: Page) -> list[dict[str, Any]]:
    """Write down what the kernel tells a page's widgets, but for its signs of life."""
    heard: list[dict[str, Any]] = []

    def hear(frame: str | bytes) -> None:
        kind, content = read(frame)
        data = content.get("data", {})
        beats = data.get("method") == "custom" and data["content"] == {"t": "beat"}
        if kind.startswith("comm_") and not beats:
            heard.append(content)

    def follow(line: WebSocket) -> None:
        line.on("framereceived", hear)

    page.on("websocket", follow)
    return heard


def read(frame: str | bytes) -> tuple[str, dict[str, Any]]:
    """Return kind and content of a message, as Jupyter's `v1.kernel.websocket` lays it out."""
    if isinstance(frame, str):
        message = json.loads(frame)
        return message["header"]["msg_type"], message["content"]
    (count,) = struct.unpack_from("<Q", frame)
    places = struct.unpack_from(f"<{count}Q", frame, 8)
    _, header, _, _, content, *_ = parts(frame, places)
    return json.loads(header)["msg_type"], json.loads(content)


def parts(frame: bytes, places: tuple[int, ...]) -> Iterator[bytes]:
    for at, end in itertools.pairwise(places):
        yield frame[at:end]


def test_a_page_and_a_card_take_few_messages(fresh_server: Book, visit: Callable[[Book], BrowserContext]) -> None:
    nine_days(fresh_server.home)
    page = visit(fresh_server).new_page()
    heard = listen(page)
    page.goto("/voila/render/dashboard.ipynb")
    page.locator("html[data-rk-ready]").wait_for(state="attached", timeout=60_000)
    assert 0 < len(heard) <= 50, len(heard)  # there are 24; told one by one, there were more than 70
    heard.clear()
    open_exercise(page, "01-acknowledge", "it-is-over-for-now")
    assert 0 < len(heard) <= 70, len(heard)  # 52 with the page; told one by one, more than 100
    news = [content["comm_id"] for content in heard if content.get("target_name") == "jupyter.widget"]
    changes = [c["comm_id"] for c in heard if c["data"].get("method") == "update" and c["comm_id"] in news]
    assert not changes, "what is new is told when it is whole"
