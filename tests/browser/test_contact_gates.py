"""Contact gates: a message page is built in no state but those of the table, by no way in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import BrowserContext, expect

from rekindle.content import catalog
from tests.browser.harness import LONG, Book, Watch, logged_in, open_exercise, saved, started
from tests.browser.keeping import journal_of, opened, seed
from tests.browser.sight import show, to_front

TODAY = dt.date.today()  # noqa: DTZ011 (a day more or less does not matter here)
READY: dict[tuple[str, str], Any] = {
    ("ready-check", "checks"): [option.id for option in catalog().exercise("ready-check").fields[0].options],  # type: ignore[union-attr]  # a choice
    ("ready-check", "steady"): 7,
}


def gate(asked: str, order: str = "no", **more: Any) -> dict[tuple[str, str], Any]:
    kept = {("consent-gate", key): value for key, value in more.items()}
    return {("consent-gate", "asked"): asked, ("consent-gate", "order"): order, **kept, **READY}


STATES: dict[str, tuple[bool, dict[tuple[str, str], Any], tuple[Any, ...]]] = {
    "unknown": (False, READY, ()),
    "unsure": (False, gate("not-sure"), ()),
    "order-not-answered": (False, {("consent-gate", "asked"): "quiet", **READY}, ()),
    "open": (False, gate("in-touch"), ()),
    "space": (False, gate("space"), ()),
    "space-until-a-date": (False, gate("until-date", until=str(TODAY + dt.timedelta(days=9))), ()),
    "space-over": (True, gate("until-date", until=str(TODAY - dt.timedelta(days=9))), ()),
    "quiet-not-ready": (False, {key: value for key, value in gate("quiet").items() if key[0] != "ready-check"}, ()),
    "quiet-and-ready": (True, gate("quiet"), ()),
    "quiet-hello-sent": (False, gate("quiet"), ("hello-sent",)),
    "closed": (False, gate("stop"), ()),
    "closed-by-an-order": (False, gate("quiet", "yes"), ()),
    "closed-then-changed": (False, gate("quiet"), ("closed",)),
    "paused": (False, gate("quiet"), ("paused",)),
    "trying": (False, gate("in-touch") | {("say-it-once", "answer"): "yes"}, ()),
}
SOME = ("unknown", "quiet-and-ready", "closed", "paused")
IN_JUPYTERLAB = """
import json, os
os.environ["REKINDLE_HOME"] = {home!r}
from rekindle import open_exercise, open_part
from rekindle.frontend.rows import Rows
from rekindle.frontend.writing import Writing

def fields(box):
    own = isinstance(box, (Rows, Writing)) or type(box).__name__ in ("Checkbox", "RadioButtons", "ToggleButtons")
    return own + sum(fields(kid) for kid in getattr(box, "children", ()))

part = open_part("reconnect")
card = part.exercise("first-hello")
before = fields(card)
part.presence._hear_shown({{"zone": "Europe/Vienna"}})
part.cards["first-hello"].open()
after = fields(part.exercise("first-hello"))
alone = open_exercise("first-hello")
with open({found!r}, "w") as file:
    json.dump([before, after, fields(alone)], file)
