"""Leaks: what a person writes stands in the journal and nowhere else; what they tick on a safety page, nowhere."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rekindle.content import catalog, say
from rekindle.journal import Journal, new_key
from rekindle.settings import notebooks_folder
from tests.browser.canary import forms, found
from tests.browser.harness import FLAGS, LONG, Watch, open_exercise, saved, started
from tests.browser.keeping import journal_of, opened
from tests.browser.lab import menu, run_notebook, started_lab
from tests.browser.sight import area, show, write
from tests.browser.test_keepsake import show_book
from tests.memory import memory_of

TYPED = "drei Wörter Qx7 genügen"


@pytest.fixture
def places() -> Iterator[dict[str, Path]]:
    """A home, a folder for temporary files (short: sockets live in it) and a browser profile."""
    base = Path(tempfile.mkdtemp(prefix="rk-tests-", dir="/tmp"))
    made = {name: base / name for name in ("home", "tmp", "profile")}
    for folder in made.values():
        folder.mkdir()
    yield made
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def enter(browser: Browser, watch: Watch, places: dict[str, Path]) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens an address in a browser that keeps its profile on the disk."""
    around: dict[str, str | float | bool] = {**os.environ, "TMPDIR": str(places["tmp"]), "HOME": str(places["home"])}
    opened_ones: list[BrowserContext] = []

    def go(address: str) -> Page:
        context = browser.browser_type.launch_persistent_context(
            places["profile"],
            base_url=address.split("/enter", maxsplit=1)[0],
            executable_path=os.environ["REKINDLE_CHROMIUM"],
            args=FLAGS,
            env=around,
        )
        opened_ones.append(context)
        watch.follow(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield go
    for context in opened_ones:
        context.close()


def searched(places: dict[str, Path]) -> list[Path]:
    return [*places.values(), notebooks_folder()]


def type_everywhere(page: Page, words: dict[str, str]) -> None:
    """Type the words into pages, a table, a log, the box that is never kept, and tick a safety page."""
    open_exercise(page, "01-acknowledge", "why-it-ended")
    write(page, "why-it-ended", "deal", words["line"])
    page.locator(".rk-exercise--why-it-ended .rk-field--rows textarea").first.fill(words["cell"])
    saved(page, "why-it-ended")
    open_exercise(page, "06-always-here", "my-page")
    write(page, "my-page", "text", words["letter"])
    root = open_exercise(page, "06-always-here", "promise-log")
    root.locator("textarea").first.fill(words["log"])
    saved(page, "promise-log")
    open_exercise(page, "06-always-here", "right-now")
    area(page, "right-now", "unsent").fill(words["unsent"])
    page.wait_for_timeout(1000)
    root = open_exercise(page, "00-before-you-begin", "my-situation")
    write(page, "my-situation", "nickname", words["title"])
    root = open_exercise(page, "00-before-you-begin", "safety-gate")
    ticks = root.locator(".rk-field--to_me .widget-label-basic")
    for number in range(3):
        ticks.nth(number).click()
    root.get_by_role("button", name="Done for now").click()
    expect(page.locator(".rk-exercise--safety-gate.rk-card--shut")).to_be_visible()


def test_words_typed_in_the_pages_are_in_the_journal_only(
    places: dict[str, Path], enter: Callable[[str], Page], figure: Callable[..., None]
) -> None:
    words = {name: f"Zaunkönig{name}Qx7" for name in ("line", "cell", "letter", "log", "unsent", "title")}
    options = {o.id: o.text for o in catalog().exercise("safety-gate").fields[0].options}  # type: ignore[union-attr]  # a choice
    with started(places["home"], TMPDIR=str(places["tmp"])) as book:
        page = enter(book.address)
        type_everywhere(page, words)
        journal = str(journal_of(places["home"]))
        _assert_only_there(words, journal, places)
        page.context.close()
    _assert_only_there(words, journal, places)
    ticked = [text for id_, text in list(options.items())[:3] if id_ not in ("none", "skip")]
    assert {text: found(text, places.values()) for text in ticked} == {text: [] for text in ticked}
    ids = [id_ for id_ in options if len(id_) > 5]
    assert {id_: found(id_, [places["home"], places["tmp"]]) for id_ in ids} == {id_: [] for id_ in ids}
    with opened(places["home"]) as book_of_words:
        assert [event.kind for event in book_of_words.events() if event.kind != "done"] == ["paused"]
    figure("words found outside the journal", 0)


def _assert_only_there(words: dict[str, str], journal: str, places: dict[str, Path]) -> None:
    for name, word in words.items():
        assert found(word, searched(places)) == ([] if name == "unsent" else [journal]), name


def test_words_typed_in_jupyterlab_and_saved_with_it_are_in_the_journal_only(
    places: dict[str, Path], enter: Callable[[str], Page]
) -> None:
    words = {"line": "ZaunkönigLabQx7", "cell": "ZaunkönigReiheQx7"}
    with started_lab(places["home"], TMPDIR=str(places["tmp"])) as book:
        page = enter(book.address)
        file = places["home"] / "notebooks" / "01-acknowledge.ipynb"
        before = file.stat().st_mtime_ns
        page.context.set_default_timeout(60_000)
        root = run_notebook(page, "01-acknowledge", "why-it-ended", book.base)
        root.locator(".rk-field--deal textarea").fill(words["line"])
        root.locator(".rk-field--rows textarea").first.fill(words["cell"])
        saved(page, "why-it-ended")
        menu(page, "File", "Save Notebook")
        _wait_until(lambda: file.stat().st_mtime_ns != before, page)
        page.wait_for_timeout(1500)
        content = json.loads(file.read_text(encoding="utf-8"))
        assert not [cell for cell in content["cells"] if cell.get("outputs") or cell.get("execution_count")]
        assert "widgets" not in content["metadata"]
        journal = str(journal_of(places["home"]))
        _assert_only_there(words, journal, places)
        page.context.close()
    _assert_only_there(words, journal, places)
    assert not list(places["home"].rglob(".ipynb_checkpoints"))


def _wait_until(true: Callable[[], bool], page: Page) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not happen within ten seconds")


def test_the_search_finds_a_word_in_each_of_its_forms(tmp_path: Path) -> None:
    word = "ZaunkönigProbeQx7"
    for number, content in enumerate(
        [
            word.encode(),
            word.encode("utf-16-le"),
            json.dumps({"a": word}).encode(),
            base64.b64encode(b"1" + word.encode() + b"22"),
            base64.b64encode(b"12" + word.encode()),
        ]
    ):
        (tmp_path / str(number)).write_bytes(b"before " + content + b" after")
    (tmp_path / "none").write_bytes(b"nothing")
    assert sorted(Path(path).name for path in found(word, [tmp_path])) == ["0", "1", "2", "3", "4"]


@pytest.mark.full
def test_behind_a_lock_no_word_is_left_in_any_file_nor_in_the_memory_of_any_process_of_ours(
    places: dict[str, Path], enter: Callable[[str], Page], watch: Watch, figure: Callable[..., None]
) -> None:
    """A whole visit: unlock, type, look at it on the dashboard and in the private book, lock.

    What this cannot reach: the browser's own memory, swap, and what the disk keeps of a deleted file.
    """
    watch.forgive(r"ERR_CONNECTION|ERR_EMPTY|WebSocket|Failed to (fetch|load resource)|[Kk]ernel")
    words = {name: f"Zaunkönig{name}Qx7" for name in ("line", "cell", "letter", "log", "unsent", "title")}
    Journal.open(journal_of(places["home"]), never_kept=(), key=new_key(TYPED)).close()
    with started(places["home"], TMPDIR=str(places["tmp"])) as book:
        page = enter(book.address)
        page.goto("/voila/render/01-acknowledge.ipynb")
        page.get_by_label(say("lock.passphrase")).fill(TYPED)
        page.get_by_role("button", name=say("lock.open")).click()
        expect(page.locator(".rk-exercise").first).to_be_visible(timeout=LONG)
        type_everywhere(page, words)
        show_book(page, catalog().part("acknowledge").title, catalog().part("always-here").title)
        show(page, "dashboard")
        assert held_by_ours([words["line"]], places["home"]), "the search finds it where it must be"
        page.get_by_role("button", name=say("interface.frame.lock"), exact=True).click()
        expect(page.get_by_role("heading", name=say("lock.title"))).to_be_visible(timeout=LONG)
        page.wait_for_timeout(4000)
        assert held_by_ours([*words.values(), TYPED], places["home"]) == []
        assert [word for word in (*words.values(), TYPED) if found(word, searched(places))] == []
        page.context.close()
    assert [word for word in words.values() if found(word, searched(places))] == []
    figure("words found in files and in our memory after a lock", 0)


def held_by_ours(words: Sequence[str], home: Path) -> list[str]:
    """Return the words that stand, in any of their forms, in the memory of a process over this home, orphans too."""
    ours = [process for process in psutil.process_iter() if _lives_in(process, home)]
    assert len(ours) >= 2, "the launcher and whoever stands at its door"
    held = set()
    for memory in map(memory_of, ours):
        for word in words:
            needles = {*forms(word), word.encode("utf-32-le"), word.encode("latin-1", "ignore")}
            if any(needle in memory for needle in needles):
                held.add(word)
    return sorted(held)


def _lives_in(process: psutil.Process, home: Path) -> bool:
    with contextlib.suppress(psutil.Error):
        return str(home) in process.environ().get("HOME", "") and "chrom" not in process.name()
    return False
