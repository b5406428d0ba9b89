"""Files to and from the page: in pieces, whole or not at all, and told before anything is taken over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as ipw
import pytest

from rekindle.contact import State
from rekindle.content import catalog
from rekindle.frontend.parcels import PIECE, Taking
from rekindle.journal import MAGIC, Whole, new_key
from rekindle.portable.export import to_json
from rekindle.portable.packing import pack
from rekindle.portable.reading import LARGEST
from rekindle.records import Answer, Json, Moment
from rekindle.your_data import YourData
from tests.visit import Visit, act, acts, open_journal, stand, words_in

SAY = catalog().say
WORDS = "zebrafinch in the garden"


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


class Browser:
    """The browser's end of a parcel: it does what `static/parcels.js` does."""

    def __init__(self, page: YourData) -> None:
        self.page, self.along, self.into = page, page._along, page._in
        self.said: list[Mapping[str, Any]] = []
        self.offer: Mapping[str, Any] = {}
        self.parts: list[bytes] = []
        self.along.giving.send = self._from_giving  # the line's other end
        self.into.taking.send = self._from_taking
        self._going = b""

    def make(self, form: str, passphrase: str = "") -> bytes:
        """Press a button, and return the file that is saved; b"" if there is none."""
        self.offer, self.parts = {}, []
        giving = self.along.giving
        giving._on_message(giving, {"t": "make", "form": form, "passphrase": passphrase}, [])
        for at in range(self.offer.get("pieces", 0)):
            giving._on_message(giving, {"t": "piece", "n": self.offer["n"], "at": at}, [])
        giving._on_message(giving, {"t": "whole", "n": self.offer.get("n", 0)}, [])
        assert sum(map(len, self.parts)) == self.offer.get("size", 0)
        return b"".join(self.parts)

    def choose(self, file: bytes) -> None:
        """Choose a file, which goes to the kernel piece by piece; every piece twice, as after a slow answer."""
        self._going = file
        taking = self.into.taking
        taking._on_message(taking, {"t": "begin", "n": 1, "size": len(file)}, [])

    def passphrase(self, text: str) -> None:
        """Type the file's passphrase."""
        taking = self.into.taking
        taking._on_message(taking, {"t": "passphrase", "text": text}, [])

    def told(self) -> str:
        """Return what the card says of the file."""
        return words_in(self.into.widget)

    def last(self, kind: str) -> Mapping[str, Any]:
        """Return the newest message of a kind."""
        return [message for message in self.said if message["t"] == kind][-1]

    def _from_giving(self, content: Mapping[str, Any], buffers: Any = ()) -> None:
        self.said.append(content)
        if content["t"] == "offer":
            self.offer = content
        self.parts += [bytes(part) for part in buffers or ()]

    def _from_taking(self, content: Mapping[str, Any]) -> None:
        self.said.append(content)
        at = content.get("at", 0)
        if content["t"] == "got" and at < len(self._going) and at not in self._sent():
            piece = memoryview(self._going)[at : at + PIECE]
            for _ in range(2):
                taking = self.into.taking
                taking._on_message(taking, {"t": "piece", "n": content["n"], "at": at}, [piece])

    def _sent(self) -> list[int]:
        return [message["at"] for message in self.said[:-1] if message["t"] == "got"]


@pytest.fixture
def browser(visit: Callable[..., Visit]) -> Callable[[], Browser]:
    def opened() -> Browser:
        one = visit(DataVisit)
        one.show()
        assert isinstance(one.page, YourData)
        return Browser(one.page)

    return opened


def write(text: str, page: str = "my-page", field: str = "text") -> None:
    with open_journal() as journal:
        base = journal.answers().get((page, field))
        number = base.revision if base else 0
        journal.save(page, field, text, base=number, wording="", sitting=text[:5], moment=Moment.now("Europe/Berlin"))


def whole() -> bytes:
    with open_journal() as journal:
        return to_json(journal.whole())


def value(page: str = "my-page", field: str = "text") -> Json:
    with open_journal() as journal:
        found = journal.answers().get((page, field))
        return found.value if found else None