"""


@pytest.fixture(scope="module")
def gate_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with started(tmp_path_factory.mktemp("gates")) as book:
        yield book


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(tmp_path_factory.mktemp("kernel")))
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


def begin(home: Path, name: str) -> bool:
    """Make the journal anew, in one of the states; return if a first hello is open in it."""
    journal_of(home).unlink(missing_ok=True)
    is_open, answers, events = STATES[name]
    journal_of(home).parent.mkdir(parents=True, exist_ok=True)
    seed(home, answers)
    seed(home, None, events)
    return is_open


@pytest.mark.parametrize("name", STATES)
def test_called_in_jupyterlab_it_is_built_in_its_own_states_only(kernel: Any, tmp_path: Path, name: str) -> None:
    is_open, found = begin(tmp_path, name), tmp_path / "found.json"
    said: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        said.append(str(message["content"].get("traceback") or ""))

    code = IN_JUPYTERLAB.format(home=str(tmp_path / "rekindle"), found=str(found))
    kernel.execute_interactive(code, timeout=60, output_hook=hear)
    assert found.is_file(), "".join(said)
    before, after, alone = json.loads(found.read_text())
    assert (before, alone) == (0, 0)
    assert (after > 0) is is_open


@pytest.mark.parametrize("name", [n if n in SOME else pytest.param(n, marks=pytest.mark.full) for n in STATES])
def test_by_page_and_by_address_it_is_built_in_its_own_states_only(
    gate_server: Book, gates: BrowserContext, name: str
) -> None:
    is_open = begin(gate_server.home, name)
    page = gates.new_page()
    show(page, "03-reconnect", "first-hello")
    root = page.locator(".rk-exercise--first-hello")
    if is_open:
        expect(root.locator("textarea").first).to_be_visible(timeout=LONG)
    else:
        expect(root.locator(".rk-gate__line")).to_be_visible()
        assert root.locator("textarea, input, .rk-for").count() == 0
        assert root.locator(".rk-gate a[href]").count() >= 1
        page.evaluate("document.querySelectorAll('.rk-exercise--first-hello button').forEach((b) => b.click())")
        page.wait_for_timeout(300)
        assert root.locator("textarea, input").count() == 0
    page.close()


@pytest.fixture(scope="module")
def gates(browser: Any, gate_server: Book) -> Iterator[BrowserContext]:
    record = Watch()
    context = logged_in(browser, gate_server, record, {"timezone_id": "Europe/Vienna"})
    yield context
    context.close()
    assert not record.faults(), "\n".join(record.faults())


def test_a_stop_answered_on_the_page_folds_the_hello_that_was_open(gate_server: Book, gates: BrowserContext) -> None:
    begin(gate_server.home, "quiet-and-ready")
    hello, consent = gates.new_page(), gates.new_page()
    open_exercise(hello, "03-reconnect", "first-hello")
    root = open_exercise(consent, "00-before-you-begin", "consent-gate")
    texts = {option.id: option.text for option in catalog().exercise("consent-gate").fields[0].options}  # type: ignore[union-attr]  # a choice
    root.locator(".rk-field--asked label", has_text=texts["stop"]).click()
    saved(consent, "consent-gate")
    to_front(gates, hello)
    folded = hello.locator(".rk-exercise--first-hello")
    expect(folded.locator(".rk-gate__line")).to_have_text(catalog().say("states.folded.closed.why"), timeout=15_000)
    assert folded.locator("textarea").count() == 0
    expect(hello.locator(".rk-exercise--their-wishes button").first).to_be_visible()
    root.get_by_role("button", name="Done for now").click()
    expect(consent.locator(".rk-exercise--consent-gate.rk-card--shut")).to_be_visible()
    with opened(gate_server.home) as journal:
        assert [event.kind for event in journal.events(["closed"])] == ["closed"]
    hello.close()
    consent.close()


def test_a_tick_of_fear_pauses_the_message_pages_and_is_not_kept(gate_server: Book, gates: BrowserContext) -> None:
    begin(gate_server.home, "quiet-and-ready")
    page = gates.new_page()
    root = open_exercise(page, "00-before-you-begin", "safety-gate")
    root.locator(".rk-field--to_me .widget-label-basic").first.click()
    expect(root.locator(".rk-support")).to_be_visible()
    root.get_by_role("button", name="Done for now").click()
    expect(page.locator(".rk-exercise--safety-gate.rk-card--shut")).to_be_visible()
    with opened(gate_server.home) as journal:
        assert [event.kind for event in journal.events() if event.kind != "done"] == ["paused"]
        assert ("safety-gate", "to_me") not in journal.answers()
    show(page, "03-reconnect", "first-hello")
    expect(page.locator(".rk-exercise--first-hello .rk-gate__line")).to_be_visible()
    assert page.locator(".rk-exercise--first-hello textarea").count() == 0
    page.close()
