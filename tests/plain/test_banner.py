"""A computer that forgets: said before the first field, with two choices; and a made-up person who never stays."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rekindle.content import catalog
from rekindle.content import fields as asked
from rekindle.content.catalog import EN
from rekindle.content.made_up import Noted, made_up_person
from rekindle.forms.tables import CELL_LIMIT
from rekindle.journal import MAGIC
from rekindle.keepsake.binding import bind
from rekindle.keepsake.wishes import Wishes
from rekindle.page.banner import Banner
from rekindle.page.made_up import lives_here
from rekindle.portable.packing import unpack
from rekindle.records import Json, Moment
from rekindle.settings import idle_minutes, journal_path
from rekindle.your_data import YourData
from tests.visit import HomeVisit, Said, Visit, act, acts, open_journal, press, text_of, words_in

SAY = catalog().say
NAME = made_up_person().name
OWN = "zebrafinch in the garden"


class DataVisit(Visit):
    """A visit to the page about the words."""

    def __init__(self, zone: str = "Europe/Berlin") -> None:
        super().__init__(YourData, zone)


@pytest.fixture(autouse=True)
def binder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")


@pytest.fixture
def shared(visit: Callable[..., Visit]) -> Callable[..., Banner]:
    def show(kind: type[Visit] = Visit) -> Banner:
        one = visit(kind)
        one.show()
        assert one.page.banner
        return one.page.banner

    return show


def said(key: str, **facts: str) -> str:
    return SAY(f"interface.banner.{key}", **facts)


def write(text: str = OWN, page: str = "my-page", field: str = "text") -> None:
    with open_journal() as journal:
        before = journal.answers().get((page, field))
        base = before.revision if before else 0
        journal.save(page, field, text, base=base, wording="", sitting="mine", moment=Moment.now("Europe/Berlin"))


def held() -> tuple[dict[str, Json], int]:
    with open_journal() as journal:
        return {"/".join(at): one.value for at, one in journal.answers().items()}, journal.count_entries()


def carried(one: Banner) -> tuple[bytes, str]:
    """Press the button as a browser would; return the file that is saved, and the six words that are told."""
    heard: list[Said] = []
    parts: list[bytes] = []

    def hear(content: Said, buffers: Any = ()) -> None:
        heard.append(content)
        parts.extend(bytes(part) for part in buffers or ())

    one.giving.send = hear
    act(one.widget, "carry")
    offer = next((message for message in heard if message["t"] == "offer"), None)
    for at in range(offer["pieces"] if offer else 0):
        one.giving._on_message(one.giving, {"t": "piece", "n": offer["n"] if offer else 0, "at": at}, [])
    words = [text for text in map(str, told_texts(one)) if len(text.split()) == 6 and text.islower()]
    return b"".join(parts), words[0] if words else ""


def told_texts(one: Banner) -> Iterator[str]:
    def inside(shown: Any) -> Iterator[str]:
        for block in shown:
            if isinstance(block, str):
                yield block
            else:
                yield str(block.get("text", ""))
                yield from inside(block.get("kids", ()))

    yield from inside(one._after.told)


# What is said


def test_elsewhere_nothing_of_it_is_there(visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BINDER_LAUNCH_HOST")
    one = visit()
    one.show()
    assert one.page.banner is None
    assert said("binder_title") not in words_in(one.page.head)
    assert idle_minutes() == 0
    assert one.page.presence.words["idle"] == {}


@pytest.mark.parametrize("kind", [Visit, HomeVisit, DataVisit])
def test_each_page_says_first_that_this_computer_forgets_and_offers_two_choices(
    visit: Callable[..., Visit], kind: type[Visit]
) -> None:
    one = visit(kind)
    one.show()
    assert words_in(one.page.head).startswith(said("binder_title"))
    assert acts(one.page.head)[:3] == ["try", "carry", "bring"]


def test_before_it_closes_the_page_says_so_while_there_is_time(
    visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = visit().page.presence.words["idle"]
    assert 300_000 < idle["after"] < 500_000
    assert idle["text"] == said("idle", minutes="10")
    monkeypatch.setenv("REKINDLE_IDLE_MINUTES", "30")
    assert visit().page.presence.words["idle"]["text"] == said("idle", minutes="30")
    for told, minutes in (("0", 0), ("soon", 10)):
        monkeypatch.setenv("REKINDLE_IDLE_MINUTES", told)
        assert idle_minutes() == minutes


# The made-up person


def test_one_click_brings_a_made_up_person_and_one_takes_every_row_away(
    shared: Callable[..., Banner], visit: Callable[..., Visit]
) -> None:
    one = shared()
    act(one.widget, "try")
    answers, entries = held()
    assert answers["say-it-to-myself/wish"] == 5
    assert entries == sum(map(len, made_up_person().logs.values()))
    with open_journal() as journal:
        assert [a.value for a in journal.history("say-it-to-myself", "wish")] == [5, 7, 9]
        assert journal.conflicts() == {}
        journal.back_up(Moment.now())
    assert acts(one.widget) == ["away"]
    act(one.widget, "away")
    assert held() == ({}, 0)
    assert said("made_up_gone", name=NAME) in words_in(one.widget)
    assert "try" in acts(one.widget)
    left = [path for path in journal_path().parent.rglob("*") if path.is_file()]
    assert len(left) == 2  # the journal, and its backup: neither holds a letter of it
    for path in left:
        assert b"Aunty Lin" not in path.read_bytes(), path


def test_wherever_the_made_up_words_show_it_is_said_that_they_are_made_up(visit: Callable[..., Visit]) -> None:
    first = visit()
    first.show()
    assert first.last("madeup") == {"t": "madeup", "text": ""}
    act(first.page.head, "try")
    assert first.last("madeup")["text"] == said("made_up_label")
    for kind in (Visit, HomeVisit, DataVisit):
        one = visit(kind)
        one.show()
        assert words_in(one.page.head).startswith(said("made_up_title", name=NAME))
        assert one.last("madeup")["text"] == said("made_up_label")
    wishes = Wishes(frozenset({"acknowledge"}))
    assert said("made_up_label") in bind(catalog(), first.page.book, wishes).html
    act(first.page.head, "away")
    assert first.last("madeup")["text"] == ""
    write(page="why-it-ended", field="deal")
    first.show()
    assert said("made_up_label") not in bind(catalog(), first.page.book, wishes).html


@pytest.mark.parametrize("how", ["an answer", "an entry", "an entry that was taken out"])
def test_where_somebody_wrote_nobody_made_up_comes_in(shared: Callable[..., Banner], how: str) -> None:
    one = shared()  # shown while the book was still empty
    if how == "an answer":
        write()
    else:
        with open_journal() as journal:
            now = Moment.now()
            journal.save_entry("e", "mood-check-in", {"mood": 3}, base=0, happened=now, sitting="s", moment=now)
            if how != "an entry":
                journal.delete_entry("e", moment=now)
    before = held()
    act(one.widget, "try")
    assert held() == before
    assert not lives_here(one._book)
    assert said("not_empty") in words_in(one.widget)
    if how != "an entry that was taken out":
        assert "try" not in acts(one.widget)


def test_what_somebody_wrote_beside_the_made_up_person_stays(visit: Callable[..., Visit]) -> None:
    one = visit()
    one.show()
    act(one.page.head, "try")
    card = one.open("say-it-to-myself")
    one.answer(card.controls["sentence"], OWN)
    mood = one.open("mood-check-in")
    assert mood.log
    one.answer(mood.log.controls["entry/mood"], 8)
    theirs = one.page.book.entry("made-up-urge-log-1")
    assert theirs
    one.page.book.take_entry(theirs)
    assert one.page.book.keep_entry("urge-log", theirs.id, {"before": 2}, "")
    act(one.page.head, "away")
    answers, entries = held()
    assert answers == {"say-it-to-myself/sentence": OWN}
    assert entries == 2
    one.answer(one.page.cards["say-it-to-myself"].controls["wish"], 2)
    assert held()[0]["say-it-to-myself/wish"] == 2


def test_no_file_of_the_made_up_person_leaves_and_none_comes_in_beside_them(visit: Callable[..., Visit]) -> None:
    one = visit(DataVisit)
    one.show()
    page = one.page
    assert isinstance(page, YourData)
    act(page.head, "try")
    heard: list[Mapping[str, Any]] = []
    page._along.giving.send = heard.append
    page._in.taking.send = heard.append
    page._along.giving.on_make("json", "")
    page._in.taking.on_file(b"{}")
    assert [message.get("text") or message.get("trouble") for message in heard] == [said("not_with_made_up")] * 2


# The file


def test_one_click_carries_a_locked_file_and_the_words_that_open_it_are_told_once(
    shared: Callable[..., Banner],
) -> None:
    write()
    one = shared()
    file, words = carried(one)
    assert not file.startswith(MAGIC)
    assert OWN.encode() not in file
    assert [answer.value for answer in unpack(file, words, ()).answers] == [OWN]
    state = json.dumps({key: str(value) for key, value in one.giving.get_state().items()})
    assert words not in state
    assert carried(one)[1] != words


def test_with_nothing_written_there_is_nothing_to_carry(shared: Callable[..., Banner]) -> None:
    one = shared()
    assert carried(one) == (b"", "")
    assert said("nothing_yet") in words_in(one.widget)


def test_one_click_asks_for_the_file_and_it_is_told_before_it_is_taken(
    shared: Callable[..., Banner], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write()
    file, words = carried(shared())
    monkeypatch.setenv("REKINDLE_HOME", str(tmp_path / "another"))
    one = shared()
    act(one.widget, "bring")
    one.taking.on_file(file)
    one.taking.on_passphrase(words)
    assert held() == ({}, 0)
    act(one.widget, "take")
    assert held()[0] == {"my-page/text": OWN}
    assert "try" not in acts(one.widget)


def test_an_open_card_shows_what_was_brought(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("say-it-to-myself")
    act(one.page.head, "try")
    assert "another time" in str(card.controls["sentence"].value())
    press(card.root, SAY("interface.buttons.done"), missing_is_fine=True)


# The story itself


def test_the_story_answers_what_the_book_asks_and_stays_short() -> None:
    person = made_up_person()
    for told in person.answers:
        value = told.value if told.ago is None else (dt.date(2026, 1, 1) - dt.timedelta(days=told.ago)).isoformat()
        fits(catalog().exercise(told.exercise).field(told.field), value)
        assert (told.exercise, told.field) not in catalog().never_kept
    for exercise, log in person.logs.items():
        fields = {
            part.id: part for field in catalog().exercise(exercise).fields for part in getattr(field, "fields", ())
        }
        for noted in log:
            check(noted, fields)
    assert 2_000 < (EN / "made-up.toml").stat().st_size < 12_000


def check(noted: Noted, fields: Mapping[str, Any]) -> None:
    for key, value in noted.values.items():
        fits(fields[key], value)


def fits(field: Any, value: Any) -> None:
    options = {option.id for option in getattr(field, "options", ())}
    if isinstance(field, asked.Table):
        columns = {column.id: {option.id for option in column.options or ()} for column in field.columns}
        for row in value:
            for key, cell in row.items():
                assert key in columns or key == "row", (field, key)
                assert len(cell) <= CELL_LIMIT
                assert not columns.get(key) or cell in columns[key], (key, cell)
    elif field.type == "multi_choice":
        assert set(value) <= options, field
    elif field.type == "single_choice":
        assert value in options, (field, value)
    elif field.type == "scale_0_10":
        assert 0 <= value <= 10
    elif field.type == "date":
        dt.date.fromisoformat(value)
    else:
        assert isinstance(value, str), field
        assert text_of([value])
