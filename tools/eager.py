"""Watch which functions of the bundle a page calls until it is ready; `python -m tools.eager` notes them.

To be said again when the locks bring other versions of Voilà or its extensions; a test tells when. The pages are those
of a new journal: the first part, and the page that is always there with its chart.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from rekindle.server import bundle, lean
from rekindle.server.eager import NOTES, Spans, mark
from tests.browser.harness import FLAGS, started
from tools.chromium import find_chromium

FILE = Path(lean.__file__).with_name(NOTES)
PAGES = ("01-acknowledge.ipynb", "06-always-here.ipynb#mood-check-in", "dashboard.ipynb")
READY = "() => performance.getEntriesByName('rekindle-ready').length > 0"
LEAST = 200
"""Characters: shorter functions are compiled as fast as they are found."""
FUNCTION = re.compile(r"(?:async\s+)?function\b(?:\s*\*)?(?P<name>[^(]*)\(")
ARROW = re.compile(r"(?:async\b\s*)?(?:[\w$]+|(?P<list>\())")
BEFORE = re.compile(r"(?:[=(,:?\[&|!]|\breturn)\s*\Z")
"""What stands before a function that is a value; any other has a name, and stands by itself."""


def scripts() -> tuple[str, list[str]]:
    """Return the bundle without brackets, and the scripts that it is made of, each as it stands in it."""
    parts = list[str]()

    def seen(text: str) -> str:
        parts.append(text)
        return text

    with patch.object(bundle, "eager", seen):
        static = lean._static(lean.MAIN).parent  # noqa: SLF001 - as the server finds it
        return bundle.bundle(static, lean.MAIN, lean._folders(lean.EXTENSIONS)), parts  # noqa: SLF001 - as above


def is_value(text: str, begin: int, end: int) -> bool:
    """Return whether a function may stand in brackets: not a method, and not one that is declared by its name."""
    before, own = text[max(0, begin - 20) : begin], text[begin:end]
    if found := FUNCTION.match(own):
        return bool(BEFORE.search(before)) and not (found["name"].strip() and before.rstrip()[-1:] in (":", ","))
    found = ARROW.match(own)
    if not found:
        return False
    return bool(re.match(r"\s*=>", own[_closed(own, found.end()) if found["list"] else found.end() :]))


def _closed(text: str, at: int) -> int:
    """Return where the list that is open at a place ends."""
    depth = 1
    while depth and at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


def called(page: Page, address: str) -> Iterator[tuple[int, int]]:
    """Open a page and give the functions of its bundle that it has called until it is ready."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
    page.goto(address)
    page.wait_for_function(READY, timeout=60_000)
    page.wait_for_timeout(500)
    found: list[dict[str, Any]] = session.send("Profiler.takePreciseCoverage")["result"]
    for script in found:
        for function in script["functions"] if "/bundle.js" in script["url"] else ():
            whole = function["ranges"][0]
            if whole["count"]:
                yield whole["startOffset"], whole["endOffset"]


def watched(browser: Browser, text: str) -> set[tuple[int, int]]:
    """Return the functions of the bundle that the pages have called."""
    with tempfile.TemporaryDirectory() as home, started(Path(home)) as book:
        context: BrowserContext = browser.new_context(base_url=book.base)
        context.route("**/bundle.js*", lambda route: route.fulfill(body=text, content_type="text/javascript"))
        context.new_page().goto(book.address)
        return {one for name in PAGES for one in called(context.new_page(), f"/voila/render/{name}")}


def notes(text: str, parts: list[str], found: set[tuple[int, int]]) -> dict[str, Spans]:
    """Return each part's functions that were called, by the part's mark."""
    kept = dict[str, Spans]()
    for part in parts:
        at = text.index(part)
        inside = sorted((begin - at, end - at) for begin, end in found if at <= begin and end <= at + len(part))
        kept[mark(part)] = [(a, b) for a, b in inside if b - a >= LEAST and is_value(part, a, b)]
    return kept


def main() -> int:
    """Watch, note, and tell how many functions there are."""
    text, parts = scripts()
    if max(text) > "\uffff":
        sys.exit("the bundle holds signs that count twice in a browser: places would not fit")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        kept = notes(text, parts, watched(browser, text))
        browser.close()
    lines = [f"{json.dumps(name)}: {json.dumps(spans, separators=(',', ':'))}" for name, spans in kept.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{sum(map(len, kept.values()))} functions in {len(kept)} scripts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
