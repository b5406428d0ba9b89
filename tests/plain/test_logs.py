"""Every log of the book: entries are added, changed, taken out, put back, moved in time, and found."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from rekindle.content import Exercise, LogField, catalog
from rekindle.content.fields import Log
from rekindle.forms.card import Card
from rekindle.forms.control import Control
from rekindle.forms.turns import PAGE
from rekindle.frontend.seek import Seek
from rekindle.frontend.words import Words
from rekindle.records import Json, Moment
from tests.visit import Visit, act, acts, inside, open_journal, press, stand, text_of, where_open

SAY = catalog().say
RARE = "quittenkompott"


def log_of(exercise: Exercise) -> Log | None:
    return next((field for field in exercise.fields if isinstance(field, Log) and field.several), None)


LOGS = [exercise.id for exercise in catalog().exercises if log_of(exercise)]


def parts_of(exercise: str) -> tuple[LogField, ...]:
    log = log_of(catalog().exercise(exercise))
    assert log
    return log.fields


def line_of(exercise: str) -> str:
    return next(part.id for part in parts_of(exercise) if part.type == "short_text")


def parts(card: Card) -> dict[str, Control]:
    assert card.log
    return {key.rpartition("/")[2]: control for key, control in card.log.controls.items()}


def save(card: Card) -> None:
    press(card.root, SAY("interface.buttons.save_entry"))


def note(one: Visit, card: Card, line: str, day: str = "") -> None:
    """Write one entry and save it."""
    one.answer(parts(card)[line_of(card.exercise.id)], line)
    if day:
        times = [part for part in parts_of(card.exercise.id) if part.id in ("when", "day", "promised")]
        one.answer(parts(card)[times[0].id], f"{day}T21:15" if times[0].type == "when" else day)
    save(card)


def fill(exercise: str, count: int, zone: str = "Europe/Berlin") -> None:
    """Write many entries straight into the journal, one every twelve hours back from now."""
    now = dt.datetime.now(dt.UTC)
    with open_journal() as journal:
        for number in range(count):
            when = Moment.at(now - dt.timedelta(hours=12 * number), zone)
            values: dict[str, Json] = {line_of(exercise): f"row {number:03} {'apple' if number % 10 == 3 else 'pear'}"}
            journal.save_entry(f"n{number}", exercise, values, base=0, happened=when, sitting="", moment=when)


def seek_of(card: Card) -> Seek:
    return next(widget for widget in inside(card.root) if isinstance(widget, Seek))


def seek(one: Visit, card: Card, words: str = "", **more: str) -> str:
    """Look for something as the page's script does, and return what it is told of the number found."""
    finder = seek_of(card)
    asked = {"words": words, "span": "all", "month": "", "since": "", "until": ""} | more
    one.hear(finder, t="seek", n=1, **asked)
    return str(finder._found["text"])


def listed(card: Card) -> str:
    """Return what the list of entries says."""
    return next(text_of(w.told) for w in inside(card.root) if isinstance(w, Words) and w.look == "rk-hist")


@pytest.mark.parametrize("exercise", LOGS)
def test_each_log_can_do_what_a_log_can(exercise: str, visit: Callable[..., Visit]) -> None:
    stand(where_open(exercise))
    one = visit()
    card = one.open(exercise)
    for line in ("Erster Café", "zweiter"):
        note(one, card, line)
    note(one, card, "long ago", "2025-03-02")
    shown = listed(card)
    assert shown.index("zweiter") < shown.index("Erster Café") < shown.index("long ago")
    stamps = [entry.happened.local_date for entry in one.entries(exercise)]
    assert stamps[2] == dt.date(2025, 3, 2)
    assert stamps[0] == stamps[1] == one.page.host.today(), "several a day"

    assert seek(one, card, "cafe") == SAY("interface.seek.found", found=1, total=3)
    assert "Erster Café" in listed(card)
    assert "zweiter" not in listed(card)
    assert seek(one, card, span="last-7") == SAY("interface.seek.found", found=2, total=3)
    assert seek(one, card, "ago", span="last-7") == SAY("interface.seek.found", found=0, total=3)
    assert SAY("interface.seek.none", total=3) in listed(card)
    assert seek(one, card, span="month", month="2025-03") == SAY("interface.seek.found", found=1, total=3)
    assert "long ago" in listed(card)

    act(card.root, "change")
    assert parts(card)[line_of(exercise)].value() == "long ago"
    one.answer(parts(card)[line_of(exercise)], "long, long ago")
    save(card)
    assert "long, long ago" in listed(card), "whoever works through what they found goes on where they were"
    assert "zweiter" not in listed(card)
    act(card.root, "remove")
    assert len(one.entries(exercise)) == 2
    act(card.root, "back")
    assert "long, long ago" in listed(card)
    assert seek(one, card) == ""
    assert len(one.entries(exercise)) == 3