def test_a_locked_file_leaves_the_page_in_pieces_and_brings_the_journal_to_another(
    browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    write(f"{WORDS} {'long ' * 20_000}")
    write("x" * 150_000, field="other")
    there = browser()
    before, file = whole(), there.make("locked", "six plain words")
    assert there.offer["name"] == "my-book.rekindle"
    assert there.offer["pieces"] > 1
    assert not file.startswith(MAGIC)
    assert WORDS.encode() not in file
    assert there.along.giving._file == b""
    monkeypatch.setenv("REKINDLE_HOME", str(tmp_path / "another"))
    here = browser()
    here.choose(file)
    assert here.last("ask")["trouble"] == ""
    here.passphrase("another")
    assert SAY("errors.import-locked.happened") in here.last("ask")["trouble"]
    here.passphrase("six plain words")
    assert SAY("command.import.new", answers=2, entries=0) in here.told()
    assert value() is None
    act(here.into.widget, "take")
    assert SAY("command.import.done_first") in here.told()
    assert whole() == before
    assert SAY("your-data.contains.answers_many", count=2) in words_in(here.page.root)


@pytest.mark.parametrize(
    ("form", "ending", "start"), [("json", "json", b"{"), ("csv", "zip", b"PK"), ("markdown", "md", b"# ")]
)
def test_plain_files_leave_the_page_too(browser: Callable[[], Browser], form: str, ending: str, start: bytes) -> None:
    write(WORDS)
    one = browser()
    file = one.make(form)
    assert one.offer["name"] == f"my-book.{ending}"
    assert file.startswith(start)
    assert WORDS not in json.dumps(list(one.said))


def test_an_empty_journal_an_empty_passphrase_and_an_odd_form_make_no_file(browser: Callable[[], Browser]) -> None:
    one = browser()
    assert one.make("json") == b""
    assert one.last("told")["text"] == SAY("command.export.empty")
    write(WORDS)
    assert one.make("locked", " ") == b""
    assert SAY("errors.empty-key.happened") in one.last("told")["text"]
    assert one.make("../x") == b""


def test_the_page_is_told_before_what_may_take_long(browser: Callable[[], Browser]) -> None:
    write(WORDS)
    one = browser()
    said: list[str] = []
    one.page.presence.send = lambda content, _buffers=None: said.append(content["t"])
    file = one.make("json")
    one.choose(file.replace(WORDS.encode(), b"from there"))
    assert said == ["busy", "busy"]
    act(one.into.widget, "take")
    assert said[2] == "busy"
    assert said[-1] != "busy"


def test_six_words_are_offered_anew_each_time(browser: Callable[[], Browser]) -> None:
    one = browser()
    giving = one.along.giving
    for _ in range(2):
        giving._on_message(giving, {"t": "suggest"}, [])
    first, second = (message["text"] for message in one.said if message["t"] == "words")
    assert first != second
    assert len(first.split()) == 6


def test_a_file_can_be_left(browser: Callable[[], Browser]) -> None:
    write(WORDS)
    one = browser()
    file = one.make("json")
    write("another")
    one.choose(file.replace(WORDS.encode(), b"from there"))
    act(one.into.widget, "leave")
    assert SAY("your-data.bring.left") in one.told()
    assert acts(one.into.widget) == []
    assert value() == "another"


def test_where_both_went_on_both_are_kept_and_the_page_says_so(browser: Callable[[], Browser]) -> None:
    write(WORDS)
    one = browser()
    file = one.make("json")
    write("written on here")
    theirs = json.loads(file)
    theirs["history"][0]["value"] = theirs["answers"]["my-page"]["text"] = "written there"
    one.choose(json.dumps(theirs).encode())
    assert SAY("command.import.both", count=1) in one.told()
    act(one.into.widget, "take")
    with open_journal() as journal:
        assert journal.answers()["my-page", "text"].value == "written on here"
        assert [each.value for each in journal.conflicts()["my-page", "text"]] == ["written there"]


def test_the_same_file_a_second_time_brings_nothing(browser: Callable[[], Browser]) -> None:
    write(WORDS)
    one = browser()
    one.choose(one.make("csv"))
    assert SAY("command.import.nothing_new") in one.told()
    assert acts(one.into.widget) == []


@pytest.mark.parametrize("file", [b"", b"{}", b"PK\3\4", b"\0" * 4096, b"%PDF-1.7"])
def test_a_file_that_cannot_be_read_is_told_calmly_and_changes_nothing(
    browser: Callable[[], Browser], file: bytes
) -> None:
    write(WORDS)
    before, one = whole(), browser()
    one.choose(file)
    assert SAY("errors.import-unreadable.happened") in one.last("settled")["trouble"]
    assert acts(one.into.widget) == []
    assert whole() == before


def test_no_file_opens_what_is_folded_here(
    browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    stand("open")
    hopeful = browser().make("locked", "six plain words")
    monkeypatch.setenv("REKINDLE_HOME", str(tmp_path / "another"))
    stand("closed")
    before, one = whole(), browser()
    one.choose(hopeful)
    one.passphrase("six plain words")
    if acts(one.into.widget):
        act(one.into.widget, "take")
    else:
        assert SAY("errors.import-would-open.happened") in one.last("settled")["trouble"]
        assert whole() == before
    assert one.page.book.standing().state is State.CLOSED


def test_a_file_that_says_it_is_endless_is_not_begun() -> None:
    said: list[Any] = []
    taking = Taking({}, LARGEST)
    taking.send = said.append
    for size in (LARGEST + 1, -1, "x", None):
        taking._on_message(taking, {"t": "begin", "n": 1, "size": size}, [])
        taking._on_message(taking, {"t": "piece", "n": 1, "at": 0}, [b"x"])
    assert said == []
    ipw.Widget.close_all()


def test_neither_repr_nor_state_holds_a_word(browser: Callable[[], Browser]) -> None:
    write(WORDS)
    one = browser()
    one.make("json")
    one.choose(pack_of(WORDS))
    one.passphrase("six plain words")
    for thing in (one.along, one.into, one.along.giving, one.into.taking):
        assert "zebra" not in repr(thing)
    for widget in (one.along.giving, one.into.taking):
        state = json.dumps({key: str(held) for key, held in widget.get_state().items()})
        assert "zebra" not in state
        assert "plain words" not in state


def pack_of(text: str) -> bytes:
    answer = Answer("my-page", "text", text, 1, Moment.now(), "", "s")
    return pack(Whole([answer], [], [], [], {}), new_key("six plain words"), ())
