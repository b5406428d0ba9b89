"""The built documentation: strict, readable, and asking no other computer for anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.places import ROOT

SEARCH = "search.html?q=passphrase"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it as `make docs` does, with tools of its own, outside the tree."""
    out = tmp_path_factory.mktemp("docs")
    around = {**os.environ, "REKINDLE_DOCS_TOOLS": str(out / "tools"), "PYTHON": sys.executable}
    built = ["sh", "tools/docs.sh", str(out / "site")]
    done = subprocess.run(built, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / "site"


@pytest.mark.full
def test_no_page_asks_another_host_and_the_search_finds(browser: Browser, site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    asked: list[str] = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    for each in pages:
        page.goto(each.as_uri())
        broken = page.evaluate("[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)")
        assert broken == [], each.name
    page.goto(f"{site.as_uri()}/{SEARCH}")
    page.locator("#search-results li a").first.wait_for()
    context.close()
    assert len(asked) > len(pages)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
