"""The lock on the pages: offered twice at most, told as it stands, and asked for by a page that stands alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from rekindle.content import catalog
from rekindle.frontend.ask import Ask
from rekindle.journal import Journal, Relocked, new_key, relock
from rekindle.page import unlocking
from rekindle.page.lock_words import NOT_NOW, lock_card, lock_help, lock_offer
from rekindle.page.unlocking import KernelKey, key_now
from rekindle.records import Moment
from rekindle.server.keydesk import DESK
from rekindle.server.order import PorterOrder
from rekindle.server.porter_desk import PorterDesk
from rekindle.server.porter_pages import PorterPages
from rekindle.settings import LOCK_AFTER, NEVER_LOCK, PACKAGE, journal_path
from tests.visit import Visit, text_of

SAY = catalog().say
TYPED = "drei Worte genügen"
STYLES = PACKAGE / "voila_template" / "static"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the page believe that our server stands in front."""
    monkeypatch.setenv(DESK, "/nowhere")


@pytest.fixture(autouse=True)
def no_key_is_left() -> Iterator[None]:
    yield
    KernelKey.held = None


def offered(one: Visit) -> str:
    one.show()
    return text_of(lock_offer(catalog(), one.page.book))


def lock() -> None:
    relock(journal_path(), None, new_key(TYPED))


def test_the_offer_comes_after_the_first_words_and_once_more_on_a_later_day(
    visit: Callable[..., Visit], desk: None
) -> None:
    one = visit()
    assert offered(one) == ""
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    assert SAY("lock.offer.first") in offered(one)
    yesterday = Moment.at(dt.datetime.now(dt.UTC) - dt.timedelta(days=1), "Europe/Berlin")
    one.page.book.journal.note(NOT_NOW, {}, moment=yesterday)
    assert SAY("lock.offer.second") in offered(one)
    one.page.book.note(NOT_NOW)
    assert offered(one) == ""


def test_not_now_is_the_end_of_it_for_today(visit: Callable[..., Visit], desk: None) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    one.page.book.note(NOT_NOW)
    assert offered(one) == ""


@pytest.mark.parametrize("why", ["no server of ours", "never"])
def test_a_book_that_cannot_or_must_not_be_locked_here_is_offered_nothing(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "never":
        monkeypatch.setenv(DESK, "/nowhere")
        monkeypatch.setenv(NEVER_LOCK, "1")
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    assert offered(one) == ""
    assert "/lock/" not in str(lock_card(catalog()))


def test_the_page_about_the_words_says_how_it_stands(visit: Callable[..., Visit], desk: None) -> None:
    one = visit()
    one.answer(one.open("say-it-to-myself").controls["wish"], 3)
    assert SAY("lock.card.plain") in text_of(lock_card(catalog()))
    assert "/lock/passphrase?back=" in str(lock_help(catalog()))
    lock()
    assert SAY("lock.card.locked") in text_of(lock_card(catalog()))
    assert "/lock/passphrase" not in str(lock_help(catalog()))


@pytest.mark.parametrize(
    ("seconds", "told"), [(36, "less than a minute"), (60, "a minute"), (600, "ten minutes"), (1800, "30 minutes")]
)
def test_how_long_it_stays_open_is_said_as_the_book_was_started(
    visit: Callable[..., Visit], desk: None, monkeypatch: pytest.MonkeyPatch, seconds: float, told: str
) -> None:
    visit().show()
    lock()
    monkeypatch.setenv(LOCK_AFTER, str(seconds))
    assert SAY("lock.card.when", after=told) in text_of(lock_card(catalog()))
    said = {**catalog().words.under("lock")}
    order = PorterOrder("pages", "passphrase", "/", str(STYLES), 1, (), {}, said, [], "/", "s", lock_after=seconds)
    assert told in PorterPages(order).done("set", Relocked(0, 0, 0), back="/")


@pytest.mark.parametrize(
    ("wished", "leads"),
    [
        ("/voila/render/dashboard", "/voila/render/dashboard"),
        ("/voila/render/dashboard.ipynb#my-page", "/voila/render/dashboard.ipynb#my-page"),
        ("/lab/tree/dashboard.ipynb", "/lab/tree/dashboard.ipynb"),
        *((other, "/") for other in ("https://evil.example/", "//evil.example", "/enter/x", "/voila/render/../x")),
        *((other, "/") for other in ("/voila/render/dashboard#<b>", "/voila/render/other", "x", "")),
    ],
)
def test_the_way_back_is_to_a_page_of_the_book_only(wished: str, leads: str) -> None:
    said = {**catalog().words.under("lock")}
    order = PorterOrder("pages", "unlock", "/", str(STYLES), 1, ("dashboard",), {}, said, [], "/", "s")
    assert PorterDesk(order, lambda _message, _key: None).back(wished) == leads


def test_a_page_without_our_server_asks_by_itself_and_its_field_keeps_nothing(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlocking, "A_MOMENT", 0)
    with Journal.open(journal_path(), never_kept=()) as journal:
        journal.save("say-it-to-myself", "sentence", "mine", base=0, wording="w", sitting="s", moment=Moment.now())
    lock()
    one = visit()
    one.show()
    ask = next(kid for kid in one.page.head.children if isinstance(kid, Ask))
    said: list[dict[str, str]] = []
    monkeypatch.setattr(ask, "send", said.append)
    one.hear(ask, t="passphrase", text="not it")
    assert SAY("errors.journal-locked.safe") in said[-1]["trouble"]
    assert key_now() is None
    one.hear(ask, t="passphrase", text=TYPED)
    assert said[-1]["trouble"] == ""
    assert key_now() is not None
    for secret in (TYPED, "not it"):
        assert secret not in str(ask.get_state()) + repr(ask) + str(one.said) + str(said)
