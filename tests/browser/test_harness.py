"""The browser harness notices what it is there to notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import Watch


@pytest.fixture
def record() -> Watch:
    return Watch()


@pytest.fixture
def blank(browser: Browser, record: Watch) -> Iterator[Page]:
    context = browser.new_context()
    record.follow(context)
    page = context.new_page()
    page.goto("about:blank")
    yield page
    context.close()


def test_a_quiet_page_has_no_faults(blank: Page, record: Watch) -> None:
    blank.set_content('<p>Hello</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">')
    blank.wait_for_timeout(100)
    assert record.faults() == []


@pytest.mark.parametrize(
    "content",
    [
        '<img src="http://outside.invalid/x.png">',
        '<link rel="stylesheet" href="https://outside.invalid/x.css">',
        '<script>new WebSocket("ws://outside.invalid/x")</script>',
        '<script>fetch("http://localhost:1/x").catch(() => {})</script>',
    ],
)
def test_a_request_to_outside_is_noticed_and_never_forgiven(blank: Page, record: Watch, content: str) -> None:
    record.forgive(".")
    blank.set_content(content, wait_until="commit")
    blank.wait_for_timeout(300)
    assert [fault.split(":")[0] for fault in record.faults()] == ["asked outside"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<script>console.error('that went wrong')</script>", "that went wrong"),
        ("<script>setTimeout(() => { throw new Error('nobody caught me') })</script>", "nobody caught me"),
        (
            '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'"><script>var a = 1</script>',
            "Content Security Policy",
        ),
    ],
)
def test_a_complaint_is_noticed_unless_the_test_forgives_it(
    blank: Page, record: Watch, content: str, fault: str
) -> None:
    blank.set_content(content, wait_until="commit")
    blank.wait_for_timeout(300)
    assert len(record.faults()) == 1
    assert fault in record.faults()[0]
    record.forgive(fault)
    assert record.faults() == []
