"""The private book in a browser: shown before it is saved, saved by a press, printed; and it runs nothing, ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from rekindle.content import catalog
from tests.browser.harness import LONG, Book, Watch
from tests.browser.keeping import seed
from tests.hostile import ALL, FOUND

SAY = catalog().say
ELEMENTS = "() => [...document.querySelectorAll('*')].map((el) => el.tagName)"
PLACES = [
    ("why-it-ended", "deal"),
    ("my-situation", "nickname"),
    ("so-what-changes", "same_wall"),
    ("woop-goal", "wish"),
]


def show_book(page: Page, *ticks: str) -> None:
    """Choose on the card, and have the book shown."""
    page.goto("/voila/render/your-data.ipynb")
    page.wait_for_function("document.documentElement.dataset.rkReady", timeout=LONG)
    for tick in ticks:
        page.get_by_label(tick, exact=True).check()
    page.get_by_role("button", name=SAY("keepsake.card.make")).click()
    expect(page.get_by_text(SAY("keepsake.card.ready"))).to_be_visible(timeout=LONG)


def save_book(page: Page, to: Path) -> Path:
    """Press for the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=SAY("keepsake.card.save")).click()
    waiting.value.save_as(to)
    assert waiting.value.suggested_filename.startswith("workbook-")
    return to


def opened_alone(browser: Browser, file: Path, dialogs: Callable[[Page], None], tmp_path: Path) -> set[str]:
    """Open a book as a file, with its own policy switched off; see that nothing runs, on the screen and printed."""
    context = browser.new_context(bypass_csp=True)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    dialogs(page)
    page.goto(file.as_uri())
    page.pdf(path=tmp_path / "book.pdf", format="A4")
    page.wait_for_timeout(200)
    assert page.evaluate(FOUND) == [False, 0]
    assert [url for url in asked if not url.startswith(("file:", "data:font"))] == []
    elements = set(page.evaluate(ELEMENTS))
    context.close()
    return elements


def test_the_book_is_shown_saved_and_said_to_be_unlocked_and_no_hostile_word_runs_in_it(
    fresh_server: Book,
    visit: Callable[[Book], BrowserContext],
    browser: Browser,
    dialogs: Callable[[Page], None],
    watch: Watch,
    tmp_path: Path,
) -> None:
    lines = [line for payload in ALL for line in payload.splitlines() if line.strip()]
    seed(fresh_server.home, dict.fromkeys(PLACES, "\n".join(lines)))
    page = visit(fresh_server).new_page()
    dialogs(page)
    part = catalog().part("acknowledge").title
    show_book(page, part, SAY("keepsake.card.then"))
    inside = page.frame_locator(".rk-bound__frame")
    expect(inside.locator("h1")).to_have_text(SAY("keepsake.book.title"))
    shown = inside.locator("article .own").all_text_contents()
    assert shown == [line.replace("\1", "\ufffd") for line in lines]
    file = save_book(page, tmp_path / "book.html")
    expect(page.get_by_text(SAY("keepsake.card.saved"))).to_be_visible()
    assert page.evaluate(FOUND) == [False, 0]
    found = opened_alone(browser, file, dialogs, tmp_path)
    assert found <= {"HTML", "HEAD", "BODY", "META", "TITLE", "STYLE", "MAIN", "HEADER", "SECTION", "ARTICLE"} | {
        *("DIV", "H1", "H2", "H3", "H4", "P", "UL", "LI", "B")
    }
    assert not watch.faults(), "no script was so much as tried in the frame"
    # From here on Chromium notes at each key that the frame has no scripts; the listener is the page's own.
    watch.forgive("Blocked script execution in 'about:srcdoc'")
    _leave_from_inside(page)


def _leave_from_inside(page: Page) -> None:
    """Press Shift three times with the keyboard in the book: the page is gone, and the book with it."""
    page.frame_locator(".rk-bound__frame").locator("h1").click()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("about:blank")