def test_a_day_that_an_entry_speaks_of_is_not_the_day_on_which_it_happened(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("weekly-review")
    one.answer(parts(card)["see"], "a calm week")
    one.answer(parts(card)["off_until"], "2999-01-01")
    (entry,) = one.entries("weekly-review")
    assert entry.happened.local_date == one.page.host.today()


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"words": "APPLE"}, 3),
        ({"span": "last-7"}, 14),
        ({"span": "last-30"}, 25),
        ({"span": "last-90", "words": "pear"}, 22),
        ({"span": "days", "since": "2020-01-01", "until": "2020-02-01"}, 0),
        ({"span": "days", "since": "2999-01-01", "until": "2020-01-01"}, 25),
        ({"span": "days", "since": "2020-01-01"}, 25),
        ({"span": "days", "since": "no day", "until": "31.12.2020"}, None),
        ({"span": "month", "month": "2020-13"}, None),
        ({"span": "month", "month": "1999-12"}, 0),
        ({"span": "for ever"}, None),
        ({"words": "x" * 5000}, 0),
    ],
)
def test_looking_by_time_and_by_words(
    wish: dict[str, str], found: int | None, visit: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # the real one returns its own class
            return cls(2026, 11, 22, 20, tzinfo=dt.UTC).astimezone(tz)

    monkeypatch.setattr(dt, "datetime", Clock)  # for the whole book: an evening, so that a day holds two entries
    fill("mood-check-in", 25)
    one = visit()
    card = one.open("mood-check-in")
    said = seek(one, card, **wish)
    assert said == ("" if found is None else SAY("interface.seek.found", found=found, total=25))
    assert (SAY("interface.seek.none", total=25) in listed(card)) is (found == 0)


def test_the_months_that_have_entries_are_offered_and_the_newest_is_shown(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    for day in ("2025-03-31", "2025-04-01", "2024-12-31"):
        note(one, card, f"on {day}", day)
    heard: list[dict[str, object]] = []
    seek_of(card).send = heard.append
    seek(one, card, span="month")
    (months,) = [one["months"] for one in heard if one["t"] == "months"]
    assert months == [["2025-04", "April 2025"], ["2025-03", "March 2025"], ["2024-12", "December 2024"]]
    assert "on 2025-04-01" in listed(card)
    assert "on 2025-03-31" not in listed(card)


def test_a_new_entry_is_never_hidden_by_what_was_looked_for(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    note(one, card, "rain")
    seek(one, card, "rain")
    note(one, card, "sun")
    assert "sun" in listed(card)
    assert seek_of(card)._found["active"] is False


def test_one_entry_is_told_as_one(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    assert seek_of(card)._found["any"] is False, "an empty log has nothing to find"
    note(one, card, "rain")
    assert seek_of(card)._found == {"text": "", "active": False, "any": True}
    assert seek(one, card, "rain") == SAY("interface.seek.found_one", found=1)
    seek(one, card, "sun")
    assert SAY("interface.seek.none_one") in listed(card)


def test_a_long_log_has_a_way_to_both_of_its_ends(visit: Callable[..., Visit]) -> None:
    fill("mood-check-in", 45)
    one = visit()
    card = one.open("mood-check-in")

    def ways() -> set[str]:
        return {"newest", "newer", "older", "oldest"} & set(acts(card.root))

    assert ways() == {"older", "oldest"}
    act(card.root, "oldest")
    assert SAY("interface.log.place", first=41, last=45, total=45) in listed(card)
    assert ways() == {"newest", "newer"}
    act(card.root, "newer")
    assert SAY("interface.log.place", first=31, last=40, total=45) in listed(card)
    assert ways() == {"newest", "newer", "older"}
    act(card.root, "newest")
    assert "row 000" in listed(card)
    seek(one, card, "apple")
    assert ways() == set(), "five were found: one page"
    seek(one, card, "pear")
    act(card.root, "oldest")
    assert SAY("interface.log.place", first=31, last=40, total=40) in listed(card)
    seek(one, card, "pear 00")
    assert "row 000" in listed(card), "what was looked for anew is shown from its start"


def _read(said: list[str]) -> list[str]:
    """Return the statements but for the question whether anybody else has saved."""
    return [sql for sql in said if sql != "PRAGMA data_version"]


def test_showing_a_page_of_history_is_one_statement(visit: Callable[..., Visit]) -> None:
    fill("mood-check-in", 5 * PAGE)
    one = visit()
    card = one.open("mood-check-in")
    said: list[str] = []
    assert one.journal
    one.journal._store._connection.set_trace_callback(said.append)
    for step in ("older", "oldest", "newer", "newest"):
        said.clear()
        act(card.root, step)
        read = [sql for sql in said if sql != "PRAGMA data_version"]  # asked to see if anybody else has saved
        assert len(read) == 1, (step, said)
    for wish in ({"words": "apple"}, {"span": "last-7"}, {"words": "row", "span": "days", "since": "2020-01-01"}):
        said.clear()
        seek(one, card, **wish)
        assert len(_read(said)) == 1, (wish, said)
        assert "apple" not in "".join(said)
    one.journal._store._connection.set_trace_callback(None)


def test_what_is_looked_for_is_in_no_state_no_file_and_no_repr(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    note(one, card, "plain words")
    seek(one, card, RARE)
    state = json.dumps([widget.get_state() for widget in inside(card.root)], default=str)
    assert RARE not in state
    assert RARE not in "".join(map(repr, [*inside(card.root), one.page, card, card.log]))
    assert one.journal
    assert all(RARE.encode() not in path.read_bytes() for path in one.journal.path.parent.rglob("*") if path.is_file())


def test_a_view_made_anew_shows_everything_again(visit: Callable[..., Visit]) -> None:
    one = visit()
    card = one.open("mood-check-in")
    for line in ("rain", "sun"):
        note(one, card, line)
    seek(one, card, "rain")
    one.hear(seek_of(card), t="ready")
    assert "sun" in listed(card)
